"""
How a contract moves on in Tomorro, by the API; a signature ends in the app alone.

https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/contracts/update-a-contract
https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/contracts/send-contract-for-signature
"""

from __future__ import annotations

from collections.abc import Mapping

from clm_bridge.adapter import Move, Transition

PATCHED: Mapping[Transition, str] = {
    Transition.SEND_TO_COUNTERPARTY: "negotiating",
    Transition.CANCEL: "canceled",
}
"""Transition → the status that a PATCH writes."""

TRANSITIONS: Mapping[Transition, Move] = {
    Transition.SEND_TO_COUNTERPARTY: Move(
        "PATCH contracts/{id}",
        leaves=("draft",),
        reaches=("negotiating",),
        assumed="the status changes; nothing says that the other side is told",
    ),
    Transition.REQUEST_SIGNATURE: Move(
        "POST contracts/{id}/send-signature",
        leaves=("draft", "negotiating"),
        reaches=("signing", "signed"),
        note="taken",
        assumed="the path is that of an older page; what the request must find in "
        "place, signatories and a document, is not published",
    ),
    Transition.CANCEL: Move(
        "PATCH contracts/{id}",
        leaves=("draft", "negotiating", "signing"),
        reaches=("canceled",),
    ),
}
