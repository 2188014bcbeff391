"""Custom fields: Coupa tells no definitions, so a value is typed by its form."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any

from clm_bridge.adapter import Field, FieldDefinition, FieldKind, Source

_DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_NAMES = ("name", "code", "fullname")


def told(
    custom: Mapping[str, Any] | None, payload: Mapping[str, Any], more: Sequence[str]
) -> Mapping[str, Any]:
    """Return the custom fields, and *more* attributes under those."""
    own = custom or {}
    return {**{name: payload.get(name) for name in more}, **own} if more else own


def fields(
    told: Mapping[str, Any], zone: tzinfo, figures: Collection[str]
) -> dict[str, Field]:
    """
    Return the fields that have a value.

    Decimals come as text, as identifiers made of digits do: text becomes a number
    only in the *figures*, which are the fields that the settings use as numbers.
    """
    found: dict[str, Field] = {}
    for key, value in told.items():
        if value is None or value == "":
            continue
        kind, typed = _typed(value, zone)
        if figures and key in figures:
            kind, typed = _figure(kind, typed)
        found[key] = Field(key, label(key), kind, typed)
    return found


def _figure(kind: FieldKind, value: Any) -> tuple[FieldKind, Any]:
    if kind is FieldKind.TEXT and _NUMBER.fullmatch(value):
        return FieldKind.NUMBER, Decimal(value)
    return kind, value


def definitions(
    rows: Iterable[Mapping[str, Any]], zone: tzinfo, source: Source
) -> list[FieldDefinition]:
    """Return each key that any of *rows* lists, with the kind that its values have."""
    kinds: dict[str, set[FieldKind]] = {}
    for row in rows:
        typed = fields(row, zone, ())
        for key in row:
            known = kinds.setdefault(key, set())
            if key in typed:
                known.add(typed[key].kind)
    return [
        FieldDefinition(key, label(key), _common(seen), source)
        for key, seen in kinds.items()
    ]


@lru_cache(maxsize=4096)
def label(key: str) -> str:
    """Make a key readable."""
    words = key.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def _common(seen: set[FieldKind]) -> FieldKind:
    """Choose one kind: text that looks like a date now and then is still text."""
    if len(seen) == 1:
        return next(iter(seen))
    return FieldKind.TEXT if FieldKind.TEXT in seen else FieldKind.OTHER


def _typed(value: Any, zone: tzinfo) -> tuple[FieldKind, Any]:
    if isinstance(value, str):
        is_day = value[4:5] == "-" and _DAY.fullmatch(value)
        return _day_or_instant(value, zone) if is_day else (FieldKind.TEXT, value)
    if isinstance(value, bool):
        return FieldKind.BOOLEAN, value
    if isinstance(value, int | Decimal):
        return FieldKind.NUMBER, value
    if isinstance(value, dict) and (name := called(value)) is not None:
        return FieldKind.OPTION, name
    if isinstance(value, list):
        names = [called(one) for one in value]
        if None not in names:
            return FieldKind.OPTIONS, tuple(names)
    return FieldKind.OTHER, value


def called(told: Any) -> str | None:
    """Return text as it is, and what people call a lookup value or a user."""
    if isinstance(told, dict):
        for key in _NAMES:
            if isinstance(name := told.get(key), str):
                return name
        return None
    return told if isinstance(told, str) else None


def _day_or_instant(value: str, zone: tzinfo) -> tuple[FieldKind, Any]:
    """Type a moment; midnight in the company's zone stands for a day."""
    try:
        then = datetime.fromisoformat(value)
        if then.tzinfo is None:
            return FieldKind.DATE, then.date()
        local, instant = then.astimezone(zone), then.astimezone(UTC)
    except (ValueError, OverflowError):  # no such day, or none in that zone
        return FieldKind.TEXT, value
    if local.time() == time.min:
        return FieldKind.DATE, local.date()
    return FieldKind.INSTANT, instant
