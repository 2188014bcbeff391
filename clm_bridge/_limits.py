"""How fast, and how long.  Both take the time as an argument."""

from __future__ import annotations

import math
from collections import deque

from attrs import frozen


@frozen
class Rate:
    """At most ``calls`` in any ``seconds``; ``margin`` is kept free for jitter."""

    calls: int
    seconds: float = 1.0
    margin: float = 0.05

    def time_for(self, calls: int) -> float:
        """Return the seconds that *calls* take at full rate."""
        return max(0, calls - self.calls) * self.spacing

    @property
    def spacing(self) -> float:
        """Seconds a call, on average, at full rate."""
        return self.seconds * (1 + self.margin) / self.calls


class SlidingWindow:
    """Hand out departure times so that no window ever holds too many."""

    def __init__(self, rate: Rate) -> None:
        self._span = rate.seconds * (1 + rate.margin)
        self._departures: deque[float] = deque(
            [-math.inf] * rate.calls, maxlen=rate.calls
        )

    def wait(self, now: float) -> float:
        """Return the seconds until the next free place, without taking it."""
        return max(0.0, self._departures[0] + self._span - now)

    def reserve(self, now: float) -> float:
        """Take the next free place and return the seconds to wait for it."""
        wait = self.wait(now)
        self._departures.append(now + wait)
        return wait


@frozen
class Deadline:
    """The instant by which a call must be over, waits and retries included."""

    at: float

    def remaining(self, now: float) -> float:
        """Return the seconds left; zero or less when it has passed."""
        return self.at - now

    def allows(self, wait: float, now: float) -> bool:
        """Say whether something can still happen after waiting."""
        return wait < self.remaining(now)
