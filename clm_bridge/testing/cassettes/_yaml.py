"""
YAML as cassettes have it: JSON's values, in JSON's sense, and one way to write them.

Plain text is a number, true, false or null where JSON says so, and a string otherwise:
``2026-01-05`` and ``no`` are strings.  Strings that other readers would take for
something else are written in quotes.
"""

from __future__ import annotations

import re
from copy import copy
from typing import Any

import yaml  # type: ignore[import-untyped, unused-ignore]  # PyYAML has no types of its own

from ._exact import Number, whole

WIDTH = 100
ONE_LINE = 60
"""Characters up to which a list or mapping of scalars is written on one line."""

_PREFIX = "tag:yaml.org,2002:"
_INT = re.compile(r"-?(?:0|[1-9][0-9]*)$")
_FLOAT = re.compile(
    r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)$"
)
_DIGITS = list("-0123456789")


class _Loader(yaml.SafeLoader):  # type: ignore[misc, unused-ignore]  # as above
    """Reads plain scalars as JSON does."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  # PyYAML's own way

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002, RUF100  # PyYAML's signature
        """Return a mapping whose keys are strings, none of them twice."""
        found: dict[str, Any] = {}
        for key, below in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _fault(key, "a key is not a scalar")
            if key.value in found:
                raise _fault(key, f"the key {key.value!r} is there twice")
            found[key.value] = self.construct_object(below, deep=True)
        return found

    def mapping(self, node: Any) -> dict[str, Any]:
        """Construct a mapping."""
        return self.construct_mapping(node)

    def boolean(self, node: Any) -> bool:
        """Construct true or false."""
        return bool(node.value == "true")

    def integer(self, node: Any) -> int | Number:
        """Construct a number without a point."""
        return whole(node.value)

    def fraction(self, node: Any) -> Number:
        """Construct a number that keeps its spelling."""
        return Number(node.value)


def _fault(node: Any, said: str) -> Exception:
    fault: Exception = yaml.constructor.ConstructorError(
        None, None, said, node.start_mark
    )
    return fault


_Loader.add_implicit_resolver(f"{_PREFIX}null", re.compile(r"(?:null|~|)$"), None)
_Loader.add_implicit_resolver(f"{_PREFIX}bool", re.compile(r"(?:true|false)$"), None)
_Loader.add_implicit_resolver(f"{_PREFIX}int", _INT, _DIGITS)
_Loader.add_implicit_resolver(f"{_PREFIX}float", _FLOAT, _DIGITS)
_Loader.add_constructor(f"{_PREFIX}map", _Loader.mapping)
_Loader.add_constructor(f"{_PREFIX}bool", _Loader.boolean)
_Loader.add_constructor(f"{_PREFIX}int", _Loader.integer)
_Loader.add_constructor(f"{_PREFIX}float", _Loader.fraction)


class _Dumper(yaml.SafeDumper):  # type: ignore[misc, unused-ignore]  # as above
    """Writes what `_Loader` reads, and other readers of YAML too."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # PyYAML's own way
        first: copy(known)
        for first, known in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: Any) -> bool:
        """Write the same value twice where it is twice."""
        return True

    def mapping(self, told: dict[str, Any]) -> Any:
        """Represent a mapping, a short one on one line."""
        node = self.represent_mapping(f"{_PREFIX}map", told, flow_style=False)
        node.flow_style = _is_short([part for pair in node.value for part in pair])
        return node

    def sequence(self, told: list[Any]) -> Any:
        """Represent a list, a short one on one line."""
        node = self.represent_sequence(f"{_PREFIX}seq", told, flow_style=False)
        node.flow_style = _is_short(node.value)
        return node

    def text(self, told: str) -> Any:
        """Represent a string, as a block if it has lines."""
        return self.represent_scalar(f"{_PREFIX}str", told, style=_style(told))

    def number(self, told: Number) -> Any:
        """Represent a number as it was spelled."""
        kind = "int" if _INT.match(told.spelled) else "float"
        return self.represent_scalar(f"{_PREFIX}{kind}", told.spelled)


def _style(text: str) -> str | None:
    """Choose a block for lines, quotes for what YAML would bend, else the least."""
    lines = text.split("\n")
    if not all(line.isprintable() for line in lines):
        return '"'
    if len(lines) == 1:
        return None
    return '"' if not lines[0] or text.startswith(" ") else "|"


def _is_short(nodes: list[Any]) -> bool:
    """Say whether scalars fit on one line."""
    told = [node.value for node in nodes if isinstance(node, yaml.ScalarNode)]
    if len(told) < len(nodes) or any("\n" in one for one in told):
        return False
    return sum(len(one) + 2 for one in told) <= ONE_LINE


_Dumper.add_implicit_resolver(f"{_PREFIX}int", _INT, _DIGITS)
_Dumper.add_implicit_resolver(f"{_PREFIX}float", _FLOAT, _DIGITS)
_Dumper.add_representer(dict, _Dumper.mapping)
_Dumper.add_representer(list, _Dumper.sequence)
_Dumper.add_representer(str, _Dumper.text)
_Dumper.add_representer(Number, _Dumper.number)


def read(text: str) -> Any:
    """Read YAML; a fault is a `ValueError` that says where."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506  # it is a safe loader
    except yaml.YAMLError as error:
        raise ValueError(f"this is not YAML as cassettes have it: {error}") from None


def written(value: Any) -> str:
    """Write YAML, always in the same way."""
    found: str = yaml.dump(
        value,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=WIDTH,
        default_flow_style=False,
    )
    return found
