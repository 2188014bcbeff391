"""Handing kept events on: each until its handler has taken it, or it is given up."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Mapping
from typing import TypeAlias

from attrs import frozen

from .._events import Event
from ._queue import LEASE, Queue, Taken

_log = logging.getLogger("clm_bridge")

Handler: TypeAlias = Callable[[Event], object]
"""
What is called for each event.

It is called again if it raises, or if the process is killed before its end is noted:
let what it does be done once for each ``event.id``.
"""
IDLE = 0.5
"""Seconds until a worker with nothing to do looks again."""


@frozen
class Backoff:
    """How often an event is tried, and the seconds between, which grow and vary."""

    attempts: int = 12
    first: float = 1.0
    longest: float = 3600.0

    def delay(self, attempt: int, draw: float) -> float | None:
        """Return the seconds until the next try, or None when it is given up."""
        if attempt >= self.attempts:
            return None
        return min(self.first * 2.0 ** (attempt - 1), self.longest) * (0.5 + draw / 2)


class Worker:
    """
    Calls a handler for every event of some queues, on threads of its own.

    Of one contract, events are handled one at a time; several workers, also in other
    processes, share the work.
    """

    def __init__(
        self,
        queues: Mapping[str, Queue],
        handler: Handler,
        *,
        backoff: Backoff = Backoff(),  # it is frozen
        threads: int = 1,
        lease: float = LEASE,
    ) -> None:
        self._queues = dict(queues)
        self._handler = handler
        self._backoff = backoff
        self._lease = lease
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, name=f"clm-events-{n}", daemon=True)
            for n in range(threads)
        ]

    def start(self) -> None:
        """Begin to work."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Finish what is being handled, and take no more."""
        self._stopped.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def __enter__(self) -> Worker:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def work(self) -> int:
        """Handle everything that is due now, on this thread; return how many tries."""
        tries = 0
        while any(self._each()):
            tries += 1
        return tries

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                busy = any(self._each())
            except Exception:  # noqa: BLE001  # the file may be busy or full; later it is not
                _log.exception("events cannot be taken from the inbox")
                busy = False
            if not busy:
                self._stopped.wait(IDLE)

    def _each(self) -> list[bool]:
        """Handle one event of each queue; say of each whether there was one."""
        return [self._one(name, queue) for name, queue in self._queues.items()]

    def _one(self, name: str, queue: Queue) -> bool:
        if self._stopped.is_set():
            return False
        taken = queue.take(time.time(), self._lease)
        if taken is None:
            return False
        try:
            self._handler(taken.event)
        except Exception as error:  # noqa: BLE001  # a handler may fail in any way
            self._failed(name, queue, taken, error)
        else:
            queue.done(taken)
        return True

    def _failed(self, name: str, queue: Queue, taken: Taken, error: Exception) -> None:
        draw = random.random()  # noqa: S311  # jitter, not a secret
        delay = self._backoff.delay(taken.attempts, draw)
        told = f"{type(error).__name__}: {error}"
        due = None if delay is None else time.time() + delay
        queue.failed(taken, told, due)
        next_step = (
            f"it is buried: 'clm-bridge events replay -c {name}' tries it again"
            if delay is None
            else f"it is tried again in {delay:.0f} seconds"
        )
        _log.warning(
            "%s: the handler failed for %s (%s); %s",
            name,
            taken.event.id,
            type(error).__name__,
            next_step,
        )
