"""How records look in answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._key_pointer_fields import KEY_POINTERS, KeyPointer, value_id
from ._records import Contract, Counterparty
from ._times import instant
from ._workspace import WORKSPACE_ID
from ._world import World

LINKS = "https://app.spotdraft.com/contracts/v2"


def listed(contract: Contract, world: World) -> dict[str, Any]:
    """Return a row of the list; ``created_by`` is the organisation there."""
    switches = world.switches
    creator = contract.created_by
    told = switches.listed_metadata
    row = {
        "id": contract.number if switches.integer_list_ids else contract.id,
        **_common(contract),
        "created_by": contract.entity.name,
        "external_metadata": contract.metadata,
        "reference_id": contract.reference_id,
        "created_by_user_name": creator.name,
        "created_by_user_email": creator.email,
    }
    if told == "never" or (told == "if set" and contract.metadata is None):
        del row["external_metadata"]
    return row


def created(contract: Contract) -> dict[str, Any]:
    """Return what creating from a template answers: both forms of the id."""
    return {
        "id": contract.id,
        "contract_id": contract.number,
        **_common(contract),
        "created_by": contract.created_by.email,
        "external_metadata": contract.metadata,
        "reference_id": contract.reference_id,
    }


def found(contract: Contract, world: World) -> dict[str, Any]:
    """Return an item of the lookup by external metadata."""
    composite = world.switches.composite_lookup_ids
    return {
        "id": contract.id if composite else contract.number,
        **_common(contract),
        "created_by": contract.created_by.email,
        "external_metadata": contract.metadata,
        "reference_id": contract.reference_id,
    }


def _common(contract: Contract) -> dict[str, Any]:
    return {
        "created": instant(contract.created_at),
        "contract_link": f"{LINKS}/{contract.number}",
        "contract_status": contract.status,
        "contract_name": contract.name,
        "counter_party_name": contract.parties[0].name if contract.parties else "",
        "contract_type_name": contract.type.name,
        "contract_type_id": contract.type.id,
        "created_by_workspace": WORKSPACE_ID,
    }


def key_pointers(contract: Contract, world: World) -> list[dict[str, Any]]:
    """Return a contract's key pointers; one without a value is null (A39)."""
    omit = world.switches.omit_empty_key_pointers
    return [
        key_pointer(contract, one, world)
        for one in KEY_POINTERS.values()
        if not omit or contract.values.get(one.field_name) is not None
    ]


def key_pointer(contract: Contract, one: KeyPointer, world: World) -> dict[str, Any]:
    """Return one key pointer's value."""
    value = contract.values.get(one.field_name)
    is_date = one.data_type == "date" and isinstance(value, str) and len(value) == 10
    if is_date and world.switches.key_pointer_instants:
        value = f"{value}T00:00:00Z"
    return {
        "id": value_id(contract.number, one),
        "value": value,
        "label": one.label,
        "field_name": one.field_name,
        "data_type": "string" if world.switches.string_data_types else one.data_type,
        "format_option": None if world.switches.null_format_option else {},
    }


def counterparty(one: Counterparty) -> dict[str, Any]:
    """Return an entry of the address book."""
    contact = {
        "id": one.id * 10 + 1,
        "name": one.contact_name,
        "email": one.contact_email,
    }
    return {
        "id": one.id,
        "name": one.name,
        "is_individual": one.is_individual,
        "contacts": [contact] if one.contact_email else [],
        "primary_address": _address(one),
        "status": "ACTIVE",
        "custom_fields": dict(one.custom_fields),
        "brand_name": one.brand_name,
    }


def _address(one: Counterparty) -> Mapping[str, Any] | None:
    if not one.address and one.country is None:
        return None
    told = one.address
    return {
        "id": one.id * 10 + 2,
        "line_one": told.get("line_one"),
        "city_name": told.get("city_name") or told.get("city"),
        "state_name": told.get("state_name") or told.get("state"),
        "zipcode": told.get("zipcode"),
        "country_name": told.get("country_name") or one.country,
        "email": one.contact_email,
        "phone": told.get("phone"),
    }
