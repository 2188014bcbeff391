"""The house that is moved into: a bridge, as its own operations are driven."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from attrs import define, field

from .._adapter import Adapter
from .._blocking import BlockingHttp
from .._bridge import Bridge
from .._creating import LATE, Creation, OnExisting
from .._desk import Desk, offered
from .._field_values import Definitions
from .._flow import Op, as_operation, blocking, run
from .._http import TO_FIND_OUT
from .._messages import Request, Response
from .._particulars import NewContract
from .._placing import written
from .._problems import Problem
from .._rehearsal import stand_in

T = TypeVar("T")


def address(bridge: Bridge) -> dict[str, Any]:
    """Return what tells a connection from others; no credentials."""
    settings = bridge.settings
    host = settings.adapter.base_url.partition("://")[2].partition("/")[0]
    return {
        "vendor": settings.vendor,
        "connection": settings.connection,
        "host": host.rpartition("@")[2],
    }


@define
class House:
    """Where contracts are created."""

    bridge: Bridge
    late: timedelta = LATE
    _definitions: Definitions | None = field(default=None, init=False)

    @property
    def adapter(self) -> Adapter:
        """The vendor's adapter."""
        return self.bridge.settings.adapter

    @property
    def desk(self) -> Desk:
        """The bridge's own desk, which every write goes through."""
        return self.bridge.contracts._desk

    @property
    def _http(self) -> BlockingHttp:
        return self.bridge._http

    def now(self) -> datetime:
        """Return the time as the bridge tells it."""
        return self.adapter.workspace.now()

    def read(self) -> None:
        """Refuse a vendor that creates nothing; else read its fields' definitions."""
        offered(self.adapter, "contracts.create")
        if "fields.list" in self.adapter.capabilities():
            self._definitions = self.run("fields.list", self.desk.definitions())
        else:
            self._definitions = Definitions([])

    @property
    def definitions(self) -> Definitions:
        """The workspace's own fields, as they were read."""
        assert self._definitions is not None  # they were read
        return self._definitions

    def faults(self, new: NewContract) -> Sequence[Problem]:
        """Return what this vendor cannot be told; nobody is asked."""
        found = self.desk.faults(new)
        if found:
            return found
        _, wrong = written(self.adapter.workspace, new, self.definitions)
        return wrong

    def creation(
        self,
        new: NewContract,
        *,
        on_existing: OnExisting = "return",
        dry: bool = False,
        begun: datetime | None = None,
        alive: datetime | None = None,
        taken: frozenset[str] = frozenset(),
        by_name: bool = False,
    ) -> Creation:
        """Return one contract on its way here."""
        return Creation(
            self.desk,
            new,
            on_existing,
            dry=dry,
            begun=begun,
            alive=alive,
            late=self.late,
            taken=taken,
            by_name=by_name,
        )

    def run(self, name: str, operation: Op[T]) -> T:
        """Carry out an operation, with the time that finding out may take."""
        extra = TO_FIND_OUT + self.late.total_seconds()
        return self._http.result(self._http.call(name, extra=extra), operation)

    def count(self, operation: Op[Any]) -> int:
        """Count the requests of a dry operation; only what asks is sent."""
        counted = 0
        call = self._http.call("contracts.create", extra=TO_FIND_OUT)

        async def send(request: Request) -> Response:
            nonlocal counted
            counted += 1
            if request.safe:
                return await self._http.send(call, request)
            return stand_in(request)

        async def gather(parts: Sequence[Awaitable[Any]]) -> list[Any]:
            return [
                await run(as_operation(part), send, gather, _at_once) for part in parts
            ]

        blocking(run(operation, send, gather, _at_once))
        return counted


async def _at_once(_: float) -> None:
    """Wait for nothing: a dry run has nothing to find out."""
