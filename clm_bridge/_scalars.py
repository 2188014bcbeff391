"""Single values as vendors send them: strict, and never shown when they are wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any, NewType

Id = NewType("Id", str)
"""An id that the vendor sends as text or as an integer; read as text."""

Day = NewType("Day", date)
"""A calendar day sent as a date, or as an instant to be cut in the company's zone."""

Amount = NewType("Amount", Decimal)
"""An exact number that the vendor sends as a number or as text."""


class Mismatch(TypeError):
    """A value of another kind than promised; says both kinds, never the value."""

    def __init__(self, expected: str, value: object) -> None:
        super().__init__(f"expected {expected}, got {_KINDS.get(type(value), 'other')}")


_KINDS: Mapping[type, str] = {
    str: "text",
    int: "a whole number",
    Decimal: "a fraction",
    float: "a float",
    bool: "true or false",
    list: "a list",
    dict: "an object",
    type(None): "null",
}

PLAIN: Mapping[type, str] = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
}
"""The types that JSON has itself, and what a message calls them."""


def own_id(value: Any) -> str:
    """Read an id."""
    if type(value) is str and value:
        return value
    if type(value) is int:
        return str(value)
    raise Mismatch("an id", value)


def number(value: Any) -> Decimal:
    """Read a JSON number exactly."""
    if type(value) is Decimal or type(value) is int:
        return Decimal(value)
    raise Mismatch("a number", value)


def amount(value: Any) -> Decimal:
    """Read a number that may be sent as text."""
    if type(value) is not str:
        return number(value)
    try:
        found = Decimal(value)
    except ArithmeticError:
        raise Mismatch("a number", value) from None
    if not found.is_finite():
        raise Mismatch("a number", value)
    return found


def instant(value: Any) -> datetime:
    """Read an ISO 8601 instant; one without a zone is UTC.  The result is in UTC."""
    if type(value) is not str:
        raise Mismatch("an ISO 8601 instant", value)
    try:
        then = datetime.fromisoformat(value)
        zone = then.tzinfo
        if zone is UTC:
            return then
        return then.replace(tzinfo=UTC) if zone is None else then.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Mismatch("an ISO 8601 instant", value) from None


def day(value: Any, zone: tzinfo) -> date:
    """Read a date; cut an instant into the day that it was in *zone*."""
    if type(value) is not str:
        raise Mismatch("an ISO 8601 date", value)
    try:
        cut = _day if len(value) <= LONGEST_DAY else _day.__wrapped__
        return cut(value, zone)
    except (ValueError, OverflowError):
        raise Mismatch("an ISO 8601 date", value) from None


LONGEST_DAY = 40
"""Characters that a day's text has at the most; any longer one is not remembered."""


@lru_cache(maxsize=8192)  # the days of a portfolio recur, and cutting one is dear
def _day(text: str, zone: tzinfo) -> date:
    if len(text) == len("2026-01-31"):
        return date.fromisoformat(text)
    then = datetime.fromisoformat(text)
    return (then.astimezone(zone) if then.tzinfo else then).date()
