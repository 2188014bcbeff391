"""
Bodies into records: values by kind, references by natural key, collections merged.

What is read only or unknown is passed over, as the tenant does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ._errors import Refusal, human
from ._models import MODELS
from ._schema import Attribute, Kind, Many, Model, Record, hyphened
from ._values import from_json
from ._world import World

_NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.FLOAT)


def changed(
    world: World,
    model: Model,
    record: Record,
    body: Mapping[str, Any],
    *,
    only: Collection[str] | None = None,
) -> Record:
    """Return *record* as *body* changes it; the record itself stays as it is."""
    result = dict(record)
    faults: list[str] = []
    for raw, value in body.items():
        name = hyphened(raw)
        attribute = model.attributes.get(name)
        if attribute is None or name in model.read_only:
            faults += _closed(world, model, name)
            continue
        if only is not None and name not in only:
            continue
        try:
            result[name] = _read(world, name, attribute, value, result.get(name))
        except ValueError:
            faults.append(_fault(name, attribute))
    if faults:
        raise Refusal(*faults, model=model.name)
    return result


def _read(world: World, name: str, attribute: Attribute, value: Any, old: Any) -> Any:
    if isinstance(attribute, Kind):
        return from_json(attribute, value)
    model = MODELS[attribute.model]
    if isinstance(attribute, Many):
        return _collection(world, name, model, value, old or [])
    if value is None:
        return None
    if model.keys:
        return _reference(world, name, model, value, old)
    return _owned(world, model, value, old)


def _collection(
    world: World, name: str, model: Model, value: Any, old: Sequence[Record]
) -> list[Record]:
    """Replace shared records as a whole; add to owned ones, or change them by id."""
    if not isinstance(value, list):
        raise ValueError("not a list")
    if model.keys:
        found = [_reference(world, name, model, each, None) for each in value]
        return [each for each in found if each is not None]
    kept = {each["id"]: each for each in old}
    for each in value:
        known = kept.get(each.get("id")) if isinstance(each, Mapping) else None
        owned = _owned(world, model, each, known)
        kept[owned["id"]] = owned
    return list(kept.values())


def _owned(world: World, model: Model, value: Any, old: Record | None) -> Record:
    if not isinstance(value, Mapping):
        raise ValueError("not an object")
    if old is not None:
        return changed(world, model, old, value)
    empty: Record = {
        name: [] if isinstance(attribute, Many) else None
        for name, attribute in model.attributes.items()
    }
    if "id" in empty:
        empty["id"] = world.next_id(model.name)
    if "created-at" in empty:
        empty["created-at"] = empty["updated-at"] = world.now()
    return changed(world, model, empty, value)


def referenced(world: World, name: str, model: str, value: Any) -> Record | None:
    """Find the shared record that *value* names; what names none is a `ValueError`."""
    return _reference(world, name, MODELS[model], value, None)


def _reference(
    world: World, name: str, model: Model, value: Any, old: Record | None
) -> Record | None:
    """Find the record that *value* names by its first natural key."""
    given = (
        {hyphened(key): each for key, each in value.items()}
        if isinstance(value, Mapping)
        else {}
    )
    named = {key: given[key] for key in model.keys if key in given}
    if not named:
        raise ValueError("names no record")
    key, wanted = next(iter(named.items()))
    found = world.find(model.name, lambda record: _same(record[key], wanted))
    if found is None and world.switches.unknown_reference == "refuse":
        raise Refusal(_unknown(name, model, named), model=model.name)
    return found or old


def _same(value: Any, wanted: Any) -> bool:
    return value is not None and str(value).casefold() == str(wanted).casefold()


def _unknown(name: str, model: Model, named: Mapping[str, Any]) -> str:
    title = "".join(part.capitalize() for part in model.name.split("-"))
    keys = ", ".join(f'"{key}"=>"{value}"' for key, value in named.items())
    possible = ",".join(f'"{key}"' for key in model.keys)
    return (
        f"Unable to find valid {title} record for {name.replace('-', '_')}"
        f" with keys {{{keys}}}. Possible keys are [{possible}]."
        " Please verify your xml."
    )


def _closed(world: World, model: Model, name: str) -> Sequence[str]:
    """Find fault with a custom field that is not API editable, where it is refused."""
    refuses = world.switches.closed_custom_field == "refuse"
    if model.name != "custom-field" or name not in model.attributes or not refuses:
        return ()
    return (f"{human(name)} cannot be changed through the API",)


def _fault(name: str, attribute: Attribute) -> str:
    if attribute in _NUMBERS:
        return f"{human(name)} is not a number"
    return f"{human(name)} is invalid"
