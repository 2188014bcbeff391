"""
Who is asked to approve, changed by hand.

The bodies of both actions are unpublished, so several spellings are understood.
https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/resources/transactional-resources/contracts-api-(contracts)
"""

from __future__ import annotations

from typing import Any

from flask import request

from ._answers import Answer, Route, body
from ._approvals import add_approver, remove_approval
from ._contract import CONTRACT
from ._errors import Refusal
from ._schema import Record, hyphened
from ._world import World
from ._write import referenced


def _add(world: World, id: int) -> Answer:
    contract = _submitted(world, id)
    sent = _sent()
    named = sent.get("approver") or {
        key: sent[name]
        for key, name in (("id", "approver-id"), ("login", "login"))
        if name in sent
    }
    try:
        person = referenced(world, "approver", "user", named)
    except ValueError as error:
        raise Refusal("Approver can't be blank", model="contract") from error
    if person is not None:
        add_approver(world, contract, person)
        world.touch(contract)
    return Answer(CONTRACT, contract)


def _remove(world: World, id: int) -> Answer:
    contract = _submitted(world, id)
    told = str(_sent().get("approval-id", ""))
    if not told.isdecimal():
        raise Refusal("Approval can't be blank", model="contract")
    remove_approval(world, contract, int(told))
    world.touch(contract)
    return Answer(CONTRACT, contract)


def _submitted(world: World, id: int) -> Record:
    contract = world.get("contract", id)
    if contract["status"] != "pending_approval":
        sentence = f"Approvers cannot be changed while it is {contract['status']}"
        raise Refusal(sentence, model="contract")
    return contract


def _sent() -> dict[str, Any]:
    """Read the body and the query; the body goes first."""
    told = {**request.args.to_dict(), **body()}
    return {hyphened(name): value for name, value in told.items()}


_ONE, _WRITE = "/api/contracts/<int:id>", "core.contract.write"

ROUTES = (
    Route("PUT", f"{_ONE}/add_approver", _WRITE, _add),
    Route("PUT", f"{_ONE}/remove_approval", _WRITE, _remove),
)
