"""The application: who is let in, which version answers, and how errors look."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from threading import RLock
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from . import _json, _versions
from ._limits import Window
from ._refusals import Refusal, body
from ._routes import ROUTES, Route
from ._storage import PATH, storage
from ._world import World

JSON = "application/json; charset=utf-8"
CODES = {"POST": 201}
"""Method → status of a success; 200 where none is named (A-10)."""


Noticing = Callable[[], AbstractContextManager[None]]


class Locked(Flask):
    """Answers one request at a time, since they share one state."""

    def __init__(self, noticing: Noticing) -> None:
        super().__init__("clm_bridge_tomorro.sandbox", static_folder=None)
        self.lock = RLock()
        self._noticing = noticing
        self.url_map.strict_slashes = False

    def full_dispatch_request(self) -> Response:
        """Answer a request while no other one is answered, and tell what it did."""
        with self.lock:
            if request.method == "GET":
                return super().full_dispatch_request()
            with self._noticing():
                return super().full_dispatch_request()


def application(world: World, noticing: Noticing) -> Locked:
    """Return the API, with and without /v2 (A-02), and the storage beside it."""
    app, window = Locked(noticing), Window()
    for prefix in ("/v2", ""):
        for route in ROUTES:
            _add(app, f"{prefix}{route.path}", route, world)
    app.add_url_rule(
        f"{PATH}<path:key>",
        "storage",
        partial(storage, world),
        methods=["GET", "PUT"],
        provide_automatic_options=False,
    )
    app.before_request(partial(_admit, world, window))
    app.after_request(_say_version)
    app.register_error_handler(Refusal, _refuse)
    app.register_error_handler(HTTPException, _not_found)
    return app


def _add(app: Flask, path: str, route: Route, world: World) -> None:
    app.add_url_rule(
        path,
        f"{route.method} {path}".replace(".", " "),
        partial(_answer, route, world),
        methods=[route.method],
        provide_automatic_options=False,
    )


def _answer(route: Route, world: World, **ids: str) -> Response:
    told = route.view(world, **ids)
    if route.single and world.switches.wrapped:
        told = {"data": told}
    return _response(told, CODES.get(route.method, 200))


def _response(told: Any, status: int) -> Response:
    return Response(_json.write(told), status, content_type=JSON)


def _admit(world: World, window: Window) -> None:
    """Check the key, count the request, then check the version."""
    if request.url_rule is None or request.endpoint == "storage":
        return
    key = request.headers.get("x-api-key", "")
    member = world.state.members.get(world.state.keys.get(key, ""))
    if member is None or member.status == "disabled":
        raise Refusal(401, "Unauthorized")
    wait = window.wait(key, time.monotonic()) if world.switches.rate_limit else 0
    if wait:
        g.retry_after = wait
        raise Refusal(429, "Too Many Requests")
    g.member = member.id
    g.version = _versions.chosen(request.headers.get(_versions.HEADER), world.switches)


def _say_version(response: Response) -> Response:
    if "version" in g:
        response.headers.update(_versions.headers(g.version))
    if "retry_after" in g:
        response.headers["Retry-After"] = str(g.retry_after)
    return response


def _refuse(error: Refusal) -> Response:
    return _response(body(error.status, error.message), error.status)


def _not_found(error: HTTPException) -> Response:
    """Answer as NestJS does, to which a wrong method is a path that is not there."""
    status = 404 if error.code == 405 else error.code or 500
    what = f"Cannot {request.method} {request.path}"
    return _response(body(status, what if status == 404 else error.name), status)
