"""Values as people read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from .._values import Money, Period, Term
from .._vocabulary import TermKind
from ._harmless import harmless


def shown(value: object) -> str:
    """Return a value as text; ``None`` is empty."""
    for cls, spell in _SPELLINGS.items():
        if isinstance(value, cls):
            return spell(value)
    return harmless(str(value))


def _nothing(_: None) -> str:
    return ""


def _truth(value: bool) -> str:
    return "yes" if value else "no"


def _word(value: Enum) -> str:
    return str(value.value)


def _money(value: Money) -> str:
    return f"{value.amount:,f} {harmless(value.currency)}"


def _period(value: Period) -> str:
    counts = ((value.years, "year"), (value.months, "month"), (value.days, "day"))
    parts = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in counts if n]
    return " ".join(parts) or "0 days"


def _term(value: Term) -> str:
    kind = None if value.kind is TermKind.UNKNOWN else _word(value.kind)
    length = _period(value.length) if value.length else None
    return ", ".join(filter(None, (kind and kind.replace("_", "-"), length)))


def _instant(value: datetime) -> str:
    return f"{value:%Y-%m-%d %H:%M:%SZ}"


def _several(value: Any) -> str:
    return ", ".join(shown(one) for one in value)


_SPELLINGS: Mapping[Any, Callable[[Any], str]] = {
    type(None): _nothing,
    bool: _truth,
    Enum: _word,
    Decimal: "{:f}".format,
    Money: _money,
    Period: _period,
    Term: _term,
    datetime: _instant,
    date: date.isoformat,
    (tuple, list, frozenset): _several,
}
