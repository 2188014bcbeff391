"""One procurement record, and what each vendor's sandbox needs to take it."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from attrs import evolve

import clm_bridge
from clm_bridge import (
    Contact,
    ExternalLink,
    KeyDates,
    Money,
    NewContract,
    NewCounterparty,
    Period,
    Signatory,
    Term,
    TermKind,
)
from clm_bridge._async_rooms import AsyncListing
from clm_bridge.sandbox import portfolio

from .coupa import procurement as coupa
from .spotdraft import procurement as spotdraft
from .tomorro import procurement as tomorro

OWN = {"coupa": coupa, "spotdraft": spotdraft, "tomorro": tomorro}
VENDORS = tuple(OWN)
DEAL = portfolio()[41]
"""The complete deal, whose company and owner every workspace knows."""


def of(vendor):
    """What the vendor's own tests say of its sandbox."""
    return OWN[vendor]


def record(clm, own_id="PR-9001"):
    """A new contract for the vendor behind *clm*, from a procurement record."""
    told = of(clm.settings.vendor)
    company = DEAL.counterparty
    neutral = {
        "name": f"Managed hosting {own_id}",
        "counterparty": NewCounterparty(
            company.name, contact=Contact(company.contact.email, company.contact.name)
        ),
        "external_link": ExternalLink(
            "salesforce",
            "Opportunity",
            own_id,
            f"https://buyer.example/lightning/r/Opportunity/{own_id}/view",
        ),
        "key_dates": KeyDates(
            effective_on=date(2027, 1, 1), expires_on=date(2027, 12, 31)
        ),
        "term": Term(kind=TermKind.FIXED, length=Period(months=12)),
        "value": Money(Decimal("125000.50"), "EUR"),
        "fields": {"Department": DEAL.fields["Department"]},
        "owner": DEAL.owner.email,
        "signatories": [
            Signatory(DEAL.owner.email, DEAL.owner.name, ours=True),
            Signatory(company.contact.email, company.contact.name),
        ],
    }
    kept = stripped(neutral, told.REFUSES)
    return NewContract(**kept, **told.particulars(clm))


def stripped(neutral, paths):
    """The record without what a vendor refuses, by path."""
    found = dict(neutral)
    for path in paths:
        whole, _, part = path.partition(".")
        if part:
            found[whole] = evolve(found[whole], **{part: None})
        else:
            found.pop(whole, None)
    return found


class Waiting:
    """An asyncio bridge, or a part of it, whose calls are waited for."""

    def __init__(self, inner, runner):
        self._inner, self._runner = inner, runner

    def __getattr__(self, name):
        found = getattr(self._inner, name)
        if name in ROOMS:
            return Waiting(found, self._runner)
        return self._calling(found) if callable(found) else found

    def _calling(self, method):
        def call(*given, **named):
            told = method(*given, **named)
            if isinstance(told, AsyncListing):
                return self._runner.run(_drained(told))
            return self._runner.run(told) if asyncio.iscoroutine(told) else told

        return call


ROOMS = ("contracts", "documents", "templates", "counterparties", "fields", "links")


async def _drained(listing):
    return [one async for one in listing]


@contextmanager
def opened(colour, vendor, sandbox, **given):
    """A bridge of that colour to a sandbox, with calls that block."""
    told = {"vendor": vendor, "sandbox": sandbox, **of(vendor).SETTINGS, **given}
    if colour == "threads":
        with clm_bridge.connect(**told) as clm:
            yield clm
        return
    with asyncio.Runner() as runner:
        bridge = clm_bridge.connect_async(**told)
        yield Waiting(bridge, runner)
        runner.run(bridge.close())
