"""
Values on their way in: text of a query, JSON of a body, both by kind.

Dates are the documented ISO 8601 subset; one without a time is midnight UTC.
https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/get-started-with-the-api/querying-options
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from ._schema import Kind

_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?)?"
)
_FIRST = datetime(1, 1, 2, tzinfo=UTC)
_LAST = datetime(9999, 12, 31, 9, 59, 59, tzinfo=UTC)
"""What every zone's calendar can say."""

_DIGITS = 28
"""Whole digits of a decimal(32,4)."""

_FLAGS = {"true": True, "1": True, "false": False, "0": False}


def from_text(kind: Kind, text: str) -> Any:
    """Read a value of a query; what is none of its kind is a `ValueError`."""
    return _READERS[kind](text.strip() if kind is not Kind.TEXT else text)


def from_json(kind: Kind, value: Any) -> Any:
    """Read a value of a body; ``null`` is a value of every kind."""
    if value is None or kind is Kind.ANY:
        return value
    if isinstance(value, Mapping | list) or (
        isinstance(value, bool) and kind is not Kind.BOOLEAN
    ):
        raise ValueError(f"not a {kind.value}")
    if kind is Kind.TEXT:
        return str(value)
    if value == "":
        return None
    return _READERS[kind](str(value).lower() if isinstance(value, bool) else str(value))


def instant(text: str) -> datetime:
    """Read an instant; one that does not name its zone is in UTC."""
    if not _INSTANT.fullmatch(text):
        raise ValueError(f"not an instant: {text!r}")
    read = datetime.fromisoformat(text).replace(microsecond=0)
    aware = read if read.tzinfo else read.replace(tzinfo=UTC)
    if not _FIRST <= aware <= _LAST:
        raise ValueError(f"beyond the calendar: {text!r}")
    return aware


def _decimal(text: str) -> Decimal:
    try:
        read = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"not a number: {text!r}") from error
    if not read.is_finite() or read.adjusted() >= _DIGITS:
        raise ValueError(f"not a number that fits: {text!r}")
    return read


def _date(text: str) -> date:
    """Read a day; of an instant, the day that it names with its own offset."""
    if _INSTANT.fullmatch(text):
        return date.fromisoformat(text[:10])
    raise ValueError(f"not a day: {text!r}")


def _flag(text: str) -> bool:
    if text.lower() not in _FLAGS:
        raise ValueError(f"neither true nor false: {text!r}")
    return _FLAGS[text.lower()]


_READERS: Mapping[Kind, Callable[[str], Any]] = {
    Kind.INTEGER: int,
    Kind.TEXT: str,
    Kind.BOOLEAN: _flag,
    Kind.DECIMAL: _decimal,
    Kind.FLOAT: float,
    Kind.TIME: instant,
    Kind.DATE: _date,
    Kind.ANY: str,
}
