"""What people do to a contract in Coupa itself: approve, sign, refuse, say, delete."""

from __future__ import annotations

from clm_bridge.sandbox import Human

from ._agreements import sign_file
from ._approvals import decide, pending
from ._comments import say
from ._company import user_of
from ._documents import OWNER
from ._lifecycle import finish
from ._schema import Record
from ._world import World

REFUSAL = "Not on these terms"

_BELONGING = {
    "approval": "approvable-id",
    "attachment": OWNER,
    "comment": OWNER,
    "legal-document": OWNER,
}
"""Model → the attribute by which its records belong to a contract."""


def sign(world: World, contract: Record) -> None:
    """Let everybody who has not yet approve, and all parties sign after that."""
    for approval in pending(world, contract):
        decide(world, approval, "approved", by=approval["approver"])
    if contract["status"] != world.switches.approved:
        rule = "people sign what is submitted for approval"
        _must_wait_for_signature(world, contract, rule)
    finish(world, contract)
    world.touch(contract)
    sign_file(world, contract)


def decline(world: World, contract: Record) -> None:
    """Let the next approver reject it; or, after approval, a party not sign it."""
    if contract["status"] == "pending_approval":
        approval = pending(world, contract)[0]
        by = approval["approver"]
        decide(world, approval, "rejected", by=by, note=REFUSAL)
        return
    _must_wait_for_signature(world, contract, "people decline what waits for them")
    contract["status"] = world.switches.rejected
    world.touch(contract)


def comment(world: World, contract: Record) -> None:
    """Let the supplier's contact say something."""
    supplier = contract["supplier"]
    told = supplier["primary-contact"] or {}
    email = told.get("email") or f"supplier-{supplier['id']}@supplier.example"
    name = told.get("name-fullname") or supplier["name"]
    person = user_of(world, Human(name, email))
    say(world, contract["id"], "We have a question about the terms.", by=person)


def delete(world: World, contract: Record) -> None:
    """Remove it, with all that belongs to it; what refers to it does so no more."""
    del world.all("contract")[contract["id"]]
    world.agreements.pop(contract["id"], None)
    for model, owner in _BELONGING.items():
        for record in list(world.all(model).values()):
            if record[owner] == contract["id"]:
                del world.all(model)[record["id"]]
    for other in world.all("contract").values():
        for name in ("parent", "master-contract"):
            if other[name] is contract:
                other[name] = None


def _must_wait_for_signature(world: World, contract: Record, rule: str) -> None:
    status = contract["status"]
    if status != world.switches.pending_signature:
        raise ValueError(f"contract {contract['id']} is {status}, and {rule}")
