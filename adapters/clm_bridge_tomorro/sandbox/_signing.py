"""What signing does to a contract."""

from __future__ import annotations

from datetime import datetime

from . import _smart_fields as fields
from ._ids import uuid
from ._records import Contract


def sign(record: Contract, when: datetime) -> None:
    """Let everybody sign, which fills the native field Signature date."""
    for one in record.signatories:
        if one.status != "signed":
            one.sign(one.name or named(one.email), when)
    if record.signature is not None:
        record.signature.status = "signed"
    if record.versions:
        record.versions[-1].status = "signed"
    record.status = "signed"
    record.values[fields.SIGNATURE_DATE.id] = when.date().isoformat()
    record.updated_at = when


def named(email: str) -> str:
    """Make up the name that somebody signs with, from their address."""
    local = email.partition("@")[0]
    return local.replace(".", " ").replace("_", " ").title()


def signed_file_id(record: Contract) -> str:
    """Return the id of a contract's signed document."""
    return uuid("signed file", record.id)
