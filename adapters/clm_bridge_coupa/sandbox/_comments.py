"""
Comments on a contract, from R38 on: listed, read and made, by either side.

https://compass.coupa.com/_dita_/en-us/documentation/plat/integ/core_api_and_csv_download_formats/misc/R39/R39_Core_Platform_API.json
"""

from __future__ import annotations

from ._answers import Answer, Route, body
from ._errors import Refusal, not_found
from ._lists import listed
from ._models import COMMENT
from ._schema import Record
from ._world import API_USER, World
from ._write import changed

OWNER = "contract-id"
"""Where a kept comment says whose it is; no answer shows it."""


def say(world: World, cid: int, text: str, *, by: Record) -> Record:
    """Keep what somebody says about a contract, which is not touched by it."""
    audit = {"created-at": world.now(), "updated-at": world.now()}
    authors = {"created-by": by, "updated-by": by}
    return world.put("comment", {OWNER: cid, **audit, "comments": text, **authors})


def _index(world: World, cid: int) -> Answer:
    world.get("contract", cid)
    mine = [c for c in world.all("comment").values() if c[OWNER] == cid]
    return listed(world, COMMENT, mine)


def _show(world: World, cid: int, id: int) -> Answer:
    comment = world.get("comment", id)
    if comment[OWNER] != cid:
        raise not_found()
    return Answer(COMMENT, comment)


def _create(world: World, cid: int) -> Answer:
    world.get("contract", cid)
    text = changed(world, COMMENT, {}, body()).get("comments")
    if not text:
        raise Refusal("Comments can't be blank", model="comment")
    made = say(world, cid, text, by=world.all("user")[API_USER])
    return Answer(COMMENT, made, 201)


_ALL = "/api/contracts/<int:cid>/comments"
_READ, _WRITE = "core.comment.read", "core.comment.write"

ROUTES = (
    Route("GET", _ALL, _READ, _index),
    Route("POST", _ALL, _WRITE, _create),
    Route("GET", f"{_ALL}/<int:id>", _READ, _show),
)
