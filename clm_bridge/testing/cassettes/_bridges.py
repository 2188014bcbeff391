"""
Bridges of both colours with one face, for tests: blocking, and never waiting.

Credentials are fixed, a token is never asked for, no rate is kept, and one request is
tried once unless the settings say otherwise.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from inspect import isasyncgen, iscoroutine
from typing import Any

from attrs import NOTHING, fields, frozen

from ..._async_bridge import AsyncBridge
from ..._auth import Scheme, Token
from ..._bridge import Bridge
from ..._config import Options, Settings, load_settings
from ..._hooks import adapter_class, load
from ..._messages import Request
from ..._secrets import Secret

CREDENTIAL = "cassette-credential"
TOKEN = "cassette-token"  # noqa: S105  # it opens nothing
COLOURS = ("threads", "asyncio")


def settings(vendor: str, **given: Any) -> Settings:
    """Return the settings of a connection to a cassette."""
    cls = adapter_class(load(vendor), vendor)
    needed = {one.name for one in fields(cls.Config) if one.default is NOTHING}
    told = dict.fromkeys(needed, CREDENTIAL)
    usual = {"vendor": vendor, "rate_limit": 0, "max_attempts": 1}
    found = load_settings(environ={}, arguments={**told, **usual, **given})
    found.adapter.auth = Constant.of(found.adapter.auth)
    return found


@frozen
class Constant:
    """A scheme whose token is always there."""

    scheme: Scheme

    @classmethod
    def of(cls, scheme: Scheme) -> Scheme:
        """Leave a scheme alone that needs no token."""
        renewal = scheme.renew(0.0)
        if renewal is None:
            return scheme
        renewal.close()
        return cls(scheme)

    def sign(self, request: Request, token: Token | None) -> Request:
        """Sign as the vendor's scheme does."""
        return self.scheme.sign(request, token)

    async def renew(self, now: float) -> Token:
        """Return the token, without asking anybody."""
        return Token(Secret(TOKEN), now, now + 1e9)


async def _pass_by(seconds: float) -> None:
    """Wait for nothing."""


class _Threads(Bridge):
    def _furnish(self, options: Options) -> None:
        super()._furnish(options)
        self._http._sleep = _pass_by  # type: ignore[method-assign]  # nobody waits


class _Tasks(AsyncBridge):
    def _furnish(self, options: Options) -> None:
        super()._furnish(options)
        self._http._sleep = _pass_by  # type: ignore[method-assign]  # nobody waits


class Opened:
    """The bridges that one test opened."""

    def __init__(self, vendor: str, colour: str) -> None:
        self._vendor = vendor
        self._runner = asyncio.Runner() if colour == "asyncio" else None
        self._bridges: list[Any] = []

    def connect(self, **given: Any) -> Any:
        """Open one more, with further settings."""
        told = settings(self._vendor, **given)
        if self._runner is None:
            self._bridges.append(_Threads(told))
            return self._bridges[-1]
        self._bridges.append(_Tasks(told))
        return Face(self._bridges[-1], self._runner)

    def close(self) -> None:
        """Close them."""
        for bridge in self._bridges:
            closing = bridge.close()
            if self._runner is not None:
                self._runner.run(closing)
        if self._runner is not None:
            self._runner.close()


class Face:
    """What is asynchronous behind it, to be used as if it blocked."""

    def __init__(self, inner: Any, runner: asyncio.Runner) -> None:
        self._inner = inner
        self._runner = runner

    def __getattr__(self, name: str) -> Any:
        return self._shown(getattr(self._inner, name))

    def __call__(self, *args: Any, **named: Any) -> Any:
        return self._shown(self._inner(*args, **named))

    def __iter__(self) -> Iterator[Any]:
        return iter(self._runner.run(_all(self._inner)))

    def _shown(self, found: Any) -> Any:
        if iscoroutine(found):
            return self._runner.run(_awaited(found))
        if isasyncgen(found) or callable(found) or _is_ours(found):
            return Face(found, self._runner)
        return found


async def _all(listing: Any) -> list[Any]:
    return [one async for one in listing]


async def _awaited(work: Coroutine[Any, Any, Any]) -> Any:
    return await work


def _is_ours(found: Any) -> bool:
    """Say whether it is a part of the bridge, or a listing of it."""
    return type(found).__module__.rpartition(".")[2].startswith("_async")
