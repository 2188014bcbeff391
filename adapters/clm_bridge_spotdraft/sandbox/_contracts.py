"""The list, the lookup, and creating from a template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from ._answers import check, pointed
from ._asked import paged
from ._bodies import read
from ._contract_bodies import CREATION
from ._errors import invalid
from ._filters import filters, in_order, matches
from ._making import NOT_ALLOWED, linked, made, may_use, party, party_name
from ._records import (
    DRAFT,
    REDLINING,
    TEMPLATE,
    Contract,
    ContractType,
    Counterparty,
    Entity,
)
from ._records import Template as TemplateRecord
from ._rows import created, found, listed
from ._signing import signatories
from ._workspace import ENTITIES
from ._world import World

FOUND = 50
"""How many contracts the lookup answers with at most (documented)."""


def index(world: World) -> ResponseReturnValue:
    """List contracts, filtered and sorted."""
    asked = filters(
        request.args.items(multi=True), strict=world.switches.strict_filters
    )
    query = request.args.get("query")
    contracts = [
        one
        for one in world.listed()
        if all(each.admits(one) for each in asked)
        and (not query or matches(one, query))
    ]
    ordered = in_order(contracts, request.args.get("sort"))
    return paged(ordered, lambda one: listed(one, world))


def look_up(world: World, id: str) -> ResponseReturnValue:
    """Find by the id in the external metadata; a bare array (A21)."""
    newest = in_order(world.by_external_id(id))[:FOUND]
    rows: list[Any] = [found(one, world) for one in newest]
    return [rows] if world.switches.nested_lookup else rows


def create(world: World) -> ResponseReturnValue:
    """Create a contract from a template."""
    told = read(CREATION)
    template = _template(world, told)
    company = _company(told, world.workspace.types[template.type_id])
    check(told["contract_data"], "contract_data")
    _check_signatories(told)
    metadata = linked(told)
    contract = _made(world, told, template, entity=company, metadata=metadata)
    return created(contract), 201


def _made(
    world: World, told: Mapping[str, Any], template: TemplateRecord, **more: Any
) -> Contract:
    """Make a draft, or send it at once (A33)."""
    config = told.get("workflow_config") or {}
    sent = config.get("auto_send_to_counterparty")
    parties = tuple(party(world, one) for one in told["counter_party_details"])
    return made(
        world,
        prefix="T",
        name=told.get("contract_name") or _name(template, parties[0]),
        status=REDLINING if sent else DRAFT,
        kind=TEMPLATE,
        type=world.workspace.types[template.type_id],
        parties=parties,
        values=pointed(told["contract_data"]),
        data=told["contract_data"],
        recipients=tuple(signatories(world, told.get("signatories") or ())),
        sent_at=world.now() if sent else None,
        **more,
    )


def _name(template: TemplateRecord, counterparty: Counterparty) -> str:
    return f"{template.name} - {counterparty.name}"


def _template(world: World, told: Mapping[str, Any]) -> TemplateRecord:
    wanted = int(told["contract_template_id"])
    template = world.workspace.templates.get(wanted)
    if template is None:
        raise invalid({"contract_template_id": ["Unknown template"]})
    return template


def _company(told: Mapping[str, Any], type: ContractType) -> Entity:
    """Return the creator entity, which is the primary one unless told."""
    reference = told.get("entity_reference_id", ENTITIES[0].reference_id)
    for one in ENTITIES:
        if one.reference_id == reference and may_use(one, type):
            return one
        if one.reference_id == reference:
            raise invalid({"entity_reference_id": [NOT_ALLOWED]})
    raise invalid({"entity_reference_id": ["Unknown entity"]})


def _check_signatories(told: Mapping[str, Any]) -> None:
    """Refuse an order of signing that is half told, and a party that is not there."""
    people = told.get("signatories") or ()
    ordered = [one for one in people if one.get("sign_order") is not None]
    if ordered and len(ordered) != len(people):
        raise invalid({"signatories": ["sign_order is needed for all or none"]})
    if ordered and not any(one["is_counterparty_signatory"] for one in people):
        raise invalid({"signatories": ["A counterparty signatory is needed"]})
    names = {party_name(one) for one in told["counter_party_details"]}
    for place, one in enumerate(people):
        if one.get("counterparty_name") not in (None, *names):
            fault = {"counterparty_name": ["Not a counterparty of this contract"]}
            raise invalid({"signatories": {str(place): fault}})


ROUTES = (
    ("GET", "/contracts/", index),
    ("POST", "/contracts/", create),
    ("GET", "/contracts/by_external_metadata/<path:id>", look_up),
)
