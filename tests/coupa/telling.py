"""What Coupa's adapter is told in tests: a new contract, and what is wrong with it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from clm_bridge import (
    ExternalLink,
    KeyDates,
    Money,
    NewContract,
    NewCounterparty,
    Problem,
    Term,
    TermKind,
)
from clm_bridge._desk import Desk
from clm_bridge._links import MemoryLinks
from clm_bridge.adapter import Particulars, Response
from clm_bridge.testing import reply

from .reading import adapter

MEGABYTE = 1 << 20


def new(**changes: Any) -> NewContract:
    """Return the contract of the documented minimal create, and its value."""
    said = {
        "name": "Acme master services",
        "number": "ACME-2026-001",
        "counterparty": NewCounterparty(identifiers={"number": "V-10020"}),
        "key_dates": KeyDates(
            effective_on=date(2026, 1, 1), expires_on=date(2026, 12, 31)
        ),
        "term": Term(TermKind.FIXED),
        "value": Money(Decimal("250000.00"), "EUR"),
        "external_link": ExternalLink("salesforce", "Opportunity", "PR-9001"),
    }
    return NewContract(**said | changes)


def supplier(**changes: Any) -> dict[str, Any]:
    """Return the documented supplier, as far as it is asked for."""
    return {
        "id": 20,
        "name": "Acme Hosting BV",
        "number": "V-10020",
        "status": "active",
    } | changes


def suppliers(*found: dict[str, Any]) -> Response:
    return reply(list(found) or [supplier()])


def faults(told: Particulars, **settings: Any) -> list[Problem]:
    """Return all that is wrong with *told*, which no request is needed to see."""
    return Desk(adapter(**settings), MemoryLinks(), MEGABYTE).faults(told)


def paths(told: Particulars, **settings: Any) -> list[str]:
    return [one.path for one in faults(told, **settings)]
