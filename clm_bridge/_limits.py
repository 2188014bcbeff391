"""How fast, and how long.  All of it takes the time as an argument."""

from __future__ import annotations

import math
from bisect import insort
from collections import deque
from collections.abc import Iterable, Sequence

from attrs import frozen

ROUNDING = 1e-6
"""Seconds that are no wait but the rounding of clocks, the wall's above all."""


@frozen
class Rate:
    """
    At most ``calls`` in any ``seconds``, of which ``burst`` may leave at once.

    Vendors count in two ways, and both are kept to: over any span of time, and with a
    bucket of ``burst`` that fills at the same rate.  Without ``burst`` all calls may
    leave at once.  ``margin`` is the part of a span left free for a network's jitter.
    """

    calls: int
    seconds: float = 1.0
    burst: int | None = None
    margin: float = 0.03

    def time_for(self, calls: int) -> float:
        """Return the seconds until the last of *calls* leaves, from a rested start."""
        spans, further = divmod(max(calls, 1) - 1, self.calls)
        return spans * self.span + self.gap(further)

    def gap(self, further: int) -> float:
        """Return the least seconds from a call to the one *further* calls after it."""
        if further >= self.calls:
            return self.span
        return max(0, further + 1 - self.at_once) * self.spacing

    @property
    def at_once(self) -> int:
        """Calls that may leave together."""
        return min(self.burst or self.calls, self.calls)

    @property
    def span(self) -> float:
        """Seconds in which no more than ``calls`` leave."""
        return self.seconds * (1 + self.margin)

    @property
    def spacing(self) -> float:
        """Seconds a call, on average, at full rate."""
        return self.span / self.calls


class Window:
    """
    The last departures, and from them the next one that the rate allows.

    Between taking a place and leaving, a call may be held up: it has to connect, or
    the machine is busy.  Until it is known to have left, it counts as leaving now.
    """

    def __init__(
        self, rate: Rate, left: Iterable[float] = (), going: Iterable[float] = ()
    ) -> None:
        self.rate = rate
        self._left = sorted(left)[-rate.calls :]
        self._going = sorted(going)

    @property
    def left(self) -> Sequence[float]:
        """When the last calls left, in order."""
        return tuple(self._left)

    @property
    def going(self) -> Sequence[float]:
        """When those calls took their places that have not left yet."""
        return tuple(self._going)

    def wait(self, now: float, ahead: int = 0) -> float:
        """Return the seconds to the next free place, with *ahead* others before it."""
        going = (max(now, one) for one in self._going)
        seen = deque(sorted([*self._left, *going]), maxlen=self.rate.calls)
        spans, ahead = divmod(ahead, self.rate.calls)
        for _ in range(ahead):
            seen.append(max(now, self._free_at(seen)))
        wait = max(0.0, self._free_at(seen) - now) + spans * self.rate.span
        return wait if wait > ROUNDING else 0.0

    def take(self, now: float) -> None:
        """Note that a call has a place now, and is about to leave."""
        self._going.append(now)

    def undo(self, took: float) -> None:
        """Give back the place that was taken at *took*."""
        self._going.remove(took)

    def leave(self, took: float, now: float) -> None:
        """Note that the call whose place was taken at *took* leaves now."""
        if took in self._going:  # or another process was tired of waiting for it
            self._going.remove(took)
            insort(self._left, now)
            del self._left[: -self.rate.calls]

    def _free_at(self, seen: deque[float]) -> float:
        rate = self.rate
        # Before the first of at_once calls there is no gap to keep.
        further = range(rate.at_once, len(seen) + 1)
        found = (seen[-one] + rate.gap(one) for one in further)
        return max(found, default=-math.inf)


@frozen
class Deadline:
    """The instant by which a call must be over, waits and retries included."""

    at: float

    def remaining(self, now: float) -> float:
        """Return the seconds left; zero or less when it has passed."""
        return self.at - now

    def no_later(self, at: float) -> Deadline:
        """Return this one, or the instant *at* if that comes first."""
        return self if self.at <= at else Deadline(at)

    def allows(self, wait: float, now: float) -> bool:
        """Say whether something can still happen after waiting."""
        return wait < self.remaining(now)
