"""A bridge's clients: made when they are needed, and kept within their bounds."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import Any, Generic, TypeVar

import httpx
from attrs import define, field

from ._config import Settings
from ._errors import ConfigError
from ._reach import reach

C = TypeVar("C", httpx.Client, httpx.AsyncClient)


@define
class Clients(Generic[C]):
    """
    One client for the vendor, and one that knows no credentials, for handed-out links.

    The second is made when a download first needs it; ``owned`` are those to close.
    """

    api: C
    _make: Callable[[], C]
    owned: list[C]
    _lock: Lock = field(factory=Lock)
    _files: C | None = None

    def files(self) -> C:
        """Return the client without credentials."""
        with self._lock:
            if self._files is None:
                self._files = self._make()
                self.owned.append(self._files)
            return self._files


def blocking_clients(
    settings: Settings,
    transport: httpx.BaseTransport | None,
    client: httpx.Client | None,
) -> Clients[httpx.Client]:
    """Return a blocking bridge's clients."""
    options = _options(settings, transport)

    def files() -> httpx.Client:
        return _guarded(httpx.Client(trust_env=False, **options), settings, options)

    if client is not None:
        return Clients(client, files, [])
    made = _held(httpx.Client(**options), options)
    return Clients(made, files, [made])


def asyncio_clients(
    settings: Settings,
    transport: httpx.AsyncBaseTransport | None,
    client: httpx.AsyncClient | None,
) -> Clients[httpx.AsyncClient]:
    """Return an asyncio bridge's clients."""
    options = _options(settings, transport)

    def files() -> httpx.AsyncClient:
        made = httpx.AsyncClient(trust_env=False, **options)
        return _guarded(made, settings, options)

    if client is not None:
        return Clients(client, files, [])
    made = _held(httpx.AsyncClient(**options), options)
    return Clients(made, files, [made])


def _options(settings: Settings, transport: object | None) -> dict[str, Any]:
    if transport is None and settings.sandbox is not None:
        from .sandbox import InProcess

        transport = InProcess(settings.sandbox.app)
    if transport is not None:
        return {"transport": transport}
    return {"verify": trusted(), "limits": _limits(settings)}


def _held(client: C, options: dict[str, Any]) -> C:
    """Hold a client to each call's deadline, where its connections are ours."""
    if "transport" not in options:
        from ._network import hold  # it loads what a transport of others need not

        hold(client)
    return client


def _guarded(client: C, settings: Settings, options: dict[str, Any]) -> C:
    """Let no link lead to an address that is not public, whatever its name says."""
    if "transport" in options:
        return client  # it connects as its owner says
    from ._network import hold

    allowed = reach(settings.adapter.base_url, private=settings.allow_private_downloads)
    if not hold(client, allowed) and not allowed.private:
        raise ConfigError(
            "this version of httpx does not let its connections be checked",
            hint="install httpx 0.28, or set allow_private_downloads = true",
        )
    return client


def _limits(settings: Settings) -> httpx.Limits:
    """Keep what the pages in flight of some listings at once need."""
    kept = 4 * max(8, settings.adapter.pages_in_flight)
    return httpx.Limits(max_connections=3 * kept, max_keepalive_connections=kept)


def trusted() -> ssl.SSLContext:
    """Return what says whom to trust; it is costly to load, so a process shares it."""
    return _trusted(*(os.environ.get(name) for name in _TRUST))


_TRUST = ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")


@lru_cache(maxsize=4)
def _trusted(*_told: str | None) -> ssl.SSLContext:
    return httpx.create_ssl_context()
