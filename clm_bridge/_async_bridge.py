"""The front door for asyncio."""

from __future__ import annotations

import os
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

import httpx
from attrs import evolve

from ._async_contracts import AsyncContracts
from ._async_event_rooms import AsyncEvents
from ._async_rooms import (
    AsyncCounterparties,
    AsyncDocuments,
    AsyncFields,
    AsyncLinks,
    AsyncTemplates,
    AsyncVendor,
    AsyncWebhooks,
)
from ._asyncio import AsyncHttp
from ._clients import asyncio_clients
from ._config import Options, Settings, load_settings
from ._event_desk import EventDesk
from ._links import LinkIndex
from ._models import Check
from ._operations import Detail
from ._plan import Plan, plan
from ._rates import RateStore
from ._secrets import Unseen
from ._setup import close_index, index_or_path, link_index, store_or_setting
from ._sharing import share


class AsyncBridge:
    """One connection to one vendor; make it with `connect_async`."""

    def __init__(
        self,
        settings: Settings,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        client: httpx.AsyncClient | None = None,
        links: LinkIndex | None = None,
        rates: RateStore | None = None,
    ) -> None:
        self.settings = settings
        self._clients = asyncio_clients(settings, transport, client)
        self._owns_clients = True
        self._links = link_index(settings) if links is None else links
        self._owns_links, self._owns_events = links is None, True
        self._shared = share(settings, client or transport, rates)
        self._events = EventDesk(settings)
        self._furnish(settings.options)

    def _furnish(self, options: Options) -> None:
        http = AsyncHttp(self._shared, options, self._clients)
        self._http = http
        desk = http.desk(self._links)
        self.contracts = AsyncContracts(http, desk)
        self.documents = AsyncDocuments(http, desk)
        self.templates = AsyncTemplates(http, desk)
        self.counterparties = AsyncCounterparties(http, desk)
        self.fields = AsyncFields(http, desk)
        self.links = AsyncLinks(http, desk)
        self.events = AsyncEvents(http, desk, self._events)
        self.webhooks = AsyncWebhooks(http, desk)
        self.vendor = AsyncVendor(http, desk)

    @property
    def capabilities(self) -> frozenset[str]:
        """What can be called on this connection."""
        return self.settings.adapter.capabilities()

    async def check(self) -> Check:
        """Ask the vendor who we are; raise `AuthenticationFailed` if nobody."""
        http = self._http
        return await http.run(http.call("check"), http.adapter.check())

    def plan(self, count: int, *, detail: Detail = "full", known: int = 0) -> Plan:
        """
        Say what listing *count* contracts will cost; nothing is sent.

        *known* of them are passed as ``list(known=…)``, and have not changed.
        """
        settings = self.settings
        return plan(settings.adapter, settings.rate, count, detail, known)

    def with_options(self, **changes: Any) -> Self:
        """Return a cheap copy with other `Options`; it shares everything else."""
        copy = object.__new__(type(self))
        copy.settings = self.settings
        copy._clients = self._clients
        copy._links, copy._shared = self._links, self._shared
        copy._owns_clients = copy._owns_links = copy._owns_events = False
        copy._events = self._events
        copy._furnish(evolve(self._http.options, **changes))
        return copy

    async def close(self) -> None:
        """Close the clients and the link index that this bridge made."""
        for client in self._clients.owned if self._owns_clients else ():
            await client.aclose()
        if self._owns_links:
            close_index(self._links)
        if self._owns_events:
            self._events.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"AsyncBridge({self.settings.connection or self.settings.vendor!r})"


def connect_async(
    connection: str | None = None,
    *,
    config: str | os.PathLike[str] | None = None,
    plugins: Sequence[object] = (),
    transport: httpx.AsyncBaseTransport | None = None,
    client: httpx.AsyncClient | None = None,
    links: LinkIndex | str | os.PathLike[str] | None = None,
    rates: RateStore | str | os.PathLike[str] | bool | None = None,
    **settings: Any,
) -> AsyncBridge:
    """
    Open a connection from the configuration, or from arguments alone.

    ``connect_async("acme")`` reads ``clm.toml``; with ``vendor=…`` and its settings
    no file is needed.  Each of *settings* counts more than environment and file.
    *links* is a link index of your own, or the path of its file; *rates* is where
    processes share the rate limit: a store of your own, the path of a folder, or False.
    """
    own, at = index_or_path(links)
    store, folder = store_or_setting(rates)
    given = Unseen({**settings, "links": at, "rates": folder})
    del settings  # crash reporters send local variables away
    return AsyncBridge(
        load_settings(connection, config=config, plugins=plugins, arguments=given),
        transport=transport,
        client=client,
        links=own,
        rates=store,
    )
