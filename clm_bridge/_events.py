"""What happened to contracts, whichever vendor tells of it and by whichever way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from attrs import field, frozen

from ._errors import WebhookVerificationError
from ._models import Contract
from ._values import Person
from ._vocabulary import EventKind, Status

Headers: TypeAlias = (
    Mapping[str, str] | Iterable[tuple[str, str]] | Iterable[tuple[bytes, bytes]]
)
"""A delivery's headers, as any framework has them."""

POLL = "poll"
"""The name of an event that no vendor told: it was found by comparing."""


@frozen
class EventSource:
    """
    Where an event came from.

    ``name`` is the vendor's own word for it, or ``"poll"`` where a contract was found
    changed.  ``raw`` is the payload exactly as received; it is empty when
    ``keep_raw = false``.
    """

    vendor: str
    connection: str | None
    name: str
    raw: Mapping[str, Any] = field(factory=dict, repr=False, eq=False, hash=False)


@frozen
class Event:
    """
    One thing that happened to a contract.

    ``id`` is the same however often the event is told.  ``contract_id`` is what
    ``contracts.get`` takes, or ``None`` where it happened to no contract.  ``status``
    is the status afterwards, where the vendor says it.  ``contract`` is what the
    payload carried, a snapshot that may be old when it is read: ``loaded`` says which
    facets it has, and ``contracts.get`` what is true now.
    """

    id: str
    kind: EventKind
    contract_id: str | None
    occurred_at: datetime
    source: EventSource
    status: Status | None = None
    actor: Person | None = None
    contract: Contract | None = field(default=None, repr=False)


@frozen
class Registration:
    """
    An address at which a vendor tells of events.

    ``words`` are the vendor's own, ``kinds`` what they mean here.  ``active`` is
    ``None`` where the vendor does not say whether it delivers.
    """

    id: str
    url: str
    words: Sequence[str] = ()
    kinds: frozenset[EventKind] = frozenset()
    title: str | None = None
    active: bool | None = None


@frozen
class Delivery:
    """
    One HTTP request by which a vendor tells of an event.

    ``headers`` are under lower-case names, each with all the values it came with.
    ``token`` is the secret part of the address, for vendors that do not sign.
    """

    headers: Mapping[str, tuple[str, ...]] = field(repr=False)
    body: bytes = field(repr=False)
    token: str | None = field(default=None, repr=False)


def delivery(headers: Headers, body: bytes, token: str | None = None) -> Delivery:
    """Return a delivery, whichever form the framework gives its headers in."""
    told = headers.items() if isinstance(headers, Mapping) else headers
    found: dict[str, tuple[str, ...]] = {}
    for name, value in told:
        key = _text(name).lower()
        found[key] = (*found.get(key, ()), _text(value))
    if not isinstance(body, bytes | bytearray | memoryview):
        raise WebhookVerificationError(
            "the body is not bytes",
            hint="pass on what came over the wire, before it is decoded or parsed",
        )
    return Delivery(found, bytes(body), token)


def _text(told: str | bytes) -> str:
    return told.decode("latin-1") if isinstance(told, bytes) else str(told)
