"""The control API for webhooks: who is told, what was told, what goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import asdict
from flask import Flask, request

from .._deliveries import Delivery
from .._mishaps import mishaps
from .._outbox import Outbox
from .._sandbox import Sandbox
from ._answer import PREFIX, Answer, refused

CALLS = (
    f"GET {PREFIX}/webhooks",
    f"POST {PREFIX}/webhooks",
    f"DELETE {PREFIX}/webhooks/<id>",
    f"GET {PREFIX}/webhooks/deliveries",
    f"POST {PREFIX}/webhooks/deliveries/<number>/again",
    f"POST {PREFIX}/webhooks/flush",
    f"POST {PREFIX}/webhooks/trigger",
    f"POST {PREFIX}/webhooks/mishaps",
)
SUBSCRIBING = {"url", "words", "secret", "headers", "owner"}
_SUCH_AS = 'send JSON such as {"url": "http://127.0.0.1:8000/hooks"}'


def add(app: Flask, sandbox: Sandbox) -> None:
    """Let *app* take the calls, if the sandbox tells of anything."""
    outbox: Outbox | None = getattr(sandbox, "webhooks", None)
    if outbox is None:
        return

    @app.get("/webhooks")
    def webhooks() -> Answer:
        return _overview(outbox), 200

    @app.post("/webhooks")
    def subscribe() -> Answer:
        return _subscribe(outbox, _body())

    @app.delete("/webhooks/<id>")
    def unsubscribe(id: str) -> Answer:
        return _unsubscribe(outbox, id)

    @app.get("/webhooks/deliveries")
    def deliveries() -> Answer:
        return {"deliveries": [one.as_json() for one in outbox.deliveries]}, 200

    @app.post("/webhooks/deliveries/<int:number>/again")
    def again(number: int) -> Answer:
        return _again(outbox, number)

    @app.post("/webhooks/flush")
    def flush() -> Answer:
        return {"done": "flush", "deliveries": _told(outbox.flush())}, 200

    @app.post("/webhooks/trigger")
    def trigger() -> Answer:
        return _trigger(sandbox, _body())

    @app.post("/webhooks/mishaps")
    def go_wrong() -> Answer:
        return _go_wrong(outbox, _body())


def _body() -> Mapping[str, Any]:
    told = request.get_json(force=True, silent=True)
    return told if isinstance(told, Mapping) else {}


def _told(found: Any) -> list[dict[str, Any]]:
    return [one.as_json() for one in found]


def _overview(outbox: Outbox) -> dict[str, Any]:
    subscriptions = outbox.subscriptions
    return {
        "subscriptions": [subscriptions.shown(one) for one in subscriptions],
        "waiting": len(outbox.waiting()),
        "mishaps": asdict(outbox.mishaps),
        "words": list(outbox.manner.words),
    }


def _subscribe(outbox: Outbox, told: Mapping[str, Any]) -> Answer:
    if "url" not in told or not set(told) <= SUBSCRIBING or not _typed(told):
        return refused(400, "the body does not say whom to tell", _SUCH_AS)
    try:
        made = outbox.subscribe(**told)
    except ValueError as error:
        return refused(400, str(error), f"{_SUCH_AS}; GET /webhooks lists the words")
    shown = outbox.subscriptions.shown(made)
    return {"done": "subscribe", **shown, "secret": made.secret}, 201


def _typed(told: Mapping[str, Any]) -> bool:
    words, headers = told.get("words", []), told.get("headers", {})
    texts = [told[key] for key in ("url", "secret", "owner") if key in told]
    if not isinstance(words, list) or not isinstance(headers, dict):
        return False
    return all(isinstance(one, str) for one in [*texts, *words, *headers.values()])


def _unsubscribe(outbox: Outbox, id: str) -> Answer:
    try:
        outbox.unsubscribe(id)
    except KeyError:
        return refused(404, f"there is no webhook {id!r}", "GET /webhooks lists them")
    return {"done": "unsubscribe", "id": id}, 200


def _again(outbox: Outbox, number: int) -> Answer:
    found = [one for one in outbox.deliveries if one.number == number]
    if not found:
        next_step = "GET /webhooks/deliveries lists them"
        return refused(404, f"there is no delivery {number}", next_step)
    made: Delivery = outbox.again(found[0])
    return {"done": "again", **made.as_json()}, 200


def _trigger(sandbox: Sandbox, told: Mapping[str, Any]) -> Answer:
    word, contract = told.get("word"), told.get("contract")
    next_step = 'send JSON such as {"word": "…", "contract": "…"}'
    if not isinstance(word, str) or not isinstance(contract, str | None):
        return refused(400, "the body does not say what to tell", next_step)
    try:
        sandbox.tell(word, contract)
    except KeyError:
        return refused(404, f"there is no contract {contract!r}", next_step)
    except ValueError as error:
        return refused(400, str(error), "GET /webhooks lists the words")
    return {"done": "trigger", "word": word}, 200


def _go_wrong(outbox: Outbox, told: Mapping[str, Any]) -> Answer:
    try:
        outbox.go_wrong(mishaps(told))
    except ValueError as error:
        return refused(400, str(error), 'send JSON such as {"drop": 0.1, "seed": 7}')
    return {"done": "mishaps", "mishaps": asdict(outbox.mishaps)}, 200
