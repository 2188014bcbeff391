"""The link index: which contract carries which external id, as far as was read."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Protocol

from ._errors import ConfigError
from ._models import Contract
from ._vocabulary import Facet


class LinkIndex(Protocol):
    """Remembers external ids of contracts that were read; one for a connection."""

    def remember(self, contracts: Iterable[Contract]) -> None:
        """Replace what is known about these contracts' links."""

    def find(self, external_id: str) -> Sequence[str]:
        """Return the ids of the contracts that carried this external id."""

    def forget(self, contract_id: str) -> None:
        """Drop a contract that is no longer there."""

    def built_at(self) -> datetime | None:
        """Return when all contracts were last read into the index, if ever."""

    def mark_built(self, at: datetime) -> None:
        """Note that all contracts were read by then."""


class MemoryLinks:
    """An index that lives as long as the bridge."""

    def __init__(self) -> None:
        self._contracts: dict[str, tuple[str, ...]] = {}
        self._built_at: datetime | None = None

    def remember(self, contracts: Iterable[Contract]) -> None:
        """Replace what is known about these contracts' links."""
        for contract in known(contracts):
            self._contracts[contract.id] = _external_ids(contract)

    def find(self, external_id: str) -> Sequence[str]:
        """Return the ids of the contracts that carried this external id."""
        known = list(self._contracts.items())
        return [contract for contract, links in known if external_id in links]

    def forget(self, contract_id: str) -> None:
        """Drop a contract that is no longer there."""
        self._contracts.pop(contract_id, None)

    def built_at(self) -> datetime | None:
        """Return when all contracts were last read into the index, if ever."""
        return self._built_at

    def mark_built(self, at: datetime) -> None:
        """Note that all contracts were read by then."""
        self._built_at = at


_SCHEMA = """
CREATE TABLE IF NOT EXISTS link (
    connection TEXT NOT NULL, contract_id TEXT NOT NULL, external_id TEXT NOT NULL,
    PRIMARY KEY (connection, external_id, contract_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS link_contract ON link (connection, contract_id);
CREATE TABLE IF NOT EXISTS built (connection TEXT PRIMARY KEY, at TEXT NOT NULL);
"""


class SqliteLinks:
    """An index in a file, which threads and processes may share."""

    def __init__(self, path: Path, connection: str) -> None:
        self._connection = connection
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
        linked = {contract.id: _external_ids(contract) for contract in known(contracts)}
        rows = [
            (self._connection, contract_id, external_id)
            for contract_id, external_ids in linked.items()
            for external_id in external_ids
        ]
        with self._lock, self._database:
            for contract_id in linked:
                self._delete(contract_id)
            self._database.executemany("INSERT INTO link VALUES (?, ?, ?)", rows)

    def find(self, external_id: str) -> Sequence[str]:
        """Return the ids of the contracts that carried this external id."""
        asked = "SELECT contract_id FROM link WHERE connection = ? AND external_id = ?"
        return [row[0] for row in self._rows(asked, external_id)]

    def forget(self, contract_id: str) -> None:
        """Drop a contract that is no longer there."""
        with self._lock, self._database:
            self._delete(contract_id)

    def built_at(self) -> datetime | None:
        """Return when all contracts were last read into the index, if ever."""
        rows = self._rows("SELECT at FROM built WHERE connection = ?")
        return datetime.fromisoformat(rows[0][0]) if rows else None

    def mark_built(self, at: datetime) -> None:
        """Note that all contracts were read by then."""
        with self._lock, self._database:
            self._database.execute(
                "INSERT OR REPLACE INTO built VALUES (?, ?)",
                (self._connection, at.isoformat()),
            )

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _rows(self, asked: str, *values: str) -> list[tuple[str, ...]]:
        with self._lock, closing(self._database.cursor()) as cursor:
            return cursor.execute(asked, (self._connection, *values)).fetchall()

    def _delete(self, contract_id: str) -> None:
        self._database.execute(
            "DELETE FROM link WHERE connection = ? AND contract_id = ?",
            (self._connection, contract_id),
        )


def known(contracts: Iterable[Contract]) -> Iterator[Contract]:
    """Yield the contracts whose links were fetched; the others say nothing."""
    return (c for c in contracts if Facet.EXTERNAL_LINKS in c.loaded)


def _external_ids(contract: Contract) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.id for link in contract.external_links))
