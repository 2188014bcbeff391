"""A receiver as an ASGI and as a WSGI application, without a framework."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeAlias

from ._receiver import LARGEST, Answer, Answering
from ._worker import Worker

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
ASGIApplication: TypeAlias = Callable[[Message, Receive, Send], Awaitable[None]]
TOO_LARGE = Answer(413, "no delivery is as large as this")


def asgi(receiver: Answering, worker: Worker | None = None) -> ASGIApplication:
    """
    Return an ASGI application: run it, or mount it in another.

    A *worker* is started and stopped with it, where the server or the application that
    mounts it sends the lifespan's messages.
    """

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _lived(receive, send, worker)
        elif scope["type"] == "http":
            await _send(send, await _asked(receiver, scope, receive))

    return app


async def _asked(receiver: Answering, scope: Message, receive: Receive) -> Answer:
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return Answer(400, "the delivery broke off")
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST:
            return TOO_LARGE
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    # On a thread of its own: keeping an event waits for the disk.
    return await asyncio.to_thread(
        receiver.answer, scope["method"], path, scope["headers"], bytes(body)
    )


async def _send(send: Send, answer: Answer) -> None:
    text = answer.text.encode()
    headers = [(name.encode(), value.encode()) for name, value in _headers(text)]
    await send(
        {"type": "http.response.start", "status": answer.status, "headers": headers}
    )
    await send({"type": "http.response.body", "body": text})


async def _lived(receive: Receive, send: Send, worker: Worker | None) -> None:
    await receive()
    if worker is not None:
        worker.start()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    if worker is not None:
        await asyncio.to_thread(worker.stop)
    await send({"type": "lifespan.shutdown.complete"})


def wsgi(receiver: Answering) -> WSGIApplication:
    """Return a WSGI application: run it, or mount it in another."""

    def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        answer = _told(receiver, environ)
        text = answer.text.encode()
        phrase = HTTPStatus(answer.status).phrase
        start(f"{answer.status} {phrase}", _headers(text))
        return [text]

    return app


def _told(receiver: Answering, environ: WSGIEnvironment) -> Answer:
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > LARGEST:
        return TOO_LARGE
    body = environ["wsgi.input"].read(int(length))
    path = environ.get("PATH_INFO", "").encode("latin-1").decode(errors="replace")
    return receiver.answer(environ["REQUEST_METHOD"], path, wsgi_headers(environ), body)


def wsgi_headers(environ: WSGIEnvironment) -> dict[str, str]:
    """Return a request's headers, whose names WSGI spells its own way."""
    return {
        name.removeprefix("HTTP_").replace("_", "-"): value
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }


def _headers(text: bytes) -> list[tuple[str, str]]:
    return [("content-type", "text/plain"), ("content-length", str(len(text)))]
