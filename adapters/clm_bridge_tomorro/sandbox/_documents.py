"""
Document versions, and the uploads that they are made from.

https://alpha.developer.tomorro.com/api-reference/2025-01-15-init/files/create-file-upload-signed-url.md
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from ._bodies import Body, body
from ._ids import uuid
from ._records import Upload, Version
from ._refusals import Refusal
from ._state import OPEN
from ._storage import signed_url
from ._times import stamp
from ._world import World

ORGANISATION = uuid("organisation")


def upload_url(world: World) -> Any:
    """Return where a file may be put, and the key that names it (A-28)."""
    told = body()
    told.need("name")
    media_type = told.need("contentType")
    told.check()
    key = f"signedFiles/{ORGANISATION}/files/{world.state.new_id('file')}"
    world.state.uploads[key] = Upload(key, media_type)
    place = signed_url("PUT", key, world.now(), media_type=media_type)
    return {"url": place.url, "key": key, "expiresAt": stamp(place.expires_at)}


def create_version(world: World, id: str) -> Any:
    """Make an uploaded file the next version of a contract's document."""
    record, told = world.contract(id), body()
    name, media_type = _file_name(told), told.need("contentType")
    upload = _uploaded(told, world)
    if record.status not in OPEN:
        raise Refusal(409, f"Contract is {record.status}")
    upload.used, record.updated_at = True, world.now()
    version = Version(
        id=world.state.new_id("document"),
        number=len(record.versions) + 1,
        name=name,
        content_type=media_type,
        created_at=world.now(),
        content=upload.content,
    )
    record.versions.append(version)
    return _body(version, record.id)


def _file_name(told: Body) -> str:
    """Read the name of a file, which the vendor wants with its extension."""
    name = told.need("name")
    if name and not PurePath(name).suffix:
        told.refuse("name", "must have an extension")
    return name


def _uploaded(told: Body, world: World) -> Upload:
    """Return the upload that a body's key names, if it was filled and never used."""
    upload = world.state.uploads.get(told.need("key"))
    if upload is None or upload.used or not upload.content:
        told.refuse("key", "is not a file that was uploaded and is unused")
    told.check()
    assert upload is not None
    return upload


def _body(version: Version, contract_id: str) -> dict[str, Any]:
    return {
        "id": version.id,
        "contractId": contract_id,
        "version": version.number,
        "status": version.status,
        "contentType": version.content_type,
        "createdAt": stamp(version.created_at),
    }
