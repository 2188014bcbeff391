"""The parts of a contract that both creating and updating write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ._bodies import Body, is_email
from ._field_writes import Written, put, written
from ._ids import plain
from ._records import Contract, Counterparty, Signatory
from ._smart_fields import CONTRACT
from ._terms import complete
from ._world import World

LINKS = ("salesforce", "hubspot")


def counterparty(body: Body, world: World) -> Counterparty | None:
    """Return the counterparty that a body names, perhaps a new one not yet kept."""
    told = body.object("counterparty")
    if told is None:
        return None
    own, name = told.id("id"), told.text("name")
    if own is not None:
        known = world.state.counterparties.get(own)
        if known is None:
            told.refuse("id", "is not a counterparty")
        return known
    return _named(name, world) if name is not None else None


def _named(name: str, world: World) -> Counterparty:
    """Find a counterparty by its name, or make one (A-08)."""
    known = world.state.active_named(name)
    if known is not None and world.switches.reuse_counterparties:
        return known
    now = world.now()
    return Counterparty(world.state.new_id("counterparty"), name, "active", now, now)


def signatories(body: Body, world: World) -> list[Signatory] | None:
    """Return the signatories that a body names, or None if it names none."""
    told = body.object("signatories")
    if told is None:
        return None
    ours = [
        world.state.internal(world.state.members[own])
        for own in _members(told, "internalSignatoryMemberIds", world)
    ]
    emails = told.texts("externalSignatoryEmailList")
    if not all(map(is_email, emails)):
        told.refuse("externalSignatoryEmailList", "must be an array of emails")
    theirs = [
        Signatory(world.state.new_id("signatory"), email, "external")
        for email in emails
    ]
    return ours + theirs


def _members(body: Body, key: str, world: World) -> list[str]:
    return list(known_members(body, key, body.texts(key), world))


def known_members(
    body: Body, key: str, told: Iterable[str], world: World
) -> Iterator[str]:
    """Yield the members' ids among *told*, and refuse the others."""
    for own in map(plain, told):
        if own in world.state.members:
            yield own
        else:
            body.refuse(key, f"holds {own}, which is not a member")


def smart_fields(body: Body, world: World) -> Written:
    """Return the smart fields that a body writes."""
    return written(body, "fields", "fieldId", CONTRACT, world.state)


def write(record: Contract, new: Written) -> None:
    """Put values into a contract, and let it compute what follows from them."""
    put(record.values, new)
    complete(record.values, new)


def link(body: Body) -> dict[str, str | None] | None:
    """Return the external link that a body makes."""
    told = body.object("integration")
    if told is None:
        return None
    return {
        "type": told.word("type", LINKS) or told.need("type"),
        "externalId": told.need("externalId"),
        "externalEntity": told.text("externalEntity"),
        "externalUrl": told.text("externalUrl"),
    }
