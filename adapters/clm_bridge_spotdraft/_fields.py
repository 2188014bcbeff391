"""How key pointers become ours: values by their form, definitions by their type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import evolve

from clm_bridge.adapter import (
    Field,
    FieldDefinition,
    FieldKind,
    Money,
    Period,
    Reader,
    Ref,
    Source,
    get,
    instant,
    rows,
    together,
)

from . import _wire

# The kinds of the template metadata, the types of descriptors, and the one documented
# data_type of a value, "string"; values say more than these words do.
KINDS = {
    "string": FieldKind.TEXT,
    "text-box": FieldKind.TEXT,
    "rich-text": FieldKind.TEXT,
    "paragraph": FieldKind.TEXT,
    "date": FieldKind.DATE,
    "datetime": FieldKind.INSTANT,
    "number": FieldKind.NUMBER,
    "int": FieldKind.NUMBER,
    "float": FieldKind.NUMBER,
    "boolean": FieldKind.BOOLEAN,
    "check-box": FieldKind.BOOLEAN,
    "currency": FieldKind.MONEY,
    "duration": FieldKind.DURATION,
    "dropdown": FieldKind.OPTION,
    "enum": FieldKind.OPTION,
    "multi-dropdown": FieldKind.OPTIONS,
    "array of options": FieldKind.OPTIONS,
    "array of strings": FieldKind.OPTIONS,
}
CHOICES = (FieldKind.OPTION, FieldKind.OPTIONS)
# Documented in the plural, and once as WEEK.
UNITS: Mapping[str, Callable[[int], Period]] = {
    **dict.fromkeys(("DAY", "DAYS"), lambda count: Period(days=count)),
    **dict.fromkeys(("WEEK", "WEEKS"), lambda count: Period(days=7 * count)),
    **dict.fromkeys(("MONTH", "MONTHS"), lambda count: Period(months=count)),
    **dict.fromkeys(("YEAR", "YEARS"), lambda count: Period(years=count)),
}
LONGEST = 6
"""Digits of a duration's count; more is no length of time."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")
_MIDNIGHT = "00:00:00"


def fields(told: Iterable[_wire.KeyPointer]) -> dict[str, Field]:
    """Return the key pointers that have a value; of one name, each is kept."""
    found: dict[str, Field] = {}
    for one in told:
        if not _is_set(one.value):
            continue
        own = one.field_name
        if own in found:
            own = f"{own}#{one.id or len(found)}"
        kind, value = typed(one.data_type, one.value)
        found[own] = Field(own, one.label or one.field_name, kind, value)
    return found


def _is_set(value: Any) -> bool:
    """Say whether there is a value; the schema has no null, so empty ones may be it."""
    if isinstance(value, Mapping):
        return any(part is not None for part in value.values())
    return value not in (None, "", [])


def typed(data_type: str | None, value: Any) -> tuple[FieldKind, Any]:
    """Type a value by its form, and text also by what SpotDraft calls it."""
    if isinstance(value, str):
        return _text(KINDS.get((data_type or "").lower()), value)
    if isinstance(value, bool):
        return FieldKind.BOOLEAN, value
    if isinstance(value, int | Decimal):
        return FieldKind.NUMBER, value
    if isinstance(value, Mapping):
        return _composite(value)
    if isinstance(value, list) and all(_is_option(one) for one in value):
        return FieldKind.OPTIONS, tuple(str(one) for one in value)
    return FieldKind.OTHER, value


def _is_option(value: Any) -> bool:
    return isinstance(value, str | int | Decimal) and not isinstance(value, bool)


def _composite(value: Mapping[str, Any]) -> tuple[FieldKind, Any]:
    word: Any = value.get("type")
    amount: Any = value.get("value")
    if not isinstance(word, str) or type(amount) not in (int, Decimal):
        return FieldKind.OTHER, value
    exact = Decimal(amount)
    unit = UNITS.get(word.upper())
    if unit is not None and _is_count(exact):
        return FieldKind.DURATION, unit(int(exact))
    if unit is None and re.fullmatch("[A-Z]{3}", word):
        return FieldKind.MONEY, Money(exact, word)
    return FieldKind.OTHER, value


def _is_count(number: Decimal) -> bool:
    return number.adjusted() < LONGEST and number == int(number)


def _text(kind: FieldKind | None, value: str) -> tuple[FieldKind, Any]:
    """Type text; what is written as a date is one, whatever it is called."""
    if kind is FieldKind.OPTION:
        return kind, value
    try:
        if _DAY.fullmatch(value):
            return FieldKind.DATE, date.fromisoformat(value)
        if _INSTANT.fullmatch(value):
            return _moment(kind, value)
    except (TypeError, ValueError):
        return FieldKind.TEXT, value
    return FieldKind.TEXT, value


def _moment(kind: FieldKind | None, value: str) -> tuple[FieldKind, Any]:
    """Take a day's first ten letters, which no zone moves; midnight stands for one."""
    then = instant(value)
    is_midnight = value[11:19] == _MIDNIGHT and kind is not FieldKind.INSTANT
    if kind is FieldKind.DATE or is_midnight:
        return FieldKind.DATE, date.fromisoformat(value[:10])
    return FieldKind.INSTANT, then


async def every(
    reader: Reader, source: Callable[[Mapping[str, Any]], Source]
) -> dict[str, FieldDefinition]:
    """Return what all contract types define, each field once."""
    answer = await get("contract_types/")
    types = [reader.read(row, _wire.ContractType) for row in rows(answer.json())]
    answers = await together(
        *(get("key_pointers/", {"contract_type_id": one.id}) for one in types)
    )
    found: dict[str, FieldDefinition] = {}
    for one, response in zip(types, answers, strict=True):
        for payload in rows(response.json()):
            told = reader.read(payload, _wire.Definition)
            for each in definitions(told, one, source({"definition": payload})):
                found[each.id] = joined(found.get(each.id), each)
    return found


def definitions(
    told: _wire.Definition, type: _wire.ContractType, source: Source
) -> Iterator[FieldDefinition]:
    """Yield what a definition defines; composite kinds come in several pieces."""
    pieces: dict[str, list[_wire.Descriptor]] = {}
    for one in told.descriptors:
        pieces.setdefault(one.parent_variable or one.variable, []).append(one)
    for own, parts in pieces.items():
        yield _definition(own, parts, type, source)


def _definition(
    own: str,
    parts: Sequence[_wire.Descriptor],
    type: _wire.ContractType,
    source: Source,
) -> FieldDefinition:
    whole = next((one for one in parts if one.parent_variable is None), None)
    first = whole or parts[0]
    kind = KINDS.get(first.parent_type or first.type, FieldKind.OTHER)
    return FieldDefinition(
        id=own,
        label=first.display_label if whole else _parent(first.display_label),
        kind=kind,
        source=source,
        options=_options(parts) if kind in CHOICES else (),
        required=first.required if whole else first.parent_required,
        applies_to=Ref(type.id, type.name),
    )


def joined(known: FieldDefinition | None, other: FieldDefinition) -> FieldDefinition:
    """Return one definition of a field that several contract types have."""
    if known is None:
        return other
    return evolve(
        known,
        kind=known.kind if known.kind is other.kind else FieldKind.OTHER,
        options=dict.fromkeys((*known.options, *other.options)),
        required=known.required if known.required == other.required else None,
        applies_to=None,
    )


def _parent(label: str) -> str:
    """Return what stands before the last part of a label: Contract Value > Type."""
    return label.rpartition(" > ")[0] or label


def _options(parts: Iterable[_wire.Descriptor]) -> list[str]:
    """Return the options' values, which are what a contract holds."""
    options = [option for one in parts for option in one.options or ()]
    told = (
        option.label if option.value is None else option.value for option in options
    )
    return [str(one) for one in told if one is not None]
