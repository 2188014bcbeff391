"""The clock, the reset, and what happens to contracts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, request

from .._clock import Clock
from .._sandbox import Sandbox
from ._answer import PREFIX, Answer, refused

VERBS = ("open", "comment", "sign", "decline", "hold", "resume", "delete")
"""What may happen to a contract, where the sandbox has a method of that name."""

CALLS = (
    f"GET {PREFIX}/",
    f"POST {PREFIX}/clock/advance",
    f"POST {PREFIX}/reset",
    f"POST {PREFIX}/contracts/<id>/<verb>",
)
_UNITS = ("days", "hours", "seconds")


def add(app: Flask, sandbox: Sandbox, clock: Clock) -> None:
    """Add the calls that move the world."""

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


def overview(sandbox: Sandbox, clock: Clock) -> dict[str, Any]:
    """Say what this is, and what can happen in it."""
    return {
        "vendor": sandbox.vendor,
        "origin": sandbox.origin,
        "now": _text(clock.now()),
        "counts": dict(sandbox.counts()),
        "verbs": _offered(sandbox),
        "assumptions": dict(sandbox.assumptions),
    }


def _advance(clock: Clock, asked: object) -> Answer:
    next_step = f'send JSON such as {{"days": 1}}, of {", ".join(_UNITS)}'
    if not isinstance(asked, Mapping) or not asked or not set(asked) <= set(_UNITS):
        return refused(
            400, "the body does not say how far to move the clock", next_step
        )
    if not all(type(amount) in (int, float) for amount in asked.values()):
        return refused(400, "the clock moves by numbers only", next_step)
    try:
        now = clock.advance(timedelta(**asked))
    except (ValueError, OverflowError) as error:
        return refused(400, f"the clock cannot move that far: {error}", next_step)
    return {"done": "advance", "now": _text(now)}, 200


def _happen(sandbox: Sandbox, clock: Clock, id: str, verb: str) -> Answer:
    if verb not in _offered(sandbox):
        what = f"the {sandbox.vendor} sandbox does not offer {verb!r}"
        return refused(404, what, "use one of verbs", verbs=_offered(sandbox))
    try:
        getattr(sandbox, verb)(id)
    except KeyError as error:
        if error.args != (id,):
            raise
        what = f"there is no contract {id!r}"
        return refused(404, what, "take an id from the vendor's own list of contracts")
    except ValueError as error:
        return refused(409, str(error), "look at the contract's status first")
    return {"done": verb, "contract": id, "now": _text(clock.now())}, 200


def _offered(sandbox: Sandbox) -> list[str]:
    return [verb for verb in VERBS if callable(getattr(sandbox, verb, None))]


def _text(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds").replace("+00:00", "Z")
