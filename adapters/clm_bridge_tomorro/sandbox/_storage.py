"""
The storage beside the API, whose signed URLs need no key and bear none.

It answers as S3 does: errors are XML, and a URL serves one method until it expires.
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta
from hashlib import md5, sha256
from io import BytesIO
from urllib.parse import urlencode

from attrs import frozen
from flask import Response, request, send_file

from clm_bridge.sandbox import pdf

from ._records import Contract
from ._signing import signed_document, signed_file_id
from ._world import World

PATH = "/s3/"
LIFE = timedelta(minutes=15)
"""How long a URL lives (A-27)."""

_SECRET = b"clm-bridge sandbox"
_DATE = "%Y%m%dT%H%M%SZ"
_TWICE = "Only one auth mechanism allowed; the URL is signed, so send no credentials"
_NO_KEY = "The specified key does not exist."
_MISMATCH = "The request signature we calculated does not match the one you provided"


@frozen
class SignedUrl:
    """A URL that opens one place for one method, and when it stops."""

    url: str
    expires_at: datetime


def signed_url(method: str, key: str, now: datetime, *, media_type: str) -> SignedUrl:
    """Return a URL for *key* on the host that the request came to."""
    begun, life = now.strftime(_DATE), str(int(LIFE.total_seconds()))
    told = {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Date": begun,
        "X-Amz-Expires": life,
        "X-Amz-Signature": _signature(method, key, begun, life, media_type),
    }
    url = f"{request.host_url.rstrip('/')}{PATH}{key}?{urlencode(told)}"
    return SignedUrl(url, now.replace(microsecond=0) + LIFE)


def download_key(record: Contract) -> str:
    """Return where a contract's signed document is kept."""
    return f"signedFiles/{record.id}/files/{signed_file_id(record)}"


def storage(world: World, key: str) -> Response:
    """Answer whoever holds a signed URL."""
    refusal = _refusal(world, key)
    if refusal is not None:
        return refusal
    if request.method == "PUT":
        return _put(world, key)
    content = _content(world, key)
    if content is None:
        return _error(404, "NoSuchKey", _NO_KEY)
    return send_file(
        BytesIO(content), "application/pdf", conditional=True, etag=_etag(content)
    )


def _refusal(world: World, key: str) -> Response | None:
    told = request.args
    begun, life = told.get("X-Amz-Date", ""), told.get("X-Amz-Expires", "")
    bears = {"x-api-key", "authorization"} & {name.lower() for name, _ in _headers()}
    if bears and world.switches.storage_refuses_credentials:
        return _error(400, "InvalidArgument", _TWICE)
    media_type = request.headers.get("Content-Type", "") if _is_put() else ""
    signature = _signature(request.method, key, begun, life, media_type)
    if not hmac.compare_digest(
        signature.encode(), told.get("X-Amz-Signature", "").encode()
    ):
        return _error(403, "SignatureDoesNotMatch", _MISMATCH)
    start = datetime.strptime(begun, _DATE).replace(tzinfo=UTC)
    if world.now() >= start + timedelta(seconds=int(life)):
        return _error(403, "AccessDenied", "Request has expired")
    return None


def _headers() -> list[tuple[str, str]]:
    return list(request.headers.items())


def _is_put() -> bool:
    return request.method == "PUT"


def _put(world: World, key: str) -> Response:
    upload, content = world.state.uploads.get(key), request.get_data()
    if upload is None:
        return _error(404, "NoSuchKey", _NO_KEY)
    upload.content = content
    answer = Response(status=200)
    answer.set_etag(_etag(content))
    return answer


def _content(world: World, key: str) -> bytes | None:
    found = (one for one in world.state.contracts.values() if download_key(one) == key)
    record = next(found, None)
    return None if record is None else _document(record, world)


def _document(record: Contract, world: World) -> bytes:
    """Return the PDF that was uploaded and signed, or one that says what was agreed."""
    signed = signed_document(record)
    if signed and signed.content and signed.content_type == "application/pdf":
        return signed.content
    company = world.state.counterparties[record.counterparty_id].name
    names = (f"{one.name} <{one.email}> signed." for one in record.signatories)
    return pdf(record.name, "\n".join((f"Agreed with {company}.", *names)))


def _signature(method: str, key: str, begun: str, life: str, media_type: str) -> str:
    words = "\n".join((method, key, begun, life, media_type))
    return hmac.new(_SECRET, words.encode(), sha256).hexdigest()


def _etag(content: bytes) -> str:
    return md5(content, usedforsecurity=False).hexdigest()


def _error(status: int, code: str, message: str) -> Response:
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    )
    return Response(text, status, content_type="application/xml")
