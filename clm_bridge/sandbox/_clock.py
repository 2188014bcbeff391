"""The sandbox's own time, which a test moves instead of waiting."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from threading import Lock

TODAY = date(2026, 11, 2)
"""The day on which the portfolio is looked at, so that every run sees the same."""


class Clock:
    """Starts at nine on the portfolio's day, then ticks; ``advance`` moves it."""

    def __init__(self, today: date = TODAY) -> None:
        self._start = datetime(today.year, today.month, today.day, 9, tzinfo=UTC)
        self._begun = time.monotonic()
        self._moved = timedelta()
        self._lock = Lock()

    def now(self) -> datetime:
        """Return the sandbox's instant, in UTC."""
        return self._after(self._moved)

    def advance(self, by: timedelta) -> datetime:
        """Move time forward and return the new now; a refused move changes nothing."""
        if by < timedelta():
            raise ValueError("a clock only moves forward")
        with self._lock:
            moved = self._moved + by
            now = self._after(moved)
            self._moved = moved
        return now

    def _after(self, moved: timedelta) -> datetime:
        ticked = timedelta(seconds=time.monotonic() - self._begun)
        return self._start + ticked + moved
