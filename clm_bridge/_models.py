"""What the bridge returns: contracts, and the records around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from attrs import field, frozen

from ._report import Reading, Report, report
from ._terms import Standing, standing
from ._values import (
    COMMERCIAL,
    PERSONAL,
    Document,
    ExternalLink,
    Field,
    KeyDates,
    Money,
    Party,
    Person,
    Ref,
    Relation,
    Term,
    sealed,
)
from ._vocabulary import (
    ApprovalStatus,
    Facet,
    FieldKind,
    PartyRole,
    Status,
    TermState,
)


def facets(loaded: Iterable[Facet]) -> frozenset[Facet]:
    """Return *loaded* as a frozen set."""
    return frozenset(loaded)


@frozen
class Source:
    """
    Where a record came from.

    ``status`` is the vendor's own word.  ``raw`` holds the mappings exactly as
    received, under the name of the part of the API that sent each; it is empty
    when ``keep_raw = false``.
    """

    vendor: str
    connection: str | None = None
    status: str | None = None
    fetched_at: datetime | None = field(default=None, eq=False)
    raw: Mapping[str, Any] = field(factory=dict, repr=False, eq=False, hash=False)
    reading: Reading | None = field(default=None, repr=False, eq=False, hash=False)

    def report(self) -> Report:
        """Say which vendor fields were mapped, coerced, or have no place here."""
        return report(self.reading or Reading(), self.raw)


@frozen
class Contract:
    """
    One contract, whichever vendor holds it.

    ``id`` is opaque and exactly what the vendor's other calls take; ``number``
    is what people read.  ``loaded`` names the facets that were fetched: a facet
    that is not in it is unknown, not empty.
    """

    id: str
    name: str = field(metadata=COMMERCIAL)
    status: Status
    source: Source
    number: str | None = None
    parties: Sequence[Party] = field(default=(), converter=sealed)
    external_links: Sequence[ExternalLink] = field(default=(), converter=sealed)
    key_dates: KeyDates = field(factory=KeyDates)
    term: Term | None = None
    value: Money | None = field(default=None, metadata=COMMERCIAL)
    type: Ref | None = None
    template: Ref | None = None
    owner: Person | None = None
    people: Sequence[Person] = field(default=(), converter=sealed)
    relations: Sequence[Relation] = field(default=(), converter=sealed)
    documents: Sequence[Document] = field(default=(), converter=sealed)
    fields: Mapping[str, Field] = field(factory=dict, hash=False)
    url: str | None = field(default=None, metadata=COMMERCIAL)
    reported_state: TermState | None = None
    loaded: frozenset[Facet] = field(default=frozenset(), converter=facets)

    @property
    def counterparty(self) -> Party | None:
        """The first party that is not us."""
        others = (p for p in self.parties if p.role is PartyRole.COUNTERPARTY)
        return next(others, None)

    @property
    def external_link(self) -> ExternalLink | None:
        """The first external link; nothing makes it the only one."""
        return next(iter(self.external_links), None)

    def term_state(self, on: date) -> Standing:
        """Say whether the obligation runs on that day, and how we know."""
        return standing(self.status, self.key_dates, self.term, self.reported_state, on)


@frozen
class StatusReport:
    """The two status axes of one contract, and the vendor's own word."""

    status: Status
    word: str | None
    reported_state: TermState | None = None


@frozen
class Template:
    """A template that contracts can be created from."""

    id: str
    name: str | None
    source: Source
    type: Ref | None = None
    language: str | None = None


@frozen
class Counterparty:
    """A company or person in the vendor's address book."""

    id: str
    name: str = field(metadata=COMMERCIAL)
    source: Source
    active: bool | None = None
    identifiers: Mapping[str, str] = field(factory=dict, hash=False)
    contacts: Sequence[Person] = field(default=(), converter=sealed)


@frozen
class FieldDefinition:
    """One of the workspace's own fields, as defined there."""

    id: str
    label: str
    kind: FieldKind
    source: Source
    options: Sequence[str] = field(default=(), converter=sealed)
    required: bool | None = None
    applies_to: Ref | None = None


@frozen
class Approval:
    """Somebody's consent to a contract, asked for or given."""

    id: str
    status: ApprovalStatus
    word: str | None
    """The vendor's own word for the status."""
    name: str | None = None
    approver: Person | None = None
    note: str | None = field(default=None, metadata=COMMERCIAL)
    decided_at: datetime | None = None


@frozen
class Comment:
    """What somebody said about a contract; vendors need not tell who, or when."""

    id: str
    text: str = field(metadata=COMMERCIAL)
    author: Person | None = None
    created_at: datetime | None = None


@frozen
class Check:
    """
    What a vendor said when asked who we are.

    ``scopes`` is ``None`` where the vendor does not tell; ``notes`` are sentences
    for a person.
    """

    identity: str | None = field(default=None, metadata=PERSONAL)
    scopes: Sequence[str] | None = None
    notes: Sequence[str] = field(default=(), converter=sealed)
