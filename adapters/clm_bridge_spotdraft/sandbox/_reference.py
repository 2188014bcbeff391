"""Contract types, templates, people and our own companies."""

from __future__ import annotations

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from ._asked import paged
from ._errors import not_found
from ._making import may_use
from ._records import Entity, Template, User
from ._workspace import ENTITIES, ORGANIZATION_TYPES, ROLES, variables
from ._world import World


def contract_types(world: World) -> ResponseReturnValue:
    """List contract types; a bare array."""
    return [{"id": one.id, "name": one.name} for one in world.workspace.types.values()]


def type_entities(world: World, id: int) -> ResponseReturnValue:
    """List which of our companies may use a type."""
    known = world.workspace.types.get(id)
    if known is None:
        raise not_found()
    return [
        {
            "entity_id": one.id,
            "entity_name": one.name,
            "entity_type": "Private Company",
            "jurisdiction_of_incorporation": one.country,
            "address": one.city,
            "is_primary": one.is_primary,
        }
        for one in ENTITIES
        if may_use(one, known)
    ]


def templates(world: World) -> ResponseReturnValue:
    """List published templates, all at once; none has a tag or is archived."""
    asks_tags = request.args.get("tags") or request.args.get("tags_all")
    found = () if asks_tags else world.workspace.templates.values()
    items = [
        {"id": one.id, "name": one.name, "contract_type_id": one.type_id}
        for one in found
    ]
    return {"items": items}


def _template(world: World, id: int) -> Template:
    found = world.workspace.templates.get(id)
    if found is None:
        raise not_found()
    return found


def template(world: World, id: int) -> ResponseReturnValue:
    """Show a template."""
    one = _template(world, id)
    return {
        "id": one.id,
        "name": one.name,
        "tags": [],
        "contract_type_id": one.type_id,
    }


def template_metadata(world: World, id: int) -> ResponseReturnValue:
    """Show which variables a template has."""
    _template(world, id)
    return {"attributes": variables(), "counter_party_kind": "Both"}


def users(world: World) -> ResponseReturnValue:
    """List members, by page."""
    email, name = request.args.get("user_email"), request.args.get("user_name")
    found = [
        one
        for one in world.workspace.users.values()
        if (not email or one.email.casefold() == email.casefold())
        and (not name or name.casefold() in one.name.casefold())
    ]
    return paged(found, _user)


def _user(one: User) -> dict[str, Any]:
    return {
        "id": one.id,
        "first_name": one.first_name,
        "last_name": one.last_name,
        "email": one.email,
        "designation": one.designation,
        "is_active": one.is_active,
        "roles": [_role(one.role_id)],
    }


def _role(id: int) -> dict[str, Any]:
    return {"id": id, "name": ROLES[id], "description": ""}


def roles(_: World) -> ResponseReturnValue:
    """List active roles."""
    return {"active_roles": [_role(one) for one in ROLES]}


def entities(_: World) -> ResponseReturnValue:
    """List our own companies; a bare array, with ``iso_code`` on the wire."""
    return [_entity(one) for one in ENTITIES]


def organization_types(_: World) -> ResponseReturnValue:
    """List what a company may be, in a jurisdiction or in any; a bare array."""
    code = request.args.get("jurisdiction_iso_code")
    return [
        {"id": place, "name": name, "jurisdiction": code}
        for place, name in enumerate(ORGANIZATION_TYPES, start=1)
    ]


def _entity(one: Entity) -> dict[str, Any]:
    country = {"id": one.id, "name": one.country, "iso_code": one.iso_code}
    return {
        "id": one.id,
        "name": one.name,
        "reference_id": one.reference_id,
        "jurisdiction": country,
        "organization_type": {"id": 1, "name": "Private Company"},
        "primary_address": {
            "id": one.id,
            "line_one": "1 Main Street",
            "city_name": one.city,
            "country": country,
        },
        "is_primary": one.is_primary,
    }


ROUTES = (
    ("GET", "/contract_types/", contract_types),
    ("GET", "/contract_types/<int:id>/entities", type_entities),
    ("GET", "/templates/", templates),
    ("GET", "/templates/<int:id>/", template),
    ("GET", "/templates/<int:id>/metadata", template_metadata),
    ("GET", "/auth/users/", users),
    ("GET", "/auth/roles/", roles),
    ("GET", "/organizations/entities/", entities),
    ("GET", "/organizations/types/", organization_types),
)
