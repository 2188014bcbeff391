"""
HTTP/1.1 connections that stay open, which werkzeug's own handler always closes.

The body of a request is read before the application runs, so that what follows it
on the connection is the next request.  A fault that strikes is played on the socket.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from io import BytesIO
from math import inf
from socket import MSG_PEEK, SHUT_RDWR, SO_LINGER, SOL_SOCKET, socket
from threading import Thread
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import Headers
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.test import run_wsgi_app

from .faults import Broken, End, Struck

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

_BODILESS = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
_JOIN = 5.0
"""Seconds that an answer under way may still take when the server closes."""
_AT_ONCE = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
"""Lingering for no time is how a socket is told to reset instead of to close."""


class Connections(ThreadedWSGIServer):
    """A thread for each connection; closing the server closes them all."""

    def __init__(
        self,
        app: WSGIApplication,
        listener: socket,
        log: Callable[[str], object] | None,
        go_down: Callable[[float], object],
    ) -> None:
        host, port = listener.getsockname()[:2]
        self.say = log
        self._go_down = go_down
        self._open: dict[socket, Thread] = {}
        self._reset: set[socket] = set()
        super().__init__(host, port, app, _Handler, fd=listener.fileno())

    def process_request(self, request: Any, client_address: Any) -> None:
        """Start the connection's thread, and remember it."""
        thread = Thread(
            target=self.process_request_thread,
            args=(request, client_address),
            daemon=True,
        )
        self._open[request] = thread
        thread.start()

    @property
    def count(self) -> int:
        """How many connections are open."""
        return len(self._open)

    def reset(self, request: socket) -> None:
        """Let a connection end with a reset."""
        request.setsockopt(SOL_SOCKET, SO_LINGER, _AT_ONCE)
        self._reset.add(request)

    def take_down(self, request: socket, seconds: float) -> None:
        """Stop listening for a while, called from a connection's own thread."""
        self._open.pop(
            request, None
        )  # it waits for the end, which must not wait for it
        self._go_down(seconds)

    def shutdown_request(self, request: Any) -> None:
        """End a connection, and forget it."""
        if request in self._reset:
            self._reset.discard(request)
            self.close_request(request)  # what is shut down first is not reset
        else:
            super().shutdown_request(request)
        self._open.pop(request, None)

    def server_close(self) -> None:
        """Stop listening, end every connection, and wait for its thread."""
        super().server_close()
        for request, thread in list(self._open.items()):
            with suppress(OSError):  # it ended meanwhile
                request.shutdown(SHUT_RDWR)
            thread.join(_JOIN)


class _Handler(WSGIRequestHandler):
    server: Connections
    protocol_version = "HTTP/1.1"
    # Without this, a kept connection waits 40 ms for the acknowledgement of the head.
    disable_nagle_algorithm = True
    wbufsize = -1

    def handle_expect_100(self) -> bool:
        """Say at once that the body may come: the client waits for it."""
        told = super().handle_expect_100()
        self.wfile.flush()
        return told

    def run_wsgi(self) -> None:
        """Answer one request, and leave the connection ready for the next."""
        environ = self.make_environ()
        try:
            body = self._body(environ)
        except (OSError, ValueError):
            self.send_error(HTTPStatus.BAD_REQUEST, "the body is not framed as it says")
            return
        environ["wsgi.input"] = BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        try:
            parts, status, headers = run_wsgi_app(self.server.app, environ)
        except Struck as struck:
            self._play(struck.broken)
            return
        try:
            self._send(status, headers, parts)
        finally:
            getattr(parts, "close", lambda: None)()

    def _play(self, broken: Broken) -> None:
        """Do to the connection what a fault says, as long as the client stays."""
        self.close_connection = True
        self.log_request("fault")
        if broken.end is End.DOWN:
            self.server.take_down(self.connection, broken.seconds)
        with suppress(OSError):  # the client has left
            for step in broken.steps:
                if isinstance(step, bytes):
                    self.connection.sendall(step)
                elif self._left_within(step):
                    return
        if broken.end is not End.CLOSED:
            self.server.reset(self.connection)

    def _left_within(self, seconds: float) -> bool:
        """Let time pass, and say whether the client left meanwhile."""
        self.connection.settimeout(None if seconds == inf else max(seconds, 1e-6))
        try:
            return not self.connection.recv(1, MSG_PEEK)
        except TimeoutError:
            return False
        finally:
            self.connection.settimeout(None)

    def _body(self, environ: WSGIEnvironment) -> bytes:
        if environ.get("wsgi.input_terminated"):
            return bytes(environ["wsgi.input"].read())
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = self.rfile.read(length) if length > 0 else b""
        if len(body) != length:
            raise ValueError("the connection ended before the body did")
        return body

    def _send(self, status: str, headers: Headers, parts: Iterable[bytes]) -> None:
        code, _, reason = status.partition(" ")
        has_body = self.command != "HEAD" and int(code) not in _BODILESS
        chunked = has_body and "Content-Length" not in headers
        if chunked and self.request_version < "HTTP/1.1":
            chunked, self.close_connection = False, True
        self.log_request(code)
        self.send_response_only(int(code), reason)
        self._send_headers(headers, chunked=chunked)
        for part in parts if has_body else ():
            self._write(part, chunked=chunked)
        if chunked:
            self.wfile.write(b"0\r\n\r\n")

    def _send_headers(self, headers: Headers, *, chunked: bool) -> None:
        headers.setdefault("Date", self.date_time_string())
        if chunked:
            headers["Transfer-Encoding"] = "chunked"
        if self.close_connection:
            headers["Connection"] = "close"
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def _write(self, part: bytes, *, chunked: bool) -> None:
        if not part:
            return
        self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part) if chunked else part)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say one line about a request, if anybody listens; no headers, no bodies."""
        if self.server.say is not None:
            line = ascii(f"{self.command} {self.path}")[1:-1]
            self.server.say(f"{line} {code}")

    def log(self, type: str, message: str, *args: Any) -> None:
        """Keep quiet about everything else."""
