"""How fast and how long, with the time as an argument."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clm_bridge._limits import Deadline, Rate, SlidingWindow

RATES = st.builds(
    Rate, st.integers(1, 12), st.floats(0.1, 60), st.sampled_from([0.0, 0.05])
)


@given(RATES, st.lists(st.floats(0, 20), min_size=1, max_size=80))
def test_no_window_ever_holds_too_many(rate, gaps):
    """However requests come, any span of time holds at most the allowed calls."""
    window, now, departures = SlidingWindow(rate), 1000.0, []
    for gap in gaps:
        now += gap
        departures.append(now + window.reserve(now))

    span = rate.seconds * (1 - 1e-9)
    assert departures == sorted(departures)
    for start, end in zip(departures, departures[rate.calls :], strict=False):
        assert end - start >= span


def test_a_burst_leaves_at_once():
    """The first calls need not wait."""
    window = SlidingWindow(Rate(3, 1.0, margin=0))

    assert [window.reserve(0.0) for _ in range(5)] == [0, 0, 0, 1, 1]


def test_a_place_is_free_again_after_the_window():
    """Old departures do not count."""
    window = SlidingWindow(Rate(1, 1.0, margin=0))
    window.reserve(0.0)

    assert window.reserve(0.25) == 0.75
    assert window.reserve(9.0) == 0


def test_asking_for_the_wait_takes_no_place():
    """Those who will not wait do not make others wait longer."""
    window = SlidingWindow(Rate(1, 1.0, margin=0))
    window.reserve(0.0)

    assert [window.wait(0.5) for _ in range(5)] == [0.5] * 5
    assert window.reserve(0.5) == 0.5


def test_a_margin_is_kept_free():
    """Clocks and networks are not exact."""
    window = SlidingWindow(Rate(1, 1.0))
    window.reserve(0.0)

    assert window.reserve(0.0) == pytest.approx(1.05)


@pytest.mark.parametrize(("calls", "seconds"), [(0, 0), (10, 0), (11, 0.1), (20, 1)])
def test_a_rate_says_how_long_calls_take(calls, seconds):
    """The first window is free."""
    assert Rate(10, 1.0, margin=0).time_for(calls) == pytest.approx(seconds)


def test_a_deadline_counts_down():
    """What is left may be nothing, and less."""
    deadline = Deadline(10.0)

    assert (deadline.remaining(4.0), deadline.remaining(11.0)) == (6.0, -1.0)


def test_a_deadline_allows_what_ends_before_it():
    """A wait that ends at the deadline is too long."""
    deadline = Deadline(10.0)

    assert deadline.allows(5.9, 4.0)
    assert not deadline.allows(6.0, 4.0)
