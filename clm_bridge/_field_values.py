"""Values for the workspace's own fields: found by name, and checked by definition."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from attrs import frozen

from ._models import FieldDefinition
from ._problems import Problem
from ._saying import amiss
from ._values import Field, Money, Period, Typed
from ._vocabulary import FieldKind


@frozen
class Definitions:
    """
    The workspace's own fields.

    ``inferred`` says that the vendor has no definitions, and these were read off
    contracts: then a value may be an option that none of them had.
    """

    known: Sequence[FieldDefinition]
    inferred: bool = False

    def find(self, key: str) -> Sequence[FieldDefinition]:
        """Return the fields of that id, or else of that label."""
        tests: Sequence[Callable[[FieldDefinition], bool]] = (
            lambda one: one.id == key,
            lambda one: one.label == key,
            lambda one: one.label.casefold() == key.casefold(),
        )
        return next(filter(None, ([*filter(t, self.known)] for t in tests)), [])

    def field(self, key: str, value: Any, path: str) -> Field | Sequence[Problem]:
        """Return the typed field, or what is wrong with it."""
        found = self.find(key)
        if not found:
            return [self._unknown(key, path)]
        if len(found) > 1:
            ids = ", ".join(one.id for one in found)
            why = f"is the label of {len(found)} fields"
            return [Problem(path, why, f"one of their ids: {ids}")]
        [definition] = found
        if value is None:
            return Field(definition.id, definition.label, definition.kind, None)
        if isinstance(value, Typed):
            return self._typed(definition, value, path)
        return self._fitting(definition, value, path)

    def _typed(
        self, definition: FieldDefinition, text: str, path: str
    ) -> Field | Sequence[Problem]:
        try:
            value = from_text(definition.kind, text)
        except ValueError:
            why = f"{definition.label} cannot be {text!r}"
            return [Problem(path, why, _SPELLINGS[definition.kind])]
        return self.field(definition.id, value, path)

    def _fitting(
        self, definition: FieldDefinition, value: Any, path: str
    ) -> Field | Sequence[Problem]:
        if faults := [*self._faults(definition, value, path)]:
            return faults
        kind = definition.kind
        if kind is FieldKind.OTHER:
            kind = kind_of(value)
        if kind is FieldKind.OPTIONS:
            value = tuple(value)
        return Field(definition.id, definition.label, kind, value)

    def _unknown(self, key: str, path: str) -> Problem:
        names = [name for one in self.known for name in (one.label, one.id)]
        near = difflib.get_close_matches(key, names, n=3) or [*dict.fromkeys(names)][:6]
        accepts = ", ".join(near) or "nothing: it has none"
        return Problem(path, f"{key!r} is no field of this workspace", accepts)

    def _faults(
        self, definition: FieldDefinition, value: Any, path: str
    ) -> Iterator[Problem]:
        fits, accepts = _KINDS[definition.kind]
        if not fits(value):
            yield Problem(path, f"{definition.label} cannot be that", accepts)
        elif isinstance(value, Money):
            yield from amiss(value, path)
        elif definition.kind in (FieldKind.OPTION, FieldKind.OPTIONS):
            yield from self._not_offered(definition, value, path)

    def _not_offered(
        self, definition: FieldDefinition, value: Any, path: str
    ) -> Iterator[Problem]:
        chosen = (value,) if isinstance(value, str) else value
        if definition.options and not self.inferred:
            for one in chosen:
                if one not in definition.options:
                    why = f"{definition.label} has no option {one!r}"
                    yield Problem(path, why, ", ".join(definition.options))


def _is_number(value: Any) -> bool:
    return type(value) is int or (isinstance(value, Decimal) and value.is_finite())


def _are_texts(value: Any) -> bool:
    if isinstance(value, str) or not isinstance(value, Sequence):
        return False
    return all(isinstance(one, str) for one in value)


_KINDS: Mapping[FieldKind, tuple[Callable[[Any], bool], str]] = {
    FieldKind.TEXT: (lambda one: isinstance(one, str), "text"),
    FieldKind.NUMBER: (_is_number, "an int or a Decimal"),
    FieldKind.BOOLEAN: (lambda one: isinstance(one, bool), "True or False"),
    FieldKind.DATE: (lambda one: type(one) is date, "a date"),
    FieldKind.INSTANT: (
        lambda one: isinstance(one, datetime) and one.tzinfo is not None,
        "a datetime with a time zone",
    ),
    FieldKind.MONEY: (lambda one: isinstance(one, Money), "Money(amount, currency)"),
    FieldKind.DURATION: (lambda one: isinstance(one, Period), "Period(months=12)"),
    FieldKind.OPTION: (lambda one: isinstance(one, str), "an option's label"),
    FieldKind.OPTIONS: (_are_texts, "several options' labels"),
    FieldKind.OTHER: (lambda one: not isinstance(one, float), "no float"),
}


def kind_of(value: Any) -> FieldKind:
    """Return the kind that a value has by itself."""
    return _KIND_OF.get(type(value), FieldKind.OTHER)


_KIND_OF = {
    str: FieldKind.TEXT,
    bool: FieldKind.BOOLEAN,
    int: FieldKind.NUMBER,
    Decimal: FieldKind.NUMBER,
    date: FieldKind.DATE,
    datetime: FieldKind.INSTANT,
    Money: FieldKind.MONEY,
    Period: FieldKind.DURATION,
    list: FieldKind.OPTIONS,
    tuple: FieldKind.OPTIONS,
}


def from_text(kind: FieldKind, text: str) -> Any:
    """Read a value that was typed or stands in a table; raise `ValueError`."""
    if not text:
        return None
    return _READS.get(kind, str)(text)


def _boolean(text: str) -> bool:
    told = {"true": True, "yes": True, "false": False, "no": False}
    if text.casefold() not in told:
        raise ValueError(f"{text!r} is neither yes nor no")
    return told[text.casefold()]


def _number(text: str) -> Decimal | int:
    try:
        return int(text) if re.fullmatch(r"-?\d+", text) else Decimal(text)
    except ArithmeticError:
        raise ValueError(f"{text!r} is no number") from None


def money(text: str) -> Money:
    """Read an amount and its currency, such as ``1250.00 EUR``."""
    amount, _, currency = text.strip().rpartition(" ")
    try:
        return Money(Decimal(amount), currency)
    except ArithmeticError:
        raise ValueError(f"{text!r} is no amount such as 1250.00 EUR") from None


def period(text: str) -> Period:
    """Read a length of time, such as ``12 months`` or ``1 year 6 months``."""
    parts = re.findall(r"(\d+)\s*(year|month|day)s?", text)
    if not parts or re.sub(r"(\d+)\s*(year|month|day)s?|[\s,]", "", text):
        raise ValueError(f"{text!r} is no length such as 12 months")
    return Period(**{f"{unit}s": int(count) for count, unit in parts})


_SPELLINGS: Mapping[FieldKind, str] = {
    FieldKind.NUMBER: "a number such as 12.50",
    FieldKind.BOOLEAN: "yes or no",
    FieldKind.DATE: "a date such as 2026-01-31",
    FieldKind.INSTANT: "an instant such as 2026-01-31T09:00:00Z",
    FieldKind.MONEY: "an amount such as 1250.00 EUR",
    FieldKind.DURATION: "a length such as 12 months",
}
"""How a value is typed, of each kind that not every text is."""

_READS: Mapping[FieldKind, Callable[[str], Any]] = {
    FieldKind.NUMBER: _number,
    FieldKind.BOOLEAN: _boolean,
    FieldKind.DATE: date.fromisoformat,
    FieldKind.INSTANT: datetime.fromisoformat,
    FieldKind.MONEY: money,
    FieldKind.DURATION: period,
    FieldKind.OPTIONS: lambda text: tuple(one.strip() for one in text.split(";")),
}
