"""
Smart fields and the options of a selection.

https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/smart-fields/list-smart-fields
"""

from __future__ import annotations

from typing import Any

from flask import request

from ._envelopes import paginated
from ._filters import Filter, check, holds, word
from ._ids import path_id
from ._paging import page
from ._refusals import missing
from ._smart_fields import CONTRACT, COUNTERPARTY, TYPES, Option, SmartField
from ._world import World

FILTERS = {
    "object": Filter(lambda one: one.side, word(CONTRACT, COUNTERPARTY), ("in",))
}
OPTION_FILTERS = {"term": Filter(lambda one: " ".join(_labels(one)), equal=holds)}


def list_smart_fields(world: World) -> Any:
    """List the definitions, named in the language that is asked for."""
    fields = list(world.state.smart_fields.values())
    return paginated(page(fields, check(FILTERS)), _row)


def list_options(world: World, id: str) -> Any:
    """List a selection's options; another field has none."""
    field = world.state.smart_fields.get(path_id(id))
    if field is None:
        raise missing("Smart field")
    return paginated(page(field.options, check(OPTION_FILTERS)), _option)


def _row(field: SmartField) -> dict[str, Any]:
    name = field.named(request.args.get("lang"))
    return {"id": field.id, "name": name, "type": TYPES[field.kind]}


def _labels(option: Option) -> list[str]:
    return [option.label, *option.labels.values()]


def _option(option: Option) -> dict[str, Any]:
    labels = {"gb": option.label, **option.labels}
    return {
        "id": option.id,
        "translations": [
            {"language": language, "value": value} for language, value in labels.items()
        ],
        "integrationMappings": [],
    }
