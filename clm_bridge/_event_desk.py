"""What every event goes through, whichever way it comes: the proof, and the inbox."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from threading import Lock

from attrs import define, evolve, field

from ._config import Settings
from ._errors import (
    ClmError,
    InvalidInput,
    RateLimited,
    TransportError,
    VendorDown,
)
from ._event_file import MEMORY, EventFile
from ._events import Event, Headers
from ._inbox import Inbox
from ._limits import Rate
from ._operations import Detail
from ._polling import ALONE, BESIDE, Interval, Poll, poll
from ._webhook import Webhook, webhook_of

_log = logging.getLogger("clm_bridge")

TICK = 1.0
"""Seconds until a stream looks again for what another process has put in the inbox."""
PASSING = (TransportError, VendorDown, RateLimited)
"""What a stream lives through: it polls again later."""


@define
class EventDesk:
    """One bridge's place for events."""

    settings: Settings
    _inbox: Inbox | None = None
    _lock: Lock = field(factory=Lock, repr=False, eq=False)

    @property
    def inbox(self) -> Inbox:
        """The inbox in the configured file or in memory, made when it is needed."""
        with self._lock:
            if self._inbox is None:
                owner = self.settings.connection or self.settings.vendor
                file = EventFile(self.settings.events or MEMORY, owner)
                self._inbox = Inbox(file)
            return self._inbox

    @property
    def webhook(self) -> Webhook:
        """What verifies this connection's deliveries."""
        return webhook_of(self.settings.adapter, self.settings.webhook_secrets)

    def receive(self, headers: Headers, body: bytes, token: str | None) -> Event | None:
        """Verify a delivery and keep its event; return it if it is news."""
        event = self.webhook.verify_and_parse(headers, body, token=token)
        return event if self.keep(event) else None

    def keep(self, event: Event) -> bool:
        """Keep an event that the vendor told; say whether it is news."""
        own = event.contract_id
        key = None if own is None else self.settings.adapter.contract_key(own)
        return self.inbox.put(event, key)

    def poll(self, detail: Detail) -> Poll:
        """Begin a poll."""
        adapter = self.settings.adapter
        return poll(adapter, self.inbox, detail, adapter.workspace.now())

    def watch(
        self,
        since: str | None,
        interval: tuple[float, float] | None,
        rate: Rate | None,
        now: float,
    ) -> Watch:
        """Begin a stream after a place in it."""
        told = bool(self.settings.webhook_secrets)
        shortest, longest = interval or (BESIDE if told else ALONE)
        if not 0 < shortest <= longest:
            raise InvalidInput(
                f"interval is {(shortest, longest)!r}",
                hint="write the shortest and the longest wait in seconds",
            )
        return Watch(
            self.inbox, place(since), Interval(shortest, longest, rate), due=now
        )

    def close(self) -> None:
        """Close the inbox."""
        if self._inbox is not None:
            self._inbox.file.close()


@define
class Watch:
    """What a stream does next; the drivers do the waiting."""

    inbox: Inbox
    cursor: int
    interval: Interval
    due: float
    """When to poll next, on the monotonic clock."""

    def ready(self) -> Sequence[tuple[int, Event]]:
        """Return what is there to be yielded."""
        return self.inbox.after(self.cursor)

    def wait(self, now: float) -> float:
        """Return the seconds to sleep; none where it is time to poll."""
        return max(0.0, min(self.due - now, TICK))

    def polled(self, done: Poll, news: int, now: float) -> None:
        """Note that a poll is over."""
        self.interval = self.interval.after(news=news, calls=done.calls)
        self.due = now + self.interval.seconds

    def failed(self, error: ClmError, now: float) -> None:
        """Go on after what passes by itself; raise the rest."""
        if not isinstance(error, PASSING):
            raise error
        _log.warning("a poll failed, and is tried again: %s", error)
        told = getattr(error, "retry_after", None) or 0.0
        self.interval = evolve(
            self.interval, seconds=min(self.interval.seconds * 2, self.interval.longest)
        )
        self.due = now + max(self.interval.seconds, told)


def place(since: str | None) -> int:
    """Read a cursor of the stream; None is its beginning."""
    if since is None:
        return 0
    if not (since.isascii() and since.isdecimal()):
        raise InvalidInput(
            f"since is {since!r}", hint="give what stream.cursor was, or None"
        )
    return int(since)
