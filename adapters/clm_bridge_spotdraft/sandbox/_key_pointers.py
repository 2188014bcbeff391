"""Key pointers: a contract's values, and what the workspace defines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask.typing import ResponseReturnValue

from ._asked import required_integer
from ._bodies import Key, anything, boolean, integer, listing, mapping, read, text
from ._errors import invalid, not_found
from ._key_pointer_fields import (
    KEY_POINTERS,
    SECTION,
    KeyPointer,
    definition_id,
    descriptors,
    value_id,
)
from ._records import Contract
from ._rows import key_pointer, key_pointers
from ._world import World

BULK = {"key_pointers": Key(listing(mapping), required=True)}
PATCH = {
    "value": Key(anything, required=True),
    "was_edited_by_user": Key(boolean),
    "value_source_metadata": Key(listing(anything)),
}
NAMES = {"key_pointer_id": Key(integer), "key_pointer_field_name": Key(text)}


def index(world: World, id: str) -> ResponseReturnValue:
    """List a contract's values; a bare array."""
    return key_pointers(world.by_id(id), world)


def write(world: World, id: str) -> ResponseReturnValue:
    """Write several values, or none if one of them is unknown (A41)."""
    contract = world.by_id(id)
    told = read(BULK)["key_pointers"]
    pointers = [_named(contract, one) for one in told]
    faults = {
        str(place): fault
        for place, (one, pointer) in enumerate(zip(told, pointers, strict=True))
        if (fault := _fault(one, pointer))
    }
    if faults:
        raise invalid({"key_pointers": faults})
    values = {
        pointer.field_name: one["value"]
        for one, pointer in zip(told, pointers, strict=True)
        if pointer is not None
    }
    changed = world.change(contract, values={**contract.values, **values})
    return key_pointers(changed, world)


def _named(contract: Contract, told: Mapping[str, Any]) -> KeyPointer | None:
    """Find a definition by its id or by its field name."""
    wanted = told.get("key_pointer_id")
    if wanted is None:
        return KEY_POINTERS.get(str(told.get("key_pointer_field_name")))
    found = (
        one
        for one in KEY_POINTERS.values()
        if str(definition_id(contract.type.id, one)) == str(wanted)
    )
    return next(found, None)


def _fault(told: Mapping[str, Any], pointer: KeyPointer | None) -> Any:
    if not any(told.get(name) is not None for name in NAMES):
        return ["key_pointer_id or key_pointer_field_name is required"]
    if pointer is None:
        return {
            name: ["Unknown key pointer"]
            for name in NAMES
            if told.get(name) is not None
        }
    return None if "value" in told else {"value": ["Field required"]}


def patch(world: World, id: str, value: int) -> ResponseReturnValue:
    """Write one value, by the id of the value."""
    contract = world.by_id(id)
    found = (
        one for one in KEY_POINTERS.values() if value_id(contract.number, one) == value
    )
    pointer = next(found, None)
    if pointer is None:
        raise not_found()
    values = {**contract.values, pointer.field_name: read(PATCH).get("value")}
    return key_pointer(world.change(contract, values=values), pointer, world)


def definitions(world: World) -> ResponseReturnValue:
    """List what a contract type defines; a bare array."""
    type_id = required_integer("contract_type_id")
    if type_id not in world.workspace.types:
        raise not_found()
    return [
        {
            "id": definition_id(type_id, one),
            "descriptors": list(descriptors(one)),
            "section": SECTION,
        }
        for one in KEY_POINTERS.values()
    ]


ROUTES = (
    ("GET", "/contracts/<id>/key_pointers", index),
    ("POST", "/contracts/<id>/key_pointers/bulk", write),
    ("PATCH", "/contracts/<id>/key_pointers/<int:value>", patch),
    ("GET", "/key_pointers/", definitions),
)
