"""Events for asyncio: what the vendor tells, and what polling finds, as one stream."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime

from ._async_rooms import AsyncRoom
from ._asyncio import AsyncHttp
from ._desk import Desk
from ._errors import ClmError
from ._event_desk import EventDesk, Watch
from ._events import Event, Headers
from ._operations import Detail
from ._polling import Poll


class AsyncEventStream:
    """
    Events in the order in which they came, without end; ``close`` it, or break off.

    ``cursor`` is the place after the last event that was yielded: keep it, and
    ``stream(since=cursor)`` goes on from there.
    """

    def __init__(self, room: AsyncEvents, watch: Watch, detail: Detail) -> None:
        self._room = room
        self._watch = watch
        self._detail = detail

    @property
    def cursor(self) -> str:
        """The place after the last event that was yielded."""
        return str(self._watch.cursor)

    async def __aiter__(self) -> AsyncIterator[Event]:
        while True:
            for event in self._ready():
                yield event
            wait = self._watch.wait(time.monotonic())
            if wait > 0:
                await asyncio.sleep(wait)
            else:
                await self._room._watched(self._watch, self._detail)

    def _ready(self) -> Iterator[Event]:
        while ready := self._watch.ready():
            for seq, event in ready:
                self._watch.cursor = seq
                yield event


class AsyncEvents(AsyncRoom):
    """What happens to contracts."""

    def __init__(self, http: AsyncHttp, desk: Desk, events: EventDesk) -> None:
        super().__init__(http, desk)
        self._events = events

    def verify_and_parse(
        self,
        headers: Headers,
        body: bytes,
        *,
        token: str | None = None,
        now: datetime | None = None,
    ) -> Event:
        """Return a delivery's event and keep nothing; see `Webhook`."""
        return self._events.webhook.verify_and_parse(
            headers, body, token=token, now=now
        )

    async def receive(
        self, headers: Headers, body: bytes, *, token: str | None = None
    ) -> Event | None:
        """
        Verify a delivery and keep its event in the inbox; return it if it is news.

        Raises `WebhookVerificationError`.  Answer the vendor with 2xx after this, and
        not before: then the event is on disk, if the setting ``events`` names a file.
        """
        return await asyncio.to_thread(self._events.receive, headers, body, token)

    async def poll(self, *, detail: Detail = "summary") -> Sequence[Event]:
        """
        Look once for what changed since the last poll, and return what is news.

        The first poll only takes note of what is there.  ``detail="full"`` sees changes
        of everything, and costs calls for each contract where a row does not carry it.
        """
        return await self._walked(self._events.poll(detail))

    def stream(
        self,
        since: str | None = None,
        *,
        interval: tuple[float, float] | None = None,
        detail: Detail = "summary",
    ) -> AsyncEventStream:
        """
        Return all events after a place: those in the inbox, then whatever comes.

        It polls, too: *interval* is the shortest and the longest wait between polls in
        seconds, by default (15, 300), or (300, 3600) where ``webhook_secrets`` are set.
        """
        watch = self._events.watch(since, interval, self._http.rate, time.monotonic())
        return AsyncEventStream(self, watch, detail)

    async def _walked(self, poll: Poll) -> list[Event]:
        """Read every page of a poll, and note that all were read."""
        extra = poll.pace(self._http.rate)
        pages = self._listed("events.poll", poll.page, None, extra=extra)
        found = [event async for page in pages for event in page.items]
        poll.finish()
        return found

    async def _watched(self, watch: Watch, detail: Detail) -> None:
        """Poll for a stream, and let it know how it went."""
        poll = self._events.poll(detail)
        try:
            news = await self._walked(poll)
        except ClmError as error:
            watch.failed(error, time.monotonic())
        else:
            watch.polled(poll, len(news), time.monotonic())
