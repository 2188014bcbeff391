"""
The steps that Coupa's API offers, by its own status words.

…/resources/transactional-resources/contracts-api-(contracts)
"""

from __future__ import annotations

from collections.abc import Mapping

from clm_bridge.adapter import Move, Transition

SIGNING = ("pending_signature", "pending_signatures")
IN_FORCE = frozenset({"completed", "published"})
"""Where ``update_published`` takes the place of a plain update."""

TRANSITIONS: Mapping[Transition, Move] = {
    Transition.SUBMIT_FOR_APPROVAL: Move(
        "PUT contracts/{id}/submit_for_approval",
        leaves=("draft", "in_negotiation", "rejected"),
        reaches=("pending_approval", "approved", *SIGNING),
        assumed=(
            "that what was rejected or is in negotiation can be submitted as a draft "
            "can, and that a contract that nobody has to approve is approved at once"
        ),
    ),
    Transition.WITHDRAW_SIGNATURE: Move(
        "PUT contracts/{id}/withdraw_signatures",
        leaves=SIGNING,
        reaches=("approved", "pending_approval", "in_negotiation", "draft"),
        assumed="which status is the fitting one to go back to",
    ),
    Transition.COMPLETE: Move(
        "PUT contracts/{id}/complete",
        leaves=(*SIGNING, "approved"),
        reaches=("completed",),
        assumed="that what is approved can be completed without a signature in Coupa",
    ),
    Transition.ACTIVATE: Move(
        "PUT contracts/{id}",
        leaves=("draft", "completed"),
        reaches=("published",),
    ),
    Transition.CANCEL: Move(
        "PUT contracts/{id}",
        leaves=("draft",),
        reaches=("inactive",),
        assumed="that a draft can be made inactive, as a published contract can",
    ),
    Transition.DEACTIVATE: Move(
        "PUT contracts/{id}",
        leaves=("published",),
        reaches=("inactive",),
    ),
}

BODIES: Mapping[Transition, Mapping[str, str]] = {
    Transition.ACTIVATE: {"status": "published"},
    Transition.CANCEL: {"status": "inactive"},
    Transition.DEACTIVATE: {"status": "inactive"},
}
"""What the update says; the actions have no body."""
