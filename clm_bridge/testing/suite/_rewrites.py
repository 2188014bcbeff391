"""Ways in which a vendor's JSON changes: keys and values that come, go and change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin

from attrs import NOTHING, fields, frozen, resolve_types

from ..._report import WIRE, Reading
from ._traffic import Rewrite

PLANTED = "clm_bridge_planted"
GONE = object()


def walked(value: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """Return *value* with every object of it changed, the inner ones first."""
    if isinstance(value, dict):
        return change({key: walked(below, change) for key, below in value.items()})
    if isinstance(value, list):
        return [walked(below, change) for below in value]
    return value


def replaced(word: Any, other: Any) -> Rewrite:
    """Exchange one text for another, wherever it is the value of a key."""

    def change(told: dict[str, Any]) -> dict[str, Any]:
        return {key: other if one == word else one for key, one in told.items()}

    return lambda answer: walked(answer, change)


def planted(answer: Any) -> Any:
    """Put a key that nobody knows into each object that has others."""
    return walked(answer, lambda told: {**told, PLANTED: "new"} if told else told)


@frozen
class Key:
    """One key of a wire class: where it is read, and whether it must be there."""

    path: str
    name: str
    beside: frozenset[str]
    required: bool
    to: str | None

    def changed(self, value: Any) -> Rewrite:
        """Give the key another value, or take it away, where its class is read."""

        def change(told: dict[str, Any]) -> dict[str, Any]:
            if self.name not in told or not self.beside <= {*told}:
                return told
            if value is GONE:
                return {key: one for key, one in told.items() if key != self.name}
            told_by = value(told[self.name]) if callable(value) else value
            return {**told, self.name: told_by}

        return lambda answer: walked(answer, change)


def keys(reading: Reading) -> Iterator[Key]:
    """Yield each key that an adapter declares to read, with its whole path."""
    for part, cls in reading.parts.items():
        yield from _keys(part, cls)


def _keys(prefix: str, cls: type) -> Iterator[Key]:
    told = fields(resolve_types(cls))
    needed = frozenset(_spelling(one) for one in told if one.default is NOTHING)
    for one in told:
        wire = one.metadata.get(WIRE)
        name, path = _spelling(one), f"{prefix}.{_spelling(one)}"
        required = one.default is NOTHING
        to = wire.to if wire is not None else None
        yield Key(path, name, needed - {name}, required, to)
        if wire is not None and wire.part is not None:
            yield from _keys(path, wire.part)


def _spelling(attribute: Any) -> str:
    wire = attribute.metadata.get(WIRE)
    return str(wire.key) if wire is not None and wire.key else str(attribute.name)


def optional(kind: Any) -> bool:
    """Say whether a type has a None."""
    return get_origin(kind) in (Union, UnionType) and type(None) in get_args(kind)


def present(raw: Mapping[str, Any], path: str) -> list[Any]:
    """Return the values that a payload has at a dotted path, through lists."""
    found: list[Any] = [raw]
    for step in path.split("."):
        below: list[Any] = []
        for one in found:
            inner = one if isinstance(one, list) else [one]
            below += [
                each[step]
                for each in inner
                if isinstance(each, Mapping) and step in each
            ]
        found = below
    return found
