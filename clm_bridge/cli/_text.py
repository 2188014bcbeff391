"""Values as people read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from .._values import Money, Term
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


def _term(value: Term) -> str:
    """Say nothing of a kind that is not known."""
    if value.kind is not TermKind.UNKNOWN:
        return str(value)
    return str(value.length or "")


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
    Term: _term,
    datetime: _instant,
    date: date.isoformat,
    (tuple, list, frozenset): _several,
}
