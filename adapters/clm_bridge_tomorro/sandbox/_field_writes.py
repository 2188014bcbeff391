"""Smart fields as bodies write them, on contracts and on counterparties alike."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from ._bodies import Body
from ._smart_fields import SmartField, Value
from ._state import State

Written = dict[str, Value | None]
"""A smart field's id → its new value; None or no option takes it away."""


def written(body: Body, items: str, key: str, side: str, state: State) -> Written:
    """Read the list *items*, whose objects have a smart field's id under *key*."""
    found: Written = {}
    for told in body.objects(items):
        own, value = told.need_id(key), told.told.get("value")
        field = state.smart_fields.get(own)
        if field is None or field.side != side:
            told.refuse(key, f"is not a smart field of {side}")
        else:
            _check(told, key, field, value)
        found[own] = value
    return found


def _check(told: Body, key: str, field: SmartField, value: Any) -> None:
    if field.computed:
        told.refuse(key, f"is {field.name}, which cannot be written")
    elif value is not None and not field.takes(value):
        told.refuse("value", f"is not a {field.kind} that {field.name} takes")


def put(values: MutableMapping[str, Value], new: Written) -> None:
    """Put new values over what is there."""
    for own, value in new.items():
        if value is None or value == []:
            values.pop(own, None)
        else:
            values[own] = value
