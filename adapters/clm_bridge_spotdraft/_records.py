"""What stands around a contract: documents, templates, counterparties."""

from __future__ import annotations

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
