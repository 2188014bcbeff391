"""The events that wait to be handled: taken, tried again, and at last buried."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from attrs import frozen

from .._event_file import DEAD, DONE, PRUNED, TAKEN, WAITING, EventFile, text
from .._events import Event
from .._inbox import event_of

LEASE = 300.0
"""Seconds after which an event whose worker was killed is taken by another."""
_NEXT = """
SELECT seq, event, attempts FROM event AS one
WHERE connection = ?1 AND state = ?2 AND due_at <= ?4
  AND NOT EXISTS (
    SELECT 1 FROM event AS other
    WHERE other.connection = ?1 AND other.contract = one.contract AND other.state = ?3)
ORDER BY seq LIMIT 1
"""
_LET_GO = """
UPDATE event SET state = ?3 WHERE connection = ?1 AND state = ?2 AND due_at <= ?4
"""
_REPLAY = (
    "UPDATE event SET state = ?2, due_at = 0, attempts = 0 "
    "WHERE connection = ?1 AND event != '' AND "  # what was pruned holds nothing
)


@frozen
class Taken:
    """An event that a worker has taken: its place, and how often it was tried."""

    seq: int
    event: Event
    attempts: int


@frozen
class Buried:
    """An event that no more tries are made for, and what the last one failed with."""

    event: Event
    attempts: int
    error: str


class Queue:
    """One connection's events on their way to a handler."""

    def __init__(self, file: EventFile) -> None:
        self._file = file

    def take(self, now: float, lease: float = LEASE) -> Taken | None:
        """Take the first event that is due; of one contract, one at a time."""
        with self._file.writing():
            self._file.change(_LET_GO, TAKEN, WAITING, now)
            for seq, told, attempts in self._file.rows(_NEXT, WAITING, TAKEN, now):
                self._file.change(
                    "UPDATE event SET state = ?3, due_at = ?4, attempts = attempts + 1 "
                    "WHERE connection = ?1 AND seq = ?2",
                    seq,
                    TAKEN,
                    now + lease,
                )
                return Taken(seq, event_of(told), attempts + 1)
        return None

    def done(self, taken: Taken) -> None:
        """Note that an event was handled."""
        self._set(taken, DONE, 0.0, None)

    def failed(self, taken: Taken, error: str, due_at: float | None) -> None:
        """Note a failure; without a next time the event is buried."""
        state = DEAD if due_at is None else WAITING
        self._set(taken, state, due_at or 0.0, error)

    def buried(self) -> Sequence[Buried]:
        """Return the events that no more tries are made for, the oldest first."""
        rows = self._file.rows(
            "SELECT event, attempts, error FROM event "
            "WHERE connection = ? AND state = ? ORDER BY seq",
            DEAD,
        )
        return [Buried(event_of(told), tries, error) for told, tries, error in rows]

    def replay(self, ids: Sequence[str] | None = None) -> int:
        """Let events be handled again, as if new; by default the buried ones."""
        if ids is None:
            return self._again("state = ?3", DEAD)
        return self._again("id IN (SELECT value FROM json_each(?3))", json.dumps(ids))

    def counts(self) -> dict[str, int]:
        """Return how many events are in each state."""
        return dict(
            self._file.rows(
                "SELECT state, count(*) FROM event WHERE connection = ? GROUP BY state"
            )
        )

    def next_due(self) -> float | None:
        """Return when the next event is due, on the clock that `take` was given."""
        [[found]] = self._file.rows(
            "SELECT min(due_at) FROM event WHERE connection = ? AND state IN (?, ?)",
            WAITING,
            TAKEN,
        )
        return None if found is None else float(found)

    def prune(self, before: datetime) -> int:
        """Drop what handled events held; their ids stay, so that none is news again."""
        with self._file.writing():
            return self._file.change(
                "UPDATE event SET event = '', state = ?4 WHERE connection = ?1 "
                "AND state = ?2 AND received_at < ?3",
                DONE,
                text(before),
                PRUNED,
            )

    def _again(self, which: str, value: str) -> int:
        with self._file.writing():
            return self._file.change(_REPLAY + which, WAITING, value)

    def _set(self, taken: Taken, state: str, due_at: float, error: str | None) -> None:
        with self._file.writing():
            self._file.change(
                "UPDATE event SET state = ?3, due_at = ?4, error = ?5 "
                "WHERE connection = ?1 AND seq = ?2 AND state = 'taken'",
                taken.seq,
                state,
                due_at,
                error,
            )
