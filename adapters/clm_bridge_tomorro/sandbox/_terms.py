"""
What Tomorro computes from a contract's own dates.

https://help.tomorro.com/en/articles/8880112-management-of-renewals-in-tomorro
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from datetime import date, timedelta

from clm_bridge import Period, shift

from . import _smart_fields as fields
from ._smart_fields import Value

ONE_DAY = timedelta(days=1)
LONGEST = 1200
"""Months beyond which nothing is computed."""

TRIGGERS = {fields.START_DATE.id, fields.INITIAL_DURATION.id, fields.INITIAL_END.id}


def complete(values: MutableMapping[str, Value], written: Iterable[str]) -> None:
    """Let the start and one of duration and end give the other, and a fixed term."""
    touched = TRIGGERS & set(written)
    start = _day(values, fields.START_DATE.id)
    if start is None or not touched:
        return
    end, months = fields.INITIAL_END.id, fields.INITIAL_DURATION.id
    if end in touched and months not in touched:
        _put(values, months, _months(start, _day(values, end)))
    elif end not in touched:
        _put(values, end, _last_day(start, values.get(months)))
    if end in values:
        values[fields.DURATION_TYPE.id] = fields.FIXED


def next_renewal(values: Mapping[str, Value], today: date) -> str | None:
    """Return the initial end date, and once it is past the next deadline after it."""
    end = _day(values, fields.INITIAL_END.id)
    if values.get(fields.RENEWAL_TYPE.id) != fields.TACIT or end is None:
        return None
    if end >= today:
        return end.isoformat()
    months = values.get(fields.RENEWAL_DURATION.id)
    if not isinstance(months, int) or not 0 < months <= LONGEST:
        return None
    times = max(1, _apart(end, today) // months)
    while (day := shift(end, Period(months=months), times=times)) < today:
        times += 1
    return day.isoformat()


def _put(values: MutableMapping[str, Value], id: str, value: Value | None) -> None:
    if value is None:
        values.pop(id, None)
    else:
        values[id] = value


def _day(values: Mapping[str, Value], id: str) -> date | None:
    told = values.get(id)
    return date.fromisoformat(told) if isinstance(told, str) else None


def _last_day(start: date, months: Value | None) -> str | None:
    if not isinstance(months, int) or not 0 < months <= LONGEST:
        return None
    if start.year + months // 12 >= date.max.year:
        return None
    return (shift(start, Period(months=months)) - ONE_DAY).isoformat()


def _months(start: date, end: date | None) -> int | None:
    """Return the whole months from *start* to *end*, both included."""
    if end is None or end == date.max:
        return None
    months = _apart(start, end)
    for count in (months, months + 1):
        if count > 0 and shift(start, Period(months=count)) == end + ONE_DAY:
            return count
    return None


def _apart(first: date, second: date) -> int:
    return (second.year - first.year) * 12 + second.month - first.month
