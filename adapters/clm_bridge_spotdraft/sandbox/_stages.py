"""A contract's stage: asked for, and moved by the calls that the API has."""

from __future__ import annotations

from typing import Any

from attrs import evolve
from flask.typing import ResponseReturnValue

from ._bodies import Key, boolean, read, some_text, text
from ._contract_bodies import SENDING
from ._errors import plain, wrong_state
from ._records import (
    DRAFT,
    EXECUTED,
    ON_HOLD,
    PENDING,
    REDLINING,
    SIGN,
    SKIPPED,
    VOIDED,
    Approval,
    Recipient,
)
from ._signing import invited
from ._world import World

NOTHING = ("", 200)
NO_BODY = ("", 204)


def show(world: World, id: str) -> ResponseReturnValue:
    """Show the display status."""
    contract = world.by_id(id)
    return {"contract_status": contract.status, "contract_name": contract.name}


def void(world: World, id: str) -> ResponseReturnValue:
    """Cancel a contract that is not executed."""
    contract = world.by_id(id)
    read({"note": Key(some_text, required=True)})
    if contract.status == EXECUTED:
        raise plain(400, "Cannot void an executed contract.")
    if contract.status == VOIDED:
        raise plain(400, "Contract is already voided.")
    world.change(contract, status=VOIDED, held_at=None)
    return NO_BODY


def send(world: World, id: str) -> ResponseReturnValue:
    """E-mail the counterparties; a draft becomes shared with them."""
    contract = world.by_id(id)
    read(SENDING)
    if contract.status in (VOIDED, EXECUTED, ON_HOLD):
        raise wrong_state(f"The contract cannot be sent in {contract.status}.")
    changes: dict[str, Any] = {"sent_at": contract.sent_at or world.now()}
    if contract.status == DRAFT:
        changes["status"] = REDLINING
    world.change(contract, **changes)
    return NOTHING


def mark(world: World, id: str) -> ResponseReturnValue:
    """Move to signing (A29)."""
    contract = world.by_id(id)
    read({"affix_stamp_documents": Key(boolean)})
    if contract.status not in (DRAFT, REDLINING):
        raise wrong_state(f"The contract cannot be signed in {contract.status}.")
    world.change(
        contract,
        status=SIGN,
        marked_at=world.now(),
        recipients=invited(world, contract.recipients, contract.parties),
        approvals=tuple(_passed(one) for one in contract.approvals),
    )
    return NOTHING


def _passed(one: Approval) -> Approval:
    return evolve(one, status=SKIPPED) if one.status == PENDING else one


def unmark(world: World, id: str) -> ResponseReturnValue:
    """Move back from signing; the envelope is voided, and signatures with it (A30)."""
    contract = world.by_id(id)
    read({"note": Key(text)})
    if contract.status != SIGN:
        raise plain(400, "Unable to unmark the contract for execution.")
    recipients = tuple(_uninvited(one) for one in contract.recipients)
    world.change(contract, status=REDLINING, marked_at=None, recipients=recipients)
    return NOTHING


def _uninvited(one: Recipient) -> Recipient:
    return evolve(one, sent_at=None, acted_at=None, refused=False, reason=None)


ROUTES = (
    ("GET", "/contracts/<id>/status", show),
    ("POST", "/contracts/<id>/status/void", void),
    ("POST", "/contracts/<id>/send_to_counterparties", send),
    ("POST", "/contracts/<id>/mark_for_execution/", mark),
    ("POST", "/contracts/<id>/unmark_for_execution", unmark),
)
