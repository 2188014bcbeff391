"""
The application: routes, exact slashes, credentials, the limit and error bodies.

Each family of calls is a table of method, path and function.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from threading import RLock
from typing import Any, Protocol
from urllib.parse import quote

from flask import Flask, Response, g, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from . import (
    _access,
    _analytics,
    _answers,
    _approvals,
    _contracts,
    _counterparties,
    _files,
    _key_pointers,
    _metadata,
    _people,
    _reference,
    _relations,
    _signing,
    _stages,
    _talk,
    _uploads,
    _versions,
    _webhooks,
)
from ._errors import (
    FORBIDDEN,
    NO_CREDENTIALS,
    NOT_FOUND,
    THROTTLED,
    TOO_LARGE,
    WRONG_CREDENTIALS,
    Refusal,
    plain,
)
from ._json import ExactJSON
from ._limits import Bucket
from ._records import User
from ._world import World

PREFIX = "/api/v2.1/public"
CLIENT_ID = "sandbox-client-id"
CLIENT_SECRET = "sandbox-client-secret"  # noqa: S105 - opens nothing but a sandbox

MAX_BODY = 64 * 1024 * 1024
"""Bytes of a form; enough for the largest file in base64."""

View = Callable[..., ResponseReturnValue]
Routes = Sequence[tuple[str, str, View]]

FAMILIES: Sequence[Routes] = (
    _contracts.ROUTES,
    _uploads.ROUTES,
    _stages.ROUTES,
    _key_pointers.ROUTES,
    _metadata.ROUTES,
    _files.ROUTES,
    _people.ROUTES,
    _signing.ROUTES,
    _approvals.ROUTES,
    _talk.ROUTES,
    _relations.ROUTES,
    _access.ROUTES,
    _answers.ROUTES,
    _versions.ROUTES,
    _reference.ROUTES,
    _counterparties.ROUTES,
    _webhooks.ROUTES,
    _analytics.ROUTES,
)


class Served(Protocol):
    """What holds the world, and the lock for it."""

    world: World
    lock: RLock


def build(served: Served) -> Flask:
    """Return the application over whatever world *served* has at the time."""
    app = Flask("clm_bridge_spotdraft.sandbox", static_folder=None)
    app.json = ExactJSON(app)
    app.url_map.strict_slashes = False  # the right slash is checked below
    app.url_map.merge_slashes = False
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    bucket = Bucket(time.monotonic())

    @app.before_request
    def admit() -> ResponseReturnValue | None:
        if request.url_rule is None:
            return None
        if request.url_rule.rule.endswith("/") != request.path.endswith("/"):
            return _redirect()
        if request.path.startswith(PREFIX):
            g.user = _caller(served.world)
            _throttle(bucket, served.world)
        return None

    for routes in FAMILIES:
        for method, path, view in routes:
            _add(app, served, method, f"{PREFIX}{path}", view)
    _add(app, served, "GET", _files.STORAGE, _files.fetch)
    app.register_error_handler(Refusal, _refuse)
    app.register_error_handler(HTTPException, _fail)
    return app


def _add(app: Flask, served: Served, method: str, path: str, view: View) -> None:
    def answer(**values: Any) -> ResponseReturnValue:
        with served.lock:
            return view(served.world, **values)

    app.add_url_rule(
        path,
        endpoint=f"{method} {path}",
        view_func=answer,
        methods=[method],
        provide_automatic_options=False,
    )


def _redirect() -> ResponseReturnValue:
    """Send to the right slash, whatever the method (A45)."""
    path = request.path[:-1] if request.path.endswith("/") else f"{request.path}/"
    query = request.query_string.decode()
    location = f"{quote(path)}?{query}" if query else quote(path)
    return "", 302, {"Location": location}


def _caller(world: World) -> User:
    """Return whom the call acts as, or refuse it (A1, A2, A62)."""
    told = [request.headers.get(name) for name in ("client-id", "client-secret")]
    if None in told:
        raise plain(401, NO_CREDENTIALS)
    if told != [CLIENT_ID, CLIENT_SECRET]:
        raise plain(401, WRONG_CREDENTIALS)
    email = request.headers.get("user-email")
    user = world.workspace.user(email) if email else world.workspace.service
    if user is None or not user.is_active:
        raise plain(403, FORBIDDEN)
    return user


def _throttle(bucket: Bucket, world: World) -> None:
    if not world.switches.rate_limit:
        return
    wait = bucket.take(time.monotonic())
    if wait:
        sends = world.switches.retry_after
        raise plain(429, THROTTLED, {"Retry-After": "1"} if sends else None)


def _refuse(error: Refusal) -> Response:
    answer = jsonify(error.body)
    answer.status_code = error.status
    answer.headers.update(error.headers)
    return answer


def _fail(error: HTTPException) -> Response:
    """Tell what Flask refuses by itself in shape A (A3)."""
    code = error.code or 500
    detail = {404: NOT_FOUND, 413: TOO_LARGE}.get(code, error.name)
    if isinstance(error, MethodNotAllowed):
        detail = f'Method "{request.method}" not allowed.'
    answer = _refuse(plain(code, detail))
    if isinstance(error, MethodNotAllowed):
        answer.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return answer
