"""What signing does to a contract."""

from __future__ import annotations

from datetime import datetime

from . import _smart_fields as fields
from ._ids import uuid
from ._records import Contract, Signature, Version


def sign(record: Contract, when: datetime) -> None:
    """Let everybody sign, which fills the native field Signature date."""
    for one in record.signatories:
        one.sign(one.name or named(one.email), when)
    if record.signature is not None:
        record.signature.status = "signed"
    if (document := _sent(record)) is not None:
        document.status = "signed"
    record.status = "signed"
    record.values[fields.SIGNATURE_DATE.id] = when.date().isoformat()
    record.updated_at = when


def send(record: Contract, document: Version, signature: Signature) -> None:
    """Accept a document and ask everybody to sign it, whatever they did before."""
    document.status = "accepted"
    record.signature = signature
    for one in record.signatories:
        one.status, one.signed_at = "pending", None
    record.status, record.updated_at = "signing", signature.sent_at


def decline(record: Contract, when: datetime) -> None:
    """Let one signatory refuse, one of the other side if there is any (A-17)."""
    refusing = sorted(record.signatories, key=lambda one: one.type != "external")
    for one in refusing[:1]:
        one.status = "refused"
    withdraw(record)
    record.status, record.updated_at = "negotiating", when


def withdraw(record: Contract) -> None:
    """Cancel a signature that is under way; its document is a draft again."""
    if record.signature is not None:
        record.signature.status = "canceled"
    for one in record.versions:
        if one.status == "accepted":
            one.status = "draft"


def signed_document(record: Contract) -> Version | None:
    """Return the version that was signed."""
    return next((one for one in record.versions if one.status == "signed"), None)


def _sent(record: Contract) -> Version | None:
    """Return the document that was sent for signature, or the last one."""
    sent = [one for one in record.versions if one.status == "accepted"]
    return next(iter([*sent, *reversed(record.versions)]), None)


def named(email: str) -> str:
    """Make up the name that somebody signs with, from their address."""
    local = email.partition("@")[0]
    return local.replace(".", " ").replace("_", " ").title()


def signed_file_id(record: Contract) -> str:
    """Return the id of a contract's signed document."""
    return uuid("signed file", record.id)
