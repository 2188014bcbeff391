"""A network that loses answers: a transport around a sandbox in this process."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from clm_bridge.sandbox import InProcess

FATES = ("ok", "lost", "silent", "never", "gateway", "garbled")
"""
What becomes of a request that writes.

``lost`` and ``silent`` take effect, and the connection breaks or nothing comes;
``gateway`` and ``garbled`` take effect, and something else answers; ``never`` does
not arrive.
"""


class Lossy(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Asks *fate* what becomes of each request that writes; ``writes`` counts them."""

    def __init__(self, app, fate: Callable[[httpx.Request], str]):
        self._inner = InProcess(app)
        self._fate = fate
        self.writes = []

    def handle_request(self, request):
        request.read()
        fate = self._decided(request)
        return self._answered(request, fate, self._inner.handle_request(request))

    async def handle_async_request(self, request):
        await request.aread()
        fate = self._decided(request)
        answer = await self._inner.handle_async_request(request)
        return self._answered(request, fate, answer)

    def _decided(self, request):
        if is_read(request):
            return "ok"
        fate = self._fate(request)
        if fate == "never":
            raise httpx.ConnectError("refused", request=request)
        self.writes.append(f"{request.method} {request.url.path}")
        return fate

    def _answered(self, request, fate, answer):
        if fate == "ok" or not answer.is_success:
            return answer
        if fate == "lost":
            raise httpx.ReadError("reset", request=request)
        if fate == "silent":
            raise httpx.ReadTimeout("no answer", request=request)
        if fate == "gateway":
            return httpx.Response(504, content=b"<html>gateway</html>")
        return httpx.Response(200, content=b"<html>busy</html>")


READING = ("/oauth2/token", "/download_link", "/files/upload-url")
"""What is asked with POST, or does no harm when it is asked twice."""


def is_read(request):
    return request.method in ("GET", "HEAD") or request.url.path.endswith(READING)
