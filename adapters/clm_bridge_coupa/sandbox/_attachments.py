"""
Attachments of a contract: made, listed, read and deleted, never changed.

https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/resources/shared-resources/attachments-api
"""

from __future__ import annotations

from flask import Response, request

from ._agreements import as_attachment, uploaded
from ._answers import Answer, Route
from ._errors import Refusal, not_found
from ._lists import listed
from ._models import ATTACHMENT
from ._schema import Record
from ._world import API_USER, File, World

TYPES = ("file", "text", "url")
INTENTS = ("Internal", "Supplier")
OWNER = "contract-id"
"""Where a kept attachment says whose it is; no answer shows it."""


def _index(world: World, cid: int) -> Answer:
    world.get("contract", cid)
    mine = [a for a in world.all("attachment").values() if a[OWNER] == cid]
    return listed(world, ATTACHMENT, mine)


def _show(world: World, cid: int, id: int) -> Answer | Response:
    """Answer with the bytes of a file, and with an object for text and links."""
    attachment = _owned(world, cid, id)
    if attachment["type"] == "file":
        return as_attachment(world.files[id])
    return Answer(ATTACHMENT, attachment)


def _show_alone(world: World, id: int) -> Answer | Response:
    if request.args.get("attachable_type") != "Contract":
        raise not_found()
    return _show(world, world.get("attachment", id)[OWNER], id)


def _create(world: World, cid: int) -> Answer:
    world.get("contract", cid)
    kind = _chosen("type", TYPES)
    file = uploaded("attachment[file]") if kind == "file" else None
    if file is None and not _sent(kind):
        raise Refusal(f"{kind.capitalize()} can't be blank", model="attachment")
    made = world.put("attachment", _attachment(world, cid, kind, file))
    if file is not None:
        path = f"api/contracts/{cid}/attachments/{made['id']}"
        made["file-url"] = f"{request.host_url}{path}"
        world.files[made["id"]] = file
    return Answer(ATTACHMENT, made, 201)


def _attachment(world: World, cid: int, kind: str, file: File | None) -> Record:
    user = world.all("user")[API_USER]
    record = dict.fromkeys(ATTACHMENT.attributes) | {
        OWNER: cid,
        "type": kind,
        "intent": _chosen("intent", INTENTS),
        "text": _sent("text"),
        "url": _sent("url"),
        "linked-to": _sent("linked_to"),
        "created-at": world.now(),
        "updated-at": world.now(),
        "created-by": user,
        "updated-by": user,
    }
    del record["id"]
    if file is not None:
        record["file"] = record["file-file-name"] = file.name
        record["file-content-type"] = file.media_type
        record["file-file-size"] = str(len(file.content))
    return record


def _delete(world: World, cid: int, id: int) -> Response:
    del world.all("attachment")[_owned(world, cid, id)["id"]]
    world.files.pop(id, None)
    return Response(status=200)


def _owned(world: World, cid: int, id: int) -> Record:
    attachment = world.get("attachment", id)
    if attachment[OWNER] != cid:
        raise not_found()
    return attachment


def _chosen(name: str, words: tuple[str, ...]) -> str:
    word = _sent(name) or words[0]
    if word not in words:
        sentence = f"{name.capitalize()} must be one of {', '.join(words)}."
        raise Refusal(sentence, model="attachment")
    return word


def _sent(name: str) -> str | None:
    return request.form.get(f"attachment[{name}]")


_ALL = "/api/contracts/<int:cid>/attachments"
_READ, _WRITE = "core.contract.read", "core.contract.write"

ROUTES = (
    Route("GET", _ALL, _READ, _index),
    Route("POST", _ALL, _WRITE, _create),
    Route("GET", f"{_ALL}/<int:id>", _READ, _show),
    Route("DELETE", f"{_ALL}/<int:id>", _WRITE, _delete),
    Route("GET", "/api/attachments/<int:id>", _READ, _show_alone),
)
