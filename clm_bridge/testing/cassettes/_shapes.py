"""The shape of answers: which keys there are, of which types, and which words."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from attrs import define, field, frozen

from ._exact import Number

_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_WORDY = re.compile(r"(?:^|[_-])(?:type|kind|status|state|role|stage|unit)$", re.I)
_WORD = re.compile(r"[a-z]+(?:_[a-z]+)*$|[A-Z]+(?:_[A-Z]+)*$")


@define
class Spot:
    """What was seen in one place."""

    types: set[str] = field(factory=set)
    words: set[str] = field(factory=set)
    seen: int = 0
    objects: int = 0
    """How often there was an object, which may have keys."""
    holders: int = 0
    """How many objects there were that could have had it."""

    @property
    def optional(self) -> bool:
        """Whether it is sometimes missing."""
        return self.seen < self.holders


Shape = dict[str, Spot]


@frozen
class Change:
    """How the shape of answers differs in one place."""

    kind: str
    path: str
    before: str
    after: str


def shape(answers: Iterable[Any]) -> Shape:
    """Return the shape of several answers to one question."""
    found: Shape = {}
    for answer in answers:
        _see(found, "$", answer)
    for path, spot in found.items():
        above = found.get(path.rpartition(".")[0])
        spot.holders = above.objects if above else spot.seen
    return found


EXAMPLES_TELL = frozenset({"added", "removed", "type"})
"""What can be held against an example: not what it left out, nor its one word."""


def changes(
    before: Shape, after: Shape, known: Container[str] = ()
) -> Iterator[Change]:
    """Yield what differs; words that are *known* are not new."""
    for path, spot in after.items():
        above = path.rpartition(".")[0]
        if path not in before:
            if above in before and "object" in before[above].types:
                yield Change("added", path, "", ", ".join(sorted(spot.types)))
            continue
        yield from _changed(path, before[path], spot, known)
    for path, spot in before.items():
        above = path.rpartition(".")[0]
        gone = path not in after and above in after
        if gone and "object" in after[above].types and not spot.optional:
            yield Change("removed", path, ", ".join(sorted(spot.types)), "")


def words(found: Shape) -> set[str]:
    """Return all words of a shape."""
    return {word for spot in found.values() for word in spot.words}


def _changed(
    path: str, before: Spot, after: Spot, known: Container[str]
) -> Iterator[Change]:
    if fresh := after.types - before.types - {"null"}:
        told = ", ".join(sorted(before.types)), ", ".join(sorted(fresh))
        yield Change("type", path, *told)
    if "null" in after.types - before.types:
        yield Change("null", path, ", ".join(sorted(before.types)), "sometimes null")
    if after.optional and not before.optional:
        yield Change("optional", path, "always", f"{after.seen} of {after.holders}")
    fresh_words = {word for word in after.words - before.words if word not in known}
    if before.words and fresh_words:
        told = ", ".join(sorted(before.words)), ", ".join(sorted(fresh_words))
        yield Change("words", path, *told)


def _see(found: Shape, path: str, value: Any) -> None:
    spot = found.setdefault(path, Spot())
    spot.seen += 1
    spot.types.add(_type(value))
    key = path.rpartition(".")[2].removesuffix("[]")
    if isinstance(value, str) and _WORDY.search(_snake(key)) and _WORD.match(value):
        spot.words.add(value)
    if isinstance(value, Mapping):
        spot.objects += 1
        for name, below in value.items():
            _see(found, f"{path}.{_escaped(name)}", below)
    elif isinstance(value, list):
        for below in value:
            _see(found, f"{path}[]", below)


def _type(value: Any) -> str:
    if isinstance(value, str):
        if _DAY.match(value):
            return "day"
        return "instant" if _INSTANT.match(value) else "string"
    return _TYPES[type(value)]


_TYPES: Mapping[type, str] = {
    type(None): "null",
    bool: "boolean",
    int: "integer",
    Number: "number",
    dict: "object",
    list: "array",
}


def _escaped(name: str) -> str:
    return name.replace(".", "\N{ONE DOT LEADER}")


def _snake(key: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", key)
