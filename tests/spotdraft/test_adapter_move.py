"""Moving a contract on, by the calls that SpotDraft has for it."""

from __future__ import annotations

import pytest

from clm_bridge import Rejected, Transition
from clm_bridge.testing import play, reply

from .writing import written


@pytest.mark.parametrize(
    ("step", "note", "path", "told", "status"),
    [
        (
            Transition.SEND_TO_COUNTERPARTY,
            None,
            "contracts/T-1/send_to_counterparties",
            {"attachment_formats": ["PDF"]},
            200,
        ),
        (
            Transition.SEND_TO_COUNTERPARTY,
            "please review",
            "contracts/T-1/send_to_counterparties",
            {"attachment_formats": ["PDF"], "custom_message": "please review"},
            200,
        ),
        (
            Transition.REQUEST_SIGNATURE,
            "ignored",
            "contracts/T-1/mark_for_execution/",
            {},
            200,
        ),
        (
            Transition.WITHDRAW_SIGNATURE,
            "wait",
            "contracts/T-1/unmark_for_execution",
            {"note": "wait"},
            200,
        ),
        (
            Transition.WITHDRAW_SIGNATURE,
            None,
            "contracts/T-1/unmark_for_execution",
            {},
            200,
        ),
        (
            Transition.CANCEL,
            "no longer needed",
            "contracts/T-1/status/void",
            {"note": "no longer needed"},
            204,
        ),
    ],
)
def test_each_step_is_one_call(spotdraft, step, note, path, told, status):
    """The answer has no body, and slashes are as documented."""
    played = play(
        spotdraft.move_contract("T-1", step, note), reply(status=status, body=b"")
    )

    assert written(played) == [("POST", path, told)]
    assert len(played.asked) == 1


def test_the_table_uses_the_vendors_words(spotdraft):
    """Every word is one of the six display states; voiding alone needs a note."""
    words = set(spotdraft.statuses)
    needing = [
        step for step, move in spotdraft.transitions.items() if move.note == "required"
    ]

    for move in spotdraft.transitions.values():
        assert {*move.leaves, *move.reaches} <= words
    assert needing == [Transition.CANCEL]


def test_an_executed_contract_cannot_be_voided(spotdraft):
    """The table says so before the vendor does, whose own 400 is raised as well."""
    said = {"detail": "Cannot void an executed contract."}

    assert "EXECUTED" not in spotdraft.transitions[Transition.CANCEL].leaves
    with pytest.raises(Rejected, match="400"):
        play(spotdraft.move_contract("T-1", Transition.CANCEL, "no"), reply(said, 400))


def test_what_the_api_cannot_do_is_not_offered(spotdraft):
    """Approvals are asked for by name; nothing is completed, activated or ended."""
    offered = {one.rpartition(".")[2] for one in spotdraft.capabilities()}
    missing = {"submit_for_approval", "complete", "activate", "deactivate"}

    assert missing.isdisjoint(offered)
