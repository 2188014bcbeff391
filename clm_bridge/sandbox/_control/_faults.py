"""What goes wrong: rules are added, listed with how often they struck, and cleared."""

from __future__ import annotations

from flask import Flask, request

from .._sandbox import Sandbox
from ..faults import Faults, read
from ._answer import PREFIX, Answer, refused

CALLS = tuple(f"{method} {PREFIX}/faults" for method in ("GET", "POST", "DELETE"))
_NEXT = 'send JSON such as {"fault": "status", "status": 503, "count": 1}, or a list'


def add(app: Flask, sandbox: Sandbox) -> None:
    """Add the calls about faults."""

    @app.get("/faults")
    def standing() -> Answer:
        return {"faults": [one.told() for one in sandbox.faults.list()]}, 200

    @app.post("/faults")
    def stand() -> Answer:
        told = request.get_json(force=True, silent=True)
        return _stand(sandbox.faults, told)

    @app.delete("/faults")
    def clear() -> Answer:
        return {"done": "clear", "gone": sandbox.faults.clear()}, 200


def _stand(faults: Faults, told: object) -> Answer:
    try:
        rules = read(told)
    except ValueError as error:
        return refused(400, str(error), _NEXT)
    return {"faults": [faults.stand(one).told() for one in rules]}, 201
