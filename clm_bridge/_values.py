"""
The parts that a contract is made of.

Everything is frozen.  ``None`` means that the vendor did not say; it is never a
default.  Instants are aware and in UTC, calendar dates have no zone, money is
``Decimal`` and never converted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from attrs import field, frozen

from ._vocabulary import (
    DocumentKind,
    FieldKind,
    PartyRole,
    PersonRole,
    RelationKind,
    Sensitivity,
    TermKind,
)

COMMERCIAL = {"sensitivity": Sensitivity.COMMERCIAL}
PERSONAL = {"sensitivity": Sensitivity.PERSONAL}


def sealed(items: Iterable[Any]) -> tuple[Any, ...]:
    """Return *items* as a tuple, so that nobody changes them later."""
    return tuple(items)


@frozen
class Money:
    """An exact amount in one currency (ISO 4217); nothing here converts."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"


@frozen
class Period:
    """A length of time in calendar units; thirty days are not a month."""

    years: int = 0
    months: int = 0
    days: int = 0

    def __bool__(self) -> bool:
        return bool(self.years or self.months or self.days)

    def __str__(self) -> str:
        counts = ((self.years, "year"), (self.months, "month"), (self.days, "day"))
        parts = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in counts if n]
        return " ".join(parts) or "0 days"


@frozen
class Ref:
    """Something else in the vendor's workspace: its id and, where told, its name."""

    id: str
    name: str | None = None


@frozen
class Person:
    """A human being on the contract."""

    role: PersonRole
    name: str | None = field(default=None, metadata=PERSONAL)
    email: str | None = field(default=None, metadata=PERSONAL)
    id: str | None = None


@frozen
class Party:
    """A company or person that the contract binds."""

    role: PartyRole
    name: str = field(metadata=COMMERCIAL)
    id: str | None = None
    identifiers: Mapping[str, str] = field(factory=dict, hash=False)
    contact: Person | None = None


@frozen
class ExternalLink:
    """A record in the user's own system that this contract belongs to."""

    system: str | None
    record_type: str | None
    id: str
    url: str | None = None
    data: Mapping[str, Any] = field(factory=dict, hash=False, metadata=COMMERCIAL)


@frozen
class KeyDates:
    """
    What the vendor states about time.

    ``*_at`` are instants in UTC, ``*_on`` and ``notice_by`` are calendar dates;
    ``expires_on`` is the last day in force.  What can be computed instead comes
    from `latest_end`, `next_renewal` and `notice_deadline`.
    """

    created_at: datetime | None = None
    updated_at: datetime | None = None
    sent_at: datetime | None = None
    signed_on: date | None = None
    executed_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    published_on: date | None = None
    terminated_on: date | None = None
    renews_on: date | None = None
    notice_by: date | None = None


@frozen
class Term:
    """How long the contract runs, how it renews, and how it is ended."""

    kind: TermKind = TermKind.UNKNOWN
    length: Period | None = None
    renewal_length: Period | None = None
    renewals_max: int | None = None
    notice: Period | None = None

    def __str__(self) -> str:
        kind = self.kind.value.replace("_", "-")
        return f"{kind}, {self.length}" if self.length else kind


@frozen
class Relation:
    """Another contract, and what it is to this one."""

    kind: RelationKind
    ref: Ref
    vendor_kind: str | None = None


@frozen
class Document:
    """A file of a contract; ``documents.download`` takes it."""

    id: str
    contract_id: str
    name: str = field(metadata=COMMERCIAL)
    kind: DocumentKind
    media_type: str | None = None


FieldValue: TypeAlias = (
    str
    | int
    | bool
    | Decimal
    | date
    | datetime
    | Money
    | Period
    | tuple[str, ...]
    | Mapping[str, Any]
    | Sequence[Any]
    | None
)


class Typed(str):
    """
    Text that was typed, or stands in a file: its field's kind says what it means.

    Only where a contract is written; what is read has its own type.
    """

    __slots__ = ()


@frozen
class Field:
    """One of the workspace's own fields; `FieldKind` says what type the value has."""

    id: str
    label: str
    kind: FieldKind
    value: FieldValue = field(default=None, hash=False, metadata=COMMERCIAL)
