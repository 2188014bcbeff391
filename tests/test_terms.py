"""Dates that follow from stated dates, and the rule that each was computed by."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clm_bridge import (
    Basis,
    KeyDates,
    Period,
    Status,
    Term,
    TermKind,
    TermState,
    latest_end,
    next_renewal,
    notice_deadline,
    shift,
)
from clm_bridge._terms import standing

DAYS = st.dates(date(1000, 1, 1), date(3000, 12, 31))
LENGTHS = st.builds(
    Period, st.integers(0, 50), st.integers(0, 600), st.integers(0, 9999)
)
YEAR = Period(years=1)
JAN = date(2024, 1, 1)


def renewing(**changes):
    told = {"kind": TermKind.AUTO_RENEW, "length": YEAR, "renewal_length": YEAR}
    return Term(**told | changes)


FROM_JAN = KeyDates(effective_on=JAN)


@pytest.mark.parametrize(
    ("day", "period", "expected"),
    [
        (date(2026, 1, 31), Period(months=1), date(2026, 2, 28)),
        (date(2024, 1, 31), Period(months=1), date(2024, 2, 29)),
        (date(2024, 2, 29), Period(years=1), date(2025, 2, 28)),
        (date(2024, 2, 29), Period(years=4), date(2028, 2, 29)),
        (date(2026, 3, 31), Period(months=1), date(2026, 4, 30)),
        (date(2026, 12, 31), Period(months=2), date(2027, 2, 28)),
        (date(2026, 1, 31), Period(days=30), date(2026, 3, 2)),
        (date(2026, 1, 31), Period(months=1, days=1), date(2026, 3, 1)),
        (date(2026, 5, 15), Period(), date(2026, 5, 15)),
    ],
)
def test_month_arithmetic_clamps_and_then_adds_days(day, period, expected):
    """A month's end stays a month's end, and thirty days are not a month."""
    assert shift(day, period) == expected


def test_times_counts_from_the_first_day():
    """Two months from 31 January are 31 March, not 28 March."""
    assert shift(date(2026, 1, 31), Period(months=1), times=2) == date(2026, 3, 31)


def test_a_period_can_be_taken_away():
    """A month before 31 March is the end of February."""
    assert shift(date(2026, 3, 31), Period(months=1), times=-1) == date(2026, 2, 28)


@given(DAYS, DAYS, LENGTHS)
def test_a_later_day_never_ends_earlier(one, other, period):
    """Shifting keeps the order of days."""
    first, second = sorted((one, other))

    assert shift(first, period) <= shift(second, period)


@given(DAYS, st.integers(0, 1200))
def test_months_alone_move_the_month_exactly(day, months):
    """The month is the one asked for, and the day is clamped at most."""
    moved = shift(day, Period(months=months))

    assert moved.year * 12 + moved.month == day.year * 12 + day.month + months
    assert moved.day in (day.day, 28, 29, 30)
    assert moved.day <= day.day


@given(DAYS, st.integers(0, 20000))
def test_days_alone_are_days(day, days):
    """Days are counted, whatever the months between."""
    assert (shift(day, Period(days=days)) - day).days == days


def test_an_empty_period_is_false():
    """A period of nothing counts as no period."""
    assert not Period()
    assert Period(days=1)


def test_a_stated_last_day_wins():
    """What the vendor states is not computed."""
    found = latest_end(KeyDates(effective_on=JAN, expires_on=date(2024, 6, 1)), None)

    assert (found.on, found.rule) == (date(2024, 6, 1), "stated by the vendor")


def test_the_last_day_is_inclusive():
    """A year from 1 January ends on 31 December."""
    found = latest_end(FROM_JAN, Term(TermKind.FIXED, YEAR))

    assert found.on == date(2024, 12, 31)
    assert found.rule == "effective date plus term length, less one day"


@pytest.mark.parametrize(
    ("dates", "term"),
    [
        (FROM_JAN, None),
        (FROM_JAN, Term(TermKind.PERPETUAL, YEAR)),
        (FROM_JAN, Term(TermKind.FIXED)),
        (FROM_JAN, Term(TermKind.FIXED, Period())),
        (KeyDates(), Term(TermKind.FIXED, YEAR)),
    ],
)
def test_no_last_day_is_made_up(dates, term):
    """Without a start and a length there is no last day."""
    assert latest_end(dates, term).on is None


def test_a_stated_renewal_wins_while_it_is_ahead():
    """A vendor's renewal date counts until it has passed."""
    dates = KeyDates(effective_on=JAN, renews_on=date(2024, 3, 1))

    assert next_renewal(dates, None, date(2024, 2, 1)).on == date(2024, 3, 1)
    assert next_renewal(dates, None, date(2024, 3, 1)).on is None
    assert next_renewal(dates, renewing(), date(2024, 3, 1)).on == date(2025, 1, 1)


@pytest.mark.parametrize("kind", [TermKind.AUTO_RENEW, TermKind.OPTION])
def test_the_first_renewal_follows_the_last_day(kind):
    """Renewal begins on the day after the term."""
    found = next_renewal(FROM_JAN, renewing(kind=kind), date(2024, 12, 31))

    assert found.on == date(2025, 1, 1)
    assert found.rule == "the day after the last day of the current term"


def test_a_renewal_begins_after_the_day_that_is_asked_for():
    """On the renewal day itself, the next one is a length later."""
    assert next_renewal(FROM_JAN, renewing(), date(2025, 1, 1)).on == date(2026, 1, 1)


def test_renewals_do_not_drift_at_month_ends():
    """Renewals are counted from the first day, so 31 stays 31 where there is one."""
    dates = KeyDates(expires_on=date(2024, 1, 30))
    term = renewing(renewal_length=Period(months=1))
    asked = [date(2024, 2, 1), date(2024, 3, 1), date(2024, 4, 1)]

    assert [next_renewal(dates, term, day).on for day in asked] == [
        date(2024, 2, 29),
        date(2024, 3, 31),
        date(2024, 4, 30),
    ]


@given(DAYS, DAYS, st.integers(1, 36))
def test_a_renewal_is_ahead_and_the_one_before_is_not(end, on, months):
    """The next renewal is the first whole number of lengths after the day."""
    assume(end < on)
    length = Period(months=months)
    found = next_renewal(
        KeyDates(expires_on=end), renewing(renewal_length=length), on
    ).on
    first = shift(end, Period(days=1))
    begins = [shift(first, length, times=n) for n in range(0, 24001 // months, 1)]

    assert found == next(day for day in begins if day > on)


@pytest.mark.parametrize(
    ("most", "on", "expected"),
    [
        (None, date(2030, 6, 1), date(2031, 1, 1)),
        (2, date(2025, 6, 1), date(2026, 1, 1)),
        (2, date(2026, 6, 1), None),
        (1, date(2024, 6, 1), date(2025, 1, 1)),
        (1, date(2025, 6, 1), None),
        (0, date(2024, 6, 1), None),
    ],
)
def test_no_more_renewals_than_agreed(most, on, expected):
    """After the agreed number of renewals there is no next one."""
    assert next_renewal(FROM_JAN, renewing(renewals_max=most), on).on == expected


@pytest.mark.parametrize(
    ("dates", "term", "rule"),
    [
        (FROM_JAN, None, "only a renewing term renews"),
        (FROM_JAN, Term(TermKind.FIXED, YEAR), "only a renewing term renews"),
        (KeyDates(), renewing(), "the end of the current term is not known"),
        (
            FROM_JAN,
            renewing(renewal_length=None),
            "the first renewal is past, and its length is not known",
        ),
    ],
)
def test_no_renewal_is_made_up(dates, term, rule):
    """Where the next renewal cannot be known, the rule says why."""
    found = next_renewal(dates, term, date(2025, 6, 1))

    assert (found.on, found.rule) == (None, rule)


def test_a_stated_notice_day_wins_while_it_is_ahead():
    """A vendor's notice date counts until it has passed."""
    dates = KeyDates(notice_by=date(2024, 3, 1))

    assert notice_deadline(dates, None, date(2024, 3, 1)).on == date(2024, 3, 1)
    assert notice_deadline(dates, None, date(2024, 3, 2)).on is None


@pytest.mark.parametrize(
    ("term", "on", "expected"),
    [
        (Term(TermKind.FIXED, YEAR), date(2024, 6, 1), date(2024, 9, 30)),
        (renewing(), date(2024, 6, 1), date(2024, 9, 30)),
        (renewing(), date(2027, 6, 1), date(2027, 9, 30)),
        (renewing(renewals_max=1), date(2025, 6, 1), date(2025, 9, 30)),
        (renewing(renewals_max=0), date(2024, 6, 1), date(2024, 9, 30)),
        (Term(TermKind.FIXED, YEAR), date(2025, 6, 1), None),
        (renewing(renewals_max=1), date(2026, 6, 1), None),
        (renewing(renewal_length=None), date(2025, 6, 1), None),
        (Term(TermKind.FIXED), date(2024, 6, 1), None),
    ],
)
def test_notice_is_counted_back_from_the_running_terms_last_day(term, on, expected):
    """Notice is due three months before the last day of the term that runs."""
    noticed = Term(
        term.kind, term.length, term.renewal_length, term.renewals_max, Period(months=3)
    )

    assert notice_deadline(FROM_JAN, noticed, on).on == expected


def test_without_a_notice_period_there_is_no_deadline():
    """No deadline is made up."""
    assert notice_deadline(FROM_JAN, renewing(), JAN).rule == (
        "no notice period is known"
    )


LAST = date(9999, 12, 31)


def test_the_last_day_of_the_calendar_is_not_an_overflow():
    """Vendors write 9999-12-31 for never; nothing follows it."""
    dates, term = KeyDates(expires_on=LAST), renewing(notice=Period(months=1))

    assert next_renewal(dates, term, JAN).on is None
    assert notice_deadline(dates, term, JAN).on == date(9999, 11, 30)
    assert standing(Status.EXECUTED, dates, term, None, JAN).state is TermState.IN_FORCE


@pytest.mark.parametrize(
    "compute",
    [
        lambda: latest_end(FROM_JAN, Term(TermKind.FIXED, Period(years=9999))),
        lambda: next_renewal(
            FROM_JAN, renewing(renewal_length=Period(years=9000)), date(2026, 1, 1)
        ),
        lambda: notice_deadline(
            KeyDates(expires_on=JAN), Term(notice=Period(years=9000)), JAN
        ),
    ],
    ids=["end", "renewal", "notice"],
)
def test_what_lies_beyond_the_calendar_is_said_and_not_raised(compute):
    """A term of 9999 years has no last day that can be written."""
    found = compute()

    assert found.on is None
    assert found.rule == "it lies beyond the calendar"


@given(
    st.one_of(st.none(), st.dates()),
    st.one_of(st.none(), st.dates()),
    st.sampled_from(TermKind),
    st.one_of(st.none(), LENGTHS),
    st.one_of(st.none(), st.builds(Period, st.integers(0, 99), st.integers(1, 12))),
    st.one_of(st.none(), st.integers(0, 10**6)),
    st.dates(),
)
def test_no_dates_make_it_fail(effective, expires, kind, length, renewal, most, on):
    """Whatever a vendor states, each question has an answer."""
    dates = KeyDates(effective_on=effective, expires_on=expires)
    term = Term(kind, length, renewal, most, length)

    renews = next_renewal(dates, term, on).on
    due = notice_deadline(dates, term, on)
    assert renews is None or renews > on
    assert due.rule
    assert standing(Status.EXECUTED, dates, term, None, on).basis is Basis.COMPUTED


SPAN = KeyDates(effective_on=JAN, expires_on=date(2024, 12, 31))


@pytest.mark.parametrize(
    ("dates", "term", "on", "state"),
    [
        (SPAN, None, date(2023, 12, 31), TermState.NOT_STARTED),
        (SPAN, None, JAN, TermState.IN_FORCE),
        (SPAN, None, date(2024, 12, 31), TermState.IN_FORCE),
        (SPAN, None, date(2025, 1, 1), TermState.EXPIRED),
        (KeyDates(), None, JAN, TermState.UNKNOWN),
        (KeyDates(), Term(TermKind.PERPETUAL), JAN, TermState.IN_FORCE),
        (SPAN, Term(TermKind.OPTION), date(2025, 1, 1), TermState.EXPIRED),
        (SPAN, renewing(), date(2030, 1, 1), TermState.IN_FORCE),
        (SPAN, renewing(renewals_max=1), date(2025, 12, 31), TermState.IN_FORCE),
        (SPAN, renewing(renewals_max=1), date(2026, 1, 1), TermState.EXPIRED),
        (SPAN, renewing(renewals_max=0), date(2025, 1, 1), TermState.EXPIRED),
        (SPAN, renewing(renewal_length=None), date(2025, 1, 1), TermState.UNKNOWN),
        (KeyDates(terminated_on=JAN), None, date(2024, 1, 2), TermState.TERMINATED),
        (KeyDates(terminated_on=JAN), None, JAN, TermState.UNKNOWN),
    ],
)
def test_the_state_of_an_executed_contract_follows_its_dates(dates, term, on, state):
    """The last day is in force, and the day after it is not."""
    found = standing(Status.EXECUTED, dates, term, None, on)

    assert (found.state, found.basis) == (state, Basis.COMPUTED)


@pytest.mark.parametrize(
    "status", [status for status in Status if status is not Status.EXECUTED]
)
def test_only_an_executed_contract_has_a_term(status):
    """Paper that is not executed binds nobody yet."""
    found = standing(status, SPAN, None, None, JAN)

    assert found.state is TermState.NOT_APPLICABLE


@pytest.mark.parametrize("reported", list(TermState))
def test_a_report_is_taken_where_dates_say_nothing(reported):
    """Without dates, what the vendor reports is all there is."""
    found = standing(Status.EXECUTED, KeyDates(), None, reported, JAN)

    assert (found.state, found.basis) == (reported, Basis.REPORTED)


def test_a_report_that_the_dates_confirm_is_a_report():
    """Agreement is not a conflict."""
    found = standing(Status.EXECUTED, SPAN, None, TermState.IN_FORCE, JAN)

    assert (found.state, found.basis) == (TermState.IN_FORCE, Basis.REPORTED)


@pytest.mark.parametrize("reported", [TermState.EXPIRED, TermState.SUPERSEDED])
def test_a_conflict_is_kept_and_explained(reported):
    """The vendor's word stands, and the rule says what the dates say."""
    found = standing(Status.EXECUTED, SPAN, None, reported, JAN)

    assert (found.state, found.basis) == (reported, Basis.CONFLICT)
    assert (
        found.rule == f"the vendor reports {reported.value}; the last day is not past"
    )
