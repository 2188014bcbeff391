"""Events as they arrive: each is kept once, however often and by whatever way."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from attrs import frozen

from ._event_file import PRUNED, SAME, WAITING, EventFile, text
from ._events import Event
from ._json import from_dict, to_dict
from ._sameness import Known, Told, is_same, learned
from ._vocabulary import EventKind, Status


@frozen
class Found:
    """What a poll found: an event, what changed, and when it was seen before."""

    event: Event
    key: str
    parts: frozenset[str]
    since: datetime | None


class Inbox:
    """The events of one connection, and what is known of its contracts."""

    def __init__(self, file: EventFile) -> None:
        self.file = file

    def put(self, event: Event, key: str | None) -> bool:
        """
        Keep an event that the vendor told; say whether it is news.

        *key* is the contract's, the same for all ids that it goes by.  On return the
        event is on disk.  It is no news if it was there, or if a poll found its change.
        """
        with self.file.writing():
            same = key is not None and any(
                is_same(event, found) for found in self._polled_of(key)
            )
            added = self._add(event, key, SAME if same else WAITING)
            if added and key is not None:
                self._note(event, key)
        return added and not same

    def settle(self, known: dict[str, Known], found: Iterable[Found]) -> list[Event]:
        """Keep what a page of a poll says, and return the events that are news."""
        news = []
        with self.file.writing():
            for one in found:
                if self._add(one.event, one.key, WAITING, one.parts, one.since):
                    news.append(one.event)
            for key, what in known.items():
                self._know(key, what)
        return news

    def alone(self) -> AbstractContextManager[None]:
        """Keep other processes from writing between what is read and what is kept."""
        return self.file.writing()

    def after(self, cursor: int, limit: int = 100) -> list[tuple[int, Event]]:
        """Return the next events after a place in the stream, with their places."""
        rows = self.file.rows(
            "SELECT seq, event FROM event WHERE connection = ? AND seq > ? "
            "AND state NOT IN (?, ?) ORDER BY seq LIMIT ?",
            cursor,
            SAME,
            PRUNED,
            limit,
        )
        return [(seq, event_of(told)) for seq, told in rows]

    def last(self) -> int:
        """Return the place of the newest event, or 0."""
        rows = self.file.rows("SELECT max(seq) FROM event WHERE connection = ?")
        return rows[0][0] or 0

    def known(self, keys: Iterable[str]) -> dict[str, Known]:
        """Return what is known of contracts; what is not known is not there."""
        asked = (
            "SELECT status, told_at, content, seen_at FROM contract "
            "WHERE connection = ? AND key = ?"
        )
        found = {key: self.file.rows(asked, key) for key in keys}
        return {key: _known(*rows[0]) for key, rows in found.items() if rows}

    def told(self, key: str, since: datetime | None) -> list[Told]:
        """Return what the vendor told of a contract since then, by its own clock."""
        rows = self.file.rows(
            "SELECT kind, status, occurred_at FROM event WHERE connection = ? "
            "AND contract = ? AND parts IS NULL AND occurred_at >= ?",
            key,
            text(since) if since else "",
        )
        return [_told(*row) for row in rows]

    def polled_at(self) -> datetime | None:
        """Return when the last whole poll began, if there was one."""
        rows = self.file.rows("SELECT at FROM polled WHERE connection = ?")
        return datetime.fromisoformat(rows[0][0]) if rows else None

    def mark_polled(self, at: datetime) -> None:
        """Note that a poll which began then has seen everything."""
        with self.file.writing():
            self.file.change("INSERT OR REPLACE INTO polled VALUES (?, ?)", text(at))

    def _polled_of(self, key: str) -> list[Told]:
        rows = self.file.rows(
            "SELECT kind, status, occurred_at, parts, since FROM event "
            "WHERE connection = ? AND contract = ? AND parts IS NOT NULL",
            key,
        )
        return [_told(*row) for row in rows]

    def _add(
        self,
        event: Event,
        key: str | None,
        state: str,
        parts: frozenset[str] | None = None,
        since: datetime | None = None,
    ) -> bool:
        changed = self.file.change(
            "INSERT OR IGNORE INTO event (connection, id, contract, kind, status, "
            "occurred_at, parts, since, event, received_at, state) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            event.id,
            key,
            event.kind.value,
            event.status.value if event.status else None,
            text(event.occurred_at),
            None if parts is None else json.dumps(sorted(parts)),
            text(since) if since else None,
            json.dumps(to_dict(event)),
            text(datetime.now(UTC)),
            state,
        )
        return changed > 0

    def _note(self, event: Event, key: str) -> None:
        """Remember what an event says of its contract."""
        if event.kind is EventKind.DELETED:
            self.file.change(
                "DELETE FROM contract WHERE connection = ? AND key = ?", key
            )
            return
        before = self.known([key]).get(key)
        after = learned(before or Known(), event)
        if after != before:
            self._know(key, after)

    def _know(self, key: str, what: Known) -> None:
        self.file.change(
            "INSERT OR REPLACE INTO contract VALUES (?, ?, ?, ?, ?, ?)",
            key,
            what.status.value if what.status else None,
            text(what.told_at) if what.told_at else None,
            json.dumps(dict(what.content)),
            text(what.seen_at) if what.seen_at else None,
        )


def event_of(told: str) -> Event:
    """Read an event as the file holds it."""
    return from_dict(json.loads(told), Event)


def _known(
    status: str | None, told_at: str | None, content: str, seen_at: str | None
) -> Known:
    return Known(
        Status(status) if status else None,
        datetime.fromisoformat(told_at) if told_at else None,
        json.loads(content),
        datetime.fromisoformat(seen_at) if seen_at else None,
    )


def _told(
    kind: str,
    status: str | None,
    occurred_at: str,
    parts: str | None = None,
    since: str | None = None,
) -> Told:
    return Told(
        EventKind(kind),
        Status(status) if status else None,
        datetime.fromisoformat(occurred_at),
        frozenset(json.loads(parts)) if parts else frozenset(),
        datetime.fromisoformat(since) if since else None,
    )
