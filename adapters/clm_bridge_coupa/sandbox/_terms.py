"""
The price tiers of a contract, which Coupa calls contract terms.

https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/resources/transactional-resources/contracts-api-(contracts)/contract-terms-api
"""

from __future__ import annotations

from ._answers import Answer, Route, body
from ._contract import CONTRACT
from ._errors import not_found
from ._lists import listed
from ._models import TERM
from ._rules import check_terms
from ._schema import Record
from ._world import World
from ._write import changed


def _index(world: World, cid: int) -> Answer:
    return listed(world, TERM, world.get("contract", cid)["contract-terms"])


def _show(world: World, cid: int, id: int) -> Answer:
    return Answer(TERM, _owned(world, cid, id))


def _create(world: World, cid: int) -> Answer:
    contract = world.get("contract", cid)
    sent = {"contract-terms": [body()]}
    terms = changed(world, CONTRACT, contract, sent)["contract-terms"]
    check_terms(terms)
    contract["contract-terms"] = terms
    world.touch(contract)
    return Answer(TERM, terms[-1], 201)


def _update(world: World, cid: int, id: int) -> Answer:
    term = _owned(world, cid, id)
    after = changed(world, TERM, term, body())
    check_terms([after])
    term |= after | {"updated-at": world.now()}
    world.touch(world.get("contract", cid))
    return Answer(TERM, term)


def _owned(world: World, cid: int, id: int) -> Record:
    terms: list[Record] = world.get("contract", cid)["contract-terms"]
    for term in terms:
        if term["id"] == id:
            return term
    raise not_found()


_ALL = "/api/contracts/<int:cid>/contract_terms"
_READ, _WRITE = "core.contract.read", "core.contract.write"

ROUTES = (
    Route("GET", _ALL, _READ, _index),
    Route("POST", _ALL, _WRITE, _create),
    Route("GET", f"{_ALL}/<int:id>", _READ, _show),
    Route("PUT PATCH", f"{_ALL}/<int:id>", _WRITE, _update),
)
