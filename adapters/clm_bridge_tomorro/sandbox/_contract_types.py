"""
Contract types with their templates and creation forms.

https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/contract-types/list-contract-types
"""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import request

from ._envelopes import plural
from ._filters import Filter, check, identifier, truth
from ._ids import path_id, uuid
from ._paging import Order, ordered, page
from ._records import ContractType, Template
from ._refusals import invalid, missing
from ._world import World

ORDER: Order = {"id": lambda one: one.id, "name": lambda one: one.name}
FILTERS = {"isPublished": Filter(lambda one: one.published, truth)}


def list_contract_types(world: World) -> Any:
    """List the contract types, each with its templates."""
    found = page(ordered(world.state.types.values(), ORDER, "name"), check(FILTERS))
    write = partial(_row, world=world)
    return plural(found, write, "contractTypes", world.switches.lists)


def list_templates(world: World, id: str) -> Any:
    """List the templates of a type; they have no names."""
    kind = _type(world, id)
    return [_template(one, kind, world) for one in kind.templates]


def creation_form(world: World, id: str) -> Any:
    """Say which smart fields a contract of a type must have."""
    kind = _type(world, id)
    _check_template(kind)
    fields = [_requirement(one, kind) for one in kind.mandatory]
    rule = {"conditions": {"all": []}, "event": {"type": "noop"}}
    return {"fields": fields, "fieldsCount": len(fields), "rules": [rule]}


def _type(world: World, id: str) -> ContractType:
    found = world.state.types.get(path_id(id))
    if found is None:
        raise missing("Contract type")
    return found


def _check_template(kind: ContractType) -> None:
    told = request.args.get("templateId")
    if told is None:
        return
    try:
        wanted = identifier(told)
    except ValueError as error:
        raise invalid(f"templateId {error}") from None
    if wanted not in {one.id for one in kind.templates}:
        raise missing("Template")


def _row(kind: ContractType, world: World) -> dict[str, Any]:
    templates = [_template(one, kind, world) for one in kind.templates]
    return {"id": kind.id, "name": kind.name, "templates": templates}


def _template(template: Template, kind: ContractType, world: World) -> dict[str, Any]:
    fields = [
        {
            "id": own,
            "name": world.state.smart_fields[own].name,
            "defaultValue": None,
            "isMandatory": True,
        }
        for own in kind.mandatory
    ]
    return {"id": template.id, "language": template.language, "smartFields": fields}


def _requirement(id: str, kind: ContractType) -> dict[str, Any]:
    return {
        "smartFieldId": id,
        "typeAttributeId": uuid("type attribute", kind.id, id),
        "reasons": ["explicitMandatory"],
        "required": True,
    }
