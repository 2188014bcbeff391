"""A deal's dates, term, value and own fields, as smart fields hold them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from clm_bridge import Period, TermKind
from clm_bridge.sandbox import Deal

from . import _smart_fields as fields
from ._smart_fields import SmartField, Value
from ._terms import complete

DURATIONS = {
    TermKind.FIXED: fields.FIXED,
    TermKind.AUTO_RENEW: fields.FIXED,
    TermKind.PERPETUAL: fields.OPEN,
}
RENEWALS = {TermKind.FIXED: fields.NO_RENEWAL, TermKind.AUTO_RENEW: fields.TACIT}
OWN = {
    field.name: field
    for field in (
        fields.DEPARTMENT,
        fields.COST_CENTRE,
        fields.RISK_SCORE,
        fields.PERSONAL_DATA,
        fields.REVIEW_DATE,
    )
}
"""Label in the portfolio → the workspace's field."""

Told = tuple[SmartField, object]


def values(deal: Deal, identifier: str, notice: str) -> dict[str, Value]:
    """Return a deal's smart fields by id; what it does not say is not there."""
    told = (*_dates(deal), *_term(deal, notice), *_rest(deal, identifier))
    found = {
        field.id: _value(value)
        for field, value in told
        if value is not None and value != ""
    }
    complete(found, list(found))
    return found


def _dates(deal: Deal) -> Iterator[Told]:
    yield fields.SIGNATURE_DATE, deal.executed_on
    yield fields.START_DATE, deal.effective_on
    yield fields.INITIAL_END, deal.expires_on
    yield fields.TERMINATION_DATE, deal.terminated_on


def _term(deal: Deal, notice: str) -> Iterator[Told]:
    term = deal.term
    yield fields.DURATION_TYPE, DURATIONS.get(term.kind)
    yield fields.INITIAL_DURATION, _months(term.length)
    yield fields.RENEWAL_TYPE, RENEWALS.get(term.kind)
    yield fields.RENEWAL_DURATION, _months(term.renewal_length)
    yield fields.RENEWALS_MAX, term.renewals_max
    if notice == "text":
        yield fields.NOTICE, _duration(term.notice)
    elif term.notice and term.notice.days:
        yield fields.NOTICE_DAYS, term.notice.days
    else:
        yield fields.NOTICE_MONTHS, _months(term.notice)


def _rest(deal: Deal, identifier: str) -> Iterator[Told]:
    yield fields.COUNTRY, deal.counterparty.country
    yield fields.IDENTIFIER, identifier
    yield fields.TEMPLATE, deal.template
    if deal.value is not None:
        yield fields.VALUE, deal.value.amount
        yield fields.CURRENCY, deal.value.currency
    for label, value in deal.fields.items():
        yield OWN[label], value


def _months(period: Period | None) -> int | None:
    if period is None or period.days:
        return None
    return period.years * 12 + period.months or None


def _duration(period: Period | None) -> str | None:
    """Write a notice with its one unit; there is no place for a second."""
    told = [] if period is None else [("year", period.years), ("month", period.months)]
    told += [("day", period.days)] if period else []
    parts = [f"{n} {unit}{'s' if n > 1 else ''}" for unit, n in told if n]
    return parts[0] if len(parts) == 1 else None


def _value(value: object) -> Value:
    """Write a value; there are no yes-or-no fields in Tomorro, so a label says it."""
    if isinstance(value, bool):
        return fields.YES if value else fields.NO
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int | Decimal):
        return value
    raise TypeError(f"a smart field cannot hold {type(value).__name__}")
