"""The paper itself: a signed URL, and what lies behind it."""

from __future__ import annotations

import hashlib
import re
from io import BytesIO
from urllib.parse import quote

from flask import request, send_file
from flask.typing import ResponseReturnValue

from clm_bridge.sandbox import pdf

from ._bodies import Key, one_of, read
from ._errors import plain
from ._records import Contract
from ._world import World

PDF, DOCX, FALLBACK = "PDF", "DOCX", "DOCX_WITH_FALLBACK_TO_PDF"
MEDIA_TYPE = "application/pdf"
STORAGE = "/storage/<token>/<path:name>"
"""Where the signed URLs lead, outside the API and without its credentials (A42)."""

EXPIRED = (
    "<?xml version='1.0' encoding='UTF-8'?><Error><Code>AccessDenied</Code>"
    "<Message>The link is unknown or has expired.</Message></Error>"
)
_SEPARATORS = re.compile(r'[/\\:*?"<>|]')


def link(world: World, id: str) -> ResponseReturnValue:
    """Give out a link to the latest copy."""
    contract = world.by_id(id)
    told = read({"format": Key(one_of((PDF, DOCX, FALLBACK)))})
    if told.get("format", PDF).upper() == DOCX:
        raise plain(400, "No DOCX is available for this contract.")
    name = file_name(contract)
    token = world.give_link(contract, name)
    signature = hashlib.sha256(token.encode()).hexdigest()
    path = f"storage/{token}/{quote(name)}?signature={signature}"
    return {
        "url": f"{request.host_url}{path}",
        "file_name": name,
        "current_version_id": 1,
    }


def download(world: World, id: str) -> ResponseReturnValue:
    """Answer with the latest copy itself."""
    contract = world.by_id(id)
    return send_file(
        BytesIO(paper(contract)),
        MEDIA_TYPE,
        as_attachment=True,
        download_name=file_name(contract),
    )


def fetch(world: World, token: str, **_: str) -> ResponseReturnValue:
    """Serve a link, in ranges too; after its time it is forbidden."""
    known = world.link(token)
    signature = hashlib.sha256(token.encode()).hexdigest()
    if known is None or request.args.get("signature") != signature:
        return EXPIRED, 403, {"Content-Type": "application/xml; charset=UTF-8"}
    contract = world.by_number(known.number)
    return send_file(
        BytesIO(paper(contract)),
        MEDIA_TYPE,
        download_name=known.file_name,
        conditional=True,
        etag=hashlib.sha256(f"{token}{contract.updated_at}".encode()).hexdigest(),
    )


def file_name(contract: Contract) -> str:
    """Return the name and four hexadecimal digits, as in the vendor's sample."""
    mark = hashlib.sha256(contract.id.encode()).hexdigest()[:4]
    return f"{_SEPARATORS.sub('_', contract.name)} {mark}.pdf"


def paper(contract: Contract) -> bytes:
    """Return what was uploaded, or a page about the contract."""
    if contract.file is not None:
        return contract.file
    lines = [
        f"Reference: {contract.reference_id}",
        f"Status: {contract.status}",
        f"Between {contract.entity.name}",
        *(f"and {one.name}" for one in contract.parties),
    ]
    if contract.executed_at is not None:
        signed = contract.executed_at.date()
        lines += ["", *(f"Signed by {one.name}" for one in contract.recipients)]
        lines.append(f"Executed on {signed.isoformat()}")
    return pdf(contract.name, "\n".join(lines))


ROUTES = (
    ("POST", "/contracts/<id>/download_link", link),
    ("POST", "/contracts/<id>/download", download),
)
