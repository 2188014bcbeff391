"""How a contract moves on in Tomorro."""

from __future__ import annotations

import pytest

from clm_bridge import Transition
from clm_bridge.testing import play, reply

from .wire import CONTRACT, adapter

# https://alpha.developer.tomorro.com/api-reference/2025-01-15-init/contracts/send-contract-for-signature
SIGNATURE = {
    "id": "77777777-aaaa-4bbb-8ccc-dddddddddddd",
    "status": "sent",
    "signatories": [],
    "sentAt": "2026-03-01T09:00:00Z",
}


@pytest.fixture
def tomorro():
    return adapter()


def moved(tomorro, transition, note=None, id=CONTRACT):
    [request] = play(
        tomorro.move_contract(id, transition, note), reply(SIGNATURE, 201)
    ).asked
    return request


@pytest.mark.parametrize(
    ("transition", "status"),
    [
        (Transition.SEND_TO_COUNTERPARTY, "negotiating"),
        (Transition.CANCEL, "canceled"),
    ],
)
def test_a_status_is_patched(transition, status, tomorro):
    """The status alone."""
    request = moved(tomorro, transition, id=f"ctr_{CONTRACT}")

    assert request.named == f"PATCH contracts/{CONTRACT}"
    assert request.json == {"status": status}


@pytest.mark.parametrize(
    ("note", "body"), [(None, {}), ("Please sign", {"signatureNote": "Please sign"})]
)
def test_a_signature_is_requested(note, body, tomorro):
    """Everything in its body is optional; the last document is meant."""
    request = moved(tomorro, Transition.REQUEST_SIGNATURE, note)

    assert request.named == f"POST contracts/{CONTRACT}/send-signature"
    assert request.json == body
    assert request.safe is False


def test_the_table_names_the_calls_that_are_made(tomorro):
    """What the docs publish is what is sent."""
    for transition, move in tomorro.transitions.items():
        request = moved(tomorro, transition)

        assert move.call == request.asked


def test_the_table_has_the_vendors_own_words(tomorro):
    """Each is one of the five statuses."""
    for move in tomorro.transitions.values():
        assert {*move.leaves, *move.reaches} <= set(tomorro.statuses)


def test_nothing_leads_away_from_what_is_signed_or_canceled(tomorro):
    """What is not signed can be canceled, and a signature is withdrawn in the app."""
    leaves = {word for move in tomorro.transitions.values() for word in move.leaves}

    assert leaves == {"draft", "negotiating", "signing"}
    assert Transition.WITHDRAW_SIGNATURE not in tomorro.transitions
