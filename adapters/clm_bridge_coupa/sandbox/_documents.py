"""
The legal document of a contract: what is known of its agreement, and its edit lock.

https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/resources/reference-data-resources/legal-documents-api-(legal_documents)
"""

from __future__ import annotations

from datetime import datetime

from flask import Response

from ._answers import Answer, Route, body
from ._contract import CONTRACT
from ._errors import not_found
from ._lists import listed
from ._models import LEGAL_DOCUMENT
from ._schema import Record
from ._world import API_USER, File, World

OWNER = "contract-id"
"""Where a kept document says whose it is; no answer shows it."""


def keep_agreement(
    world: World, contract: Record, file: File, *, at: datetime | None = None
) -> None:
    """Make *file* the current agreement; its document tells since when."""
    world.agreements[contract["id"]] = file
    at, user = at or world.now(), world.all("user").get(API_USER)
    document = _of(world, contract["id"]) or world.put(
        LEGAL_DOCUMENT.name,
        _document(contract) | {"created-at": at, "created-by": user},
    )
    document |= {"updated-at": at, "updated-by": user}


def _document(contract: Record) -> Record:
    record = dict.fromkeys(LEGAL_DOCUMENT.attributes) | {
        OWNER: contract["id"],
        "external-file-upload": 1,
        "negotiation-rounds": 0,
        "locked-by-other-party": False,
        "locked-by-user-id": contract["locked-by-user-id"],
        "reviewer-user-ids": [],
    }
    del record["id"]
    return record


def _of(world: World, cid: int) -> Record | None:
    return world.find(LEGAL_DOCUMENT.name, lambda document: document[OWNER] == cid)


def _index(world: World, cid: int) -> Answer:
    world.get("contract", cid)
    document = _of(world, cid)
    return listed(world, LEGAL_DOCUMENT, [document] if document else [])


def _show(world: World, cid: int, id: int) -> Answer:
    return Answer(LEGAL_DOCUMENT, _owned(world, cid, id))


def _delete(world: World, cid: int, id: int) -> Response:
    del world.all(LEGAL_DOCUMENT.name)[_owned(world, cid, id)["id"]]
    del world.agreements[cid]
    return Response(status=200)


def _owned(world: World, cid: int, id: int) -> Record:
    document = world.get(LEGAL_DOCUMENT.name, id)
    if document[OWNER] != cid:
        raise not_found()
    return document


def _check_out(world: World, id: int) -> Answer:
    return _lock(world, id, API_USER)


def _check_in(world: World, id: int) -> Answer:
    return _lock(world, id, None)


def _lock(world: World, id: int, holder: int | None) -> Answer:
    """Note who edits; what the body says besides is ignored."""
    contract = world.get("contract", id)
    body()
    contract["locked-by-user-id"] = holder
    document = _of(world, id)
    if document is not None:
        document["locked-by-user-id"] = holder
    world.touch(contract)
    return Answer(CONTRACT, contract)


_ONE, _ALL = "/api/contracts/<int:id>", "/api/contracts/<int:cid>/legal_documents"
_READ, _WRITE = "core.contract.read", "core.contract.write"

ROUTES = (
    Route("GET", _ALL, _READ, _index),
    Route("GET", f"{_ALL}/<int:id>", _READ, _show),
    Route("DELETE", f"{_ALL}/<int:id>", _WRITE, _delete),
    Route("PUT", f"{_ONE}/check_out", _WRITE, _check_out),
    Route("PUT", f"{_ONE}/check_in", _WRITE, _check_in),
)
