"""SpotDraft's sandbox behind a line on which the answers to writes get lost."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
from attrs import evolve

import clm_bridge
from clm_bridge.sandbox import InProcess, start
from clm_bridge_spotdraft.sandbox import SpotDraftSandbox

FATES = ("ok", "lost", "never", "late", "gateway")


class Line(InProcess):
    """
    *fate* says what becomes of each write.

    ``lost`` takes effect and answers nothing, ``gateway`` takes effect and answers
    504, ``late`` does neither, ``never`` does not arrive.
    """

    def __init__(self, app, fate=lambda: "ok"):
        super().__init__(app)
        self._fate = fate
        self.asked = []

    @property
    def writes(self):
        """Method and path of each write that was asked for."""
        return [
            f"{one.method} {one.url.path.removeprefix('/api/v2.1/public/')}"
            for one in self.asked
            if one.method != "GET" and not one.url.path.endswith("/download_link")
        ]

    def handle_request(self, request):
        """Answer, or do not."""
        before = len(self.writes)
        self.asked.append(request)
        fate = self._fate() if len(self.writes) > before else "ok"
        if fate == "never":
            raise httpx.ConnectError("refused")
        if fate == "late":
            raise httpx.ReadTimeout("no answer")
        told = super().handle_request(request)
        if fate == "lost":
            raise httpx.ReadError("reset")
        return httpx.Response(504) if fate == "gateway" else told

    async def handle_async_request(self, request):
        """Answer, or do not."""
        await request.aread()
        told = self.handle_request(request)
        return httpx.Response(
            told.status_code, headers=told.headers, content=told.read()
        )


class Now:
    """A clock that a test moves."""

    def __init__(self):
        self.at = datetime(2026, 11, 2, 9, tzinfo=UTC)

    def __call__(self):
        return self.at


def world(fate=lambda: "ok", *, now=None, **switches):
    """Return a sandbox, the line to it, and an adapter that knows its fields."""
    sandbox = start(SpotDraftSandbox, switches={"rate_limit": False, **switches})
    with clm_bridge.connect(vendor="spotdraft", sandbox=sandbox) as clm:
        adapter = clm.settings.adapter
    adapter.workspace = evolve(adapter.workspace, now=now or Now())
    return sandbox, Line(sandbox.app, fate), adapter
