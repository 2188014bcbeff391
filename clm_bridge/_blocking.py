"""Waiting by blocking the thread."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

import httpx

from ._auth import Token
from ._clients import Clients
from ._config import Options
from ._due import due
from ._files import Arriving, Download
from ._flow import Op, as_operation, blocking
from ._http import Call, Http, arriving_at
from ._incoming import Inflow, answering
from ._limits import Deadline
from ._logs import quiet
from ._messages import Request, Response
from ._outgoing import LEFT, is_foreign
from ._paging import Agenda, Cursor, Page
from ._sharing import Shared
from ._tokens import Flights, Work
from ._written import Written

T = TypeVar("T")

THREADS = 8


class BlockingHttp(Http):
    """The engine for threads."""

    def __init__(
        self,
        shared: Shared,
        options: Options,
        clients: Clients[httpx.Client],
    ) -> None:
        super().__init__(shared, options)
        self._clients = clients

    async def _exchange(
        self, request: httpx.Request, deadline: Deadline, into: Arriving | None
    ) -> Response:
        client = self._clients.files() if is_foreign(request) else self._clients.api
        with quiet(), due(deadline):
            answer = client.send(request, stream=True, follow_redirects=False)
            try:
                with answering(answer):
                    inflow = Inflow(answer, deadline, self.options, into)
                    if answer.is_stream_consumed:
                        inflow.take(answer.content)
                    else:
                        for chunk in answer.iter_raw():
                            inflow.take(chunk)
                    return inflow.whole()
            finally:
                answer.close()

    async def _sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    async def _aside(self, work: Callable[[], float]) -> float:
        return work()

    def _on_leaving(self, left: Callable[[], Awaitable[None]]) -> dict[str, Any]:
        def note(event: str, _told: dict[str, Any]) -> None:
            if event.endswith(LEFT):
                blocking(as_operation(left()))

        return {"trace": note}

    async def _once(self, flights: Flights, work: Work, seconds: float) -> Token:
        with flights.lock:
            flight = flights.threads
            if flight is None:
                flight = flights.threads = Future()
                flown = copy_context().run, _fly, flights, flight, work
                threading.Thread(target=flown[0], args=flown[1:], daemon=True).start()
        return flight.result(seconds)

    async def _gather(self, call: Call, parts: Sequence[Awaitable[Any]]) -> list[Any]:
        if len(parts) < 2:
            return [await self._part(call, part) for part in parts]
        # A pool of its own: parts that gather in turn must never wait for a place.
        with ThreadPoolExecutor(min(THREADS, len(parts))) as pool:
            pending = [
                _submitted(pool, self._blocking_part, call, part) for part in parts
            ]
            try:
                return [done.result() for done in pending]
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _blocking_part(self, call: Call, part: Awaitable[T]) -> T:
        return blocking(self._part(call, part))

    def result(self, call: Call, operation: Op[T]) -> T:
        """Run an operation to its end."""
        return blocking(self.run(call, operation))

    def rehearsed(self, call: Call, operation: Op[Written[T]]) -> Written[T]:
        """Run an operation that writes, without writing."""
        return blocking(self.rehearse(call, operation))

    def pages(
        self,
        fetch: Callable[[Cursor | None], tuple[Call, Op[Page[T]]]],
        start: Cursor | None,
        window: int,
    ) -> Iterator[Page[T]]:
        """Fetch ahead, at most *window* pages at a time, and yield them in order."""
        agenda = Agenda(start)
        waiting: deque[Future[Page[T]]] = deque()
        pool = ThreadPoolExecutor(window)

        def fetched(cursor: Cursor | None) -> Page[T]:
            return self.result(*fetch(cursor))

        def send_for(cursors: list[Cursor | None]) -> None:
            waiting.extend(_submitted(pool, fetched, cursor) for cursor in cursors)

        try:
            send_for(agenda.take(window))
            while waiting:
                page = waiting.popleft().result()
                agenda.arrived(page)
                send_for(agenda.take(window))
                yield page
        finally:
            pool.shutdown(cancel_futures=True)

    def download(
        self, call: Call, operation: Op[Request], to: str | os.PathLike[str], name: str
    ) -> Download:
        """Stream a file into place; nothing is left behind if it fails."""
        arriving = arriving_at(to, name, operation)
        try:
            answer = blocking(self._arrive(call, operation, arriving))
            return self.finished(call, arriving, answer)
        finally:
            arriving.abandon()


def _submitted(
    pool: ThreadPoolExecutor, work: Callable[..., T], *given: Any
) -> Future[T]:
    """Let a thread do *work* in its caller's context, as a task of asyncio does."""
    return pool.submit(copy_context().run, work, *given)


def _fly(flights: Flights, flight: Future[Token], work: Work) -> None:
    """Do a renewal in a thread of its own; nobody joins once it is done."""
    try:
        token = blocking(work())
    except BaseException as error:  # noqa: BLE001  # whatever it is, it is theirs
        flights.threads = None
        flight.set_exception(error)
    else:
        flights.threads = None
        flight.set_result(token)
