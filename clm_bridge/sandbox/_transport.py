"""
How a connection reads a sandbox with no socket: the application answers directly.

What a fault breaks is shown as httpx's own exception for it; a timeout comes at once.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import TYPE_CHECKING

import httpx

from .faults import Answer, Struck

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class InProcess(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answer from a WSGI application, for a blocking client or an asynchronous one."""

    def __init__(self, app: WSGIApplication) -> None:
        self._wsgi = httpx.WSGITransport(app=_spelled(app))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Let the application answer; its body is read as it is written."""
        try:
            return self._wsgi.handle_request(request)
        except Struck as struck:
            return _seen(struck, request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Read the request's body, then let the application answer."""
        await request.aread()
        answer = self.handle_request(request)
        assert isinstance(answer.stream, httpx.SyncByteStream)
        return httpx.Response(
            answer.status_code, headers=answer.headers, stream=_Body(answer.stream)
        )


class _Body(httpx.AsyncByteStream):
    """A body that is ready whenever it is asked for."""

    def __init__(self, stream: httpx.SyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._stream:
            yield part

    async def aclose(self) -> None:
        self._stream.close()


def _seen(struck: Struck, request: httpx.Request) -> httpx.Response:
    """Show what a fault leaves of an answer, then fail as httpx does."""
    seen = struck.broken.seen
    if seen is None:
        raise struck
    error = getattr(httpx, seen.error)("a fault of the sandbox", request=request)
    if seen.part is None:
        raise error
    part = seen.part
    headers = list(part.headers)
    return httpx.Response(part.status, headers=headers, stream=_Breaking(part, error))


class _Breaking(httpx.SyncByteStream):
    """The first part of a body, and an error."""

    def __init__(self, part: Answer, error: httpx.TransportError) -> None:
        self._part, self._error = part, error

    def __iter__(self) -> Iterator[bytes]:
        yield self._part.body
        raise self._error


def _spelled(app: WSGIApplication) -> WSGIApplication:
    """Spell the path and the body's end as PEP 3333 has it, which httpx does not."""

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        environ["PATH_INFO"] = environ["PATH_INFO"].encode().decode("latin-1")
        environ["wsgi.input_terminated"] = True
        return app(environ, start)

    return answer
