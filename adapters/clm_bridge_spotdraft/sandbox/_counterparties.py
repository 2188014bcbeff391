"""The address book of the other sides."""

from __future__ import annotations

import re

from attrs import evolve
from flask import request
from flask.typing import ResponseReturnValue

from ._asked import paged
from ._bodies import MISSING, Key, boolean, mapping, read, text
from ._contract_bodies import organization_type
from ._errors import invalid, not_found
from ._making import entry
from ._records import Counterparty
from ._rows import counterparty
from ._world import World

CREATION = {
    "is_individual": Key(boolean, required=True),
    "organization_type": Key(organization_type),
    "organization_name": Key(text),
    "contact_name": Key(text),
    "contact_email": Key(text),
    "brand_name": Key(text),
    "primary_address": Key(mapping),
    "custom_fields": Key(mapping),
}
_CUSTOM = re.compile(r"filter_custom__(\w+)")


def index(world: World) -> ResponseReturnValue:
    """List by page."""
    found = [one for one in world.workspace.counterparties.values() if _fits(one)]
    return paged(found, counterparty)


def _fits(one: Counterparty) -> bool:
    email = request.args.get("filter__client_email_address")
    if email is not None and one.contact_email != email:
        return False
    for name, wanted in request.args.items(multi=True):
        told = _CUSTOM.fullmatch(name)
        if told is not None and str(one.custom_fields.get(told[1])) != wanted:
            return False
    return True


def show(world: World, id: int) -> ResponseReturnValue:
    """Show one."""
    found = world.workspace.counterparties.get(id)
    if found is None:
        raise not_found()
    return counterparty(found)


def change(world: World, id: int) -> ResponseReturnValue:
    """Change what is told; the name stays unique."""
    known = world.workspace.counterparties.get(id)
    if known is None:
        raise not_found()
    told = read(CREATION | {"is_individual": Key(boolean)})
    key = "contact_name" if known.is_individual else "organization_name"
    name = told.get(key) or known.name
    _refuse_taken(world, key, name, known)
    changed = evolve(
        known,
        name=name,
        contact_name=told.get("contact_name", known.contact_name),
        contact_email=told.get("contact_email", known.contact_email),
        brand_name=told.get("brand_name", known.brand_name),
        address={**known.address, **told.get("primary_address", {})},
        custom_fields={**known.custom_fields, **told.get("custom_fields", {})},
    )
    world.workspace.counterparties[id] = changed
    return counterparty(changed)


def _refuse_taken(
    world: World, key: str, name: str, own: Counterparty | None = None
) -> None:
    if world.workspace.counterparty(name) not in (None, own):
        raise invalid({key: ["A counterparty of this name exists"]})


def create(world: World) -> ResponseReturnValue:
    """Make a new one; its name is unique in the workspace."""
    told = read(CREATION)
    key = "contact_name" if told["is_individual"] else "organization_name"
    name = told.get(key)
    if not name:
        raise invalid({key: MISSING})
    _refuse_taken(world, key, name)
    made = entry(
        world,
        name,
        contact_name=told.get("contact_name"),
        contact_email=told.get("contact_email"),
        is_individual=told["is_individual"],
        brand_name=told.get("brand_name"),
        address=told.get("primary_address", {}),
        custom_fields=told.get("custom_fields", {}),
    )
    return counterparty(made), 201


ROUTES = (
    ("GET", "/counter_parties/", index),
    ("POST", "/counter_parties/", create),
    ("GET", "/counter_parties/<int:id>", show),
    ("PATCH", "/counter_parties/<int:id>", change),
)
