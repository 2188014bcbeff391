"""
Where each thing that is said goes: the vendor's own place, or a workspace's field.

It is `FieldReading` the other way round: what the settings read from a field is
written to that field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from attrs import frozen

from ._adapter import Adapter
from ._field_values import Definitions
from ._particulars import ContractChanges, Particulars
from ._problems import Problem
from ._saying import said
from ._values import Field, Money, Period
from ._vocabulary import TermKind
from ._workspace import Pointer, Workspace


@frozen
class Pointed:
    """A value for a field that the settings name, and the path that it is said at."""

    path: str
    field: str
    value: Any


def covered(path: str, places: frozenset[str]) -> bool:
    """Say whether *places* holds the path, or something above it."""
    parts = path.split(".")
    return any(".".join(parts[:end]) in places for end in range(1, len(parts) + 1))


def unplaced(
    adapter: Adapter, told: Particulars, places: frozenset[str]
) -> Iterator[Problem]:
    """Yield what is said and has no place, neither the vendor's nor a field."""
    mapped = paths_of_fields(adapter.workspace)
    for path, _ in said(told):
        kept = covered(path, places | adapter.drops)
        if not kept and path not in mapped:
            yield Problem(path, f"has no place in {adapter.title}", _hint(path), True)


def paths_of_fields(workspace: Workspace) -> frozenset[str]:
    """Return the paths that the settings keep in fields."""
    dates = {f"key_dates.{name}" for name in workspace.key_dates}
    term = {f"term.{name}" for name in workspace.term}
    if {"term.auto_renews", "term.perpetual"} & term:
        term.add("term.kind")
    return frozenset(dates | term | ({"value"} if workspace.value else set()))


def _hint(path: str) -> str | None:
    table, _, name = path.partition(".")
    if table in ("key_dates", "term") and not path.endswith("_at"):
        return f"a field in its place: map {name} under {table} in the settings"
    if table == "value":
        return "a field in its place: map amount under value in the settings"
    return None


def pointed(
    workspace: Workspace, told: Particulars, definitions: Definitions
) -> Iterator[Pointed | Problem]:
    """Yield the values for the fields that the settings name."""
    for path, value in said(told):
        table, _, name = path.partition(".")
        if table == "key_dates" and name in workspace.key_dates:
            yield Pointed(path, workspace.key_dates[name].field, value)
        elif path == "term.kind":
            yield from _kinds(workspace.term, value, definitions)
        elif table == "term" and name in workspace.term:
            yield _length(path, workspace.term[name], value)
        elif path == "value" and isinstance(value, Money):
            yield from _money(workspace.value, value)
    yield from _emptied(workspace, told)


def _emptied(workspace: Workspace, told: Particulars) -> Iterator[Pointed]:
    """Yield nothing for the fields that stand for what is to be emptied."""
    for path in told.clear if isinstance(told, ContractChanges) else ():
        table, _, name = path.partition(".")
        if table == "key_dates" and name in workspace.key_dates:
            yield Pointed(path, workspace.key_dates[name].field, None)
        elif table == "term" and name in workspace.term:
            yield Pointed(path, workspace.term[name].field, None)
        elif path == "value":
            for pointer in workspace.value.values():
                yield Pointed(path, pointer.field, None)


def _length(path: str, pointer: Pointer, value: Any) -> Pointed | Problem:
    if not isinstance(value, Period) or pointer.unit is None:
        return Pointed(path, pointer.field, value)
    count = whole(value, pointer.unit)
    if count is None:
        return Problem(path, f"{value} is not in whole {pointer.unit}", pointer.unit)
    return Pointed(path, pointer.field, count)


def whole(period: Period, unit: str) -> int | None:
    """Count a period in one unit, or return None where that is not exact."""
    months = period.years * 12 + period.months
    if unit == "days":
        return period.days if not months else None
    if period.days:
        return None
    if unit == "months":
        return months
    return months // 12 if months % 12 == 0 else None


def _money(table: Mapping[str, Pointer], value: Money) -> Iterator[Pointed]:
    if "currency" in table and "amount" in table:
        yield Pointed("value", table["amount"].field, _plain(value.amount))
        yield Pointed("value", table["currency"].field, value.currency)
    elif "amount" in table:
        yield Pointed("value", table["amount"].field, value)


def _plain(amount: Decimal) -> Decimal | int:
    return int(amount) if amount == amount.to_integral_value() else amount


def _kinds(
    table: Mapping[str, Pointer], kind: TermKind, definitions: Definitions
) -> Iterator[Pointed | Problem]:
    """Say the kind of a term with the one or two fields that tell it."""
    wanted = {
        "perpetual": kind is TermKind.PERPETUAL,
        "auto_renews": kind is TermKind.AUTO_RENEW,
    }
    if kind is TermKind.OPTION and wanted.keys() & table.keys():
        yield Problem("term.kind", "is an option", "fixed, auto_renew or perpetual")
        return
    for name, holds in wanted.items():
        if name in table:
            yield _choice(table[name], definitions, holds=holds)


def _choice(
    pointer: Pointer, definitions: Definitions, *, holds: bool
) -> Pointed | Problem:
    if pointer.equals is None:
        return Pointed("term.kind", pointer.field, holds)
    if holds:
        return Pointed("term.kind", pointer.field, pointer.equals)
    others = [
        option
        for one in definitions.find(pointer.field)
        for option in one.options
        if option != pointer.equals
    ]
    if len(others) == 1 or pointer.otherwise is not None:
        return Pointed("term.kind", pointer.field, pointer.otherwise or others[0])
    return Problem(
        "term.kind",
        f"the option of {pointer.field} for it is not known",
        f'not = "<option>" beside is = "{pointer.equals}" in the settings',
    )


def written(
    workspace: Workspace, told: Particulars, definitions: Definitions
) -> tuple[list[Field], list[Problem]]:
    """Return the fields to write, typed, and what is wrong."""
    fields: dict[str, Field] = {}
    faults: list[Problem] = []
    for one in pointed(workspace, told, definitions):
        if isinstance(one, Problem):
            faults.append(one)
        else:
            _put(fields, faults, definitions.field(one.field, one.value, one.path))
    for key, value in told.fields.items():
        found = definitions.field(str(key), value, f"fields[{key!r}]")
        _put(fields, faults, found)
    return [*fields.values()], faults


def _put(fields: dict[str, Field], faults: list[Problem], found: Any) -> None:
    if isinstance(found, Field):
        fields[found.id] = found
    else:
        faults += found
