"""How a contract moves on in SpotDraft, by the calls that its API has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clm_bridge.adapter import Move, Transition

# https://api.spotdraft.com/api/docs/ and, for the stages,
# https://help.spotdraft.com/articles/8704135921-understanding-contract-stages-in-spotdraft
TRANSITIONS: Mapping[Transition, Move] = {
    Transition.SEND_TO_COUNTERPARTY: Move(
        "POST contracts/{id}/send_to_counterparties",
        leaves=("DRAFT", "REDLINING"),
        reaches=("REDLINING",),
        note="taken",
    ),
    Transition.REQUEST_SIGNATURE: Move(
        "POST contracts/{id}/mark_for_execution/",
        leaves=("DRAFT", "REDLINING"),
        reaches=("SIGN",),
        assumed="a draft need not be sent for review first, nor be approved",
    ),
    Transition.WITHDRAW_SIGNATURE: Move(
        "POST contracts/{id}/unmark_for_execution",
        leaves=("SIGN",),
        reaches=("REDLINING",),
        note="taken",
        assumed="it goes back to REDLINING, also if it was never there",
    ),
    Transition.CANCEL: Move(
        "POST contracts/{id}/status/void",
        leaves=("DRAFT", "REDLINING", "SIGN", "ON_HOLD"),
        reaches=("VOIDED",),
        note="required",
        assumed="a contract on hold is voided as it is",
    ),
}


def body(transition: Transition, note: str | None) -> dict[str, Any]:
    """Return what a transition's call is told."""
    if transition is Transition.SEND_TO_COUNTERPARTY:
        # The document requires a format; the portal's own example has none.
        told: dict[str, Any] = {"attachment_formats": ["PDF"]}
        return {**told, "custom_message": note} if note else told
    if transition is Transition.REQUEST_SIGNATURE or not note:
        return {}
    return {"note": note}
