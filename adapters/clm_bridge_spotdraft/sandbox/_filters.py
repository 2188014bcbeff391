"""
Which contracts the list shows, and in what order.

Of several values one that fits is enough, and ``$ne`` asks that none does.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import frozen

from ._errors import invalid
from ._fields import EQUALITY, Field, Kind, emails, field
from ._records import Contract

_ORDER = {
    "$gt": operator.gt,
    "$gte": operator.ge,
    "$lt": operator.lt,
    "$lte": operator.le,
}
_PARAMETER = re.compile(r"(filter|filter_metadata)__([^\[\]]+)(?:\[([^\[\]]*)\])?")
_UNESCAPED_COMMA = re.compile(r"(?<!\\),")


@frozen
class Filter:
    """One parameter, read."""

    field: Field
    operator: str
    wanted: Sequence[Any]

    def admits(self, contract: Contract) -> bool:
        """Say whether a contract fits."""
        values = self.field.values(contract)
        if self.operator == "$ne":
            return self.wanted[0] not in values
        if self.operator in EQUALITY:
            return any(value in self.wanted for value in values)
        compare = _ORDER[self.operator]
        return any(compare(value, self.wanted[0]) for value in values)


def filters(parameters: Iterable[tuple[str, str]], *, strict: bool) -> Sequence[Filter]:
    """Read the filters among *parameters*; unknown ones are ignored (A13)."""
    found: list[Filter] = []
    faults: dict[str, Sequence[str]] = {}
    for name, text in parameters:
        told = _PARAMETER.fullmatch(name)
        if told is None:
            continue
        about, operator = field(told[1], told[2]), told[3] or "$eq"
        if about is None or operator not in about.kind.operators:
            if strict:
                faults[name] = ("Extra inputs are not permitted",)
            continue
        try:
            found.append(Filter(about, operator, _wanted(about.kind, operator, text)))
        except (ValueError, KeyError, OverflowError):
            faults[_name(told)] = (about.kind.fault,)
    if faults:
        raise invalid(faults)
    return found


def _name(told: re.Match[str]) -> str:
    return told[2] if told[2] == "display_status" else told[0]


def _wanted(kind: Kind, operator: str, text: str) -> list[Any]:
    if operator != "$in":
        return [kind.read(text)]
    parts = _UNESCAPED_COMMA.split(text)
    return [kind.read(part.replace("\\,", ",")) for part in parts]


def matches(contract: Contract, query: str) -> bool:
    """Say whether the free search finds a contract (A12)."""
    sought = query.casefold()
    searched = (
        contract.name,
        contract.entity.name,
        *(one.name for one in contract.parties),
        *emails(contract),
    )
    return any(sought in text.casefold() for text in searched)


def in_order(contracts: Iterable[Contract], sort: str | None = None) -> list[Contract]:
    """Sort as asked; the newest first unless told otherwise (A11)."""
    found = sorted(contracts, key=lambda c: (c.created_at, c.number), reverse=True)
    for part in reversed((sort or "").split(",")):
        descending = part.startswith("-")
        # A plus that nobody encoded arrives as a blank.
        prefix, _, name = part.lstrip("+- ").partition("__")
        about = field(prefix, name)
        if about is not None:
            found = _sorted(found, about, descending=descending)
    return found


def _sorted(
    contracts: list[Contract], about: Field, *, descending: bool
) -> list[Contract]:
    """Sort by the first value; what has none comes last, either way."""
    told: list[tuple[Any, Contract]] = []
    silent: list[Contract] = []
    for one in contracts:
        values = about.values(one)
        if values:
            told.append((values[0], one))
        else:
            silent.append(one)
    told.sort(key=lambda pair: pair[0], reverse=descending)
    return [one for _, one in told] + silent
