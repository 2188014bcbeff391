"""Ten requests per second and workspace (documented), as a token bucket (assumed)."""

from __future__ import annotations

from threading import Lock

RATE = 10.0
"""Requests per second."""
BURST = 10.0
"""Requests that may come at once."""


class Bucket:
    """Fills at `RATE` up to `BURST`; every request takes one token."""

    def __init__(self, now: float) -> None:
        self._tokens = BURST
        self._seen = now
        self._lock = Lock()

    def take(self, now: float) -> float:
        """Take a token and return 0, or return the seconds until there is one."""
        with self._lock:
            self._tokens = min(BURST, self._tokens + (now - self._seen) * RATE)
            self._seen = now
            if self._tokens < 1:
                return (1 - self._tokens) / RATE
            self._tokens -= 1
            return 0.0
