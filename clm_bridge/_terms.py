"""
What follows from stated dates: pure functions, each of which names its rule.

Month arithmetic clamps to the month's end (31 January plus a month is 28 or 29
February).  A last day is inclusive: a term of one year from 1 January ends on 31
December.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from attrs import frozen

from ._values import KeyDates, Period, Term
from ._vocabulary import Basis, Status, TermKind, TermState

ONE_DAY = timedelta(days=1)
BEYOND = "it lies beyond the calendar"
USED_UP = "the agreed number of renewals is used up"


@frozen
class Computed:
    """A date that nobody stated, and the rule that it was computed by."""

    on: date | None
    rule: str


@frozen
class Standing:
    """Whether the obligation runs, and whether that was told, computed, or both."""

    state: TermState
    basis: Basis
    rule: str


def shift(day: date, period: Period, *, times: int = 1) -> date:
    """Add *period* to *day*, *times* over; clamp to the month's end, then add days."""
    months = (period.years * 12 + period.months) * times
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    clamped = min(day.day, monthrange(year, month + 1)[1])
    return date(year, month + 1, clamped) + timedelta(days=period.days * times)


def _on_calendar(day: date, period: Period, *, times: int = 1) -> date | None:
    """Shift, or return None where the result is beyond the years 1 to 9999."""
    try:
        return shift(day, period, times=times)
    except (OverflowError, ValueError):
        return None


def latest_end(dates: KeyDates, term: Term | None) -> Computed:
    """Return the last day of the current term, stated or counted from the start."""
    if dates.expires_on is not None:
        return Computed(dates.expires_on, "stated by the vendor")
    if term is None or term.kind is TermKind.PERPETUAL:
        return Computed(None, "a perpetual or unknown term has no last day")
    if dates.effective_on is None or not term.length:
        return Computed(None, "neither a last day nor a start and a length are known")
    next_term = _on_calendar(dates.effective_on, term.length)
    if next_term is None:
        return Computed(None, BEYOND)
    return Computed(
        next_term - ONE_DAY, "effective date plus term length, less one day"
    )


def next_renewal(dates: KeyDates, term: Term | None, on: date) -> Computed:
    """Return the first day of the next renewal term that begins after *on*."""
    if dates.renews_on is not None and dates.renews_on > on:
        return Computed(dates.renews_on, "stated by the vendor")
    if term is None or term.kind not in (TermKind.AUTO_RENEW, TermKind.OPTION):
        return Computed(None, "only a renewing term renews")
    end = latest_end(dates, term).on
    if end is None:
        return Computed(None, "the end of the current term is not known")
    return _renewal_after(end, term, on)


def _renewal_after(end: date, term: Term, on: date) -> Computed:
    """Count renewals from the day after *end*, always from that first day."""
    first = _on_calendar(end, Period(days=1))
    if first is None:
        return Computed(None, BEYOND)
    if term.renewals_max == 0:
        return Computed(None, USED_UP)
    if first > on:
        return Computed(first, "the day after the last day of the current term")
    if not term.renewal_length:
        return Computed(None, "the first renewal is past, and its length is not known")
    count = 1
    while (day := _on_calendar(first, term.renewal_length, times=count)) is not None:
        if day > on:
            return _unless_used_up(day, count, term)
        count += 1
    return Computed(None, BEYOND)


def _unless_used_up(day: date, renewed: int, term: Term) -> Computed:
    if term.renewals_max is not None and renewed >= term.renewals_max:
        return Computed(None, USED_UP)
    return Computed(day, "first renewal plus whole renewal lengths")


def notice_deadline(dates: KeyDates, term: Term | None, on: date) -> Computed:
    """Return the last day to give notice for the term that runs on *on*."""
    if dates.notice_by is not None and dates.notice_by >= on:
        return Computed(dates.notice_by, "stated by the vendor")
    if term is None or not term.notice:
        return Computed(None, "no notice period is known")
    end = _running_end(dates, term, on)
    if end is None:
        return Computed(None, "the end of the running term is not known")
    if end < on:
        return Computed(None, "the last term is over")
    day = _on_calendar(end, term.notice, times=-1)
    rule = "last day of the running term less the notice period"
    return Computed(day, rule if day else BEYOND)


def _running_end(dates: KeyDates, term: Term, on: date) -> date | None:
    renewal = next_renewal(dates, term, on).on
    if renewal is not None:
        return renewal - ONE_DAY
    end = latest_end(dates, term).on
    return end if end is None or on <= end else _last_end(end, term)


def _last_end(end: date, term: Term) -> date | None:
    """Return the last day of the last agreed renewal; *end* if there is none."""
    if term.kind not in (TermKind.AUTO_RENEW, TermKind.OPTION):
        return end
    if term.renewals_max is None or not term.renewal_length:
        return None
    first = _on_calendar(end, Period(days=1))
    last = first and _on_calendar(first, term.renewal_length, times=term.renewals_max)
    return last - ONE_DAY if last else None


def standing(
    status: Status,
    dates: KeyDates,
    term: Term | None,
    reported: TermState | None,
    on: date,
) -> Standing:
    """Weigh what the vendor reports against what its dates say; keep a conflict."""
    computed, rule = _computed_state(status, dates, term, on)
    if reported is None:
        return Standing(computed, Basis.COMPUTED, rule)
    if computed in (reported, TermState.UNKNOWN):
        return Standing(reported, Basis.REPORTED, "reported by the vendor")
    return Standing(
        reported, Basis.CONFLICT, f"the vendor reports {reported.value}; {rule}"
    )


def _computed_state(
    status: Status, dates: KeyDates, term: Term | None, on: date
) -> tuple[TermState, str]:
    if status is not Status.EXECUTED:
        return TermState.NOT_APPLICABLE, "only an executed contract has a term"
    if dates.terminated_on is not None and dates.terminated_on < on:
        return TermState.TERMINATED, "the termination date is past"
    if dates.effective_on is not None and on < dates.effective_on:
        return TermState.NOT_STARTED, "the effective date is still to come"
    return _running_state(dates, term, on)


def _running_state(
    dates: KeyDates, term: Term | None, on: date
) -> tuple[TermState, str]:
    if term is not None and term.kind is TermKind.PERPETUAL:
        return TermState.IN_FORCE, "a perpetual term runs until it is terminated"
    end = latest_end(dates, term).on
    if end is None:
        return TermState.UNKNOWN, "the last day is not known"
    if on <= end:
        return TermState.IN_FORCE, "the last day is not past"
    if term is not None and term.kind is TermKind.AUTO_RENEW:
        return _renewed_state(dates, term, on)
    return TermState.EXPIRED, "the last day is past"


def _renewed_state(dates: KeyDates, term: Term, on: date) -> tuple[TermState, str]:
    if not term.renewal_length:
        return TermState.UNKNOWN, "it renews by itself, for a time that is not known"
    last = _running_end(dates, term, on)
    if last is not None and last < on:
        return TermState.EXPIRED, "the last agreed renewal is past"
    return TermState.IN_FORCE, "it renews by itself"
