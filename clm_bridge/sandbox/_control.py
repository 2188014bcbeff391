"""
The door to a sandbox's world, outside the vendor's own paths.

It is a separate application under `PREFIX`: no credentials, limits or error pages
of the vendor's apply to it.  Every error says what is wrong and what to do next.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, request
from werkzeug.exceptions import HTTPException

from ._clock import Clock
from ._sandbox import Sandbox
from ._webhook_calls import CALLS as WEBHOOK_CALLS
from ._webhook_calls import add_webhook_calls

PREFIX = "/__sandbox__"
VERBS = ("open", "comment", "sign", "decline", "hold", "resume", "delete")
"""What may happen to a contract, where the sandbox has a method of that name."""

_UNITS = ("days", "hours", "seconds")
_CALLS = (
    f"GET {PREFIX}/",
    f"POST {PREFIX}/clock/advance",
    f"POST {PREFIX}/reset",
    f"POST {PREFIX}/contracts/<id>/<verb>",
    *(one.replace(" ", f" {PREFIX}", 1) for one in WEBHOOK_CALLS),
)

Answer = tuple[dict[str, Any], int]


def control(sandbox: Sandbox, clock: Clock) -> Flask:
    """Return the application that moves the world of *sandbox* and its *clock*."""
    app = Flask("clm_bridge.sandbox.control", static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # flask's own provider

    @app.get("/")
    def overview() -> Answer:
        return _overview(sandbox, clock)

    @app.post("/clock/advance")
    def advance() -> Answer:
        return _advance(clock, request.get_json(force=True, silent=True))

    @app.post("/reset")
    def reset() -> Answer:
        sandbox.reset()
        return {"done": "reset", "now": _text(clock.now())}, 200

    @app.post("/contracts/<path:id>/<verb>")
    def happen(id: str, verb: str) -> Answer:
        return _happen(sandbox, clock, id, verb)

    add_webhook_calls(app, sandbox)

    @app.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> Answer:
        what = f"{request.method} {request.path} is not a call of the control API"
        return _error(error.code or 500, what, "use one of calls", calls=_CALLS)

    return app


def _overview(sandbox: Sandbox, clock: Clock) -> Answer:
    answer = {
        "vendor": sandbox.vendor,
        "origin": sandbox.origin,
        "now": _text(clock.now()),
        "counts": dict(sandbox.counts()),
        "verbs": _offered(sandbox),
        "assumptions": dict(sandbox.assumptions),
        "calls": _CALLS,
    }
    return answer, 200


def _advance(clock: Clock, asked: object) -> Answer:
    next_step = f'send JSON such as {{"days": 1}}, of {", ".join(_UNITS)}'
    if not isinstance(asked, Mapping) or not asked or not set(asked) <= set(_UNITS):
        return _error(400, "the body does not say how far to move the clock", next_step)
    if not all(type(amount) in (int, float) for amount in asked.values()):
        return _error(400, "the clock moves by numbers only", next_step)
    try:
        now = clock.advance(timedelta(**asked))
    except (ValueError, OverflowError) as error:
        return _error(400, f"the clock cannot move that far: {error}", next_step)
    return {"done": "advance", "now": _text(now)}, 200


def _happen(sandbox: Sandbox, clock: Clock, id: str, verb: str) -> Answer:
    if verb not in _offered(sandbox):
        what = f"the {sandbox.vendor} sandbox does not offer {verb!r}"
        return _error(404, what, "use one of verbs", verbs=_offered(sandbox))
    try:
        getattr(sandbox, verb)(id)
    except KeyError as error:
        if error.args != (id,):
            raise
        what = f"there is no contract {id!r}"
        return _error(404, what, "take an id from the vendor's own list of contracts")
    except ValueError as error:
        return _error(409, str(error), "look at the contract's status first")
    return {"done": verb, "contract": id, "now": _text(clock.now())}, 200


def _offered(sandbox: Sandbox) -> list[str]:
    return [verb for verb in VERBS if callable(getattr(sandbox, verb, None))]


def _error(status: int, what: str, next_step: str, **more: Any) -> Answer:
    return {"error": what, "next": next_step, **more}, status


def _text(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds").replace("+00:00", "Z")
