"""
Transitions: the actions of the contracts page, and the updates of a status.

…/resources/transactional-resources/contracts-api-(contracts)
"""

from __future__ import annotations

from typing import Any

import pytest

from clm_bridge import IllegalTransition, Incomplete, Outcome, Transition, Unsupported
from clm_bridge._desk import Desk
from clm_bridge._links import MemoryLinks
from clm_bridge._steps import move
from clm_bridge.testing import Played, play, reply
from clm_bridge_coupa import Coupa

from .reading import adapter
from .telling import MEGABYTE


def told(word: str) -> Any:
    return reply({"status": word, "name": "Acme"})


def carry_out(step: Transition, *words: str) -> Played:
    """Move a contract that is in the first status and comes out in the last."""
    before, after = told(words[0]), [told(word) for word in words[1:]]
    desk = Desk(adapter(), MemoryLinks(), MEGABYTE)
    done = [reply({"id": 232}), *after] if after else []
    return play(move(desk, "232", step), before, *done)


@pytest.mark.parametrize(
    ("step", "before", "after", "path", "body"),
    [
        (
            Transition.SUBMIT_FOR_APPROVAL,
            "draft",
            "pending_approval",
            "contracts/232/submit_for_approval",
            None,
        ),
        (
            Transition.WITHDRAW_SIGNATURE,
            "pending_signature",
            "approved",
            "contracts/232/withdraw_signatures",
            None,
        ),
        (
            Transition.COMPLETE,
            "pending_signatures",
            "completed",
            "contracts/232/complete",
            None,
        ),
        (
            Transition.ACTIVATE,
            "completed",
            "published",
            "contracts/232",
            {"status": "published"},
        ),
        (
            Transition.DEACTIVATE,
            "published",
            "inactive",
            "contracts/232",
            {"status": "inactive"},
        ),
        (
            Transition.CANCEL,
            "draft",
            "inactive",
            "contracts/232",
            {"status": "inactive"},
        ),
    ],
)
def test_each_step_is_a_put(
    step: Transition, before: str, after: str, path: str, body: Any
) -> None:
    """The status is read before and after; the answer needs no more than an id."""
    played = carry_out(step, before, after)
    request = played.asked[1]

    assert (played.result.outcome, played.result.result.word) == (
        Outcome.CHANGED,
        after,
    )
    assert (request.method, request.target, request.json) == ("PUT", path, body)
    assert request.params == {"fields": '["id"]'}


def test_without_a_chain_it_is_approved_at_once() -> None:
    """That is where submitting leads, too."""
    played = carry_out(Transition.SUBMIT_FOR_APPROVAL, "draft", "approved")

    assert played.result.outcome is Outcome.CHANGED


@pytest.mark.parametrize(
    ("step", "word", "allowed"),
    [
        (Transition.ACTIVATE, "inactive", set()),
        (Transition.CANCEL, "published", {Transition.DEACTIVATE}),
        (
            Transition.COMPLETE,
            "draft",
            {
                Transition.SUBMIT_FOR_APPROVAL,
                Transition.ACTIVATE,
                Transition.CANCEL,
            },
        ),
    ],
)
def test_a_status_that_does_not_lead_there(
    step: Transition, word: str, allowed: set[Transition]
) -> None:
    """Nothing is written, and the steps that can be made are named."""
    with pytest.raises(IllegalTransition) as caught:
        carry_out(step, word)

    assert set(caught.value.allowed) == allowed


def test_coupa_says_yes_and_does_nothing() -> None:
    """A refused change can still be answered with 200."""
    with pytest.raises(Incomplete):
        carry_out(Transition.ACTIVATE, "draft", "draft")


@pytest.mark.parametrize(
    "step", [Transition.SEND_TO_COUNTERPARTY, Transition.REQUEST_SIGNATURE]
)
def test_what_the_api_has_no_action_for(step: Transition) -> None:
    """Signing is asked for in Coupa itself, or follows from approval."""
    desk = Desk(adapter(), MemoryLinks(), MEGABYTE)

    with pytest.raises(Unsupported):
        play(move(desk, "232", step))


def test_every_word_of_the_table_is_a_status() -> None:
    """A step leads from and to words that are read."""
    words = {
        word
        for one in Coupa.transitions.values()
        for word in (*one.leaves, *one.reaches)
    }

    assert words <= set(Coupa.statuses)
