"""
From a request to a good answer: pace, sign, send, retry, judge.

Written once.  The two subclasses say how to wait: by blocking the thread, or by
yielding to the event loop.
"""

from __future__ import annotations

import os
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

import httpx
from attrs import evolve, frozen

from ._again import Again
from ._auth import Token
from ._config import Options
from ._desk import Desk
from ._errors import ClmError, TransportError
from ._files import Arriving, Download
from ._flow import Op, as_operation, run
from ._incoming import transport_error
from ._limits import Deadline, Rate
from ._links import LinkIndex
from ._logs import guard, log
from ._messages import Request, Response
from ._observing import Observers, Turn
from ._outgoing import FILE_HEADERS, is_foreign, outgoing, timeouts
from ._pace import Place
from ._reach import reach
from ._redirects import HOPS, arrived, moved, onward, too_many
from ._rehearsal import preview, stand_in
from ._retry import Retry
from ._secrets import bare
from ._sharing import Shared
from ._tokens import Driver, Flights, Work
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


class Http(ABC):
    """The engine of one bridge."""

    def __init__(self, shared: Shared, options: Options) -> None:
        settings = shared.settings
        self.adapter = settings.adapter
        self.options = options
        self._settings = settings
        self._shared = shared
        self._again = Again(Retry(attempts=options.max_attempts), shared.quota)
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
    async def _aside(self, work: Callable[[], float]) -> float:
        """Do what may block for a moment, where it blocks nobody else."""

    @abstractmethod
    def _on_leaving(self, left: Callable[[], Awaitable[None]]) -> dict[str, Any]:
        """Return httpx's extensions that call *left* when a request leaves."""

    @abstractmethod
    async def _once(self, flights: Flights, work: Work, seconds: float) -> Token:
        """Do *work* once for all who ask meanwhile; wait *seconds* at the most."""

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

        try:
            return await self._driven(call, operation)
        except ClmError as error:
            raise self.located(error, call)  # noqa: B904  # it is the same error

    async def _driven(self, call: Call, operation: Op[T]) -> T:
        async def send(request: Request) -> Response:
            return await self.send(call, request)

        async def gather(parts: Sequence[Awaitable[Any]]) -> list[Any]:
            return await self._gather(call, parts)

        return await run(operation, send, gather, self._sleep)

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
        if not request.safe:  # what a call has beyond its own time is for finding out
            longest = time.monotonic() + self.options.deadline
            call = evolve(call, deadline=call.deadline.no_later(longest))
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
            token = await self._token(call, request, refused)
            turn.waits()
            async with self._place(call, request) as place:
                token = self._shared.tokens.latest(token)
                signed = self._signed(request, token)
                outcome = await self._try(call, signed, turn, into, place)
            if self._shared.tokens.is_stale(token, outcome) and refused is None:
                refused = token
                continue
            wait = self._again.wait(call.deadline, request, outcome, turn.attempt)
            if wait is None:
                holders = self.adapter.auth, self._shared.tokens.token
                return judged(self.adapter, request, outcome, *holders)
            await self._sleep(wait)
            turn.again(wait)

    def _place(
        self, call: Call, request: Request
    ) -> AbstractAsyncContextManager[Place | None]:
        """
        Wait for a place in the vendor's window.

        What goes without credentials needs none: a token's own request, and a link to
        somebody else's house.
        """
        pace = self._shared.pace
        if pace is None or not request.signed:
            return nullcontext()
        return pace.place(call.deadline, self._sleep, self._aside)

    def _leaving(self, place: Place | None) -> dict[str, Any]:
        """Return httpx's extensions by which a place learns when its call leaves."""
        pace = self._shared.pace
        if pace is None or place is None:
            return {}
        return self._on_leaving(partial(pace.left, place, self._aside))

    async def _try(
        self,
        call: Call,
        request: Request,
        turn: Turn,
        into: Arriving | None,
        place: Place | None,
    ) -> Response | TransportError:
        turn.leaves()
        begun = time.monotonic()
        outcome: Response | ClmError | None = None
        try:
            wire = outgoing(request, self._base, call.deadline, self.options)
            wire.extensions.update(self._leaving(place))
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
        response = await self._reached(call, wire, into)
        for _ in range(HOPS):
            if into is None or not moved(response):
                return response
            wire = onward(request, wire, response, self._base)
            wire.extensions["timeout"] = timeouts(call.deadline, self.options)
            if is_foreign(wire):
                response = arrived(request, await self._reached(call, wire, into))
                continue
            async with self._place(call, request) as place:
                wire.extensions.update(self._leaving(place))
                response = await self._reached(call, wire, into)
        if into is None or not moved(response):
            return response
        raise too_many(request)

    async def _reached(
        self, call: Call, wire: httpx.Request, into: Arriving | None
    ) -> Response:
        """Exchange, if the host may be reached at all."""
        if is_foreign(wire):
            self._reach.check_host(wire.url.host)
        return await self._exchange(wire, call.deadline, into)

    async def _token(
        self, call: Call, request: Request, refused: Token | None
    ) -> Token | None:
        """Return the token for a request, if it goes to the vendor's own origin."""
        if not request.signed or request.url is not None:
            return None
        driver = Driver(self._fetch_token, self._once, self._sleep)
        tokens, scheme = self._shared.tokens, self.adapter.auth
        return await tokens.fresh(scheme, refused, call.deadline, driver)

    async def _fetch_token(self, now: float) -> Token:
        """Ask for a token; whoever waits for it may be late, and this is not."""
        renewal = self.adapter.auth.renew(now)
        if renewal is None:
            raise RuntimeError("a scheme that needed a token needs none any more")
        seconds = max(self.options.deadline, self._settings.options.deadline)
        return await self._driven(self.call("token", seconds=seconds), renewal)

    def _signed(self, request: Request, token: Token | None) -> Request:
        """Put the credentials on; they go to the vendor's own origin alone."""
        if not request.signed or request.url is not None:
            return request
        return self.adapter.auth.sign(request, token)


def arriving_at(
    to: str | os.PathLike[str], name: str, operation: Op[Request]
) -> Arriving:
    """Open the file to write to; *operation* is dropped if that cannot be."""
    try:
        return Arriving(to, name)
    except ClmError:
        operation.close()
        raise
