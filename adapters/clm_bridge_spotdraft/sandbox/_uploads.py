"""Contracts that come with their paper: executed, for review, for signature."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from flask.typing import ResponseReturnValue

from ._bodies import Key, read
from ._contract_bodies import EXECUTED_UPLOAD, REVIEW_UPLOAD, SIGN_UPLOAD
from ._errors import TOO_LARGE, coded, invalid, plain
from ._making import entity, entry, linked, made, party, person_name
from ._records import (
    EXECUTED,
    REDLINING,
    SIGN,
    UPLOAD_EDITABLE,
    UPLOAD_EXECUTED,
    UPLOAD_SIGN,
    Contract,
    ContractType,
    Counterparty,
)
from ._rows import listed
from ._workspace import ENTITIES
from ._world import World

MAX_UPLOAD = 30 * 1024 * 1024
"""Bytes of a file, decoded (A46)."""


def executed(world: World) -> ResponseReturnValue:
    """Take a contract that was signed elsewhere."""
    told = read(EXECUTED_UPLOAD)
    contract_type = _type(world, told)
    company = entity("organization_entity_id", told["organization_entity_id"])
    file, metadata = _file(told, "file_content"), linked(told)
    contract = made(
        world,
        prefix=world.switches.executed_upload_prefix,
        name=told["contract_name"],
        status=EXECUTED,
        kind=UPLOAD_EXECUTED,
        type=contract_type,
        entity=company,
        parties=tuple(
            party(world, one) for one in told.get("counterparty_details", ())
        ),
        metadata=metadata,
        executed_at=world.now(),
        file=file,
    )
    return _row(contract, world), 201


def for_review(world: World) -> ResponseReturnValue:
    """Take third-party paper to be reviewed."""
    contract = _third_party(world, REVIEW_UPLOAD, REDLINING, UPLOAD_EDITABLE)
    return _row(contract, world), 201


def for_signature(world: World) -> ResponseReturnValue:
    """Take paper that only needs its signatures."""
    contract = _third_party(world, SIGN_UPLOAD, SIGN, UPLOAD_SIGN)
    return _row(contract, world), 201


def _row(contract: Contract, world: World) -> dict[str, Any]:
    """Return the list's shape, whatever the list itself does to its ids."""
    return listed(contract, world) | {"id": contract.id}


def _third_party(
    world: World, shape: Mapping[str, Key], status: str, kind: str
) -> Contract:
    told = read(shape)
    contract_type = _type(world, told)
    if not contract_type.takes_uploads:
        detail = "The contract type is not linked to a published upload workflow."
        raise coded(400, "SD_CONTRACTS_00289", detail)
    key = "creator_organization_entity_id"
    company = entity(key, told.get(key, ENTITIES[0].id))
    file, metadata = _file(told, "file_base64"), linked(told)
    return made(
        world,
        prefix="T",
        name=told["contract_name"],
        status=status,
        kind=kind,
        type=contract_type,
        entity=company,
        parties=_parties(world, told),
        metadata=metadata,
        marked_at=world.now() if status == SIGN else None,
        file=file,
    )


def _parties(world: World, told: Mapping[str, Any]) -> tuple[Counterparty, ...]:
    name = told.get("counterparty_organization_name")
    contact = told.get("counterparty_poc_details") or {}
    if name is None:
        return ()
    one = entry(
        world,
        name,
        contact_name=person_name(contact) or None,
        contact_email=contact.get("email"),
        is_individual=bool(told.get("counterparty_is_individual")),
    )
    return (one,)


def _type(world: World, told: Mapping[str, Any]) -> ContractType:
    known = world.workspace.types.get(int(told["contract_type_id"]))
    if known is None:
        raise invalid({"contract_type_id": ["Unknown contract type"]})
    return known


def _file(told: Mapping[str, Any], key: str) -> bytes:
    """Return the file, or refuse what is no PDF or too large (A46, A47)."""
    if not told["file_name"].lower().endswith(".pdf"):
        raise invalid({"file_name": ["Only PDF files are accepted"]})
    try:
        content = b64decode(told[key], validate=True)
    except (binascii.Error, ValueError) as error:
        raise invalid({key: ["Invalid base64"]}) from error
    if len(content) > MAX_UPLOAD:
        raise plain(413, TOO_LARGE)
    if not content.startswith(b"%PDF-"):
        raise invalid({key: ["Invalid PDF file"]})
    return content


ROUTES = (
    ("POST", "/contracts/executed_contracts/", executed),
    ("POST", "/contracts/upload_review_contracts/", for_review),
    ("POST", "/contracts/upload_sign_contracts/", for_signature),
)
