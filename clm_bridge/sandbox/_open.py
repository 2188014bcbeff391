"""Build a vendor's sandbox with everything that stands around it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, TypeVar

from flask import Response
from werkzeug.http import http_date
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from ._clock import Clock
from ._control import PREFIX, control
from ._outbox import OUTBOX
from ._portfolio import portfolio
from ._sandbox import Sandbox
from .faults import Faults, Striking


def _dated(clock: Clock, response: Response) -> Response:
    """Say the sandbox's own time, as every server says its."""
    response.headers["Date"] = http_date(clock.now())
    return response


S = TypeVar("S", bound=Sandbox)


def start(
    factory: type[S],
    *,
    seed: int = 1,
    switches: Mapping[str, Any] | None = None,
    clock: Clock | None = None,
) -> S:
    """Return a sandbox of the portfolio of *seed*, with faults and control API."""
    clock = clock or Clock()
    deals = portfolio(seed, clock.now().date())
    sandbox = factory(deals, clock, switches=switches or {})
    sandbox.app.after_request(partial(_dated, clock))
    sandbox.faults = Faults()
    sandbox.app.extensions[OUTBOX] = getattr(sandbox, "webhooks", None)
    mounted = DispatcherMiddleware(
        Striking(sandbox.app.wsgi_app, sandbox.faults),
        {PREFIX: control(sandbox, clock)},
    )
    # Flask documents this assignment as the way to wrap an application.
    sandbox.app.wsgi_app = mounted  # type: ignore[method-assign]
    return sandbox
