"""
One straight-line function for each wire class, for payloads that are as promised.

Reading is most of what listing costs, and a general converter dispatches for every
value.  Here the class is turned into source once: a look-up, a check of the type and
a conversion for each key.  It must accept exactly what `_convert`'s detailed
converter accepts, which explains the payloads that it refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import UnionType
from typing import Any, Union, get_args, get_origin

from attrs import NOTHING, Attribute, define, field, fields, has, resolve_types

from ._report import WIRE
from ._scalars import PLAIN, Mismatch

Hook = Callable[[Any], Any]


@define
class Compiler:
    """Compiles classes with the same *hooks* for single values."""

    hooks: Mapping[Any, Hook]
    _compiled: dict[type, Hook] = field(factory=dict)

    def reader(self, cls: type) -> Hook:
        """Return the function that reads a payload into *cls*."""
        if cls not in self._compiled:
            self._compiled[cls] = self._compile(cls)
        return self._compiled[cls]

    def _compile(self, cls: type) -> Hook:
        names: dict[str, Any] = {"cls": cls, "Mismatch": Mismatch}
        lines = [
            "def read(told):",
            *_checked("told", dict, "an object"),
            " get = told.get",
        ]
        attributes = fields(resolve_types(cls))
        for index, attribute in enumerate(attributes):
            lines += self._attribute(f"v{index}", attribute, names)
        values = ", ".join(f"v{index}" for index in range(len(attributes)))
        source = "\n".join([*lines, f" return cls({values})"])
        exec(compile(source, f"<wire {cls.__qualname__}>", "exec"), names)  # noqa: S102  # our own source, from our own classes
        read: Hook = names["read"]
        return read

    def _attribute(
        self, name: str, attribute: Attribute[Any], names: dict[str, Any]
    ) -> Iterator[str]:
        told = attribute.metadata.get(WIRE)
        key = repr(told.key if told is not None and told.key else attribute.name)
        kind, optional = _unwrapped(attribute.type)
        if attribute.default is NOTHING:
            yield f" {name} = told[{key}]"
        elif attribute.default is None and optional:
            yield f" {name} = get({key})"
        else:
            names[f"{name}_default"] = attribute.default
            yield f" {name} = get({key}, {name}_default)"
        steps = self._steps(name, kind, names)
        if steps and (optional or attribute.default is not NOTHING):
            unset = "None" if optional else f"{name}_default"
            yield f" if {name} is not {unset}:"
            steps = [f" {step}" for step in steps]
        yield from steps

    def _steps(self, name: str, kind: Any, names: dict[str, Any]) -> list[str]:
        if kind is Any:
            return []
        if kind in PLAIN:
            return _checked(name, kind, PLAIN[kind])
        if get_origin(kind) is tuple:
            inner = self._steps("one", get_args(kind)[0], names)
            each = f"{name}_each"
            names[each] = self._each(inner, names)
            return [*_checked(name, list, "a list"), f" {name} = {each}({name})"]
        if get_origin(kind) is not None:
            return _checked(name, dict, "an object")
        hook = f"read_{len(names)}"
        names[hook] = self.reader(kind) if has(kind) else self.hooks[kind]
        return [f" {name} = {hook}({name})"]

    def _each(self, steps: list[str], names: dict[str, Any]) -> Hook:
        """Return a function that reads every item of a list."""
        lines = ["def each(items):", " found = []", " for one in items:"]
        lines += [f" {step}" for step in steps]
        lines += ["  found.append(one)", " return tuple(found)"]
        exec("\n".join(lines), names)  # noqa: S102  # our own source
        each: Hook = names.pop("each")
        return each


def _checked(name: str, kind: type, words: str) -> list[str]:
    return [
        f" if {name}.__class__ is not {kind.__name__}:"
        f" raise Mismatch({words!r}, {name})"
    ]


def _unwrapped(kind: Any) -> tuple[Any, bool]:
    """Return the type without its None, and whether it had one."""
    if get_origin(kind) not in (Union, UnionType):
        return kind, False
    [inner] = [one for one in get_args(kind) if one is not type(None)]
    return inner, True
