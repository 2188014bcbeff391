"""What stands around a contract: documents, templates, counterparties, errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from clm_bridge.adapter import (
    Counterparty,
    Document,
    DocumentKind,
    Person,
    PersonRole,
    Ref,
    Source,
    Status,
    Template,
)

from . import _wire

ACTIVE = {"ACTIVE": True, "ARCHIVED": False}
"""A counterparty that is MIGRATING is not said to be either."""
SENTENCES = ("detail", "message", "error")


def document(contract_id: str, name: str, status: Status) -> Document:
    """Return the latest copy, which is the signed one once it is executed."""
    signed = status is Status.EXECUTED
    return Document(
        id=contract_id,
        contract_id=contract_id,
        name=f"{name}.pdf",
        kind=DocumentKind.SIGNED if signed else DocumentKind.DRAFT,
        media_type="application/pdf",
    )


def template(row: _wire.TemplateRow, source: Source) -> Template:
    """Return a published template."""
    type_id = row.contract_type_id
    return Template(row.id, row.name, source, type=Ref(type_id) if type_id else None)


def counterparty(row: _wire.CounterpartyRow, source: Source) -> Counterparty:
    """Return an entry of the address book."""
    contacts = [
        Person(PersonRole.CONTACT, one.name, one.email, one.id)
        for one in row.contacts or ()
    ]
    active = ACTIVE.get(row.status or "")
    return Counterparty(row.id, row.name, source, active=active, contacts=contacts)


def complaints(told: Any) -> Iterator[str]:
    """Yield the vendor's own words from any of its shapes of error bodies."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, list):
        for one in told:
            yield from complaints(one)
    elif isinstance(told, Mapping):
        code = told.get("code")
        if isinstance(code, str):
            yield code
        for key, below in told.items():
            if key in ("code", "status_code", "message" if "detail" in told else ""):
                continue
            for words in complaints(below):
                yield words if key in SENTENCES else f"{key}: {words}"
