"""
Which change is which: what a poll found, and what the vendor told, of one contract.

A poll compares a contract with what was known of it.  The vendor may tell of the same
change before or after, and both must give one event.  Everything here is pure.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from attrs import evolve, field, frozen

from ._events import POLL, Event, EventSource
from ._json import to_dict
from ._models import Contract
from ._vocabulary import EventKind, Facet, Status

FORM = "1"
"""Of the content below; what was noted in another form is noted anew, silently."""
LAG = timedelta(minutes=5)
"""How long a vendor's lists may trail behind what it told."""
GRAIN = timedelta(seconds=1)
"""Vendors cut off what is below a second."""
TELLING = ("name", "number", "type", "external_links")
"""What a delivery's snapshot says as a list does, and so is known from then on."""

BY_STATUS = {
    Status.EXECUTED: EventKind.EXECUTED,
    Status.DECLINED: EventKind.DECLINED,
    Status.CANCELLED: EventKind.CANCELLED,
}
"""The kind of a change to a status that has one of its own."""

STATUS = "status"
PARTS: Mapping[EventKind, frozenset[str]] = {
    EventKind.STATUS_CHANGED: frozenset({STATUS, "key_dates"}),
    EventKind.SENT: frozenset({STATUS, "key_dates", "people"}),
    EventKind.SIGNATURE_REQUESTED: frozenset({STATUS, "key_dates", "people"}),
    EventKind.SIGNED_BY: frozenset({"key_dates", "people"}),
    EventKind.EXECUTED: frozenset({STATUS, "key_dates", "documents"}),
    EventKind.DECLINED: frozenset({STATUS, "key_dates"}),
    EventKind.CANCELLED: frozenset({STATUS, "key_dates"}),
    EventKind.DOCUMENT_UPDATED: frozenset({"documents"}),
    EventKind.LINK_UPDATED: frozenset({"external_links"}),
    EventKind.FIELDS_UPDATED: frozenset(
        {"name", "parties", "key_dates", "term", "value", "fields"}
    ),
    EventKind.APPROVAL_REQUESTED: frozenset({STATUS, "people"}),
    EventKind.APPROVAL_COMPLETED: frozenset({STATUS, "people"}),
}
"""What of a contract a kind of event may change; one that is not here, anything."""

ALWAYS = ("name", "number", "type", "template", "owner")
"""What every reading of a contract holds, whichever facets it loads."""


@frozen
class Known:
    """What is known of one contract: by polls, and by what the vendor told."""

    status: Status | None = None
    told_at: datetime | None = None
    """When what the vendor told last happened; None if a poll has seen it since."""
    content: Mapping[str, str] = field(factory=dict)
    """Attribute → a digest of its value; only those that were read."""
    seen_at: datetime | None = None
    """When a poll saw it last."""


@frozen
class Told:
    """What an event has to do with a change: enough to say whether it is the same."""

    kind: EventKind
    status: Status | None
    occurred_at: datetime
    parts: frozenset[str] = frozenset()
    """What a poll found changed."""
    since: datetime | None = None
    """When the poll before had seen it: the change came after."""


def content(contract: Contract) -> dict[str, str]:
    """Return a digest of each attribute that *contract* was read with."""
    loaded = [facet.value for facet in Facet if facet in contract.loaded]
    return {
        name: _digest(contract, name)
        for name in (*ALWAYS, *loaded)
        if name in loaded or getattr(contract, name) is not None
    }


def _digest(contract: Contract, name: str) -> str:
    value = getattr(contract, name)
    if name == "key_dates":
        value = evolve(value, updated_at=None)  # it moves with whatever else changes
    told = json.dumps(to_dict(value), sort_keys=True, default=str)
    return FORM + sha256(told.encode()).hexdigest()[:16]


def learned(known: Known, event: Event) -> Known:
    """Return what is known after an event that the vendor told, unless it is old."""
    newest = max(filter(None, (known.told_at, known.seen_at)), default=None)
    if newest is not None and newest > event.occurred_at:
        return known
    fresh = {} if event.contract is None else content(event.contract)
    fresh = {name: told for name, told in fresh.items() if name in TELLING}
    return evolve(
        known,
        status=event.status or known.status,
        told_at=event.occurred_at,
        content={**known.content, **fresh},
    )


def changes(known: Known, contract: Contract, now: datetime) -> frozenset[str]:
    """Return what differs from what was known; what was never read does not."""
    fresh = content(contract)
    found = {
        name
        for name, digest in fresh.items()
        if name in known.content
        and known.content[name].startswith(FORM)
        and digest != known.content[name]
    }
    if known.status not in (None, contract.status) and not lags(known, contract, now):
        found.add(STATUS)
    return frozenset(found)


def lags(known: Known, contract: Contract, now: datetime) -> bool:
    """Say whether the list may still show the status before the one that was told."""
    if known.told_at is None or now - known.told_at > LAG:
        return False
    updated = contract.key_dates.updated_at
    return updated is None or updated <= known.told_at


def unexplained(
    parts: frozenset[str], told: Collection[Told], contract: Contract
) -> frozenset[str]:
    """
    Return what of *parts* the vendor has not told of.

    Beyond the status, that takes proof: the contract was not updated after what was
    told.  Without it, two events for one change are better than none for another.
    """
    updated = contract.key_dates.updated_at
    for one in told:
        if one.kind is EventKind.OTHER:
            continue
        explained = PARTS.get(one.kind, parts)
        if updated is None or updated > one.occurred_at + GRAIN:
            explained &= {STATUS}
        if one.status is not contract.status:
            explained -= {STATUS}  # it went on from there
        parts -= explained
    return parts


def is_same(told: Event, found: Told) -> bool:
    """Say whether the vendor tells of a change that a poll has *found* already."""
    if found.since is None or not (
        found.since - LAG <= told.occurred_at <= found.occurred_at + GRAIN
    ):
        return False  # whoever read the contract after the poll may not have seen it
    if EventKind.CREATED in (told.kind, found.kind):
        return told.kind is found.kind
    parts = PARTS.get(told.kind)
    if STATUS in found.parts and parts is not None and STATUS in parts:
        return told.status in (None, found.status)
    if told.kind is EventKind.UPDATED:
        return True  # it says no more than that the contract is to be read
    if told.kind is EventKind.FIELDS_UPDATED:
        return bool(found.parts - {STATUS}) or told.kind is found.kind
    return parts is not None and bool(parts & found.parts - {STATUS, "key_dates"})


def found_event(
    contract: Contract,
    kind: EventKind,
    key: str,
    now: datetime,
) -> Event:
    """Return the event that no vendor told: a poll found the contract so."""
    updated = contract.key_dates.updated_at
    told = json.dumps([contract.status.value, content(contract)], sort_keys=True)
    mark = sha256(f"{told}{(updated or now).isoformat()}".encode()).hexdigest()[:16]
    source = contract.source
    return Event(
        id=f"{POLL}:{key}:{kind.value}:{mark}",
        kind=kind,
        contract_id=contract.id,
        occurred_at=updated or now,
        source=EventSource(source.vendor, source.connection, POLL),
        status=contract.status,
        contract=contract,
    )


def kind_of(parts: frozenset[str], status: Status) -> EventKind:
    """Return the kind of event that these changes are."""
    if STATUS in parts:
        return BY_STATUS.get(status, EventKind.STATUS_CHANGED)
    return EventKind.UPDATED
