"""How new contracts come into the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import g

from ._errors import invalid
from ._metadata import accepted
from ._records import Contract, ContractType, Counterparty, Entity, User
from ._workspace import ENTITIES
from ._world import World

NOT_ALLOWED = "The entity is not allowed for this contract type"


def made(world: World, **what: Any) -> Contract:
    """Keep a new contract of the caller's, made now, and return it."""
    now = world.now()
    user: User = g.user
    contract = Contract(
        number=world.next_number(),
        created_by=user,
        created_at=now,
        updated_at=now,
        **what,
    )
    world.add(contract)
    return contract


def linked(told: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return a new contract's external metadata, or refuse it."""
    metadata = told.get("external_metadata")
    return None if metadata is None else accepted(metadata)


def party(world: World, told: Mapping[str, Any]) -> Counterparty:
    """Return the address book's entry of that name, made if it is not there."""
    contact = told.get("poc_details") or {}
    person = person_name(contact)
    details = told.get("organization_details") or {}
    address = details.get("address") or {}
    return entry(
        world,
        party_name(told),
        contact_name=person or None,
        contact_email=contact.get("email"),
        country=address.get("country") or address.get("country_iso_code"),
        is_individual=bool(told.get("is_individual")),
        address=address,
    )


def person_name(contact: Mapping[str, Any]) -> str:
    """Return first and last name of a contact."""
    names = (contact.get("first_name"), contact.get("last_name"))
    return " ".join(filter(None, names))


def party_name(told: Mapping[str, Any]) -> str:
    """Return an organisation's name, or an individual's."""
    name = told.get("organization_name")
    return str(name) if name else person_name(told.get("poc_details") or {})


def entry(world: World, name: str, **more: Any) -> Counterparty:
    """Return the entry of that name, or a new one."""
    known = world.workspace.counterparty(name)
    if known is not None:
        return known
    book = world.workspace.counterparties
    one = Counterparty(id=max(book, default=500) + 1, name=name, **more)
    book[one.id] = one
    return one


def entity(key: str, id: Any, type: ContractType) -> Entity:
    """Return our company of that id, or refuse what may not use the type."""
    known = next((one for one in ENTITIES if one.id == int(id)), None)
    if known is None:
        raise invalid({key: ["Unknown entity"]})
    if not may_use(known, type):
        raise invalid({key: [NOT_ALLOWED]})
    return known


def may_use(company: Entity, type: ContractType) -> bool:
    """Say whether a company of ours may make contracts of a type."""
    return company.is_primary or not type.only_primary
