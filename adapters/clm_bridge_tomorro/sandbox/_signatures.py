"""
Sending for signature, and what was signed.

https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/contracts/get-contract-signed-files
"""

from __future__ import annotations

from typing import Any

from ._bodies import body
from ._records import Contract, Signatory, Signature, Version
from ._refusals import Refusal
from ._signing import send, signed_file_id
from ._state import OPEN
from ._storage import download_key, signed_url
from ._times import stamp
from ._world import World


def send_signature(world: World, id: str) -> Any:
    """Accept a document and send it to the signatories."""
    record = world.contract(id)
    document = _accepted(record)
    signature = Signature(world.state.new_id("signature"), world.now())
    send(record, document, signature)
    return {
        "id": signature.id,
        "status": signature.status,
        "signatories": [_signatory(one) for one in record.signatories],
        "sentAt": stamp(signature.sent_at),
    }


def signed_files(world: World, id: str) -> Any:
    """List the signed documents, each with a URL that lives for a while."""
    record = world.contract(id)
    if record.status != "signed":
        return []
    place = signed_url("GET", download_key(record), world.now(), media_type="")
    file = {
        "id": signed_file_id(record),
        "filename": f"{record.name} - signed.pdf",
        "contentType": "application/pdf",
        "downloadUrl": place.url,
        "expiresAt": stamp(place.expires_at),
    }
    return [file]


def _accepted(record: Contract) -> Version:
    """Return the document that the body names, by default the last (A-18)."""
    told = body()
    document = told.id("documentId")
    told.text("signatureNote")
    told.flag("isReminderEnabled")
    if record.status not in OPEN:
        raise Refusal(409, f"Contract is {record.status}")
    if not record.signatories:
        told.refuse("signatories", "must not be empty")
    versions = [one for one in record.versions if document in (None, one.id)]
    if not versions:
        told.refuse("documentId", "is not a document of the contract")
    told.check()
    return versions[-1]


def _signatory(one: Signatory) -> dict[str, Any]:
    shown = {"id": one.id, "email": one.email, "type": one.type, "status": one.status}
    return shown | {"signedAt": stamp(one.signed_at) if one.signed_at else None}
