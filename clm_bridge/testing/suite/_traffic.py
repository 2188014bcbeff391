"""What passes between bridge and vendor: noted, and changed where a check wants it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from ..._messages import spelled
from ..._parsing import parse

Rewrite = Callable[[Any], Any]


class Meddling:
    """Changes nothing; subclasses answer, break or rewrite."""

    def before(self, request: httpx.Request) -> httpx.Response | None:
        """Answer in the vendor's place, or raise what breaks the connection."""
        return None

    def after(self, request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        """Return what the bridge is to see."""
        return answer


class Answering(Meddling):
    """Answers everything but the token exchange with one status and body."""

    def __init__(self, status: int, body: bytes = b"{}", **headers: str) -> None:
        self._status, self._body = status, body
        self._headers = {"content-type": "application/json"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }

    def before(self, request: httpx.Request) -> httpx.Response | None:
        """Answer, unless it is a form, by which tokens are fetched."""
        if is_grant(request):
            return None
        return httpx.Response(self._status, headers=self._headers, content=self._body)


class Breaking(Meddling):
    """Breaks every connection but the token exchange's."""

    def before(self, request: httpx.Request) -> httpx.Response | None:
        """Raise what a network raises."""
        if not is_grant(request):
            raise httpx.ConnectError("refused")
        return None


class Losing(Meddling):
    """Lets the vendor do the first write, and loses its answer."""

    def __init__(self) -> None:
        self.lost = 0

    def after(self, request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        """Lose the answer to the first write that took effect."""
        if self.lost or is_read(request) or answer.status_code >= 400:
            return answer
        self.lost += 1
        raise httpx.ReadError("reset")


class Rewriting(Meddling):
    """Rewrites every JSON answer, tokens excepted."""

    def __init__(self, rewrite: Rewrite) -> None:
        self._rewrite = rewrite

    def after(self, request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        """Read, rewrite and spell the answer again."""
        is_json = "json" in answer.headers.get("content-type", "")
        if is_grant(request) or not is_json or not answer.content:
            return answer
        body = spelled(self._rewrite(parse(answer.content)))
        return httpx.Response(
            answer.status_code,
            headers={"content-type": "application/json"},
            content=body,
        )


def is_grant(request: httpx.Request) -> bool:
    """Say whether a token is asked for, by a form without credentials of its own."""
    kind = str(request.headers.get("content-type", ""))
    return kind.startswith("application/x-www-form-urlencoded")


def is_read(request: httpx.Request) -> bool:
    """Say whether a request changes nothing, as far as its method tells."""
    return request.method in ("GET", "HEAD") or is_grant(request)


class Traffic(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Carries requests, for either colour, and notes them."""

    def __init__(self, inner: Any, meddling: Meddling | None = None) -> None:
        self._inner = inner
        self.meddling = meddling or Meddling()
        self.asked: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry a blocking client's request."""
        request.read()
        self.asked.append(request)
        answer = self.meddling.before(request)
        if answer is None:
            answer = self._inner.handle_request(request)
            answer.read()
        return self._shown(request, answer)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry an asynchronous client's request."""
        await request.aread()
        self.asked.append(request)
        answer = self.meddling.before(request)
        if answer is None:
            answer = await self._inner.handle_async_request(request)
            await answer.aread()
        return self._shown(request, answer)

    def _shown(self, request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        told = self.meddling.after(request, whole(answer))
        return whole(told)

    def close(self) -> None:
        """Close what really carries."""
        close = getattr(self._inner, "close", None)
        if close is not None:
            close()

    async def aclose(self) -> None:
        """Close what really carries."""
        close = getattr(self._inner, "aclose", None)
        if close is not None:
            await close()


def whole(answer: httpx.Response) -> httpx.Response:
    """Return an answer whose body is here, decoded, for either colour."""
    left_out = ("content-encoding", "transfer-encoding", "content-length")
    headers = [
        (name, value)
        for name, value in answer.headers.multi_items()
        if name.lower() not in left_out
    ]
    return httpx.Response(answer.status_code, headers=headers, content=answer.content)
