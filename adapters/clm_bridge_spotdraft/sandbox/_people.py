"""Who signs a contract, and when it was sent, opened and signed."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from ._fields import pending_with
from ._records import (
    EXECUTED,
    SIGN,
    VOIDED,
    Contract,
    Recipient,
)
from ._times import fine_instant, instant
from ._world import World

# The raw words that were seen are COMPLETED and VOIDED; the others are those of
# the documented workflow_status.
RAW_STATUSES = {
    "DRAFT": "DRAFT",
    "REDLINING": "REVIEW",
    SIGN: "SIGN",
    EXECUTED: "COMPLETED",
    VOIDED: "VOIDED",
}


def recipients(world: World, id: str) -> ResponseReturnValue:
    """List signatories."""
    return {"items": [_item(one) for one in world.by_id(id).recipients]}


def _item(one: Recipient) -> dict[str, Any]:
    return {
        "recipient": {
            "id": one.id,
            "recipient_type": "SIGNATORY",
            "user": {
                "id": one.user_id,
                "name": one.name,
                "designation": None,
                "email": one.email,
            },
            "title": one.title,
            "recipient_order": one.order,
            "note": one.note,
            "is_sent_for_signature": one.sent_at is not None,
            "created": fine_instant(one.created_at),
            "last_sent_for_signature_at": fine_instant(one.sent_at),
        },
        "recipient_action": _action(one),
        "status": _status(one),
    }


def _action(one: Recipient) -> dict[str, Any] | None:
    if one.acted_at is None:
        return None
    return {
        "is_success": not one.refused,
        "action_notes": one.reason,
        "timestamp": fine_instant(one.acted_at),
    }


def _status(one: Recipient) -> str:
    if one.acted_at is not None:
        return "COMPLETED"
    return "IN_PROGRESS" if one.sent_at is not None else "PENDING"


def metrics(world: World, number: int) -> ResponseReturnValue:
    """Show when things happened; the status is the raw one here (documented)."""
    contract = world.by_number(number)
    stage = contract.held_at or contract.status
    return {
        "contract_id": contract.number,
        "contract_sent_to_cp_datetime": instant(contract.sent_at),
        "cp_added_info_initial_datetime": None,
        "cp_added_info_latest_datetime": None,
        "cp_opened_review_email_datetime": instant(contract.opened_at),
        "contract_signed_by_signatory_list": [
            _signature(one)
            for one in contract.recipients
            if one.acted_at is not None and not one.refused
        ],
        "contract_turns": _turns(contract),
        "contract_executed_datetime": instant(contract.executed_at),
        "type_of_workflow": contract.kind,
        "contract_status": RAW_STATUSES[stage],
        "marked_for_signature_datetime": instant(contract.marked_at),
        "pending_with": pending_with(contract),
    }


def _signature(one: Recipient) -> dict[str, Any]:
    return {
        "is_creator_party": one.is_ours,
        "signed_datetime": instant(one.acted_at),
        "signatory_email": one.email,
    }


def _turns(contract: Contract) -> dict[str, Any]:
    sent = contract.sent_at is not None
    return {
        "manual_override_reason": None,
        "last_turn_change_datetime": instant(contract.sent_at),
        "last_turn_change_org_user_email": contract.created_by.email if sent else None,
        "no_of_turns": int(sent),
    }


ROUTES = (
    ("GET", "/contracts/<id>/recipients/", recipients),
    ("GET", "/contracts/<int:number>/process_metrics/", metrics),
)
