"""
A sandbox behind a real socket, for any client in any language.

It listens on loopback only, unless it is told to be exposed: a sandbox has no
secrets to keep and no door to keep them behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from socket import AF_INET, AF_INET6, create_server, socket
from threading import Event, Thread
from typing import TYPE_CHECKING

from ._connections import Connections
from ._outbox import delivering

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

Say = Callable[[str], object]

_REACHED_AT = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - read, not bound
_POLL = 0.02
"""Seconds until a server that is told to stop notices."""


@contextmanager
def serve(
    app: WSGIApplication,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    expose: bool = False,
    log: Say | None = None,
) -> Iterator[str]:
    """Serve *app* from a thread and yield its base URL; port 0 is any free port."""
    if not expose and not _is_loopback(host):
        raise ValueError(
            f"a sandbox listens on loopback only, and {host!r} is not;"
            " use 127.0.0.1, or say expose=True"
        )
    with (
        _listen(host, port) as listener,
        Connections(app, listener, log) as server,
        delivering(app),
    ):
        thread = Thread(target=server.serve_forever, args=(_POLL,), daemon=True)
        thread.start()
        try:
            yield _url(host, server.port)
        finally:
            server.shutdown()
            thread.join()


def run(
    app: WSGIApplication,
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    expose: bool = False,
    started: Say | None = None,
    log: Say | None = None,
) -> None:
    """Serve *app* until the keyboard interrupts; call *started* with the base URL."""
    with serve(app, host, port, expose=expose, log=log) as url:
        if started is not None:
            started(url)
        try:
            Event().wait()
        except KeyboardInterrupt:
            return


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _listen(host: str, port: int) -> socket:
    family = AF_INET6 if ":" in host else AF_INET
    try:
        return create_server((host, port), family=family, backlog=128)
    except OSError as error:
        what = f"cannot listen on {host}:{port} ({error.strerror}); try another port"
        raise OSError(error.errno, what) from error


def _url(host: str, port: int) -> str:
    name = _REACHED_AT.get(host, host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
