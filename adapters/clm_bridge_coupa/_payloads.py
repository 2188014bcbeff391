"""What is said of a contract or a supplier, as Coupa takes it: pure functions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from typing import Any

from clm_bridge.adapter import (
    ContractChanges,
    ExternalLink,
    Field,
    FieldKind,
    KeyDates,
    Money,
    NewContract,
    NewCounterparty,
    Particulars,
    Period,
    Status,
    Term,
    TermKind,
)

from ._config import CUSTOM

STATUSES = {
    Status.DRAFT: "draft",
    Status.EXECUTED: "published",
    Status.CANCELLED: "inactive",
}
KINDS = {
    TermKind.FIXED: "fixed",
    TermKind.AUTO_RENEW: "auto_renew",
    TermKind.PERPETUAL: "perpetual",
}
DATES = {
    "effective_on": "start-date",
    "expires_on": "end-date",
    "executed_on": "execution-date",
    "published_on": "published-date",
}
NEUTRAL: Mapping[str, Any] = {
    "no-of-renewals": 0,
    "renewal-length-unit": "",
    "renewal-length-value": 0,
    "reason-insight-events": [],
}
"""What its documentation requires and a contract that does not renew has none of."""

CLEARED: Mapping[str, Mapping[str, Any]] = {
    "owner": {"contract-owner": None},
    "value": {"maximum-value": None, "max-commit": None},
    "term.kind": {"term-type": None},
    "term.renewal_length": {"renewal-length-unit": "", "renewal-length-value": 0},
    "term.renewals_max": {"no-of-renewals": 0},
    "term.notice": {"termination-notice": "no"},
    **{
        f"key_dates.{name}": {key: None}
        for name, key in DATES.items()
        if name != "published_on"
    },
}
"""What can be emptied, and how."""


def contract(new: NewContract, supplier: int, zone: tzinfo) -> dict[str, Any]:
    """Return the body that creates a contract, but for its own fields and its link."""
    body = {
        "name": new.name,
        "number": number(new),
        "status": STATUSES[new.status],
        **NEUTRAL,
        "supplier": {"id": supplier},
    }
    if new.type is not None:
        body["contract-type"] = {"id": int(new.type)}
    return {**body, **particulars(new, zone)}


def number(new: NewContract) -> str | None:
    """Return the number, for want of which the own id serves."""
    return new.number or (new.external_link.id if new.external_link else None)


def changes(told: ContractChanges, zone: tzinfo) -> dict[str, Any]:
    """Return the body that changes a contract, but for supplier and own fields."""
    body: dict[str, Any] = {} if told.name is None else {"name": told.name}
    for path in told.clear:
        body |= CLEARED[path]
    return {**body, **particulars(told, zone)}


def particulars(told: Particulars, zone: tzinfo) -> dict[str, Any]:
    """Return what creating and changing say alike."""
    body = dates(told.key_dates, zone)
    if told.term is not None:
        body |= term(told.term)
    if told.value is not None:
        body |= value(told.value)
    if told.owner is not None:
        body["contract-owner"] = user(told.owner)
    return body


def dates(told: KeyDates, zone: tzinfo) -> dict[str, Any]:
    """Return the days, each as its midnight with the company's offset."""
    stated = {key: getattr(told, name) for name, key in DATES.items()}
    return {key: midnight(day, zone) for key, day in stated.items() if day is not None}


def midnight(day: date, zone: tzinfo) -> str:
    """Write a day; a bare date would be midnight UTC, the day before in the west."""
    return datetime.combine(day, time(), zone).isoformat(timespec="seconds")


def term(told: Term) -> dict[str, Any]:
    """Return how long it runs, as far as Coupa has a place for it."""
    body: dict[str, Any] = {}
    if told.kind in KINDS:
        body["term-type"] = KINDS[told.kind]
    if told.renewal_length:
        unit, count = length(told.renewal_length)
        body |= {"renewal-length-unit": unit, "renewal-length-value": count}
    if told.renewals_max is not None:
        body["no-of-renewals"] = told.renewals_max
    if told.notice:
        unit, count = length(told.notice)
        body |= {
            "termination-notice": "yes",
            "termination-notice-length-unit": unit,
            "termination-notice-length-value": count,
        }
    return body


def length(period: Period) -> tuple[str, int] | tuple[None, None]:
    """Return a unit and a count; Coupa cannot say months and days at once."""
    months = period.years * 12 + period.months
    if period.days:
        return ("days", period.days) if not months else (None, None)
    if period.months:
        return "months", months
    return "years", period.years


def value(told: Money) -> dict[str, Any]:
    """Return the most that it is worth, in both of the pairs that say so."""
    amount = f"{told.amount:f}"
    return {
        "maximum-value": amount,
        "max-commit": amount,
        "currency": {"code": told.currency},
    }


def user(told: str) -> dict[str, Any]:
    """Name a user by address, id or login."""
    if "@" in told:
        return {"email": told}
    return {"id": int(told)} if told.isdecimal() else {"login": told}


def own_fields(
    fields: Sequence[Field], more: Collection[str], zone: tzinfo
) -> dict[str, Any]:
    """Return the custom fields, and beside them those that are attributes."""
    body = {one.id: field(one, zone) for one in fields if one.id in more}
    custom = {one.id: field(one, zone) for one in fields if one.id not in more}
    return {**body, "custom-fields": custom} if custom else body


def field(told: Field, zone: tzinfo) -> Any:
    """Return a field's value; None empties it."""
    write = _FIELDS.get(told.kind)
    if told.value is None or write is None:
        return told.value
    return write(told.value, zone)


def _number(told: Any, _: tzinfo) -> Any:
    return f"{told:f}" if isinstance(told, Decimal) else told


_FIELDS: Mapping[FieldKind, Callable[[Any, tzinfo], Any]] = {
    FieldKind.NUMBER: _number,
    FieldKind.DATE: midnight,
    FieldKind.INSTANT: lambda told, _: told.astimezone(UTC).isoformat(
        timespec="seconds"
    ),
    FieldKind.OPTION: lambda told, _: {"name": told},
    FieldKind.OPTIONS: lambda told, _: [{"name": one} for one in told],
}


def link(told: ExternalLink | None, where: str) -> dict[str, Any]:
    """Return the own id in its place, *where* the settings say; None takes it off."""
    own = told.id if told is not None else None
    if where.startswith(CUSTOM):
        return {"custom-fields": {where.removeprefix(CUSTOM): own}}
    if where == "source-id":
        return {where: own, "source-type": told.system if told is not None else None}
    return {where: own}


def supplier(new: NewCounterparty) -> dict[str, Any]:
    """Return the body that creates a supplier."""
    body: dict[str, Any] = {"name": new.name, **new.identifiers}
    if new.contact is not None:
        given, _, family = (new.contact.name or "").partition(" ")
        body["primary-contact"] = {
            "email": new.contact.email,
            "name-given": given or None,
            "name-family": family or None,
        }
    if new.country is not None:
        body["primary-address"] = {"country": {"code": new.country}}
    return body
