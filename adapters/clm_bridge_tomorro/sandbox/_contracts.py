"""
Contracts: list, read, create and update.

https://alpha.developer.tomorro.com/api-reference/2025-01-15-init/contracts/list-contracts
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from . import _smart_fields as fields
from ._contract_bodies import full, row
from ._contract_writes import created, update
from ._envelopes import plural
from ._filters import Filter, check, identifier, time, word
from ._paging import NEWEST, Order, ordered, page
from ._records import Contract
from ._times import moment
from ._world import World

STATUSES = ("draft", "negotiating", "signing", "signed", "canceled")
COMPARED = ("gte", "lte")
ORDER: Order = {
    "id": lambda one: one.id,
    "name": lambda one: one.name,
    "status": lambda one: one.status,
    "createdAt": lambda one: one.created_at,
    "updatedAt": lambda one: one.updated_at,
}


def _day(field: str, contract: Contract) -> datetime | None:
    told = contract.values.get(field)
    return moment(told) if isinstance(told, str) else None


def _hidden(key: str, contract: Contract) -> str | None:
    return contract.hidden.get(key)


FILTERS = {
    "status": Filter(lambda one: one.status, word(*STATUSES), ("ne", "in")),
    "authorId": Filter(lambda one: one.author_id, identifier),
    "counterpartyId": Filter(lambda one: one.counterparty_id, identifier),
    "contractTypeId": Filter(lambda one: one.type_id, identifier),
    "startAt": Filter(partial(_day, fields.START_DATE.id), time, COMPARED),
    "endAt": Filter(partial(_day, fields.INITIAL_END.id), time, COMPARED),
    "createdAt": Filter(lambda one: one.created_at, time, COMPARED),
    "updatedAt": Filter(lambda one: one.updated_at, time, COMPARED),
    **{
        key: Filter(partial(_hidden, key), identifier)
        for key in ("referentId", "supervisorId", "folderId")
    },
}


def list_contracts(world: World) -> Any:
    """List what the key reaches, three keys each."""
    reached = world.state.visible(world.caller().id).values()
    found = page(ordered(reached, ORDER, NEWEST), check(FILTERS))
    return plural(found, row, "contracts", world.switches.lists)


def get_contract(world: World, id: str) -> Any:
    """Show one contract."""
    return full(world.contract(id), world)


def create_contract(world: World) -> Any:
    """Make a contract with a document from a template."""
    record = created(world)
    world.state.contracts[record.id] = record
    return full(record, world)


def update_contract(world: World, id: str) -> Any:
    """Change what the body holds, and nothing else."""
    record = world.contract(id)
    update(record, world)
    return full(record, world)
