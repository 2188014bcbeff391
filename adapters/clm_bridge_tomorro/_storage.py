"""
The storage beside the API, which takes a file before a contract does.

https://alpha.developer.tomorro.com/api-reference/2025-01-15-init/files/create-file-upload-signed-url.md
"""

from __future__ import annotations

from clm_bridge.adapter import Reader, Request, Upload, post

from . import _envelopes, _wire

PLACE = {
    "url": "https://storage.example/<key of the file>",
    "key": "<key of the file>",
}
"""What stands for the vendor's answer in a dry run."""


async def put(upload: Upload, reader: Reader) -> str:
    """Put a file where the vendor says, and return its key."""
    told = {"name": upload.name, "contentType": upload.media_type}
    answer = await post("files/upload-url", told, dry=PLACE)
    place = reader.read(_envelopes.single(answer.json()), _wire.Place)
    await Request(
        "PUT",
        "upload link",
        url=_envelopes.address(answer.json()),
        content=upload.content,
        headers={"content-type": upload.media_type},
        signed=False,
    )
    return place.key
