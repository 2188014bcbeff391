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


def raise_approvals(world: World, contract: Record, *, chain: int) -> list[Record]:
    """Ask *chain* people, and show the first of them on the contract."""
    _drop_pending(world, contract)
    raised = [_raise(world, contract, place) for place in range(chain)]
    point_at_next(world, contract)
    return raised


def point_at_next(world: World, contract: Record) -> None:
    """Show the approval that is waited for, or that there is none."""
    contract["current-approval"] = next(iter(_pending(world, contract)), None)


def decide(world: World, id: int, word: str) -> Answer:
    """Approve or reject what is still pending, and move the contract on."""
    approval = world.get("approval", id)
    if approval["status"] != PENDING:
        raise Refusal("Approval is not pending.", model="approval")
    contract = world.get("contract", approval["approvable-id"])
    approval |= {
        "status": word,
        "approval-date": world.now(),
        "approved-by": world.all("user")[API_USER],
        "note": request.args.get("reason"),
        "updated-at": world.now(),
    }
    if word == "rejected":
        _drop_pending(world, contract)
        contract["status"] = world.switches.rejected
    elif not _pending(world, contract):
        contract["status"] = all_approved(world)
    point_at_next(world, contract)
    world.touch(contract)
    if world.switches.approve_answers == "own":
        return Answer(APPROVAL, approval)
    return Answer(MODELS["contract"], contract)


def all_approved(world: World) -> str:
    """Return the status of a contract that nobody has yet to approve."""
    switches = world.switches
    return switches.pending_signature if switches.online_signing else switches.approved


def _pending(world: World, contract: Record) -> list[Record]:
    return [
        approval
        for approval in world.all("approval").values()
        if approval["approvable-id"] == contract["id"] and approval["status"] == PENDING
    ]


def _drop_pending(world: World, contract: Record) -> None:
    for approval in _pending(world, contract):
        del world.all("approval")[approval["id"]]


def _raise(world: World, contract: Record, place: int) -> Record:
    person = approver(world, place)
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


def _approve(world: World, id: int) -> Answer:
    return decide(world, id, "approved")


def _reject(world: World, id: int) -> Answer:
    return decide(world, id, "rejected")


_READ, _WRITE = "core.approval.read", "core.approval.write"

ROUTES = (
    Route("GET", "/api/approvals", _READ, _index),
    Route("GET", "/api/approvals/<int:id>", _READ, _show),
    Route("PUT PATCH", "/api/approvals/<int:id>/approve", _WRITE, _approve),
    Route("PUT PATCH", "/api/approvals/<int:id>/reject", _WRITE, _reject),
)
