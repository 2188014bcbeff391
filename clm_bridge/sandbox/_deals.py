"""
The neutral portfolio's vocabulary: what a contract is before any vendor renders it.

A `Deal` says everything; each vendor's sandbox stores what that vendor can say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from attrs import field, frozen

from .._values import ExternalLink, FieldValue, Money, Term
from .._vocabulary import Status


@frozen
class Human:
    """A person with an address."""

    name: str
    email: str


@frozen
class Company:
    """A counterparty."""

    index: int
    name: str
    country: str  # ISO 3166 alpha-2
    registration: str
    contact: Human


@frozen
class Deal:
    """
    One contract of the neutral portfolio.

    Instants are UTC.  ``held_at`` is the stage beneath a hold; ``amends`` is the
    ``index`` of an earlier deal; ``fields`` maps a label to a typed value.
    """

    index: int
    number: str
    name: str
    status: Status
    type: str
    counterparty: Company
    owner: Human
    created_at: datetime
    updated_at: datetime
    term: Term
    held_at: Status | None = None
    other_parties: Sequence[Company] = ()
    link: ExternalLink | None = None
    template: str | None = None
    sent_at: datetime | None = None
    signed_at: datetime | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    published_on: date | None = None
    terminated_on: date | None = None
    value: Money | None = None
    signatories: Sequence[Human] = ()
    amends: int | None = None
    fields: Mapping[str, FieldValue] = field(factory=dict, hash=False)

    @property
    def executed_on(self) -> date | None:
        """The day on which the last party signed (UTC)."""
        return self.signed_at.date() if self.signed_at else None
