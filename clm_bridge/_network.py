"""
Sockets below httpx that keep to the call's deadline, and to public addresses.

httpx has no door for a network backend of one's own, though httpcore below it has.
So the backend is put into the pools that httpx made; `hold` says whether it could be.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Thread
from typing import Any, TypeAlias

import httpcore
import httpx

from ._due import time_left
from ._reach import Reach, literal_address

PIECE = 16_384
"""Bytes that a socket takes at once when it takes any."""
EVERYWHERE = Reach(private=True)

SocketOptions: TypeAlias = Iterable[httpcore.SOCKET_OPTION] | None


def hold(client: httpx.Client | httpx.AsyncClient, reach: Reach = EVERYWHERE) -> bool:
    """Keep a client's sockets within bounds; False if this httpx is built otherwise."""
    pools: list[Any] = [
        getattr(transport, "_pool", None)
        for transport in (
            getattr(client, "_transport", None),
            *getattr(client, "_mounts", {}).values(),
        )
        if transport is not None
    ]
    inner = [getattr(pool, "_network_backend", None) for pool in pools]
    for pool, backend in zip(pools, inner, strict=True):
        if isinstance(backend, httpcore.NetworkBackend):
            pool._network_backend = Sockets(backend, reach)
        elif isinstance(backend, httpcore.AsyncNetworkBackend):
            pool._network_backend = AsyncSockets(backend, reach)
        else:
            return False
    return bool(pools)


class Sockets(httpcore.NetworkBackend):
    """A backend for threads: each step takes what is left of the deadline at most."""

    def __init__(self, inner: httpcore.NetworkBackend, reach: Reach) -> None:
        self._inner = inner
        self._reach = reach

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions = None,
    ) -> httpcore.NetworkStream:
        """Look the host up once, check what is found, and connect to that."""
        addresses = _looked_up(host, port, timeout)
        self._reach.check(addresses)
        for address in addresses[:-1]:
            try:
                return self._connected(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connected(
            addresses[-1], port, timeout, local_address, socket_options
        )

    def _connected(
        self, address: str, port: int, timeout: float | None, *rest: Any
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return Stream(self._inner.connect_tcp(address, port, left, *rest))

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._inner.sleep(seconds)


class Stream(httpcore.NetworkStream):
    """A connection for threads, of which each read and write is within the deadline."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there."""
        return self._inner.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all, a piece at a time: a slow reader is no way round the deadline."""
        for start in range(0, len(buffer), PIECE):
            left = _left(timeout, httpcore.WriteTimeout)
            self._inner.write(buffer[start : start + PIECE], left)

    def close(self) -> None:
        """Close it."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """Shake hands; the host's name is checked, and not its address."""
        left = _left(timeout, httpcore.ConnectTimeout)
        return Stream(self._inner.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        """Tell what the connection below tells."""
        return self._inner.get_extra_info(info)


class AsyncSockets(httpcore.AsyncNetworkBackend):
    """A backend for asyncio, where the loop itself keeps to the deadline."""

    def __init__(self, inner: httpcore.AsyncNetworkBackend, reach: Reach) -> None:
        self._inner = inner
        self._reach = reach

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions = None,
    ) -> httpcore.AsyncNetworkStream:
        """Look the host up once, check what is found, and connect to that."""
        rest = (timeout, local_address, socket_options)
        if self._reach.private:  # then it may look the host up itself, and better
            return AsyncStream(await self._inner.connect_tcp(host, port, *rest))
        addresses = await _looked_up_async(host, port, timeout)
        self._reach.check(addresses)
        for address in addresses[:-1]:
            try:
                return AsyncStream(await self._inner.connect_tcp(address, port, *rest))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return AsyncStream(await self._inner.connect_tcp(addresses[-1], port, *rest))

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._inner.sleep(seconds)


class AsyncStream(httpcore.AsyncNetworkStream):
    """A connection for asyncio that is closed when its handshake is cancelled."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there."""
        return await self._inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all."""
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close it."""
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Shake hands; the host's name is checked, and not its address."""
        try:
            return await self._inner.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            await self.aclose()  # httpcore forgets it when it is cancelled
            raise

    def get_extra_info(self, info: str) -> Any:
        """Tell what the connection below tells."""
        return self._inner.get_extra_info(info)


def _left(given: float | None, late: type[httpcore.TimeoutException]) -> float | None:
    left = time_left(given)
    if left is not None and left <= 0:
        raise late("the deadline has passed")
    return left


def _looked_up(host: str, port: int, timeout: float | None) -> Sequence[str]:
    """Return a host's addresses; a resolver that hangs is left to itself."""
    if literal := literal_address(host):
        return [literal]
    found: Future[Sequence[str]] = Future()
    Thread(target=_look_up, args=(host, port, found), daemon=True).start()
    with _lookup_errors():
        return found.result(_left(timeout, httpcore.ConnectTimeout))


def _look_up(host: str, port: int, found: Future[Sequence[str]]) -> None:
    try:
        told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        found.set_result(_addresses(told))
    except Exception as error:  # noqa: BLE001  # it is raised where it is waited for
        found.set_exception(error)


async def _looked_up_async(
    host: str, port: int, timeout: float | None
) -> Sequence[str]:
    if literal := literal_address(host):
        return [literal]
    loop = asyncio.get_running_loop()
    with _lookup_errors():
        async with asyncio.timeout(timeout):
            told = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return _addresses(told)


def _addresses(told: Iterable[Any]) -> Sequence[str]:
    return list(dict.fromkeys(str(address[0]) for *_, address in told))


@contextmanager
def _lookup_errors() -> Iterator[None]:
    try:
        yield
    except TimeoutError:
        raise httpcore.ConnectTimeout("the host was not found in time") from None
    except (OSError, UnicodeError):
        raise httpcore.ConnectError("the host is not found") from None
