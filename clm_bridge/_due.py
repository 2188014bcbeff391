"""The deadline of the call that is under way here, for the sockets below httpx."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ._limits import Deadline

_due = ContextVar[Deadline | None]("_due", default=None)


@contextmanager
def due(deadline: Deadline) -> Iterator[None]:
    """Hold everything that reads or writes within to *deadline*."""
    before = _due.set(deadline)
    try:
        yield
    finally:
        _due.reset(before)


def time_left(given: float | None) -> float | None:
    """Return *given* seconds, or those until the deadline if they are fewer."""
    deadline = _due.get()
    if deadline is None:
        return given
    remaining = deadline.remaining(time.monotonic())
    return remaining if given is None else min(given, remaining)
