"""The link index in a SQLite file, which threads and processes may share."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from ._errors import ConfigError
from ._links import external_ids, known
from ._models import Contract
from ._values import ExternalLink

_SCHEMA = """
CREATE TABLE IF NOT EXISTS link (
    connection TEXT NOT NULL, contract_id TEXT NOT NULL, external_id TEXT NOT NULL,
    PRIMARY KEY (connection, external_id, contract_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS link_contract ON link (connection, contract_id);
CREATE TABLE IF NOT EXISTS stated (
    connection TEXT NOT NULL, contract_id TEXT NOT NULL, external_id TEXT NOT NULL,
    system TEXT, record_type TEXT, url TEXT, PRIMARY KEY (connection, contract_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS begun (
    connection TEXT NOT NULL, external_id TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (connection, external_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS built (connection TEXT PRIMARY KEY, at TEXT NOT NULL);
"""
_FIND = """
SELECT contract_id FROM link WHERE connection = ?1 AND external_id = ?2
UNION SELECT contract_id FROM stated WHERE connection = ?1 AND external_id = ?2
"""
_STATED = """
SELECT system, record_type, external_id, url
FROM stated WHERE connection = ? AND contract_id = ?
"""


class SqliteLinks:
    """An index in a file, which threads and processes may share."""

    def __init__(self, path: Path, connection: str) -> None:
        self._connection = connection
        self._path = path
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path, check_same_thread=False, timeout=30)
            self._database.executescript("PRAGMA journal_mode = WAL;" + _SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise ConfigError(
                f"the link index {path} cannot be opened: {error}",
                hint="let 'links' name a file that this program may write, or none",
            ) from None

    def remember(self, contracts: Iterable[Contract]) -> None:
        """Replace what is known about these contracts' links, in one transaction."""
        linked = {contract.id: external_ids(contract) for contract in known(contracts)}
        rows = [
            (self._connection, contract_id, external_id)
            for contract_id, ids in linked.items()
            for external_id in ids
        ]
        with self._working():
            for contract_id in linked:
                self._delete(contract_id)
            self._database.executemany("INSERT INTO link VALUES (?, ?, ?)", rows)

    def find(self, external_id: str) -> Sequence[str]:
        """Return the ids of the contracts that carried this external id."""
        return [row[0] for row in self._rows(_FIND, external_id)]

    def forget(self, contract_id: str) -> None:
        """Drop a contract that is no longer there."""
        with self._working():
            self._delete(contract_id)
        self.unstate(contract_id)

    def state(self, contract_id: str, link: ExternalLink) -> None:
        """Keep a link that the vendor has no place for, whatever is read later."""
        told = (contract_id, link.id, link.system, link.record_type, link.url)
        self._change("INSERT OR REPLACE INTO stated VALUES (?, ?, ?, ?, ?, ?)", *told)

    def unstate(self, contract_id: str) -> bool:
        """Drop the links that were kept for a contract; say whether there were any."""
        asked = "DELETE FROM stated WHERE connection = ? AND contract_id = ?"
        return self._change(asked, contract_id) > 0

    def stated(self, contract_id: str) -> Sequence[ExternalLink]:
        """Return the links that were kept for a contract."""
        return [
            ExternalLink(system, record_type, external_id, url)
            for system, record_type, external_id, url in self._rows(
                _STATED, contract_id
            )
        ]

    def begin(self, external_id: str, at: datetime) -> datetime | None:
        """Note a beginning, or return when an earlier one was noted."""
        noted = "INSERT OR IGNORE INTO begun VALUES (?, ?, ?)"
        asked = "SELECT at FROM begun WHERE connection = ? AND external_id = ?"
        while not self._change(noted, external_id, at.isoformat()):
            for (earlier,) in self._rows(asked, external_id):
                return datetime.fromisoformat(earlier)
        return None

    def take_over(self, external_id: str, began: datetime, at: datetime) -> bool:
        """Put *at* in the place of an attempt that began at *began*, if it is there."""
        asked = (
            "UPDATE begun SET at = ?4 "
            "WHERE connection = ?1 AND external_id = ?2 AND at = ?3"
        )
        then, now = began.isoformat(), at.isoformat()
        return self._change(asked, external_id, then, now) > 0

    def end(self, external_id: str) -> None:
        """Note that what was begun is decided, one way or the other."""
        asked = "DELETE FROM begun WHERE connection = ? AND external_id = ?"
        self._change(asked, external_id)

    def built_at(self) -> datetime | None:
        """Return when all contracts were last read into the index, if ever."""
        rows = self._rows("SELECT at FROM built WHERE connection = ?")
        return datetime.fromisoformat(rows[0][0]) if rows else None

    def mark_built(self, at: datetime) -> None:
        """Note that all contracts were read by then."""
        self._change("INSERT OR REPLACE INTO built VALUES (?, ?)", at.isoformat())

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _rows(self, asked: str, *values: str) -> list[tuple[str, ...]]:
        with self._working(), closing(self._database.cursor()) as cursor:
            return cursor.execute(asked, (self._connection, *values)).fetchall()

    def _change(self, asked: str, *values: str | None) -> int:
        """Write in one transaction, and return how many rows it touched."""
        with self._working():
            return self._database.execute(asked, (self._connection, *values)).rowcount

    @contextmanager
    def _working(self) -> Iterator[None]:
        """Hold the file in one transaction; say in our own words what it refuses."""
        try:
            with self._lock, self._database:
                yield
        except sqlite3.Error as error:
            raise ConfigError(
                f"the link index {self._path} cannot be used: {error}",
                hint="look at the file and its disk, or let 'links' name another",
            ) from None

    def _delete(self, contract_id: str) -> None:
        self._database.execute(
            "DELETE FROM link WHERE connection = ? AND contract_id = ?",
            (self._connection, contract_id),
        )
