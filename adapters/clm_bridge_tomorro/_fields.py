"""How Tomorro's smart fields become ours: values by their form, definitions by type."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from clm_bridge.adapter import (
    Field,
    FieldDefinition,
    FieldKind,
    Period,
    Source,
    instant,
)

from . import _wire

# Only "string" and "number" are seen in the vendor's examples; the rest follows the
# app's own names for its types.
# https://help.tomorro.com/en/articles/6597661-understand-the-different-types-of-smart-fields
KINDS = {
    "string": FieldKind.TEXT,
    "text": FieldKind.TEXT,
    "number": FieldKind.NUMBER,
    "boolean": FieldKind.BOOLEAN,
    "date": FieldKind.DATE,
    "select": FieldKind.OPTION,
    "singleselect": FieldKind.OPTION,
    "multiselect": FieldKind.OPTIONS,
}
LENGTHS = ("length", "renewal_length", "notice")
"""What of a term is a length of time."""
UNSET = ("undefined", "", None)
"""The vendor writes the word "undefined" where it means that nothing is set."""

_PLAIN = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_DAY = r"\d{4}-\d\d-\d\d"
_EDGE = re.compile(rf"({_DAY})T(00:00:00(\.0+)?|23:59:59(\.9+)?)Z")
_FORM = re.compile(rf"{_DAY}(T\d\d:\d\d.*)?")

UNITS = {
    **dict.fromkeys(("day", "days", "jour", "jours"), "days"),
    **dict.fromkeys(("month", "months", "mois"), "months"),
    **dict.fromkeys(("year", "years", "an", "ans"), "years"),
}
"""The native notice counts in these; text with one of them is a duration."""


def fields(
    told: Iterable[_wire.SmartField], figures: Collection[str]
) -> dict[str, Field]:
    """Return the smart fields that have a value; those in *figures* are numbers."""
    found = (field(one, figures) for one in told if one.value not in UNSET)
    return {one.id: one for one in found}


def field(told: _wire.SmartField, figures: Collection[str]) -> Field:
    """Return one smart field; a contract does not say its type."""
    own = told.attribute_definition_id
    kind, value = typed(told.value)
    if own in figures and kind is FieldKind.TEXT and _PLAIN.fullmatch(value):
        kind, value = FieldKind.NUMBER, Decimal(value)
    return Field(own, told.name or own, kind, value)


def typed(value: Any) -> tuple[FieldKind, Any]:
    """Type a value by its form."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return FieldKind.BOOLEAN, value
    if isinstance(value, int | Decimal):
        return FieldKind.NUMBER, value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return FieldKind.OPTIONS, tuple(value)
    return FieldKind.OTHER, value


def _text(value: str) -> tuple[FieldKind, str | date | datetime | Period]:
    form, edge = _FORM.fullmatch(value), _EDGE.fullmatch(value)
    try:
        if form is None:
            return _duration(value)
        if edge is not None:
            return FieldKind.DATE, date.fromisoformat(edge[1])
        if form[1]:
            return FieldKind.INSTANT, instant(value)
        return FieldKind.DATE, date.fromisoformat(value)
    except (TypeError, ValueError):
        return FieldKind.TEXT, value


def _duration(value: str) -> tuple[FieldKind, str | Period]:
    count, _, unit = value.partition(" ")
    if count.isdecimal() and count.isascii() and unit.lower() in UNITS:
        return FieldKind.DURATION, Period(**{UNITS[unit.lower()]: int(count)})
    return FieldKind.TEXT, value


def kind(told: str | None) -> FieldKind:
    """Return the kind of a smart field, however its type is written."""
    return KINDS.get(re.sub(r"[^a-z]", "", (told or "").lower()), FieldKind.OTHER)


def definition(
    told: _wire.Definition,
    options: Iterable[_wire.Option],
    language: str | None,
    source: Source,
) -> FieldDefinition:
    """Return a smart field's definition, with its options' labels in one language."""
    labels = [label(option, language) for option in options]
    return FieldDefinition(
        id=told.id,
        label=told.name,
        kind=kind(told.type),
        source=source,
        options=[found for found in labels if found is not None],
    )


def label(option: _wire.Option, language: str | None) -> str | None:
    """Return an option's label in *language*, or in the first one that it has."""
    labels = {one.language: one.value for one in option.translations}
    return labels.get(language, next(iter(labels.values()), None))
