"""
How fast a client may call: 25 a second, and 20 more that wait their turn.

https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/get-started-with-the-api/exception-handling-and-error-codes
"""

from __future__ import annotations

from threading import Lock

RATE = 25
QUEUE = 20


class Bucket:
    """A bucket of `RATE` tokens that fills with `RATE` a second."""

    def __init__(self) -> None:
        self._tokens = float(RATE)
        self._seen: float | None = None
        self._lock = Lock()

    def take(self, now: float) -> float | None:
        """Return the seconds that a call waits; ``None`` when the queue is full."""
        with self._lock:
            if self._seen is not None:
                filled = self._tokens + max(0.0, now - self._seen) * RATE
                self._tokens = min(float(RATE), filled)
            self._seen = now
            if self._tokens - 1 < -QUEUE:
                return None
            self._tokens -= 1
            return max(0.0, -self._tokens / RATE)
