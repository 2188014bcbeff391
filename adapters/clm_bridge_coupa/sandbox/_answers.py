"""
What views take and give: routes, bodies, answers in JSON or XML, and refusals.

Without an ``Accept`` that prefers JSON the answer is XML, as connectors report.
https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/get-started-with-the-api
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from attrs import frozen
from flask import Response, request

from ._errors import Refusal, not_found
from ._schema import Model, Record
from ._shape import NOTHING, Shape
from ._world import World
from ._xml import read_xml

XML, JSON = "application/xml", "application/json"
_PARSERS: Mapping[str, Callable[[bytes], Any]] = {
    JSON: partial(json.loads, parse_float=Decimal),
    XML: read_xml,
}


@frozen
class Answer:
    """A record or records of one model."""

    model: Model
    found: Record | Sequence[Record]
    status: int = 200


@frozen
class Route:
    """One action: its methods, its path, the scope it needs, and who answers."""

    methods: str
    rule: str
    scope: str
    view: Callable[..., Answer | Response]


def body() -> dict[str, Any]:
    """Read the object of a request; an empty body is an empty object."""
    sent = request.get_data()
    if not sent:
        return {}
    form = request.mimetype
    if form not in _PARSERS:
        words = "Content-Type must be application/json or application/xml."
        raise Refusal(words, status=415)
    try:
        read = _PARSERS[form](sent)
    except ValueError as error:
        raise Refusal(f"The request body is not valid {form}.") from error
    if not isinstance(read, dict):
        raise Refusal("The request body is not an object.")
    return read


def wanted() -> str | None:
    """Say which format the caller accepts; ``None`` when it is neither."""
    accepted = request.accept_mimetypes
    if not accepted:
        return XML
    return accepted.best_match((XML, JSON))


def respond(world: World, answer: Answer, shape: Shape) -> Response:
    """Write an answer as the caller wants it."""
    if shape.depth == NOTHING and request.method != "GET":
        return Response(status=answer.status, mimetype=wanted())
    form = wanted()
    if form is None:
        raise Refusal("Accept must be application/json or application/xml.", status=406)
    model = answer.model
    if isinstance(answer.found, dict):
        return _written(
            world, form, model.name, shape.of(model, answer.found), answer.status
        )
    rows = [shape.of(model, record) for record in answer.found]
    if form == XML and not rows:
        raise not_found()
    return _written(world, form, model.plural, rows, answer.status)


def refuse(world: World, refusal: Refusal) -> Response:
    """Write an error document."""
    if wanted() == JSON:
        if refusal.status == 404 and world.switches.not_found_body == "text":
            text = "".join(refusal.sentences)
            return Response(text, 404, mimetype="text/plain")
        errors = {"errors": {refusal.model: list(refusal.sentences)}}
        return _written(world, JSON, "", errors, refusal.status)
    written = world.writer.errors(refusal.sentences)
    return Response(written, refusal.status, mimetype=XML)


def _written(world: World, form: str, name: str, value: Any, status: int) -> Response:
    writer = world.writer
    if form == JSON:
        return Response(writer.json(value), status, mimetype=JSON)
    return Response(writer.xml(name, value), status, mimetype=XML)
