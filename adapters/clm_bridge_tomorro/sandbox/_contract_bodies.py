"""
A contract as the API shows it.

https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/contracts/get-contract
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import _smart_fields as fields
from ._records import Contract, Signatory
from ._smart_fields import CONTRACT, Value
from ._terms import next_renewal
from ._times import stamp
from ._world import World


def row(contract: Contract) -> dict[str, Any]:
    """Return the three keys that a list shows."""
    return {"id": contract.id, "name": contract.name, "status": contract.status}


def full(contract: Contract, world: World) -> dict[str, Any]:
    """Return the whole body, as GET, POST and PATCH answer it."""
    state = world.state
    company = state.counterparties[contract.counterparty_id]
    kind = state.types[contract.type_id]
    return {
        "id": _id("ctr", contract.id, world),
        "name": contract.name,
        "status": contract.status,
        "counterparty": {"id": company.id, "name": company.name},
        "contractType": {"id": kind.id, "name": kind.name},
        "templateId": contract.template_id,
        "author": _member(contract.author_id, world, prefix="mem"),
        "fields": list(_fields(contract, world)),
        "signatories": [_signatory(one, world) for one in contract.signatories],
        world.switches.link_key: contract.link,
        "createdAt": stamp(contract.created_at),
        "updatedAt": stamp(contract.updated_at),
        "contractMembers": [_member(own, world) for own in contract.member_ids],
    }


def values(contract: Contract, world: World) -> dict[str, Value]:
    """Return the smart fields' values, with the one that is computed when asked."""
    renewal = next_renewal(contract.values, world.now().date())
    if renewal is None:
        return contract.values
    return contract.values | {fields.NEXT_RENEWAL.id: renewal}


def _fields(contract: Contract, world: World) -> Iterator[dict[str, Any]]:
    held = values(contract, world)
    for own, field in world.state.smart_fields.items():
        if field.side == CONTRACT and own in held:
            yield {
                "attributeDefinitionId": own,
                "name": field.name,
                "value": held[own],
            }


def _signatory(one: Signatory, world: World) -> dict[str, Any]:
    shown = _id("sig", one.id, world)
    return {"id": shown, "name": one.name, "email": one.email, "type": one.type}


def _member(id: str, world: World, prefix: str | None = None) -> dict[str, str]:
    shown = _id(prefix, id, world) if prefix else id
    return {"id": shown, "email": world.state.members[id].email}


def _id(prefix: str, id: str, world: World) -> str:
    return f"{prefix}_{id}" if world.switches.prefixed_ids else id
