"""The WSGI application: every route behind the limit, the token and the lock."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from . import (
    _agreements,
    _approvals,
    _approvers,
    _attachments,
    _comments,
    _contracts,
    _documents,
    _groups,
    _suppliers,
    _terms,
)
from ._answers import Answer, Route, refuse, respond
from ._errors import Refusal, not_found
from ._expiry import expire_due
from ._limits import Bucket
from ._oauth import guard, issue
from ._shape import read_shape
from ._world import World

ROUTES: tuple[Route, ...] = (
    *_contracts.ROUTES,
    *_groups.ROUTES,
    *_terms.ROUTES,
    *_agreements.ROUTES,
    *_documents.ROUTES,
    *_attachments.ROUTES,
    *_comments.ROUTES,
    *_approvers.ROUTES,
    *_approvals.ROUTES,
    *_suppliers.ROUTES,
)

_HTML = {
    "login": (200, "<!DOCTYPE html><html><body>Sign in to Coupa</body></html>"),
    "bad_gateway": (502, "<html><body><h1>502 Bad Gateway</h1></body></html>"),
}


Noticing = Callable[[], AbstractContextManager[None]]


def build(
    world: World,
    noticing: Noticing = nullcontext,
    *,
    now: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Flask:
    """Return the application of a tenant, whose limit goes by *now*."""
    app = Flask("clm_bridge_coupa.sandbox", static_folder=None)
    app.url_map.strict_slashes = False
    for number, route in enumerate(ROUTES):
        app.add_url_rule(
            route.rule,
            endpoint=f"{number}",
            view_func=partial(_serve, world, noticing, route),
            methods=route.methods.split(),
            provide_automatic_options=False,
        )
    app.add_url_rule(
        "/oauth2/token", "token", partial(_locked_issue, world), methods=["POST"]
    )
    bucket = Bucket()
    app.before_request(lambda: _turn_away(world))
    app.before_request(lambda: _slow_down(world, bucket.take, now, sleep))
    app.register_error_handler(Refusal, partial(refuse, world))
    app.register_error_handler(HTTPException, partial(_refuse_http, world))
    return app


def _serve(world: World, noticing: Noticing, route: Route, **ids: Any) -> Response:
    with world.lock, noticing():
        guard(world, route.scope)
        expire_due(world)
        later = not world.switches.new_fields_only_if_named
        shape = read_shape(request.args, later=later)
        answer = route.view(world, **ids)
        return respond(world, answer, shape) if isinstance(answer, Answer) else answer


def _locked_issue(world: World) -> Response:
    with world.lock:
        return issue(world)


def _turn_away(world: World) -> Response | None:
    """Answer in HTML while that fault is switched on."""
    if not world.switches.html or not request.path.startswith("/api/"):
        return None
    status, text = _HTML[world.switches.html]
    return Response(text, status, mimetype="text/html")


def _slow_down(
    world: World,
    take: Callable[[float], float | None],
    now: Callable[[], float],
    sleep: Callable[[float], None],
) -> Response | None:
    """Let a call wait its turn, or refuse it before its token is looked at."""
    if not world.switches.rate_limit or not request.path.startswith("/api/"):
        return None
    wait = take(now())
    if wait is None:
        return _too_fast(world)
    sleep(wait)
    return None


def _too_fast(world: World) -> Response:
    answer = Response('{"errors":{}}', 429, mimetype="application/json")
    if world.switches.retry_after:
        answer.headers["Retry-After"] = "1"
    return answer


def _refuse_http(world: World, error: HTTPException) -> Any:
    """Say of any path or verb without a route that nothing is there."""
    status = error.code or 500
    if error.response is not None or status >= 500:
        return error
    if status in (404, 405):
        return refuse(world, not_found())
    return refuse(world, Refusal(error.description or error.name, status=status))
