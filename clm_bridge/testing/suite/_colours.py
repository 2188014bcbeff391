"""Both kinds of bridge behind calls that block, so that each check is written once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from ..._config import Settings

THREADS, ASYNCIO = "threads", "asyncio"
COLOURS = (THREADS, ASYNCIO)

_ROOMS = frozenset(
    {
        "contracts",
        "counterparties",
        "documents",
        "fields",
        "links",
        "templates",
        "vendor",
    }
)


class Waiting:
    """An asyncio bridge, or a room of it, whose calls are waited for."""

    def __init__(self, inner: Any, runner: asyncio.Runner) -> None:
        self._inner, self._runner = inner, runner

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if name in _ROOMS:
            return Waiting(found, self._runner)
        return self._calling(found) if callable(found) else found

    def __repr__(self) -> str:
        return repr(self._inner)

    def _calling(self, method: Any) -> Any:
        def call(*given: Any, **named: Any) -> Any:
            told = method(*given, **named)
            if asyncio.iscoroutine(told):
                return self._runner.run(told)
            if hasattr(told, "pages"):
                return _Taken(told, self._runner)
            return Waiting(told, self._runner) if hasattr(told, "contracts") else told

        return call


class _Taken:
    """A listing of an asyncio bridge, walked page by page."""

    def __init__(self, inner: Any, runner: asyncio.Runner) -> None:
        self._inner, self._runner = inner, runner

    def pages(self) -> Iterator[Any]:
        """Yield pages."""
        walk = self._inner.pages()
        try:
            while (page := self._runner.run(_following(walk))) is not None:
                yield page
        finally:
            self._runner.run(walk.aclose())

    def __iter__(self) -> Iterator[Any]:
        for page in self.pages():
            yield from page.items

    def first(self) -> Any:
        """Return the first item, or None."""
        return self._runner.run(self._inner.first())


async def _following(walk: Any) -> Any:
    return await anext(walk, None)


@contextmanager
def bridged(colour: str, settings: Settings, transport: Any) -> Iterator[Any]:
    """Open a bridge of that colour."""
    from ..._async_bridge import AsyncBridge
    from ..._bridge import Bridge

    if colour == THREADS:
        with Bridge(settings, transport=transport) as clm:
            yield clm
        return
    with asyncio.Runner() as runner:
        bridge = AsyncBridge(settings, transport=transport)
        try:
            yield Waiting(bridge, runner)
        finally:
            runner.run(bridge.close())


def outer(settings: Settings, colour: str) -> httpx.BaseTransport | Any:
    """Return what really carries the requests of these settings."""
    if settings.sandbox is not None:
        from ...sandbox import InProcess

        return InProcess(settings.sandbox.app)
    kind = httpx.HTTPTransport if colour == THREADS else httpx.AsyncHTTPTransport
    return kind(verify=httpx.create_ssl_context())
