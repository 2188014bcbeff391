"""How many contracts of each sort the neutral portfolio holds, whatever the seed."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from .._vocabulary import Status, TermKind

Days = tuple[int, int]
"""First and last day of a window, counted from today."""


@frozen
class Shape:
    """What a group of contracts has in common; ``starts`` or ``ends`` places it."""

    count: int
    status: Status
    kind: TermKind = TermKind.FIXED
    months: Sequence[int] = (12, 24, 36)
    starts: Days | None = None
    ends: Days | None = None
    renewals_max: Sequence[int | None] = (None,)
    age: Days = (20, 200)
    terminated: bool = False


_RENEW = TermKind.AUTO_RENEW
_YEAR = (12,)

SHAPES = (
    # not started
    Shape(12, Status.EXECUTED, starts=(1, 150)),
    # in force, far from its end
    Shape(30, Status.EXECUTED, months=(36, 48), ends=(95, 1000)),
    Shape(8, Status.EXECUTED, kind=_RENEW, months=_YEAR, ends=(95, 330)),
    # ends within sixty days
    Shape(12, Status.EXECUTED, ends=(4, 60)),
    Shape(4, Status.EXECUTED, kind=_RENEW, months=_YEAR, ends=(4, 60)),
    # expired, the last ones after the only renewal that was agreed
    Shape(18, Status.EXECUTED, ends=(-900, -4)),
    Shape(
        2,
        Status.EXECUTED,
        kind=_RENEW,
        months=_YEAR,
        ends=(-1500, -400),
        renewals_max=(1,),
    ),
    # past its first end, and renewed
    Shape(
        12,
        Status.EXECUTED,
        kind=_RENEW,
        months=_YEAR,
        ends=(-1400, -4),
        renewals_max=(None, 5, 10),
    ),
    Shape(12, Status.EXECUTED, kind=TermKind.PERPETUAL, starts=(-2900, -30)),
    Shape(6, Status.EXECUTED, months=(36,), ends=(200, 600), terminated=True),
    # executed, and nobody knows from when to when
    Shape(4, Status.EXECUTED),
    Shape(28, Status.DRAFT, starts=(5, 120), age=(5, 300)),
    Shape(26, Status.NEGOTIATION, starts=(5, 120)),
    Shape(16, Status.APPROVAL, starts=(5, 90)),
    Shape(18, Status.SIGNATURE, starts=(-5, 60)),
    Shape(8, Status.DECLINED, starts=(-300, 60), age=(100, 600)),
    Shape(12, Status.CANCELLED, starts=(-300, 60), age=(60, 700)),
    Shape(12, Status.ON_HOLD, starts=(5, 120), age=(40, 400)),
)
