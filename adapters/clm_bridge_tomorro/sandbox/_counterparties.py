"""
The address book.

https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/counterparties/list-counterparties
"""

from __future__ import annotations

from typing import Any

from ._bodies import Body, body
from ._envelopes import paginated
from ._field_writes import Written, put, written
from ._filters import Filter, check, holds, word
from ._ids import path_id
from ._paging import NEWEST, Order, ordered, page
from ._records import Counterparty
from ._refusals import missing
from ._smart_fields import COUNTERPARTY
from ._times import stamp
from ._world import World

STATUSES = ("active", "archived")
ORDER: Order = {
    "id": lambda one: one.id,
    "name": lambda one: one.name,
    "status": lambda one: one.status,
    "createdAt": lambda one: one.created_at,
    "updatedAt": lambda one: one.updated_at,
}
FILTERS = {
    "status": Filter(lambda one: one.status, word(*STATUSES), ("in",)),
    "name": Filter(lambda one: one.name, equal=holds),
}


def list_counterparties(world: World) -> Any:
    """List the counterparties, three keys each."""
    records = world.state.counterparties.values()
    return paginated(page(ordered(records, ORDER, NEWEST), check(FILTERS)), _row)


def get_counterparty(world: World, id: str) -> Any:
    """Show one counterparty."""
    return _full(_counterparty(world, id))


def create_counterparty(world: World) -> Any:
    """Add a counterparty; nothing forbids that two have one name."""
    told = body()
    name, status = told.need("name"), told.word("status", STATUSES) or "active"
    new = _attributes(told, world)
    told.check()
    own, now = world.state.new_id("counterparty"), world.now()
    record = Counterparty(own, name, status, now, now)
    world.state.counterparties[own] = record
    put(record.fields, new)
    return _full(record)


def update_counterparty(world: World, id: str) -> Any:
    """Change what the body holds."""
    record, told = _counterparty(world, id), body()
    name, status = told.text("name"), told.word("status", STATUSES)
    new = _attributes(told, world)
    told.check()
    record.name, record.status = name or record.name, status or record.status
    put(record.fields, new)
    record.updated_at = world.now()
    return _full(record)


def _counterparty(world: World, id: str) -> Counterparty:
    found = world.state.counterparties.get(path_id(id))
    if found is None:
        raise missing("Counterparty")
    return found


def _attributes(told: Body, world: World) -> Written:
    """Read ``attributes``, which go in as a list and come out as a map."""
    key = "attributeDefinitionId"
    return written(told, "attributes", key, COUNTERPARTY, world.state)


def _row(record: Counterparty) -> dict[str, Any]:
    return {"id": record.id, "name": record.name, "status": record.status}


def _full(record: Counterparty) -> dict[str, Any]:
    return _row(record) | {
        "logoUrl": None,
        "fields": record.fields,
        "createdAt": stamp(record.created_at),
        "updatedAt": stamp(record.updated_at),
    }
