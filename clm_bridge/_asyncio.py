"""Waiting by yielding to the event loop."""

from __future__ import annotations

import asyncio
import os
import time
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from typing import Any, TypeVar

import httpx
from attrs import define

from ._auth import Token
from ._clients import Clients
from ._config import Options
from ._files import Arriving, Download
from ._flow import Op
from ._http import Call, Http, arriving_at
from ._incoming import Inflow, answering
from ._limits import Deadline
from ._logs import quiet
from ._messages import Request, Response
from ._outgoing import LEFT, is_foreign
from ._paging import Agenda, Cursor, Page
from ._sharing import Shared
from ._tokens import Flights, Work

T = TypeVar("T")

TASKS = 8


@define
class _Flight:
    """A renewal on its way, and how many wait for it."""

    task: asyncio.Task[Token]
    waiting: int = 0


class AsyncHttp(Http):
    """The engine for asyncio."""

    def __init__(
        self,
        shared: Shared,
        options: Options,
        clients: Clients[httpx.AsyncClient],
    ) -> None:
        super().__init__(shared, options)
        self._clients = clients

    async def _exchange(
        self, request: httpx.Request, deadline: Deadline, into: Arriving | None
    ) -> Response:
        client = self._clients.files() if is_foreign(request) else self._clients.api
        try:
            async with asyncio.timeout(deadline.remaining(time.monotonic())):
                return await self._receive(client, request, deadline, into)
        except TimeoutError:
            raise httpx.ReadTimeout("the deadline has passed") from None

    async def _receive(
        self,
        client: httpx.AsyncClient,
        request: httpx.Request,
        deadline: Deadline,
        into: Arriving | None,
    ) -> Response:
        with quiet():
            answer = await client.send(request, stream=True, follow_redirects=False)
            try:
                with answering(answer):
                    inflow = Inflow(answer, deadline, self.options, into)
                    if answer.is_stream_consumed:
                        inflow.take(answer.content)
                    else:
                        async for chunk in answer.aiter_raw():
                            inflow.take(chunk)
                    return inflow.whole()
            finally:
                await answer.aclose()

    async def _sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def _aside(self, work: Callable[[], float]) -> float:
        return await asyncio.to_thread(work)

    def _on_leaving(self, left: Callable[[], Awaitable[None]]) -> dict[str, Any]:
        async def note(event: str, _told: dict[str, Any]) -> None:
            if event.endswith(LEFT):
                await left()

        return {"trace": note}

    async def _once(self, flights: Flights, work: Work, seconds: float) -> Token:
        loop = asyncio.get_running_loop()
        flight = flights.loops.get(loop)
        if flight is None:
            flight = flights.loops[loop] = _Flight(loop.create_task(work()))
        flight.waiting += 1
        try:
            async with asyncio.timeout(seconds):
                return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if not flight.waiting or flight.task.done():
                flight.task.cancel()  # nobody waits for it any more
                if flights.loops.get(loop) is flight:
                    del flights.loops[loop]

    async def _gather(self, call: Call, parts: Sequence[Awaitable[Any]]) -> list[Any]:
        places = asyncio.Semaphore(TASKS)

        async def placed(part: Awaitable[Any]) -> Any:
            async with places:
                return await self._part(call, part)

        tasks = [asyncio.create_task(placed(part)) for part in parts]
        try:
            return [await task for task in tasks]
        finally:
            await _cancelled(tasks)

    async def pages(
        self,
        fetch: Callable[[Cursor | None], tuple[Call, Op[Page[T]]]],
        start: Cursor | None,
        window: int,
    ) -> AsyncGenerator[Page[T], None]:
        """Fetch ahead, at most *window* pages at a time, and yield them in order."""
        agenda = Agenda(start)
        waiting: deque[asyncio.Task[Page[T]]] = deque()

        async def fetched(cursor: Cursor | None) -> Page[T]:
            return await self.run(*fetch(cursor))

        def send_for(cursors: list[Cursor | None]) -> None:
            waiting.extend(asyncio.create_task(fetched(cursor)) for cursor in cursors)

        try:
            send_for(agenda.take(window))
            while waiting:
                page = await waiting[0]
                del waiting[0]
                agenda.arrived(page)
                send_for(agenda.take(window))
                yield page
        finally:
            await _cancelled(waiting)

    async def download(
        self, call: Call, operation: Op[Request], to: str | os.PathLike[str], name: str
    ) -> Download:
        """Stream a file into place; nothing is left behind if it fails."""
        arriving = arriving_at(to, name, operation)
        try:
            answer = await self._arrive(call, operation, arriving)
            return await _in_a_thread(self.finished, call, arriving, answer)
        finally:
            arriving.abandon()


async def _in_a_thread(work: Callable[..., T], *given: Any) -> T:
    """Do *work* in a thread; who cancels waits until it is over, as it goes on."""
    working = asyncio.ensure_future(asyncio.to_thread(work, *given))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.gather(working, return_exceptions=True)
        raise


async def _cancelled(tasks: Sequence[asyncio.Task[Any]] | deque[Any]) -> None:
    """Cancel what still runs and see it end, so that nothing is left open."""
    running = [task for task in tasks if not task.done()]
    for task in running:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
