"""
Contracts: query, show, create, update and the action PUTs.

https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/resources/transactional-resources/contracts-api-(contracts)
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from . import _lifecycle
from ._answers import Answer, Route, body
from ._contract import CONTRACT
from ._lists import listed
from ._models import TEMPLATE
from ._schema import Record
from ._world import World

Action = Callable[[World, Record], None]


def _index(world: World) -> Answer:
    return listed(world, CONTRACT)


def _show(world: World, id: int) -> Answer:
    return Answer(CONTRACT, world.get("contract", id))


def _create(world: World) -> Answer:
    return Answer(CONTRACT, _lifecycle.create(world, body()), 201)


def _update(world: World, id: int) -> Answer:
    contract = world.get("contract", id)
    _lifecycle.update(world, contract, body())
    return Answer(CONTRACT, contract)


def _update_published(world: World, id: int) -> Answer:
    contract = world.get("contract", id)
    _lifecycle.update_published(world, contract, body())
    return Answer(CONTRACT, contract)


def _create_published(world: World, id: int) -> Answer:
    """Make a published revision of *id*: a new contract whose parent it is."""
    parent = world.get("contract", id)
    made = _lifecycle.create(world, body(), status="published", parent=parent)
    return Answer(CONTRACT, made, 201)


def _act(action: Action, world: World, id: int) -> Answer:
    """Move a contract on; what the body says besides is ignored."""
    contract = world.get("contract", id)
    body()
    action(world, contract)
    world.touch(contract)
    return Answer(CONTRACT, contract)


def _templates(world: World) -> Answer:
    return listed(world, TEMPLATE)


def _template(world: World, id: int) -> Answer:
    return Answer(TEMPLATE, world.get("contract-template", id))


_READ, _WRITE = "core.contract.read", "core.contract.write"
_TEMPLATES = "core.contracts_template.read"
_ALL, _ONE = "/api/contracts", "/api/contracts/<int:id>"

_ACTIONS: dict[str, Action] = {
    "submit_for_approval": _lifecycle.submit,
    "complete": _lifecycle.complete,
    "ccc_signature_created": _lifecycle.note_signature,
    "withdraw_signatures": _lifecycle.withdraw_signatures,
}

ROUTES = (
    Route("GET", _ALL, _READ, _index),
    Route("GET", _ONE, _READ, _show),
    Route("POST", _ALL, _WRITE, _create),
    Route("PUT PATCH", _ONE, _WRITE, _update),
    Route("PUT", f"{_ONE}/update_published", _WRITE, _update_published),
    Route("POST", f"{_ONE}/create_published", _WRITE, _create_published),
    *(
        Route("PUT", f"{_ONE}/{name}", _WRITE, partial(_act, action))
        for name, action in _ACTIONS.items()
    ),
    Route("GET", f"{_ALL}/templates", _TEMPLATES, _templates),
    Route("GET", f"{_ALL}/templates/<int:id>", _TEMPLATES, _template),
)
