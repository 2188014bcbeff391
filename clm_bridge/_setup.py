"""What a bridge is furnished with: clients, the link index, the shared limits."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import httpx

from ._config import Settings
from ._links import LinkIndex, MemoryLinks
from ._rates import RateStore
from ._sqlite_links import SqliteLinks

_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=32)


def store_or_setting(
    rates: RateStore | str | os.PathLike[str] | bool | None,
) -> tuple[RateStore | None, str | bool | None]:
    """Tell a rate store of the user's own from the path of a folder for one."""
    if isinstance(rates, bool | None):
        return None, rates
    if isinstance(rates, str | os.PathLike):
        return None, os.fspath(rates)
    return rates, None


def index_or_path(
    links: LinkIndex | str | os.PathLike[str] | None,
) -> tuple[LinkIndex | None, str | None]:
    """Tell an index of the user's own from the path of a file for one."""
    if isinstance(links, str | os.PathLike):
        return None, os.fspath(links)
    return links, None


def link_index(settings: Settings) -> LinkIndex:
    """Return the index in the configured file, or one in memory."""
    if settings.links is None:
        return MemoryLinks()
    return SqliteLinks(settings.links, settings.connection or settings.vendor)


def close_index(links: LinkIndex) -> None:
    """Close the file of an index that has one."""
    if isinstance(links, SqliteLinks):
        links.close()


def blocking_clients(
    settings: Settings,
    transport: httpx.BaseTransport | None,
    client: httpx.Client | None,
) -> tuple[tuple[httpx.Client, httpx.Client], Sequence[httpx.Client]]:
    """Return the API's client and the one without credentials; then what to close."""
    options = _options(settings, transport)
    files = httpx.Client(trust_env=False, **options)
    if client is not None:
        return (client, files), (files,)
    made = httpx.Client(**options)
    return (made, files), (made, files)


def asyncio_clients(
    settings: Settings,
    transport: httpx.AsyncBaseTransport | None,
    client: httpx.AsyncClient | None,
) -> tuple[tuple[httpx.AsyncClient, httpx.AsyncClient], Sequence[httpx.AsyncClient]]:
    """Return the API's client and the one without credentials; then what to close."""
    options = _options(settings, transport)
    files = httpx.AsyncClient(trust_env=False, **options)
    if client is not None:
        return (client, files), (files,)
    made = httpx.AsyncClient(**options)
    return (made, files), (made, files)


def _options(settings: Settings, transport: object | None) -> dict[str, Any]:
    if transport is None and settings.sandbox is not None:
        from .sandbox import InProcess

        transport = InProcess(settings.sandbox.app)
    if transport is not None:
        return {"transport": transport}
    return {"verify": httpx.create_ssl_context(), "limits": _LIMITS}
