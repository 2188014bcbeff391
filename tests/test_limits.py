"""How fast and how long, with the time as an argument."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clm_bridge._limits import ROUNDING, Deadline, Rate, Window

RATES = st.builds(
    Rate,
    st.integers(1, 12),
    st.floats(0.1, 60),
    st.none() | st.integers(1, 12),
    st.sampled_from([0.0, 0.03]),
)


def leave(window, at):
    """Take a place and leave at once."""
    window.take(at)
    window.leave(at, at)


def departures(rate, gaps):
    """When calls leave that come after these *gaps*."""
    window, now, found = Window(rate), 1000.0, []
    for gap in gaps:
        now += gap
        at = max(now, now + window.wait(now))
        leave(window, at)
        found.append(at)
    return sorted(found)


@given(RATES, st.lists(st.floats(0, 20), min_size=1, max_size=80))
def test_no_span_ever_holds_too_many(rate, gaps):
    """However requests come, any span of time holds at most the allowed calls."""
    left = departures(rate, gaps)

    for start, end in zip(left, left[rate.calls :], strict=False):
        assert end - start >= rate.seconds - 2 * ROUNDING


@given(RATES, st.lists(st.floats(0, 20), min_size=1, max_size=80))
def test_no_bucket_ever_runs_dry(rate, gaps):
    """A vendor that counts with a bucket of ``burst`` never finds it empty."""
    left = departures(rate, gaps)
    level = full = rate.at_once
    for before, now in pairwise([left[0], *left]):
        level = min(full, level + (now - before) * rate.calls / rate.seconds) - 1

        assert level >= -2 * ROUNDING * rate.calls / rate.seconds - 1e-6


@given(RATES, st.integers(1, 300))
def test_a_plan_and_the_limiter_agree(rate, calls):
    """What a plan says is what calls take that come all at once."""
    left = departures(rate, [0.0] * calls)

    assert left[-1] - left[0] == pytest.approx(rate.time_for(calls), abs=1e-3)


@given(RATES, st.integers(0, 100))
def test_whoever_waits_knows_how_long(rate, ahead):
    """With so many before him, a caller leaves when they have left."""
    window, now = Window(rate), 0.0
    told = window.wait(now, ahead)
    left = departures(rate, [0.0] * (ahead + 1))

    assert told == pytest.approx(left[-1] - left[0], abs=1e-3)


def taken(window, now):
    """Take the next place, and say how long it was waited for."""
    wait = window.wait(now)
    leave(window, now + wait)
    return wait


def test_a_burst_leaves_at_once():
    """The first calls need not wait."""
    window = Window(Rate(3, 1.0, margin=0))

    assert [taken(window, 0.0) for _ in range(5)] == [0, 0, 0, 1, 1]


def test_what_is_beyond_the_burst_leaves_one_by_one():
    """As fast as the vendor's bucket fills."""
    window = Window(Rate(4, 2.0, burst=2, margin=0))

    assert [taken(window, 0.0) for _ in range(6)] == [0, 0, 0.5, 1, 2, 2]


def test_a_place_is_free_again_after_the_span():
    """Old departures do not count."""
    window = Window(Rate(1, 1.0, margin=0))
    leave(window, 0.0)

    assert window.wait(0.25) == 0.75
    assert window.wait(9.0) == 0


def test_asking_takes_no_place():
    """Those who will not wait do not make others wait longer."""
    window = Window(Rate(1, 1.0, margin=0))
    leave(window, 0.0)

    assert [window.wait(0.5) for _ in range(5)] == [0.5] * 5


def test_a_margin_is_kept_free():
    """Clocks and networks are not exact."""
    window = Window(Rate(1, 1.0))
    leave(window, 0.0)

    assert window.wait(0.0) == pytest.approx(1.03)


def test_a_call_that_leaves_late_counts_from_then():
    """Its connection had to be made; the span is not shortened by that."""
    window = Window(Rate(2, 1.0, margin=0), [0.1], going=[0.0])
    window.leave(0.0, 0.4)

    assert (window.left, window.going) == ((0.1, 0.4), ())
    assert window.wait(0.5) == pytest.approx(0.6)


def test_a_call_that_has_not_left_counts_as_leaving_now():
    """However long ago it took its place."""
    window = Window(Rate(1, 1.0, margin=0))
    window.take(0.0)

    assert [window.wait(now) for now in (0.0, 5.0, 99.0)] == [1, 1, 1]


def test_a_call_leaves_once():
    """Whoever says so a second time changes nothing."""
    window = Window(Rate(2, 1.0), [1.0, 2.0])
    window.leave(0.0, 3.0)

    assert window.left == (1.0, 2.0)


@pytest.mark.parametrize(
    ("calls", "seconds"), [(0, 0), (1, 0), (10, 0), (11, 1), (20, 1), (21, 2)]
)
def test_a_rate_says_how_long_calls_take(calls, seconds):
    """The first span is free."""
    assert Rate(10, 1.0, margin=0).time_for(calls) == pytest.approx(seconds)


def test_a_burst_of_nothing_is_none():
    """A rate under which nothing ever leaves is no rate."""
    assert Rate(3, burst=0).at_once == 3


def test_a_deadline_counts_down():
    """What is left may be nothing, and less."""
    deadline = Deadline(10.0)

    assert (deadline.remaining(4.0), deadline.remaining(11.0)) == (6.0, -1.0)


def test_a_deadline_allows_what_ends_before_it():
    """A wait that ends at the deadline is too long."""
    deadline = Deadline(10.0)

    assert deadline.allows(5.9, 4.0)
    assert not deadline.allows(6.0, 4.0)
