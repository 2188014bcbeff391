"""Who must agree before a contract goes on, and asking somebody more to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g
from flask.typing import ResponseReturnValue

from ._bodies import Faults, Key, integer, listing, read, record, some_text, text
from ._errors import coded, invalid, wrong_state
from ._records import DRAFT, REDLINING, Approval, Contract, User
from ._times import instant
from ._workspace import ROLES
from ._world import World

# What the approval's keys were in the document of 2024.
ALIASES = {
    "org_user": "approver",
    "created_by_org_user": "created_by",
    "status": "current_status",
}
_ONE = {
    "name": Key(some_text, required=True),
    "approver_user_id": Key(integer),
    "approver_role_id": Key(integer),
    "notes": Key(text),
    "order": Key(integer),
}


def _asked(value: Any) -> Faults:
    """Check one approval, which asks either a person or a role."""
    faults = record(_ONE)(value)
    if faults:
        return faults
    told = [value.get("approver_user_id"), value.get("approver_role_id")]
    if told.count(None) == 1:
        return ()
    return ("Exactly one of approver_user_id and approver_role_id is required",)


ASKING = {"approvals": Key(listing(_asked, at_least=1), required=True)}


def index(world: World, id: str) -> ResponseReturnValue:
    """List approvals, by the keys of the document of either year."""
    contract = world.by_id(id)
    old = world.switches.approval_keys == "2024"
    results = []
    for one in contract.approvals:
        told = _row(contract, one)
        if old:
            told = {ALIASES.get(name, name): value for name, value in told.items()}
        results.append({"approval_actions": [], "approval": told})
    return {"results": results}


def _row(contract: Contract, one: Approval) -> dict[str, Any]:
    return {
        "id": one.id,
        "contract_id": contract.number,
        "approval_name": one.name,
        "approval_type": one.type,
        "org_user": _person(one.user),
        "sent_for_approval": one.sent_at is not None,
        "last_sent_at": instant(one.sent_at),
        "notes": one.notes,
        "created_by_org_user": _person(one.created_by),
        "status": one.status,
    }


def _person(who: User | None) -> dict[str, Any] | None:
    return None if who is None else {"id": who.id, "name": who.name, "email": who.email}


def ask(world: World, id: str) -> ResponseReturnValue:
    """Ask for approvals, where none is pending and the workspace's are not V5."""
    contract = world.by_id(id)
    told = read(ASKING)["approvals"]
    if world.switches.approvals_v5:
        detail = "Ad hoc approvals are not available for this contract."
        raise coded(400, "SD_CONTRACT_APPROVALS_00001", detail)
    if contract.pending_approvals:
        detail = "Another approval group is in progress."
        raise coded(400, "SD_CONTRACTS_00152", detail)
    if contract.status not in (DRAFT, REDLINING):
        raise wrong_state(f"No approval can be asked for in {contract.status}.")
    made = tuple(_made(world, one, place) for place, one in enumerate(told))
    world.change(contract, approvals=(*contract.approvals, *made))
    return [_answer(contract, one) for one in made], 201


def _made(world: World, told: Mapping[str, Any], place: int) -> Approval:
    user, role = told.get("approver_user_id"), told.get("approver_role_id")
    who = None if user is None else world.workspace.users.get(int(user))
    if role is None and (who is None or not who.is_active):
        raise invalid({"approvals": {str(place): {"approver_user_id": _UNKNOWN}}})
    if role is not None and int(role) not in ROLES:
        raise invalid({"approvals": {str(place): {"approver_role_id": _UNKNOWN}}})
    return Approval(
        id=world.next_id(),
        name=told["name"],
        type="AD_HOC",
        user=who,
        role_id=None if role is None else int(role),
        notes=told.get("notes"),
        order=told.get("order"),
        sent_at=world.now(),
        created_by=g.user,
    )


_UNKNOWN = ["Unknown approver"]


def _answer(contract: Contract, one: Approval) -> dict[str, Any]:
    return {
        "id": one.id,
        "contract_id": contract.number,
        "name": one.name,
        "approver_user_id": one.user.id if one.user else None,
        "approver_role_id": one.role_id,
        "is_sent": one.sent_at is not None,
        "notes": one.notes,
        "order": one.order,
    }


ROUTES = (
    ("GET", "/contracts/approvals/<id>/", index),
    ("POST", "/contracts/approvals/<id>/", ask),
)
