"""
Events as they arrive, each once, in a SQLite file that processes may share.

An event is in the file before its delivery is answered, so that none is lost after
that; it is there once, whichever way and however often it comes.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from ._errors import ConfigError
from ._events import Event
from ._json import from_dict, to_dict
from ._sameness import Known, Told, is_same
from ._vocabulary import EventKind, Status

_SCHEMA = """
CREATE TABLE IF NOT EXISTS event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    connection TEXT NOT NULL, id TEXT NOT NULL, contract TEXT,
    kind TEXT NOT NULL, status TEXT, occurred_at TEXT NOT NULL,
    parts TEXT, since TEXT,
    event TEXT NOT NULL, received_at TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting', attempts INTEGER NOT NULL DEFAULT 0,
    due_at REAL NOT NULL DEFAULT 0, error TEXT,
    UNIQUE (connection, id)
);
CREATE INDEX IF NOT EXISTS event_contract ON event (connection, contract, occurred_at);
CREATE INDEX IF NOT EXISTS event_due ON event (connection, state, due_at);
CREATE TABLE IF NOT EXISTS contract (
    connection TEXT NOT NULL, key TEXT NOT NULL, status TEXT, status_at TEXT,
    content TEXT NOT NULL, seen_at TEXT, PRIMARY KEY (connection, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS polled (connection TEXT PRIMARY KEY, at TEXT NOT NULL);
"""
MEMORY = ":memory:"

WAITING, DONE, DEAD, SAME = "waiting", "done", "dead", "same"
"""The states of an event; the last one is another event's change, told again."""


@frozen
class Found:
    """What a poll found: an event, what changed, and when it was seen before."""

    event: Event
    key: str
    parts: frozenset[str]
    since: datetime | None


class Inbox:
    """The events of one connection; one file serves many, and many processes."""

    def __init__(self, path: str | os.PathLike[str], connection: str) -> None:
        self._connection = connection
        self._path = os.fspath(path)
        self._lock = threading.RLock()
        try:
            if self._path != MEMORY:
                Path(self._path).parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(
                self._path, check_same_thread=False, timeout=30, isolation_level=None
            )
            self._database.executescript(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" + _SCHEMA
            )
        except (OSError, sqlite3.Error) as error:
            raise ConfigError(
                f"the inbox {self._path} cannot be opened: {error}",
                hint="let 'events' name a file that this program may write",
            ) from None

    def put(self, event: Event, key: str | None) -> bool:
        """
        Keep an event that the vendor told; say whether it is news.

        *key* is the contract's, the same for all ids that it goes by.  On return the
        event is on disk.  It is no news if it was there, or if a poll found its change.
        """
        with self._writing():
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
        with self._writing():
            for one in found:
                if self._add(one.event, one.key, WAITING, one.parts, one.since):
                    news.append(one.event)
            for key, what in known.items():
                self._know(key, what)
        return news

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes from writing between what is read and what is kept."""
        with self._writing():
            yield

    def after(self, cursor: int, limit: int = 100) -> list[tuple[int, Event]]:
        """Return the next events after a place in the stream, with their places."""
        rows = self._rows(
            "SELECT seq, event FROM event WHERE connection = ? AND seq > ? "
            "AND state != ? ORDER BY seq LIMIT ?",
            cursor,
            SAME,
            limit,
        )
        return [(seq, _event(told)) for seq, told in rows]

    def last(self) -> int:
        """Return the place of the newest event, or 0."""
        rows = self._rows("SELECT max(seq) FROM event WHERE connection = ?")
        return rows[0][0] or 0

    def known(self, keys: Iterable[str]) -> dict[str, Known]:
        """Return what is known of contracts; what is not known is not there."""
        asked = (
            "SELECT status, status_at, content, seen_at FROM contract "
            "WHERE connection = ? AND key = ?"
        )
        found = {key: self._rows(asked, key) for key in keys}
        return {key: _known(*rows[0]) for key, rows in found.items() if rows}

    def told(self, key: str, since: datetime | None) -> list[Told]:
        """Return what the vendor told of a contract since then, by its own clock."""
        rows = self._rows(
            "SELECT kind, status, occurred_at FROM event WHERE connection = ? "
            "AND contract = ? AND parts IS NULL AND occurred_at >= ?",
            key,
            _text(since) if since else "",
        )
        return [_told(*row) for row in rows]

    def polled_at(self) -> datetime | None:
        """Return when the last whole poll began, if there was one."""
        rows = self._rows("SELECT at FROM polled WHERE connection = ?")
        return datetime.fromisoformat(rows[0][0]) if rows else None

    def mark_polled(self, at: datetime) -> None:
        """Note that a poll which began then has seen everything."""
        with self._writing():
            self._change("INSERT OR REPLACE INTO polled VALUES (?, ?)", _text(at))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()

    def _polled_of(self, key: str) -> list[Told]:
        rows = self._rows(
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
        changed = self._change(
            "INSERT OR IGNORE INTO event (connection, id, contract, kind, status, "
            "occurred_at, parts, since, event, received_at, state) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            event.id,
            key,
            event.kind.value,
            event.status.value if event.status else None,
            _text(event.occurred_at),
            None if parts is None else json.dumps(sorted(parts)),
            _text(since) if since else None,
            json.dumps(to_dict(event)),
            _text(datetime.now(UTC)),
            state,
        )
        return changed > 0

    def _note(self, event: Event, key: str) -> None:
        """Remember what an event says of the contract's status, unless it is old."""
        if event.kind is EventKind.DELETED:
            self._change("DELETE FROM contract WHERE connection = ? AND key = ?", key)
            return
        before = self.known([key]).get(key, Known())
        if event.status is None or (
            before.status_at is not None and before.status_at > event.occurred_at
        ):
            return
        if before.seen_at is not None and before.seen_at > event.occurred_at:
            return  # the poll saw the contract after this
        self._know(
            key, evolve(before, status=event.status, status_at=event.occurred_at)
        )

    def _know(self, key: str, what: Known) -> None:
        self._change(
            "INSERT OR REPLACE INTO contract VALUES (?, ?, ?, ?, ?, ?)",
            key,
            what.status.value if what.status else None,
            _text(what.status_at) if what.status_at else None,
            json.dumps(dict(what.content)),
            _text(what.seen_at) if what.seen_at else None,
        )

    def _rows(self, asked: str, *values: Any) -> list[Any]:
        with self._working():
            return self._database.execute(asked, (self._connection, *values)).fetchall()

    def _change(self, asked: str, *values: Any) -> int:
        return self._database.execute(asked, (self._connection, *values)).rowcount

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the file for one transaction that writes."""
        with self._working():
            if self._database.in_transaction:  # ours: the lock is held
                yield
                return
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")

    @contextmanager
    def _working(self) -> Iterator[None]:
        """Say in our own words what the file refuses."""
        try:
            with self._lock:
                yield
        except sqlite3.Error as error:
            raise ConfigError(
                f"the inbox {self._path} cannot be used: {error}",
                hint="look at the file and its disk, or let 'events' name another",
            ) from None


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")


def _event(told: str) -> Event:
    return from_dict(json.loads(told), Event)


def _known(
    status: str | None, status_at: str | None, content: str, seen_at: str | None
) -> Known:
    return Known(
        Status(status) if status else None,
        datetime.fromisoformat(status_at) if status_at else None,
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
