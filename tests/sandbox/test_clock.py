"""Tests for the sandbox's own time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from clm_bridge.sandbox import TODAY, Clock


def test_starts_on_the_portfolios_day() -> None:
    """A clock that nobody moved stands on the day the portfolio is looked at."""
    now = Clock().now()

    assert (now.date(), now.hour, now.tzinfo) == (TODAY, 9, UTC)


def test_advances() -> None:
    """What it is moved by is added, and kept."""
    clock = Clock(date(2024, 2, 28))
    told = clock.advance(timedelta(days=1))

    assert told.date() == clock.now().date() == date(2024, 2, 29)


def test_never_moves_back() -> None:
    """A step back is refused."""
    with pytest.raises(ValueError, match="only moves forward"):
        Clock().advance(timedelta(seconds=-1))


def test_survives_a_step_too_far() -> None:
    """A step past the last year is refused, and the clock still tells the time."""
    clock = Clock()
    with pytest.raises(OverflowError):
        clock.advance(timedelta(days=10_000_000))

    assert clock.now() < datetime(2026, 11, 3, tzinfo=UTC)
