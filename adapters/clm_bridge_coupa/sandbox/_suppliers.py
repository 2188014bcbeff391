"""
Suppliers: the same query language, and the least that a contract needs of them.

https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/resources/reference-data-resources/suppliers-api-(suppliers)
"""

from __future__ import annotations

from ._answers import Answer, Route, body
from ._lists import listed
from ._models import SUPPLIER
from ._rules import check_supplier
from ._world import API_USER, World
from ._write import changed


def _index(world: World) -> Answer:
    return listed(world, SUPPLIER)


def _show(world: World, id: int) -> Answer:
    return Answer(SUPPLIER, world.get("supplier", id))


def _create(world: World) -> Answer:
    empty = dict.fromkeys(SUPPLIER.attributes) | {
        "status": "draft",
        "on-hold": False,
        "content-groups": [],
        "custom-fields": {},
    }
    supplier = changed(world, SUPPLIER, empty, body())
    supplier["display-name"] = supplier["display-name"] or supplier["name"]
    check_supplier(world, supplier)
    del supplier["id"]
    supplier["created-at"] = world.now()
    supplier["created-by"] = world.all("user")[API_USER]
    world.touch(supplier)
    return Answer(SUPPLIER, world.put("supplier", supplier), 201)


def _update(world: World, id: int) -> Answer:
    supplier = world.get("supplier", id)
    after = changed(world, SUPPLIER, supplier, body())
    check_supplier(world, after)
    supplier.update(after)
    world.touch(supplier)
    return Answer(SUPPLIER, supplier)


_READ, _WRITE = "core.supplier.read", "core.supplier.write"

ROUTES = (
    Route("GET", "/api/suppliers", _READ, _index),
    Route("GET", "/api/suppliers/<int:id>", _READ, _show),
    Route("POST", "/api/suppliers", _WRITE, _create),
    Route("PUT PATCH", "/api/suppliers/<int:id>", _WRITE, _update),
)
