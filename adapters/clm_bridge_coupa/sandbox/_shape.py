"""
Which part of a record an answer holds: all of it, `fields`, or `return_object`.

https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/get-started-with-the-api/api-return-formats
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen

from ._errors import Refusal
from ._models import MODELS
from ._schema import Attribute, Kind, Many, Model, One, Record, hyphened

NOTHING = "none"
"""The ``return_object`` of a write that wants an empty body."""


@frozen
class Shape:
    """What the caller asked to see."""

    fields: Sequence[Any] | None = None
    depth: str = "full"
    later: bool = False

    def of(self, model: Model, record: Record) -> Record:
        """Return the part of *record* that the answer holds."""
        if self.fields is not None:
            return _picked(model, record, self.fields)
        if self.depth == "limited":
            return {"id": record["id"]}
        if self.depth == "shallow":
            return _shallow(model, record)
        return _full(model, record, later=self.later)


def read_shape(args: Mapping[str, str], *, later: bool) -> Shape:
    """Read ``fields`` and ``return_object`` of a query; ``fields`` goes first."""
    depth = args.get("return_object", "full")
    if "fields" not in args:
        return Shape(None, depth, later)
    try:
        asked = json.loads(args["fields"])
    except json.JSONDecodeError as error:
        raise Refusal("Invalid fields: not JSON.") from error
    if not isinstance(asked, list):
        raise Refusal("Invalid fields: not a list.")
    return Shape(asked)


def _full(model: Model, record: Record, *, later: bool) -> Record:
    return {
        name: _nested(attribute, record[name])
        for name, attribute in model.attributes.items()
        if name in record and (later or name not in model.later)
    }


def _nested(attribute: Attribute, value: Any) -> Any:
    """Return an association as another record shows it."""
    if isinstance(attribute, Kind) or value is None:
        return value
    model = MODELS[attribute.model]
    if isinstance(attribute, Many):
        return [_brief(model, each) for each in value]
    return _brief(model, value)


def _brief(model: Model, record: Record) -> Record:
    names = model.short or tuple(model.attributes)
    return {
        name: _nested(model.attributes[name], record[name])
        for name in names
        if name in record
    }


def _shallow(model: Model, record: Record) -> Record:
    shown: Record = {}
    for name, attribute in model.attributes.items():
        if name not in record or name in model.later:
            continue
        value = record[name]
        if isinstance(attribute, One) and value is not None:
            value = _named(MODELS[attribute.model], value)
        elif isinstance(attribute, Many):
            value = [_named(MODELS[attribute.model], each) for each in value]
        shown[name] = value
    return shown


def _named(model: Model, record: Record) -> Record:
    """Return the id and the natural keys; what has neither is shown as it is."""
    keys = model.keys or ("id",)
    if "id" not in record:
        return _brief(model, record)
    return {key: record[key] for key in keys if key in record}


def _picked(model: Model, record: Record, fields: Sequence[Any]) -> Record:
    """Pick what *fields* names, in its order; a name that is unknown is passed over."""
    picked: Record = {}
    for name, inner in _asked(fields):
        attribute = model.attributes.get(name)
        if attribute is None or name not in record:
            continue
        value = record[name]
        if isinstance(attribute, Kind) or not inner or value is None:
            picked[name] = _nested(attribute, value)
            continue
        target = MODELS[attribute.model]
        picked[name] = (
            [_picked(target, each, inner) for each in value]
            if isinstance(attribute, Many)
            else _picked(target, value, inner)
        )
    return picked


def _asked(fields: Sequence[Any]) -> list[tuple[str, Sequence[Any]]]:
    asked: list[tuple[str, Sequence[Any]]] = []
    for entry in fields:
        if isinstance(entry, str):
            asked.append((hyphened(entry), ()))
        elif isinstance(entry, Mapping):
            asked += ((hyphened(k), _inner(inner)) for k, inner in entry.items())
        else:
            raise Refusal("Invalid fields: neither a name nor an object.")
    return asked


def _inner(inner: Any) -> Sequence[Any]:
    """Read what is asked of an association; an empty object asks for all of it."""
    if isinstance(inner, Mapping):
        return [inner] if inner else ()
    return inner if isinstance(inner, list) else [inner]
