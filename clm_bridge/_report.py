"""Which of a vendor's fields reach the model, and which do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import field, fields_dict, frozen

WIRE = "clm_bridge.wire"


@frozen
class Line:
    """One vendor field: its path in ``raw``, where it went, and what was done."""

    path: str
    attribute: str | None
    note: str | None = None


@frozen
class Report:
    """What became of each vendor field of one record."""

    mapped: Sequence[Line]
    coerced: Sequence[Line]
    unplaced: Sequence[Line]


@frozen
class Reading:
    """An adapter's table: path in ``raw`` → attribute, and the coercion if any."""

    lines: Mapping[str, Line] = {}
    parts: Mapping[str, type] = field(factory=dict, repr=False, eq=False)
    """The wire classes that the table was made from, by the part of ``raw``."""

    def find(self, path: str) -> Line | None:
        """Return the line for *path*; one that ends in ``.*`` covers all below."""
        if found := self.lines.get(path):
            return found
        while path:
            if found := self.lines.get(f"{path}.*"):
                return found
            path, _, _ = path.rpartition(".")
        return None


def reading(**parts: type) -> Reading:
    """Build the table from wire classes, one for each part of ``raw``."""
    lines = (line for part, cls in parts.items() for line in _lines(part, cls))
    return Reading({line.path: line for line in lines}, parts)


def _lines(prefix: str, cls: type) -> Iterator[Line]:
    for attribute in fields_dict(cls).values():
        told = attribute.metadata.get(WIRE)
        if told is None:
            continue
        path = f"{prefix}.{told.key or attribute.name}"
        if told.part is not None:
            yield from _lines(path, told.part)
        elif told.to is not None:
            yield Line(path, told.to, told.how)


def report(table: Reading, raw: Mapping[str, Any]) -> Report:
    """Walk *raw* and sort every path in it by what the table says."""
    mapped: list[Line] = []
    coerced: list[Line] = []
    unplaced: list[Line] = []
    for path in dict.fromkeys(_paths(table, raw, "")):
        line = table.find(path)
        if line is None:
            unplaced.append(Line(path, None))
        else:
            (coerced if line.note else mapped).append(
                Line(path, line.attribute, line.note)
            )
    return Report(mapped, coerced, unplaced)


def _paths(table: Reading, value: Any, path: str) -> Iterator[str]:
    """Yield a path for every leaf, stopping where the table takes a whole branch."""
    if path in table.lines or f"{path}.*" in table.lines:
        yield path
    elif isinstance(value, Mapping):
        for key, below in value.items():
            yield from _paths(table, below, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for below in value:
            yield from _paths(table, below, path)
    elif value not in (None, ""):
        yield path
