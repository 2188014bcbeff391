"""
From a request to a good answer: pace, sign, send, retry, judge.

Written once.  The two subclasses say how to wait: by blocking the thread, or by
yielding to the event loop.
"""

from __future__ import annotations

import os
import random
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import httpx
from attrs import define, evolve, field, frozen

from ._auth import Token
from ._config import Options, Settings
from ._desk import Desk
from ._errors import ClmError, TimedOut, TransportError
from ._files import Arriving, Download
from ._flow import Op, as_operation, run
from ._incoming import transport_error
from ._limits import Deadline, Rate, SlidingWindow
from ._links import LinkIndex
from ._logs import guard, log
from ._messages import Request, Response
from ._observing import Observers, Turn
from ._outgoing import FILE_HEADERS, is_foreign, outgoing, timeouts
from ._reach import reach
from ._redirects import HOPS, arrived, moved, onward, too_many
from ._rehearsal import preview, stand_in
from ._retry import Retry
from ._secrets import bare
from ._verdicts import judged
from ._written import Preview, Written

T = TypeVar("T")


TO_FIND_OUT = 30.0
"""Seconds beyond the deadline in which a write whose answer was lost is looked for."""


@frozen
class Call:
    """One thing that a user asked for: its name, and when it must be over."""

    operation: str
    deadline: Deadline


@define
class Shared:
    """What all copies of one bridge share: the token, and the places in the window."""

    settings: Settings
    window: SlidingWindow | None = None
    token: Token | None = None
    lock: threading.Lock = field(factory=threading.Lock)
    turn: Any = None
    """The lock of the driver's own kind, under which a token is fetched."""


class Http(ABC):
    """The engine of one bridge."""

    def __init__(self, shared: Shared, options: Options) -> None:
        settings = shared.settings
        self.adapter = settings.adapter
        self.options = options
        self._settings = settings
        self._shared = shared
        self._retry = Retry(attempts=options.max_attempts)
        self._base = httpx.URL(self.adapter.base_url)
        self._observers = Observers(settings)
        self._reach = reach(
            self.adapter.base_url, private=settings.allow_private_downloads
        )
        guard()

    @abstractmethod
    async def _exchange(
        self, request: httpx.Request, deadline: Deadline, into: Arriving | None
    ) -> Response:
        """Send one request; read the answer, or stream a good one *into* a file."""

    @abstractmethod
    async def _sleep(self, seconds: float) -> None:
        """Wait."""

    @abstractmethod
    def _one_at_a_time(self) -> AbstractAsyncContextManager[None]:
        """Let one flow in at a time."""

    @abstractmethod
    async def _gather(self, call: Call, parts: Sequence[Awaitable[Any]]) -> list[Any]:
        """Run several flows at once."""

    @property
    def rate(self) -> Rate | None:
        """The rate that this connection keeps to."""
        return self._settings.rate

    def desk(self, links: LinkIndex) -> Desk:
        """Return the desk at which one bridge writes."""
        longest = timedelta(seconds=self.options.deadline + TO_FIND_OUT)
        return Desk(self.adapter, links, self.options.max_upload, longest)

    def call(
        self, operation: str, *, seconds: float | None = None, extra: float = 0.0
    ) -> Call:
        """Start the clock of one call; *extra* seconds are the vendor's own pace."""
        allowed = self.options.deadline if seconds is None else seconds
        return Call(operation, Deadline(time.monotonic() + allowed + extra))

    async def run(self, call: Call, operation: Op[T]) -> T:
        """Drive an operation; an error that leaves says where it happened."""

        async def send(request: Request) -> Response:
            return await self.send(call, request)

        async def gather(parts: Sequence[Awaitable[Any]]) -> list[Any]:
            return await self._gather(call, parts)

        try:
            return await run(operation, send, gather, self._sleep)
        except ClmError as error:
            raise self.located(error, call)  # noqa: B904  # it is the same error

    async def rehearse(self, call: Call, operation: Op[Written[T]]) -> Written[T]:
        """Drive an operation that writes, and send only what asks."""
        seen: list[Preview] = []

        async def send(request: Request) -> Response:
            if request.safe:
                return await self.send(call, request)
            shown = preview(request, self._base, self.adapter.auth, self.options)
            seen.append(shown)
            return stand_in(request)

        async def gather(parts: Sequence[Awaitable[Any]]) -> list[Any]:
            return [
                await run(as_operation(part), send, gather, self._sleep)
                for part in parts
            ]

        try:
            done = await run(operation, send, gather, self._sleep)
        except ClmError as error:
            raise self.located(error, call)  # noqa: B904  # it is the same error
        return evolve(done, requests=seen)

    async def _arrive(
        self, call: Call, operation: Op[Request], arriving: Arriving
    ) -> Response:
        """Ask for a file's request, then stream its answer into the file."""
        try:
            request = await self.run(call, operation)
            return await self.send(call, request.with_headers(FILE_HEADERS), arriving)
        except ClmError as error:
            raise self.located(error, call)  # noqa: B904  # it is the same error

    def finished(self, call: Call, arriving: Arriving, answer: Response) -> Download:
        """Put a whole file, which *answer* brought, into its place."""
        try:
            return arriving.finish()
        except ClmError as error:
            error.belong(answer.request_id, answer.attempts)
            raise self.located(error, call)  # noqa: B904  # it is the same error

    async def _part(self, call: Call, part: Awaitable[T]) -> T:
        return await self.run(call, as_operation(part))

    def located(self, error: ClmError, call: Call) -> ClmError:
        """Say where an error belongs, bare; the log has the way that it took."""
        error.locate(
            vendor=self._settings.vendor,
            connection=self._settings.connection,
            operation=call.operation,
        )
        if isinstance(cause := error.__cause__, ClmError):
            error.belong(cause.request_id, cause.attempts)
        log.debug("%s failed", call.operation, exc_info=error)
        return bare(error)

    async def send(
        self, call: Call, request: Request, into: Arriving | None = None
    ) -> Response:
        """Return the vendor's good answer to *request*, or raise its error."""
        turn = Turn()
        try:
            return await self._sent(call, request, into, turn)
        except ClmError as error:
            error.belong(None, turn.tried)
            raise

    async def _sent(
        self, call: Call, request: Request, into: Arriving | None, turn: Turn
    ) -> Response:
        refused = None
        while True:
            turn.waits()
            await self._take_a_place(call)
            signed, token = await self._sign(call, request, refused)
            outcome = await self._try(call, signed, turn, into)
            if _is_401(outcome) and token is not None and refused is None:
                refused = token
                continue
            wait = self._wait(call, request, outcome, turn.attempt)
            if wait is None:
                holders = self.adapter.auth, self._shared.token
                return judged(self.adapter, request, outcome, *holders)
            await self._sleep(wait)
            turn.again(wait)

    def _wait(
        self,
        call: Call,
        request: Request,
        outcome: Response | TransportError,
        attempt: int,
    ) -> float | None:
        wait = self._retry.delay(
            attempt,
            request,
            outcome,
            now=datetime.now(UTC),
            draw=random.random(),  # noqa: S311  # jitter, not a secret
        )
        if wait is None or not call.deadline.allows(wait, time.monotonic()):
            return None
        return wait

    async def _take_a_place(self, call: Call) -> None:
        if self._shared.window is None:
            return
        with self._shared.lock:
            now = time.monotonic()
            if not call.deadline.allows(self._shared.window.wait(now), now):
                raise TimedOut(
                    "the call's deadline passes before the vendor's rate limit allows "
                    "the request"
                )
            wait = self._shared.window.reserve(now)
        if wait > 0:
            await self._sleep(wait)

    async def _try(
        self, call: Call, request: Request, turn: Turn, into: Arriving | None
    ) -> Response | TransportError:
        turn.leaves()
        begun = time.monotonic()
        outcome: Response | ClmError | None = None
        try:
            wire = outgoing(request, self._base, call.deadline, self.options)
            answer = await self._fetched(call, request, wire, into)
            outcome = answer = evolve(answer, attempts=turn.attempt)
            return answer
        except httpx.TransportError as error:
            outcome = failed = transport_error(error, request)
            return failed
        except ClmError as error:
            outcome = error
            raise
        finally:
            seconds = time.monotonic() - begun
            self._observers.ended(call.operation, request, outcome, turn, seconds)

    async def _fetched(
        self,
        call: Call,
        request: Request,
        wire: httpx.Request,
        into: Arriving | None,
    ) -> Response:
        """Exchange once; a download alone is sent on, a few times."""
        for hop in range(HOPS + 1):
            if is_foreign(wire):
                self._reach.check_host(wire.url.host)
            response = await self._exchange(wire, call.deadline, into)
            if into is None or not moved(response):
                left = hop > 0 and is_foreign(wire)
                return arrived(request, response) if left else response
            wire = onward(request, wire, response, self._base)
            wire.extensions["timeout"] = timeouts(call.deadline, self.options)
            if not is_foreign(wire):
                await self._take_a_place(call)
        raise too_many(request)

    async def _sign(
        self, call: Call, request: Request, refused: Token | None = None
    ) -> tuple[Request, Token | None]:
        """Put the credentials on; they go to the vendor's own origin alone."""
        if not request.signed or request.url is not None:
            return request, None
        token = await self._fresh(call, refused)
        return self.adapter.auth.sign(request, token), token

    async def _fresh(self, call: Call, refused: Token | None) -> Token | None:
        shared = self._shared
        now = time.monotonic()
        if shared.token not in (None, refused) and now < shared.token.renew_at:
            return shared.token
        async with self._one_at_a_time():
            now = time.monotonic()
            token = shared.token
            if token is None or token is refused or now >= token.renew_at:
                renewal = self.adapter.auth.renew(now)
                if renewal is None:
                    return None
                token = await self.run(call, renewal)
                if token.usable_at > now:
                    await self._sleep(token.usable_at - now)
                shared.token = token  # not before: others would use it at once
            return token


def arriving_at(
    to: str | os.PathLike[str], name: str, operation: Op[Request]
) -> Arriving:
    """Open the file to write to; *operation* is dropped if that cannot be."""
    try:
        return Arriving(to, name)
    except ClmError:
        operation.close()
        raise


def _is_401(outcome: Response | TransportError) -> bool:
    return isinstance(outcome, Response) and outcome.status == 401
