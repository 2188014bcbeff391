"""Contracts that come with their paper: executed, for review, for signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask.typing import ResponseReturnValue

from ._bodies import read
from ._contract_bodies import (
    EXECUTED_UPLOAD,
    PLAYBOOK_UPLOAD,
    REVIEW_UPLOAD,
    SIGN_UPLOAD,
)
from ._errors import coded, invalid
from ._making import entity, entry, linked, made, party, person_name
from ._papers import paper
from ._records import (
    DOCX,
    EXECUTED,
    PDF,
    REDLINING,
    SIGN,
    UPLOAD_EDITABLE,
    UPLOAD_EXECUTED,
    UPLOAD_SIGN,
    Contract,
    ContractType,
    Counterparty,
    User,
)
from ._rows import listed
from ._signing import invited, ours
from ._workspace import ENTITIES, ROLES
from ._world import World

ENTITY = "creator_organization_entity_id"


def executed(world: World) -> ResponseReturnValue:
    """Take a contract that was signed elsewhere, by the schema or the playbook."""
    shape, key, company_key = EXECUTED_UPLOAD, "file_content", "organization_entity_id"
    if world.switches.playbook_uploads and _names("file_base64"):
        shape, key, company_key = PLAYBOOK_UPLOAD, "file_base64", ENTITY
    told = read(shape)
    kind = _type(world, told)
    company = entity(company_key, told[company_key], kind)
    file, metadata = paper(told, "file_name", key, (PDF,)), linked(told)
    parties = [party(world, one) for one in told.get("counterparty_details", ())]
    contract = made(
        world,
        prefix=world.switches.executed_upload_prefix,
        name=told["contract_name"],
        status=EXECUTED,
        kind=UPLOAD_EXECUTED,
        type=kind,
        entity=company,
        parties=tuple(parties) or _parties(world, told),
        metadata=metadata,
        executed_at=world.now(),
        papers=(file,),
    )
    return _row(contract, world), 201


def _names(key: str) -> bool:
    """Say whether the body has a key."""
    return key in read({})


def for_review(world: World) -> ResponseReturnValue:
    """Take third-party paper to be reviewed."""
    told = read(REVIEW_UPLOAD)
    _check_reviewer(world, told.get("reviewer", {}))
    what = _third_party(world, told)
    people = tuple(ours(world, told.get("creator_signatories", ())))
    contract = made(
        world, status=REDLINING, kind=UPLOAD_EDITABLE, recipients=people, **what
    )
    return _row(contract, world), 201


def for_signature(world: World) -> ResponseReturnValue:
    """Take paper that only needs its signatures; everybody is invited."""
    told = read(SIGN_UPLOAD)
    what = _third_party(world, told)
    people = tuple(ours(world, told.get("creator_signatories", ())))
    contract = made(
        world,
        status=SIGN,
        kind=UPLOAD_SIGN,
        marked_at=world.now(),
        recipients=invited(world, people, what["parties"]),
        **what,
    )
    return _row(contract, world), 201


def _row(contract: Contract, world: World) -> dict[str, Any]:
    """Return the list's shape, whatever the list itself does to its ids."""
    return listed(contract, world) | {"id": contract.id}


def _third_party(world: World, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what both kinds of third-party paper have."""
    kind = _type(world, told)
    if not kind.takes_uploads:
        detail = "The contract type is not linked to a published upload workflow."
        raise coded(400, "SD_CONTRACTS_00289", detail)
    company = entity(ENTITY, told.get(ENTITY, ENTITIES[0].id), kind)
    file = paper(told, "file_name", "file_base64", (PDF, DOCX))
    email = told.get("business_user_email")
    answers = told.get("intake_form_data", {})
    return {
        "prefix": "T",
        "name": told["contract_name"],
        "type": kind,
        "entity": company,
        "metadata": linked(told),
        "business_user": _member(world, email, "business_user_email"),
        "parties": _parties(world, told),
        "intake": answers,
        "answered_at": world.now() if answers else None,
        "papers": (file,),
    }


def _check_reviewer(world: World, told: Mapping[str, Any]) -> None:
    """Refuse a reviewer who is not there; the review itself no call shows."""
    _member(world, told.get("org_user_email"), "reviewer")
    role = told.get("role_id")
    if role is not None and int(role) not in ROLES:
        raise invalid({"reviewer": ["Unknown role"]})


def _member(world: World, email: str | None, key: str) -> User | None:
    if email is None:
        return None
    member = world.workspace.user(email)
    if member is None or not member.is_active:
        raise invalid({key: ["Unknown user"]})
    return member


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


ROUTES = (
    ("POST", "/contracts/executed_contracts/", executed),
    ("POST", "/contracts/upload_review_contracts/", for_review),
    ("POST", "/contracts/upload_sign_contracts/", for_signature),
)
