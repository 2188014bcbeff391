"""What several processes know of one workspace's departures: a window in a store."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, Protocol

from ._limits import Rate, Window
from ._logs import log

Clock = Callable[[], float]

REST = 10.0
"""Seconds for which a store that failed is left alone."""

PATIENCE = 2.0
"""Seconds in which a call leaves that has taken a place; its process may be dead."""


class RateStore(Protocol):
    """Keeps a short text under a key, for several processes to change in turn."""

    def change(self, key: str, how: Callable[[str | None], str]) -> None:
        """
        Replace the text under *key* by what *how* makes of it; of None at first.

        Nobody else may change it meanwhile.  If that cannot be had within a second or
        so, raise anything; the bridge then goes on by itself.
        """


class CommonWindow:
    """
    A workspace's window in a store.

    Its times are the wall's, the only clock that machines share.  A store that fails
    is named in one warning and left alone for a while; its answers are then "go".
    """

    def __init__(self, store: RateStore, key: str, rate: Rate) -> None:
        self._store = store
        self._key = key
        self._rate = rate
        self._failed_at = -math.inf
        self._warned = False

    def take(self, clock: Clock, ahead: int) -> float:
        """Take a place if there is one; return the seconds to wait otherwise."""
        wait = 0.0

        def taken(window: Window, now: float) -> None:
            nonlocal wait
            wait = window.wait(now, ahead)
            if wait <= 0:
                window.take(now)

        self._change(clock, taken)
        return wait

    def leave(self, took: float, at: float) -> float:
        """Note when the call left whose place was taken at *took*; wait for nothing."""
        self._change(lambda: at, lambda window, now: window.leave(took, now))
        return 0.0

    def __repr__(self) -> str:
        return f"CommonWindow({self._store!r})"

    def _change(self, clock: Clock, work: Callable[[Window, float], None]) -> None:
        if abs(clock() - self._failed_at) < REST:
            return  # abs: the wall's clock may have been set back

        def how(text: str | None) -> str:
            now = clock()  # only now it is our turn
            window = read(text, self._rate, now)
            work(window, now)
            return written(window)

        try:
            self._store.change(self._key, how)
        except Exception as error:  # noqa: BLE001  # a store may fail in any way
            self._failed_at = clock()
            self._warn(error)

    def _warn(self, error: Exception) -> None:
        if not self._warned:
            self._warned = True
            log.warning(
                "the rate limit is not shared with other processes: %s failed (%s); "
                "let 'rates' name a folder that this program may write, or "
                "write rates = false",
                self._store,
                type(error).__name__,
            )


def written(window: Window) -> str:
    """Spell a window for a store; its instants are seconds since 1970."""
    return json.dumps({"left": window.left, "going": window.going})


def read(text: str | None, rate: Rate, now: float) -> Window:
    """
    Read a window; what makes no sense is an empty one.

    An instant that lies ahead was told by another clock, or by ours before it was set
    back.  It counts as of now, so that nobody waits for longer than one span.
    """
    try:
        told = json.loads(text or "{}")
        left, going = (
            _instants(told.get("left"), now),
            _instants(told.get("going"), now),
        )
    except (AttributeError, TypeError, ValueError, RecursionError):
        return Window(rate)
    lost = [one for one in going if now - one > PATIENCE]
    return Window(rate, left + lost, [one for one in going if one not in lost])


def _instants(told: Any, now: float) -> list[float]:
    found = map(float, told or ())
    return [min(one, now) for one in found if math.isfinite(one)]
