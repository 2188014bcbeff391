"""Tests for when the portfolio's contracts were made, signed, and end."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given

from clm_bridge._terms import ONE_DAY, shift, standing
from clm_bridge._values import KeyDates
from clm_bridge._vocabulary import Status, TermKind, TermState
from clm_bridge.sandbox import TODAY, Deal, portfolio

from .drawn import ANY, anything

ZONES = [ZoneInfo("America/Los_Angeles"), ZoneInfo("Europe/Paris")]


def _state(deal: Deal) -> TermState:
    dates = KeyDates(
        effective_on=deal.effective_on,
        expires_on=deal.expires_on,
        terminated_on=deal.terminated_on,
    )
    return standing(deal.status, dates, deal.term, None, TODAY).state


def _instants(deal: Deal) -> list[datetime]:
    told = (deal.created_at, deal.sent_at, deal.signed_at, deal.updated_at)
    return [instant for instant in told if instant is not None]


def _yearly(day: date | None) -> tuple[int, int] | None:
    return (day.month, day.day) if day else None


@anything
@given(ANY)
def test_holds_every_status(deals: tuple[Deal, ...]) -> None:
    """240 deals show every status that a vendor can report, most of them executed."""
    counts = Counter(deal.status for deal in deals)

    assert counts.total() == 240
    assert set(counts) == set(Status) - {Status.UNKNOWN}
    assert counts.most_common(1) == [(Status.EXECUTED, 120)]


def test_holds_every_term_state() -> None:
    """Executed deals are not started, in force, expired, terminated and unknown."""
    states = {_state(deal) for deal in portfolio()}

    assert states == set(TermState) - {TermState.SUPERSEDED}


def test_some_renewed_themselves() -> None:
    """Deals are in force although the end that they state is past."""
    renewed = [
        deal
        for deal in portfolio()
        if deal.term.kind is TermKind.AUTO_RENEW
        and deal.expires_on is not None
        and deal.expires_on < TODAY
        and _state(deal) is TermState.IN_FORCE
    ]

    assert len(renewed) >= 8


def test_some_end_soon() -> None:
    """Deals in force end within sixty days."""
    soon = [
        deal
        for deal in portfolio()
        if deal.status is Status.EXECUTED
        and deal.expires_on is not None
        and 0 <= (deal.expires_on - TODAY).days <= 60
    ]

    assert len(soon) >= 10


@anything
@given(ANY)
def test_instants_are_in_order(deals: tuple[Deal, ...]) -> None:
    """Made, sent, signed, last changed: never the other way round."""
    for deal in deals:
        assert _instants(deal) == sorted(_instants(deal))


@anything
@given(ANY)
def test_instants_fall_on_one_day_in_every_zone(deals: tuple[Deal, ...]) -> None:
    """From Los Angeles to Paris an instant is on the same day, in whole seconds."""
    for instant in (instant for deal in deals for instant in _instants(deal)):
        assert {instant.astimezone(zone).date() for zone in ZONES} == {instant.date()}
        assert (instant.tzinfo, instant.microsecond) == (UTC, 0)


@anything
@given(ANY)
def test_the_end_follows_from_the_start(deals: tuple[Deal, ...]) -> None:
    """Where both days are stated, the last one is the term's, inclusive."""
    for deal in deals:
        if deal.effective_on and deal.expires_on and deal.term.length:
            end = shift(deal.effective_on, deal.term.length) - ONE_DAY
            assert deal.expires_on == end


@anything
@given(ANY)
def test_only_the_executed_are_signed(deals: tuple[Deal, ...]) -> None:
    """A signature's day belongs to executed deals, and to all of them."""
    for deal in deals:
        assert (deal.signed_at is not None) == (deal.status is Status.EXECUTED)


@anything
@given(ANY)
def test_what_follows_a_signature_is_not_before_it(deals: tuple[Deal, ...]) -> None:
    """A deal is published and terminated after it is executed."""
    for deal in deals:
        later = [day for day in (deal.published_on, deal.terminated_on) if day]
        assert not later or deal.executed_on is not None
        assert all(deal.executed_on <= day for day in later if deal.executed_on)


@anything
@given(ANY)
def test_what_is_terminated_was_published(deals: tuple[Deal, ...]) -> None:
    """A few deals ended early, after they were published and before their last day."""
    ended = [deal for deal in deals if deal.terminated_on]

    assert len(ended) == 6
    assert all(deal.published_on for deal in ended)


@anything
@given(ANY)
def test_a_hold_names_the_stage_beneath(deals: tuple[Deal, ...]) -> None:
    """Exactly the deals on hold say where they were held."""
    for deal in deals:
        assert (deal.held_at is not None) == (deal.status is Status.ON_HOLD)


@anything
@given(ANY)
def test_a_draft_was_sent_to_nobody(deals: tuple[Deal, ...]) -> None:
    """From negotiation on a deal was sent; a draft was not."""
    sent = (Status.NEGOTIATION, Status.APPROVAL, Status.SIGNATURE, Status.EXECUTED)
    for deal in deals:
        assert deal.sent_at is not None or deal.status not in sent
        assert deal.sent_at is None or Status.DRAFT not in (deal.status, deal.held_at)


@anything
@given(ANY)
def test_days_that_break_programs(deals: tuple[Deal, ...]) -> None:
    """Deals begin on 1 January and on 29 February, and end on 31 December."""
    starts = {_yearly(deal.effective_on) for deal in deals}
    ends = {_yearly(deal.expires_on) for deal in deals}

    assert {(1, 1), (2, 29)} <= starts
    assert (12, 31) in ends


def test_a_term_ends_on_a_leap_day() -> None:
    """29 February is a last day as well."""
    assert (2, 29) in {_yearly(deal.expires_on) for deal in portfolio()}


@anything
@given(ANY)
def test_executed_deals_lack_dates(deals: tuple[Deal, ...]) -> None:
    """Some state only the first day, some only the last, some neither."""
    executed = [
        deal
        for deal in deals
        if deal.status is Status.EXECUTED and deal.term.kind is not TermKind.PERPETUAL
    ]
    stated = {(bool(d.effective_on), bool(d.expires_on)) for d in executed}

    assert stated == {(True, True), (True, False), (False, True), (False, False)}


def test_several_were_changed_at_once() -> None:
    """An edit in bulk leaves one instant on many deals, which paging must survive."""
    [(_, count)] = Counter(deal.updated_at for deal in portfolio()).most_common(1)

    assert count >= 10
