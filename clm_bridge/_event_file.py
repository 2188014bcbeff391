"""
The SQLite file that holds events; connections and processes may share it.

An event is in the file before its delivery is answered: none is lost after that.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ._errors import ConfigError

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
CREATE INDEX IF NOT EXISTS event_state ON event (connection, state, seq);
CREATE TABLE IF NOT EXISTS contract (
    connection TEXT NOT NULL, key TEXT NOT NULL, status TEXT, told_at TEXT,
    content TEXT NOT NULL, seen_at TEXT, PRIMARY KEY (connection, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS polled (connection TEXT PRIMARY KEY, at TEXT NOT NULL);
"""
MEMORY = ":memory:"

WAITING, TAKEN, DONE, DEAD = "waiting", "taken", "done", "dead"
SAME, PRUNED = "same", "pruned"
"""Of what is no event of the stream: told again, and handled so long ago."""


class EventFile:
    """One connection's part of the file."""

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

    def rows(self, asked: str, *values: Any) -> list[Any]:
        """Return what a query gives; its first parameter is the connection."""
        with self._working():
            return self._database.execute(asked, (self._connection, *values)).fetchall()

    def change(self, asked: str, *values: Any) -> int:
        """Write, within `writing`, and return how many rows it touched."""
        return self._database.execute(asked, (self._connection, *values)).rowcount

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the file for one transaction; on leaving, it is on disk."""
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

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._database.close()


def text(instant: datetime) -> str:
    """Write an instant so that text sorts as time does."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
