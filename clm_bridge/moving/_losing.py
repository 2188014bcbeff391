"""What a vendor's adapter declares of what it loses, found for one contract."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any

from attrs import frozen

from .._adapter import Adapter
from .._declared import Loss
from .._leaving_out import stem
from .._particulars import NewContract
from .._placing import covered
from .._problems import Problem
from .._saying import said

FIELD = "fields.value"
"""Where a loss is declared for the values of all fields."""


@frozen
class Remark:
    """One thing that is lost, or that ``becomes`` something else, and why."""

    path: str
    why: str
    becomes: str | None = None

    def __str__(self) -> str:
        becomes = f" becomes {self.becomes}" if self.becomes else ""
        return f"{self.path}{becomes}: {self.why}"


def lost(adapter: Adapter, problem: Problem) -> Remark:
    """Say what is left out, in the words of the declared loss if there is one."""
    if problem.placeless:
        for loss in adapter.losses:
            if loss.value is None and covered(problem.path, frozenset({_path(loss)})):
                return Remark(problem.path, loss.why, loss.becomes)
    return Remark(problem.path, problem.why)


def dropped(adapter: Adapter, new: NewContract) -> Iterator[Remark]:
    """Yield what may be said although nothing takes it."""
    for path, _ in said(new):
        if covered(path, adapter.drops) and not covered(path, adapter.writes):
            yield lost(adapter, Problem(path, "is dropped", placeless=True))


def declared(adapter: Adapter, new: NewContract) -> Iterator[Remark]:
    """Yield the values that come back as others."""
    told = {path: [value] for path, value in said(new)}
    told |= {"status": [new.status], FIELD: [*new.fields.values()]}
    for loss in adapter.losses:
        if loss.value is not None:
            for value in told.get(_path(loss), ()):
                if _spelled(value) == loss.value:
                    yield Remark(_path(loss), loss.why, loss.becomes or "nothing")


def restated(value: Any, source: Sequence[Loss], target: Sequence[Loss]) -> Any:
    """Return how a field's value is said otherwise, by what is declared, or None."""
    spelled = _spelled(value)
    for loss in target:
        if loss.attribute == FIELD and loss.value == spelled:
            return loss.becomes
    for loss in source:
        if loss.attribute == FIELD and loss.becomes == spelled and loss.value:
            return json.loads(loss.value)
    return None


def _path(loss: Loss) -> str:
    """Return the path into what is written for one into what is read."""
    path = stem(loss.attribute)
    for read, written in _OTHERWISE.items():
        if covered(path, frozenset({read})):
            return f"{written}{path.removeprefix(read)}"
    return path


_OTHERWISE = {
    "external_links": "external_link",
    "parties": "counterparty",
    "people": "signatories",
}


def _spelled(value: Any) -> str:
    """Spell a value as JSON does, as declared losses are spelled."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)
