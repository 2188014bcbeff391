"""The paper itself: a signed URL, and what lies behind it."""

from __future__ import annotations

import hashlib
import re
from io import BytesIO
from urllib.parse import quote

from flask import Response, request, send_file
from flask.typing import ResponseReturnValue

from clm_bridge.sandbox import pdf

from ._bodies import Key, boolean, one_of, read
from ._errors import plain
from ._records import DOCX, PDF, Contract
from ._world import World

FALLBACK = "DOCX_WITH_FALLBACK_TO_PDF"
NO_DOCX = "No DOCX is available for this contract."
MEDIA_TYPES = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
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
    offered = _offered(contract, told.get("format", PDF).upper())
    name = file_name(contract, offered)
    token = world.give_link(contract, name, offered)
    signature = hashlib.sha256(token.encode()).hexdigest()
    path = f"storage/{token}/{quote(name)}?signature={signature}"
    return {
        "url": f"{request.host_url}{path}",
        "file_name": name,
        "current_version_id": contract.version,
    }


def _offered(contract: Contract, asked: str) -> str:
    """Return the format that there is, or refuse; only an upload makes a DOCX."""
    latest = contract.paper
    has_docx = latest is not None and latest.format == DOCX
    if asked == DOCX and not has_docx:
        raise plain(400, NO_DOCX)
    return DOCX if has_docx and asked != PDF else PDF


def download(world: World, id: str) -> ResponseReturnValue:
    """Answer with the latest copy itself."""
    contract = world.by_id(id)
    return _sent(contract, PDF, paper(contract, PDF))


def download_docx(world: World, number: int) -> ResponseReturnValue:
    """Answer with the latest copy as DOCX, or with an older one where that is fine."""
    contract = world.by_number(number)
    told = read({"fallback_to_last_available_docx": Key(boolean)})
    latest = contract.paper
    if told.get("fallback_to_last_available_docx"):
        latest = contract.latest(DOCX)
    if latest is None or latest.format != DOCX:
        raise plain(400, NO_DOCX)
    return _sent(contract, DOCX, latest.content)


def _sent(contract: Contract, format: str, content: bytes) -> Response:
    return send_file(
        BytesIO(content),
        MEDIA_TYPES[format],
        as_attachment=True,
        download_name=file_name(contract, format),
    )


def fetch(world: World, token: str, **_: str) -> ResponseReturnValue:
    """Serve a link, in ranges too; after its time it is forbidden."""
    known = world.link(token)
    signature = hashlib.sha256(token.encode()).hexdigest()
    if known is None or request.args.get("signature") != signature:
        return EXPIRED, 403, {"Content-Type": "application/xml; charset=UTF-8"}
    contract = world.by_number(known.number)
    return send_file(
        BytesIO(paper(contract, known.format)),
        MEDIA_TYPES[known.format],
        download_name=known.file_name,
        conditional=True,
        etag=hashlib.sha256(f"{token}{contract.updated_at}".encode()).hexdigest(),
    )


def file_name(contract: Contract, format: str) -> str:
    """Return the name and four hexadecimal digits, as in the vendor's sample."""
    mark = hashlib.sha256(contract.id.encode()).hexdigest()[:4]
    return f"{_SEPARATORS.sub('_', contract.name)} {mark}.{format.lower()}"


def paper(contract: Contract, format: str) -> bytes:
    """Return what was uploaded last, if it has the format, or a page about it."""
    latest = contract.paper
    if latest is not None and latest.format == format:
        return latest.content
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
    ("POST", "/contracts/<int:number>/download_docx/", download_docx),
)
