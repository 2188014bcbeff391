"""What is said in a user's input, path by path, and whether it makes sense at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from attrs import fields, has

from ._currencies import CURRENCIES
from ._particulars import (
    Contact,
    NewContract,
    NewCounterparty,
    Particulars,
    Signatory,
)
from ._problems import Problem
from ._uploads import Upload
from ._values import ExternalLink, KeyDates, Money, Period, Term
from ._vocabulary import Status, TermKind

NOT_SAID: tuple[Any, ...] = (None, "", (), {})
APART = frozenset({"extra", "clear", "fields", "status"})
"""What is not looked for a place in: it has rules of its own."""

_OPEN = (NewCounterparty, Contact, KeyDates, Term, ExternalLink)
"""The classes whose attributes are paths of their own; others are one value."""

WHOLES: Mapping[str, type] = {
    "counterparty": NewCounterparty,
    "counterparty.contact": Contact,
    "document": Upload,
    "external_link": ExternalLink,
    "external_link.data": Mapping,
    "extra": Mapping,
    "fields": Mapping,
    "key_dates": KeyDates,
    "status": Status,
    "term": Term,
    "term.kind": TermKind,
    "term.length": Period,
    "term.notice": Period,
    "term.renewal_length": Period,
    "term.renewals_max": int,
    "value": Money,
    **{
        f"key_dates.{one.name}": datetime if one.name.endswith("_at") else date
        for one in fields(KeyDates)
    },
}
"""Path → what it takes; any other path takes text."""


def said(told: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the path and the value of everything that *told* says."""
    for attribute in fields(type(told)):
        path = f"{prefix}{attribute.name}"
        value = getattr(told, attribute.name)
        if path in APART or value in NOT_SAID or value is TermKind.UNKNOWN:
            continue
        if isinstance(value, _OPEN):
            yield from said(value, f"{path}.")
        else:
            yield path, value


def senseless(told: Particulars) -> Iterator[Problem]:
    """Yield what makes no sense, whichever the vendor; each value has its type."""
    for rule in _RULES:
        yield from rule(told)


def ill_typed(told: Any, prefix: str = "") -> Iterator[Problem]:
    """Yield what is of another type than it is to have."""
    for attribute in fields(type(told)):
        path = f"{prefix}{attribute.name}"
        value = getattr(told, attribute.name)
        if value is None or path in _OTHERWISE:
            continue
        wanted = WHOLES.get(path, str)
        if not _is(value, wanted):
            yield Problem(path, f"is {_named(type(value))}", _named(wanted))
        elif isinstance(value, Money) and not isinstance(value.amount, Decimal):
            yield from amiss(value, path)
        elif isinstance(value, Period) and not _is_counted(value):
            yield Problem(path, "is not a length", "whole numbers from 0 on")
        elif has(wanted) and wanted not in (Money, Period, Upload):
            yield from ill_typed(value, f"{path}.")
    if isinstance(told, Particulars):
        for place, one in enumerate(told.signatories):
            if not isinstance(one, Signatory):
                path = f"signatories[{place}]"
                yield Problem(path, f"is {_named(type(one))}", "Signatory(email)")


_OTHERWISE = ("signatories", "clear", "counterparty.identifiers")
"""What is neither text nor one of `WHOLES`."""


def _is(value: Any, wanted: type) -> bool:
    """Say whether a value has its type; a datetime is no date, and True no number."""
    if wanted in (date, int):
        return type(value) is wanted
    return isinstance(value, wanted)


def _is_counted(period: Period) -> bool:
    parts = (period.years, period.months, period.days)
    return all(type(part) is int and part >= 0 for part in parts)


def _named(cls: type) -> str:
    return _PLAIN.get(cls, cls.__name__)


_PLAIN = {
    str: "text",
    int: "a whole number",
    float: "a float",
    dict: "a dict",
    date: "a date",
    datetime: "a datetime",
    Mapping: "a mapping",
}


def _dates(told: Particulars) -> Iterator[Problem]:
    begins, ends = told.key_dates.effective_on, told.key_dates.expires_on
    if begins and ends and ends < begins:
        yield Problem(
            "key_dates.expires_on",
            f"is {ends}, before effective_on",
            f"a day from {begins} on",
        )


def _money(told: Particulars) -> Iterator[Problem]:
    if told.value is not None:
        yield from amiss(told.value, "value")


def amiss(money: Money, path: str) -> Iterator[Problem]:
    """Yield what is wrong with an amount of money."""
    amount: Any = money.amount
    if not isinstance(amount, Decimal) or not amount.is_finite():
        kind = _named(type(amount))
        yield Problem(f"{path}.amount", f"is {kind}", 'Decimal("1250.00")')
    if money.currency not in CURRENCIES:
        yield Problem(
            f"{path}.currency",
            f"is {money.currency!r}, which is no currency",
            "an ISO 4217 code such as EUR",
        )


def _addresses(told: Particulars) -> Iterator[Problem]:
    contact = told.counterparty.contact if told.counterparty else None
    emails = {"counterparty.contact.email": contact.email if contact else None}
    for place, one in enumerate(told.signatories):
        emails[f"signatories[{place}].email"] = one.email or "-"
    for path, email in emails.items():
        if email is not None and "@" not in str(email):
            yield Problem(path, "is no e-mail address", "name@company.example")
    country = told.counterparty.country if told.counterparty else None
    if country is not None and not (len(country) == 2 and country.isupper()):
        yield Problem("counterparty.country", "is no code", "ISO 3166, such as FR")


def _texts(told: Particulars) -> Iterator[Problem]:
    for attribute in fields(type(told)):
        value = getattr(told, attribute.name)
        if isinstance(value, str) and not value.strip():
            yield Problem(attribute.name, "is empty", "text, or None")


def _document(told: Particulars) -> Iterator[Problem]:
    if isinstance(told, NewContract) and told.document is not None:
        yield from unfit(told.document)


def unfit(upload: Upload, largest: int | None = None) -> Iterator[Problem]:
    """Yield what is wrong with a file."""
    if not upload.content:
        yield Problem("document", f"{upload.name} is empty", "a file with content")
    if largest is not None and len(upload.content) > largest:
        size = f"{upload.name} has {len(upload.content):,} bytes"
        yield Problem("document", size, f"at most {largest:,}")


def nameless(new: NewCounterparty) -> Iterator[Problem]:
    """Yield what is wrong with an entry of the address book."""
    found = [*ill_typed(new, "counterparty.")]
    yield from found
    if not found:
        if not (new.name or "").strip():
            yield Problem("counterparty.name", "is missing", "its name")
        yield from _addresses(Particulars(counterparty=new))


def _link(told: Particulars) -> Iterator[Problem]:
    link = told.external_link if isinstance(told, NewContract) else None
    if link is not None and not link.id.strip():
        yield Problem("external_link.id", "is empty", "your own record's id")


_RULES: tuple[Callable[[Particulars], Iterator[Problem]], ...] = (
    _texts,
    _dates,
    _money,
    _addresses,
    _link,
    _document,
)
