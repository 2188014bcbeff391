"""Waiting by blocking the thread."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import copy_context
from typing import Any, TypeVar

import httpx

from ._clients import Clients
from ._config import Options
from ._due import due
from ._files import Arriving, Download
from ._flow import Op, blocking
from ._http import Call, Http, Shared, arriving_at
from ._incoming import Inflow, answering
from ._limits import Deadline
from ._logs import quiet
from ._messages import Request, Response
from ._outgoing import is_foreign
from ._paging import Agenda, Cursor, Page
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
        self._turn = shared.turn = shared.turn or threading.Lock()

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

    @asynccontextmanager
    async def _one_at_a_time(self) -> AsyncIterator[None]:
        with self._turn:
            yield

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
