"""
In which status a moved contract can begin.

Never in one that sends it out to be signed, and what is executed stays so or is not
moved: a draft in its place would be another contract.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from .._adapter import Adapter
from .._problems import Problem
from .._values import sealed
from .._vocabulary import Status, Transition
from ._losing import Remark

EARLIER: Mapping[Status, Sequence[Status]] = {
    Status.DRAFT: (Status.DRAFT,),
    Status.NEGOTIATION: (Status.NEGOTIATION, Status.DRAFT),
    Status.APPROVAL: (Status.APPROVAL, Status.NEGOTIATION, Status.DRAFT),
    Status.SIGNATURE: (Status.APPROVAL, Status.NEGOTIATION, Status.DRAFT),
    Status.ON_HOLD: (Status.ON_HOLD, Status.NEGOTIATION, Status.DRAFT),
    Status.EXECUTED: (Status.EXECUTED,),
    Status.DECLINED: (Status.DECLINED, Status.CANCELLED),
    Status.CANCELLED: (Status.CANCELLED,),
    Status.UNKNOWN: (),
}
"""Status → those that stand for it, the nearest first."""

GIVEN_UP = frozenset({Status.DECLINED, Status.CANCELLED})
BEFORE_THAT = (Status.NEGOTIATION, Status.DRAFT)


@frozen
class Beginning:
    """A status to create a contract in, the step that follows, and what that loses."""

    status: Status
    then: Transition | None = None
    remarks: Sequence[Remark] = field(default=(), converter=sealed)


def beginnings(
    actual: Status, wanted: Status, adapter: Adapter
) -> Sequence[Beginning] | Problem:
    """Return the ways to begin, the nearest first, or why there is none."""
    if Status.EXECUTED in (actual, wanted) and actual is not wanted:
        why = f"{actual.value} is not to become {wanted.value}"
        return Problem("status", why, "no word for it under [statuses]")
    found = [
        Beginning(one, remarks=_changed(actual, one, adapter))
        for one in EARLIER[wanted]
        if one in adapter.creates
    ]
    if not found and wanted in GIVEN_UP:
        found = _given_up(actual, adapter)
    if found:
        return found
    why = f"{actual.value}: no contract begins so in {adapter.title}, nor earlier"
    return Problem("status", why, ", ".join(sorted(s.value for s in adapter.creates)))


def _given_up(actual: Status, adapter: Adapter) -> list[Beginning]:
    """Create it as what can be given up, and give it up."""
    move = adapter.transitions.get(Transition.CANCEL)
    leaves = {adapter.statuses.get(word) for word in move.leaves} if move else set()
    return [
        Beginning(one, Transition.CANCEL, _changed(actual, Status.CANCELLED, adapter))
        for one in BEFORE_THAT
        if one in adapter.creates and one in leaves
    ]


def _changed(actual: Status, becomes: Status, adapter: Adapter) -> list[Remark]:
    if actual is becomes:
        return []
    why = f"a contract that is {actual.value} is not created in {adapter.title}"
    if actual is Status.SIGNATURE:
        why = "moving sends nothing out to be signed"
    return [Remark("status", why, becomes.value)]
