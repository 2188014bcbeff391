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


def latest_end(dates: KeyDates, term: Term | None) -> Computed:
    """Return the last day of the current term, stated or counted from the start."""
    if dates.expires_on is not None:
        return Computed(dates.expires_on, "stated by the vendor")
    if term is None or term.kind is TermKind.PERPETUAL:
        return Computed(None, "a perpetual or unknown term has no last day")
    if dates.effective_on is None or not term.length:
        return Computed(None, "neither a last day nor a start and a length are known")
    day = shift(dates.effective_on, term.length) - ONE_DAY
    return Computed(day, "effective date plus term length, less one day")


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
    first = end + ONE_DAY
    if first > on:
        return Computed(first, "the day after the last day of the current term")
    if not term.renewal_length:
        return Computed(None, "the first renewal is past, and its length is not known")
    count = 1
    while (day := shift(first, term.renewal_length, times=count)) <= on:
        count += 1
    if term.renewals_max is not None and count >= term.renewals_max:
        return Computed(None, "the agreed number of renewals is used up")
    return Computed(day, "first renewal plus whole renewal lengths")


def notice_deadline(dates: KeyDates, term: Term | None, on: date) -> Computed:
    """Return the last day to give notice for the term that runs on *on*."""
    if dates.notice_by is not None and dates.notice_by >= on:
        return Computed(dates.notice_by, "stated by the vendor")
    if term is None or not term.notice:
        return Computed(None, "no notice period is known")
    end = _running_end(dates, term, on)
    if end is None:
        return Computed(None, "the end of the current term is not known")
    rule = "last day of the running term less the notice period"
    return Computed(shift(end, term.notice, times=-1), rule)


def _running_end(dates: KeyDates, term: Term, on: date) -> date | None:
    renewal = next_renewal(dates, term, on).on
    return renewal - ONE_DAY if renewal else latest_end(dates, term).on


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
    if next_renewal(dates, term, on).on is None and _is_after_last(dates, term, on):
        return TermState.EXPIRED, "the last agreed renewal is past"
    return TermState.IN_FORCE, "it renews by itself"


def _is_after_last(dates: KeyDates, term: Term, on: date) -> bool:
    end = latest_end(dates, term).on
    if end is None or term.renewals_max is None or term.renewal_length is None:
        return False
    first = end + ONE_DAY
    return on >= shift(first, term.renewal_length, times=term.renewals_max)
