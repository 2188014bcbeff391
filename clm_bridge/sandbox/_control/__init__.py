"""
The door to a sandbox's world, outside the vendor's own paths.

It is a separate application under `PREFIX`: no credentials, limits or error pages
of the vendor's apply to it.  Every error says what is wrong and what to do next.
Each topic has a file of its own, which adds its calls.
"""

from __future__ import annotations

from flask import Flask, request
from werkzeug.exceptions import HTTPException

from .._clock import Clock
from .._sandbox import Sandbox
from . import _faults, _webhooks, _world
from ._answer import PREFIX, Answer, refused

__all__ = ["PREFIX", "control"]

_CALLS = (*_world.CALLS, *_faults.CALLS, *_webhooks.CALLS)


def control(sandbox: Sandbox, clock: Clock) -> Flask:
    """Return the application that moves the world of *sandbox* and its *clock*."""
    app = Flask("clm_bridge.sandbox.control", static_folder=None)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # flask's own provider

    @app.get("/")
    def overview() -> Answer:
        return {**_world.overview(sandbox, clock), "calls": _CALLS}, 200

    _world.add(app, sandbox, clock)
    _faults.add(app, sandbox)
    _webhooks.add(app, sandbox)

    @app.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> Answer:
        what = f"{request.method} {request.path} is not a call of the control API"
        return refused(error.code or 500, what, "use one of calls", calls=_CALLS)

    return app
