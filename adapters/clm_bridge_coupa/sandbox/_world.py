"""The tenant's state: records by model and id, files, approvals, and the time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from threading import RLock
from typing import Any
from zoneinfo import ZoneInfo

from attrs import field, frozen

from clm_bridge.sandbox import Clock

from ._errors import not_found
from ._format import Writer
from ._schema import Record
from ._switches import Switches

FIRST_NEW_ID = 10_000
"""Where the ids of what clients write begin, far from those of the portfolio."""

API_USER = 2
"""The user in whose name the client of the API writes."""


@frozen
class File:
    """An uploaded or signed file."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@frozen
class Token:
    """What an access token allows, and when."""

    scopes: frozenset[str]
    usable_at: datetime
    expires_at: datetime


class World:
    """Everything that a call may read or change, under one lock."""

    def __init__(self, clock: Clock, switches: Switches) -> None:
        self.clock = clock
        self.switches = switches
        self.zone = ZoneInfo(switches.timezone)
        self.lock = RLock()
        self.tokens: dict[str, Token] = {}
        self.clear()

    def clear(self) -> None:
        """Forget all records and files; tokens stay good."""
        self.records: dict[str, dict[int, Record]] = {}
        self.agreements: dict[int, File] = {}
        self.files: dict[int, File] = {}
        self.worked_until = self.now()
        self._last: dict[str, int] = {}
        self.touched: set[int] = set()

    @property
    def writer(self) -> Writer:
        """How this tenant writes its answers."""
        return Writer(self.zone, self.switches.plain_decimals)

    def now(self) -> datetime:
        """Return the present second; stored times have no fraction."""
        return self.clock.now().replace(microsecond=0)

    def today(self) -> date:
        """Return the day in the company's zone."""
        return self.now().astimezone(self.zone).date()

    def midnight(self, day: date | None) -> datetime | None:
        """Return the start of a day in the company's zone, as the UI sets it."""
        if day is None:
            return None
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def all(self, model: str) -> dict[int, Record]:
        """Return the records of a model by id."""
        return self.records.setdefault(model, {})

    def get(self, model: str, id: int) -> Record:
        """Return one record, or refuse with 404."""
        if id not in self.all(model):
            raise not_found()
        return self.all(model)[id]

    def find(self, model: str, matches: Callable[[Record], bool]) -> Record | None:
        """Return the first record that matches."""
        return next((r for r in self.all(model).values() if matches(r)), None)

    def put(self, model: str, record: Mapping[str, Any]) -> Record:
        """Keep a record under its id, or under the next one that is free."""
        kept = dict(record)
        if "id" not in kept:
            kept = {"id": self.next_id(model), **record}
        self._last[model] = max(self._last.get(model, FIRST_NEW_ID - 1), kept["id"])
        self.all(model)[kept["id"]] = kept
        return kept

    def next_id(self, model: str) -> int:
        """Return an id that no record of the model has had."""
        self._last[model] = self._last.get(model, FIRST_NEW_ID - 1) + 1
        return self._last[model]

    def touch(self, record: Record) -> None:
        """Note when a record was changed, and by whom."""
        record["updated-at"] = self.now()
        record["updated-by"] = self.all("user").get(API_USER)
        if record.get("id") is not None:
            own: int = record["id"]
            if self.all("contract").get(own) is record:
                self.touched.add(own)
