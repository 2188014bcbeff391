"""New versions of a contract's paper, and papers beside it."""

from __future__ import annotations

from typing import Any

from attrs import evolve
from flask.typing import ResponseReturnValue

from ._bodies import Key, boolean, read, some_text, text
from ._errors import wrong_state
from ._papers import MAX_ATTACHMENT, decoded, paper
from ._records import (
    DOCX,
    DRAFT,
    EXECUTED,
    PDF,
    REDLINING,
    SIGN,
    TEMPLATE,
    TEMPLATE_EDITABLE,
    Contract,
)
from ._times import instant
from ._world import World

VERSION = {
    "document_name": Key(some_text, required=True),
    "document_base_64": Key(text, required=True),
    "collect_approvals": Key(boolean),
    "is_executed_version": Key(boolean),
}
ATTACHMENT = {
    "name": Key(some_text, required=True),
    "file_name": Key(some_text, required=True),
    "file_base64": Key(text, required=True),
}


def upload(world: World, number: int) -> ResponseReturnValue:
    """Take a new version; an executed one executes the contract (A31)."""
    contract = world.by_number(number)
    told = read(VERSION)
    signed = told.get("is_executed_version", False)
    formats = (PDF,) if signed else (PDF, DOCX)
    new = paper(told, "document_name", "document_base_64", formats)
    if contract.status not in (DRAFT, REDLINING, SIGN):
        raise wrong_state(f"No version can be added in {contract.status}.")
    changes: dict[str, Any] = {
        "papers": (*contract.papers, new),
        "version": contract.version + 1,
        "kind": TEMPLATE_EDITABLE if contract.kind == TEMPLATE else contract.kind,
    }
    if signed:
        changes |= _executed(contract, world)
    world.change(contract, **changes)
    return "", 201


def _executed(contract: Contract, world: World) -> dict[str, Any]:
    """Return what changes when a contract was signed elsewhere: nobody acts here."""
    invited = (evolve(one, sent_at=None) for one in contract.recipients)
    return {
        "status": EXECUTED,
        "executed_at": world.now(),
        "recipients": tuple(invited),
    }


def attach(world: World, id: str) -> ResponseReturnValue:
    """Keep a supporting document, of any format; there is no call that gives it."""
    world.by_id(id)
    told = read(ATTACHMENT)
    decoded(told, "file_base64", MAX_ATTACHMENT)
    own = world.next_id()
    made = {"id": own, "name": told["name"], "created": instant(world.now())}
    if world.switches.text_document_ids:
        made["id"] = str(own)
    return made, 201


ROUTES = (
    ("POST", "/contracts/<int:number>/contract_version/", upload),
    ("POST", "/supported_documents/<id>/", attach),
)
