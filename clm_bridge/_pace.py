"""A place in the vendor's window for each request, in the order of their coming."""

from __future__ import annotations

import itertools
import threading
import time
from bisect import bisect_left, insort
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

from attrs import define

from ._errors import TimedOut
from ._limits import Deadline, Rate, Window
from ._rates import CommonWindow

Sleep = Callable[[float], Awaitable[None]]
Aside = Callable[[Callable[[], float]], Awaitable[float]]
"""Does work that may block for a moment where it blocks nobody else."""


@define
class Place:
    """
    A call on its way out, and what its clock shows: ours, and the wall's.

    ``took`` is when it took a place, until it is known to have left; ``wall`` is the
    same for other processes.
    """

    at: float
    ticket: int
    took: float | None = None
    wall: float = 0.0
    stood: float = 0.0

    def now(self) -> float:
        """Come to the present, which is never before what was waited for."""
        self.at = max(time.monotonic(), self.at)
        return self.at

    def now_on_the_wall(self) -> float:
        """Come to the present, and say what the wall's clock shows."""
        self.stood = self.now()
        self.wall = time.time() + self.stood - time.monotonic()
        return self.wall


class Pace:
    """
    Lets calls leave as the rate allows, for all bridges of one workspace.

    A place is taken when a call leaves and not before, so that whoever is cancelled,
    killed or late holds none.  Those who wait count those who came before them.
    """

    def __init__(
        self,
        rate: Rate,
        common: CommonWindow | None = None,
        window: Window | None = None,
    ) -> None:
        self.window = window or Window(rate)
        self._common = common
        self._lock = threading.Lock()
        self._waiting: list[int] = []
        self._tickets = itertools.count()

    @asynccontextmanager
    async def place(
        self, deadline: Deadline, sleep: Sleep, aside: Aside
    ) -> AsyncIterator[Place]:
        """Hold a place, from when it is taken to the end of the call."""
        place = await self.take(deadline, sleep, aside)
        try:
            yield place
        except BaseException:
            self.give_up(place)
            raise
        await self.ended(place, aside)

    async def take(self, deadline: Deadline, sleep: Sleep, aside: Aside) -> Place:
        """Wait for a place and take it; fail at once if it comes too late."""
        place = Place(time.monotonic(), self._queue())
        try:
            while (wait := await self._asked(place, aside)) > 0:
                if not deadline.allows(wait, place.at):
                    raise _too_late()
                await sleep(wait)
                # Whoever slept has waited, whichever clock says so.
                place.at += wait
        except BaseException:
            self.give_up(place)
            raise
        return place

    async def left(self, place: Place, aside: Aside) -> None:
        """Note that a call has left: the wire has it."""
        await self._leave(place, place.now(), aside)

    async def ended(self, place: Place, aside: Aside) -> None:
        """Note that a call ended; if nobody said that it left, it did so at once."""
        if place.took is not None:
            await self._leave(place, place.took, aside)

    def give_up(self, place: Place) -> None:
        """
        Note that whoever wanted or had a place is gone.

        Its call may have left.  For other processes it counts as long as one that died.
        """
        with self._lock, suppress(ValueError):
            self._waiting.remove(place.ticket)
        self._settle(place, place.at)

    def _queue(self) -> int:
        with self._lock:
            ticket = next(self._tickets)
            self._waiting.append(ticket)
            return ticket

    async def _asked(self, place: Place, aside: Aside) -> float:
        """Take a place if there is one; return the seconds to wait otherwise."""
        with self._lock:
            ahead = bisect_left(self._waiting, place.ticket)
            wait = self.window.wait(place.now(), ahead)
            if wait > 0:
                return wait
            self._waiting.remove(place.ticket)  # it counts as going, and only so
            self.window.take(place.at)
            place.took = place.at
        if self._common is not None:
            asked = partial(self._common.take, place.now_on_the_wall, ahead)
            if (wait := await aside(asked)) > 0:
                self._go_back(place)
        return wait

    def _go_back(self, place: Place) -> None:
        """Wait on: another process was faster."""
        with self._lock:
            if place.took is not None:
                self.window.undo(place.took)
            place.took = None
            insort(self._waiting, place.ticket)

    async def _leave(self, place: Place, at: float, aside: Aside) -> None:
        wall = place.wall
        if self._settle(place, at) and self._common is not None:
            asked = partial(self._common.leave, wall, wall + at - place.stood)
            await aside(asked)

    def _settle(self, place: Place, at: float) -> bool:
        """Note once when a call left; say whether it was news."""
        with self._lock:
            took, place.took = place.took, None
            if took is not None:
                self.window.leave(took, at)
            return took is not None


def _too_late() -> TimedOut:
    error = TimedOut(
        "the call's deadline passes before the vendor's rate limit allows the request"
    )
    error.sent = False
    return error
