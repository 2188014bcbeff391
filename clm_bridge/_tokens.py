"""One token for all who share a credential: fetched once, and renewed early."""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from functools import partial
from typing import Any

from attrs import define, evolve, field, frozen

from ._auth import Scheme, Token
from ._errors import ClmError, TimedOut, TransportError
from ._limits import Deadline
from ._messages import Response

QUIET = 60.0
"""Seconds before another renewal, if the last one was for a refusal and no help."""


Work = Callable[[], Coroutine[Any, Any, Token]]


@define
class Flights:
    """The renewals that are on their way: one for threads, one for each event loop."""

    lock: threading.Lock = field(factory=threading.Lock)
    threads: Future[Token] | None = None
    loops: dict[Any, Any] = field(factory=dict)


@frozen
class Driver:
    """
    What the engine of one colour does for a token.

    ``fetch`` asks the vendor, with retries and a deadline of its own.  ``once`` does
    a piece of work once for all who ask meanwhile, and lets each wait for so many
    seconds at the most; it belongs to no caller, so that one who is cancelled or late
    spoils it for nobody.
    """

    fetch: Callable[[float], Awaitable[Token]]
    once: Callable[[Flights, Work, float], Awaitable[Token]]
    sleep: Callable[[float], Awaitable[None]]


class Tokens:
    """
    The token of one credential.

    All bridges of that credential in a process use the same one, since some vendors
    end an older token when they grant another, and some want a pause after each.
    """

    def __init__(self) -> None:
        self.token: Token | None = None
        self._flights = Flights()
        self._no_help: Token | None = None
        self._renewed_at = 0.0

    async def fresh(
        self, scheme: Scheme, refused: Token | None, deadline: Deadline, driver: Driver
    ) -> Token | None:
        """Return a token to sign with, or None where the scheme needs none."""
        now = time.monotonic()
        token = self._serving(refused, now)
        if token is None:
            renewal = scheme.renew(now)
            if renewal is None:
                return None
            renewal.close()
            token = await self._fetched(refused, deadline, driver)
        await self._ripened(token, deadline, driver)
        return token

    def latest(self, token: Token | None) -> Token | None:
        """Return the token that has taken *token*'s place, if one may be used now."""
        newest = self.token
        if token is None or newest is None or newest.usable_at > time.monotonic():
            return token
        return newest

    def is_stale(self, token: Token | None, outcome: Response | TransportError) -> bool:
        """
        Say whether the vendor refused a token and another one may help.

        It does not where the refused one was itself granted for a refusal and never
        accepted since: then the token is not what is wrong.
        """
        if token is None or isinstance(outcome, TransportError):
            return False
        if outcome.status == 401:
            age = time.monotonic() - self._renewed_at
            return token is not self._no_help or age >= QUIET
        if token is self._no_help:
            self._no_help = None
        return False

    def _serving(self, refused: Token | None, now: float) -> Token | None:
        token = self.token
        if token is None or token is refused or now >= token.renew_at:
            return None
        return token

    async def _fetched(
        self, refused: Token | None, deadline: Deadline, driver: Driver
    ) -> Token:
        left = max(0.0, deadline.remaining(time.monotonic()))
        work = partial(self._renewed, refused, driver)
        try:
            return await driver.once(self._flights, work, left)
        except TimeoutError:
            raise _unsent(
                TimedOut("no token came before the call's deadline")
            ) from None
        except ClmError as error:
            # Many wait for one renewal, and each error goes its own way.
            raise _unsent(copy.copy(error)) from None

    async def _renewed(self, refused: Token | None, driver: Driver) -> Token:
        asked = time.monotonic()
        token = self._serving(refused, asked)
        if token is not None:
            return token  # another was faster
        token = await driver.fetch(asked)
        # It ages from when it was asked for, and ripens from when it came.
        came = time.monotonic()
        token = evolve(token, usable_at=token.usable_at + came - asked)
        self._no_help = token if refused is not None else None
        self._renewed_at = came
        self.token = token
        return token

    async def _ripened(self, token: Token, deadline: Deadline, driver: Driver) -> None:
        now = time.monotonic()
        wait = token.usable_at - now
        if wait <= 0:
            return
        if not deadline.allows(wait, now):
            raise _unsent(
                TimedOut("the call's deadline passes before the new token may be used")
            )
        await driver.sleep(wait)


def _unsent(error: ClmError) -> ClmError:
    error.sent = False
    return error
