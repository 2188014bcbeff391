"""
Approvals of contracts, one after another in a chain.

https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/resources/transactional-resources/approvals-api-(approvals)
"""

from __future__ import annotations

from flask import request

from ._answers import Answer, Route
from ._company import approver
from ._errors import Refusal
from ._lists import listed
from ._models import APPROVAL, MODELS
from ._schema import Record
from ._world import API_USER, World

PENDING = "pending_approval"
"""The word of an approval that waits; the vendor publishes none."""

BY_HAND = "by-hand"
"""What marks an approval that was added by hand; no answer shows it."""


def raise_approvals(world: World, contract: Record, *, chain: int) -> list[Record]:
    """Ask *chain* people, and show the first of them on the contract."""
    _drop_pending(world, contract)
    raised = [_raise(world, contract, place) for place in range(chain)]
    point_at_next(world, contract)
    return raised


def point_at_next(world: World, contract: Record) -> None:
    """Show what is waited for: one approval, or all at once where they go parallel."""
    found = pending(world, contract)
    parallel = world.switches.parallel_approvals
    contract["current-parallel-approvals"] = found if parallel else []
    contract["current-approval"] = None if parallel else next(iter(found), None)


def add_approver(world: World, contract: Record, person: Record) -> None:
    """Ask one more, after all who are asked already."""
    places = [a["position"] for a in world.all("approval").values() if _of(a, contract)]
    _raise(world, contract, max(places, default=0), person)[BY_HAND] = True
    point_at_next(world, contract)


def remove_approval(world: World, contract: Record, id: int) -> None:
    """Ask one less, of those who were added by hand and have not decided."""
    approval = world.all("approval").get(id)
    if approval is None or approval not in pending(world, contract):
        raise Refusal("Approval is not pending.", model="contract")
    if BY_HAND not in approval:
        raise Refusal("Approval was not added by hand.", model="contract")
    del world.all("approval")[id]
    _move_on(world, contract)


def decide(
    world: World, approval: Record, word: str, *, by: Record, note: str | None = None
) -> Record:
    """Approve or reject what is still pending; return the contract, moved on."""
    _check_pending(approval)
    contract = world.get("contract", approval["approvable-id"])
    approval |= {
        "status": word,
        "approval-date": world.now(),
        "approved-by": by,
        "note": note,
        "updated-at": world.now(),
    }
    if word == "rejected":
        _drop_pending(world, contract)
        contract["status"] = world.switches.rejected
    _move_on(world, contract)
    world.touch(contract)
    return contract


def all_approved(world: World) -> str:
    """Return the status of a contract that nobody has yet to approve."""
    switches = world.switches
    return switches.pending_signature if switches.online_signing else switches.approved


def _move_on(world: World, contract: Record) -> None:
    if contract["status"] == "pending_approval" and not pending(world, contract):
        contract["status"] = all_approved(world)
    point_at_next(world, contract)


def _check_pending(approval: Record) -> None:
    if approval["status"] != PENDING:
        raise Refusal("Approval is not pending.", model="approval")


def _of(approval: Record, contract: Record) -> bool:
    return bool(approval["approvable-id"] == contract["id"])


def pending(world: World, contract: Record) -> list[Record]:
    """Return the approvals that are still waited for."""
    return [
        approval
        for approval in world.all("approval").values()
        if _of(approval, contract) and approval["status"] == PENDING
    ]


def _drop_pending(world: World, contract: Record) -> None:
    for approval in pending(world, contract):
        del world.all("approval")[approval["id"]]


def _raise(
    world: World, contract: Record, place: int, person: Record | None = None
) -> Record:
    person = person or approver(world, place)
    asked = dict.fromkeys(APPROVAL.attributes) | {
        "created-at": world.now(),
        "updated-at": world.now(),
        "position": place + 1,
        "status": PENDING,
        "type": "ManagementHierarchyApproval",
        "reasons": [],
        "holdable": False,
        "approvable-id": contract["id"],
        "approvable-type": "Contract",
        "approver": person,
        "approver-id": person["id"],
        "approver-type": "User",
        "delegates": [],
    }
    del asked["id"]
    return world.put("approval", asked)


def _index(world: World) -> Answer:
    return listed(world, APPROVAL)


def _show(world: World, id: int) -> Answer:
    return Answer(APPROVAL, world.get("approval", id))


def _decide(world: World, word: str, id: int) -> Answer:
    approval, me = world.get("approval", id), world.all("user")[API_USER]
    note = request.args.get("reason")
    contract = decide(world, approval, word, by=me, note=note)
    if world.switches.approve_answers == "own":
        return Answer(APPROVAL, approval)
    return Answer(MODELS["contract"], contract)


def _approve(world: World, id: int) -> Answer:
    return _decide(world, "approved", id)


def _reject(world: World, id: int) -> Answer:
    return _decide(world, "rejected", id)


def _hold(world: World, id: int) -> Answer:
    """Keep the reason; the approval goes on waiting."""
    approval = world.get("approval", id)
    _check_pending(approval)
    approval |= {"note": request.args.get("reason"), "updated-at": world.now()}
    return Answer(APPROVAL, approval)


_READ, _WRITE = "core.approval.read", "core.approval.write"

ROUTES = (
    Route("GET", "/api/approvals", _READ, _index),
    Route("GET", "/api/approvals/<int:id>", _READ, _show),
    Route("PUT PATCH", "/api/approvals/<int:id>/approve", _WRITE, _approve),
    Route("PUT PATCH", "/api/approvals/<int:id>/reject", _WRITE, _reject),
    Route("PUT PATCH", "/api/approvals/<int:id>/hold", _WRITE, _hold),
)
