"""
When the neutral portfolio's contracts were made, signed, and end.

The shapes say how many there are of each sort; the seed moves the days.  A `Story`
is a contract's life, before it has a name or a counterparty.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random

from attrs import evolve, frozen

from .._terms import ONE_DAY, shift
from .._values import Period, Term
from .._vocabulary import Status, TermKind
from ._shapes import SHAPES, Days, Shape

HELD_AT = (Status.NEGOTIATION, Status.SIGNATURE, Status.DRAFT)
NOTICES = (Period(days=30), Period(days=90), Period(months=3))


@frozen
class Story:
    """When one contract was made, sent, signed, and ends."""

    status: Status
    term: Term
    created_at: datetime
    updated_at: datetime
    held_at: Status | None = None
    sent_at: datetime | None = None
    signed_at: datetime | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    published_on: date | None = None
    terminated_on: date | None = None


@frozen
class _Case:
    """One contract whose story is to be told: its shape, its place there, the dice."""

    shape: Shape
    position: int
    today: date
    rng: Random

    def days(self, first: int, last: int) -> timedelta:
        """Throw a number of days, both ends included."""
        return timedelta(days=self.rng.randint(first, last))

    def instant(self, day: date) -> datetime:
        """Return an instant that falls on *day* from Los Angeles to Paris."""
        seconds = self.rng.randrange(14 * 3600, 20 * 3600)
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        return midnight + timedelta(seconds=seconds)

    def later(self, after: datetime) -> datetime:
        """Return *after* itself or an instant on a later day, before today."""
        room = (self.today - after.date()).days - 1
        days = self.rng.choice((0, self.rng.randint(0, min(room, 240))))
        return self.instant(after.date() + timedelta(days=days)) if days else after


def stories(today: date, rng: Random) -> list[Story]:
    """Tell every contract's story, the oldest contract first."""
    cases = (
        _Case(shape, position, today, rng)
        for shape in SHAPES
        for position in range(shape.count)
    )
    told = _edited([_story(case) for case in cases], today)
    return sorted(told, key=lambda story: story.created_at)


def _edited(told: Sequence[Story], today: date) -> Iterator[Story]:
    """Give some the same ``updated_at``, as an edit in bulk does."""
    day = today - timedelta(days=20)
    edit = datetime(day.year, day.month, day.day, 17, 30, tzinfo=UTC)
    for count, story in enumerate(told):
        late = count % 12 == 0 and story.updated_at < edit
        yield evolve(story, updated_at=edit) if late else story


def _story(case: _Case) -> Story:
    term = _term(case)
    start = _start(case, term)
    if case.shape.status is Status.EXECUTED:
        return _executed(case, term, start)
    return _unsigned(case, term, start)


def _term(case: _Case) -> Term:
    shape, rng = case.shape, case.rng
    if shape.kind is TermKind.PERPETUAL:
        return Term(shape.kind, notice=rng.choice(NOTICES))
    length = Period(months=rng.choice(shape.months))
    if shape.kind is TermKind.FIXED:
        return Term(shape.kind, length=length)
    return Term(
        shape.kind,
        length=length,
        renewal_length=Period(months=12),
        renewals_max=rng.choice(shape.renewals_max),
        notice=rng.choice(NOTICES),
    )


def _start(case: _Case, term: Term) -> date | None:
    """Choose the first day in force, or the last one and count back from it."""
    if case.shape.starts is not None:
        return _day(case, case.shape.starts, turn=(1, 1))
    if case.shape.ends is None or term.length is None:
        return None
    end = _day(case, case.shape.ends, turn=(12, 31))
    return shift(end + ONE_DAY, term.length, times=-1)


def _day(case: _Case, window: Days, *, turn: tuple[int, int]) -> date:
    """Choose a turn of the year, a leap day, a month's end or any day of a window."""
    first, last = (case.today + timedelta(days=n) for n in window)
    years = range(first.year, last.year + 1)
    wanted: Sequence[Sequence[date]] = (
        [date(year, *turn) for year in years],
        [date(year, 2, 29) for year in years if isleap(year)],
        [_month_end(year, month) for year in years for month in range(1, 13)],
        [],
    )
    days = [day for day in wanted[case.position % 4] if first <= day <= last]
    return case.rng.choice(days) if days else first + case.days(0, (last - first).days)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _executed(case: _Case, term: Term, start: date | None) -> Story:
    signed = start - case.days(-5, 30) if start else case.today - case.days(40, 700)
    signed = min(signed, case.today - case.days(6, 15))
    created = signed - case.days(25, 120)
    signed_at = case.instant(signed)
    ended = case.today - case.days(3, 300) if case.shape.terminated else None
    published = signed + case.days(0, 4)
    effective_on, expires_on = _stated(term, start, case.position)
    return Story(
        Status.EXECUTED,
        term,
        created_at=case.instant(created),
        updated_at=case.instant(ended) if ended else case.later(signed_at),
        sent_at=case.instant(created + case.days(1, 20)),
        signed_at=signed_at,
        effective_on=effective_on,
        expires_on=expires_on,
        published_on=published if ended or case.position % 5 != 4 else None,
        terminated_on=ended,
    )


def _unsigned(case: _Case, term: Term, start: date | None) -> Story:
    status, position = case.shape.status, case.position
    created = case.today - case.days(*case.shape.age)
    created_at = case.instant(created)
    held_at = HELD_AT[position % 3] if status is Status.ON_HOLD else None
    sent_at = None
    if _is_sent(held_at or status, position):
        sent_at = case.instant(created + case.days(1, 4))
    planned = None if position % 3 == 2 else start
    effective_on, expires_on = _stated(term, planned, position)
    return Story(
        status,
        term,
        created_at=created_at,
        updated_at=case.later(sent_at or created_at),
        held_at=held_at,
        sent_at=sent_at,
        effective_on=effective_on,
        expires_on=expires_on,
    )


def _is_sent(stage: Status, position: int) -> bool:
    """Say whether the counterparty has seen it; every third was cancelled before."""
    if stage is Status.CANCELLED:
        return position % 3 != 0
    return stage is not Status.DRAFT


def _stated(
    term: Term, start: date | None, position: int
) -> tuple[date | None, date | None]:
    """State the first and the last day, or only one of them, as people do."""
    if start is None:
        return None, None
    end = shift(start, term.length) - ONE_DAY if term.length else None
    if end is not None and position % 9 == 7:
        return None, end
    if position % 9 == 3:
        return start, None
    return start, end
