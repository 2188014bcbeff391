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
from threading import Event, Lock, Thread
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
    with delivering(app):
        served = Served(app, host, port, log)
        try:
            yield served.url
        finally:
            served.close()


class Served:
    """An application behind a port, which may go down for a while and come back."""

    def __init__(
        self, app: WSGIApplication, host: str, port: int, log: Say | None
    ) -> None:
        self._app, self._host, self._log = app, host, log
        self._closing = Event()
        self._turn = Lock()
        self._back: Thread | None = None
        self._up(port)
        self._port = self._server.port
        self.url = _url(host, self._port)

    @property
    def count(self) -> int:
        """How many connections are open."""
        return self._server.count

    def close(self) -> None:
        """End everything that is open or under way."""
        self._closing.set()
        if self._back is not None:
            self._back.join()
        self._down()

    def _up(self, port: int) -> None:
        with _listen(self._host, port) as listener:
            self._server = Connections(self._app, listener, self._log, self._go_down)
        run = self._server.serve_forever
        self._thread = Thread(target=run, args=(_POLL,), daemon=True)
        self._thread.start()

    def _down(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _go_down(self, seconds: float) -> None:
        """Refuse connections from now on, and come back after *seconds*."""
        with self._turn:
            if self._back is not None and self._back.is_alive():
                return  # it is down already
            self._down()
            self._back = Thread(target=self._come_back, args=(seconds,), daemon=True)
            self._back.start()

    def _come_back(self, seconds: float) -> None:
        if not self._closing.wait(seconds):
            self._up(self._port)


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
