"""
Coupa's payloads, key for key: only what is read, and where it goes.

Coupa leaves out attributes that are not named in ``fields``, so the requests name
what these classes read.  The pages are at
https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from attrs import define

from clm_bridge.adapter import Amount, Day, Id, reading, wire

TEXT = "a number is read as text"
CUT = "cut into a day of the company's zone"
OWN = "where 'external_id' says that the own id lives"


@define
class Named:
    id: Id = wire(to="type.id", how=TEXT)
    name: str | None = wire(to="type.name", default=None)


@define
class Owner:
    id: Id = wire(to="owner.id", how=TEXT)
    fullname: str | None = wire(to="owner.name", default=None)
    email: str | None = wire(to="owner.email", default=None)


@define
class Currency:
    code: str | None = wire(to="value.currency", default=None)


@define
class Contact:
    name_given: str | None = wire(
        "name-given", to="parties.contact.name", how="joined", default=None
    )
    name_family: str | None = wire(
        "name-family", to="parties.contact.name", how="joined", default=None
    )
    email: str | None = wire(to="parties.contact.email", default=None)


# resources/reference-data-resources/suppliers-api-(suppliers), as contracts nest it
@define
class Supplier:
    id: Id = wire(to="parties.id", how=TEXT)
    name: str = wire(to="parties.name")
    number: str | None = wire(to="parties.identifiers.number", default=None)
    primary_contact: Contact | None = wire(
        "primary-contact", part=Contact, default=None
    )


@define
class PartyContact:
    fullname: str | None = wire(to="people.name", default=None)
    email: str | None = wire(to="people.email", default=None)
    signatory_action: str | None = wire(
        "signatory-action", to="people.role", how="a signer signs", default=None
    )


# …/contracts-api-(contracts)/contract-party-api
@define
class ContractParty:
    entity_name: str | None = wire("entity-name", to="parties.name", default=None)
    business_name: str | None = wire(
        "business-name", to="parties.name", how="if entity-name is empty", default=None
    )
    contact_name: str | None = wire(
        "contact-name", to="parties.contact.name", default=None
    )
    email: str | None = wire(to="parties.contact.email", default=None)
    contacts: tuple[PartyContact, ...] | None = wire(
        "contract-party-contacts", part=PartyContact, default=None
    )


@define
class Related:
    id: Id = wire(to="relations.ref.id", how=TEXT)
    name: str | None = wire(to="relations.ref.name", default=None)
    type: str | None = wire(to="relations.kind", how="a master", default=None)


# resources/transactional-resources/contracts-api-(contracts)
@define
class Row:
    id: Id = wire(to="id", how=TEXT)
    name: str = wire(to="name")
    status: str = wire(to="status", how="by the table of status words")
    number: str | None = wire(to="number", default=None)
    external_contract_id: str | None = wire(
        "external-contract-id", to="external_links.id", how=OWN, default=None
    )
    source_id: str | None = wire(
        "source-id", to="external_links.id", how=OWN, default=None
    )
    source_type: str | None = wire(
        "source-type", to="external_links.system", how="with source-id", default=None
    )
    terminated: bool | None = wire(to="reported_state", how="if true", default=None)
    created_at: datetime | None = wire(
        "created-at", to="key_dates.created_at", default=None
    )
    updated_at: datetime | None = wire(
        "updated-at", to="key_dates.updated_at", default=None
    )
    start_date: Day | None = wire(
        "start-date", to="key_dates.effective_on", how=CUT, default=None
    )
    end_date: Day | None = wire(
        "end-date", to="key_dates.expires_on", how=CUT, default=None
    )
    execution_date: Day | None = wire(
        "execution-date", to="key_dates.executed_on", how=CUT, default=None
    )
    published_date: Day | None = wire(
        "published-date", to="key_dates.published_on", how=CUT, default=None
    )
    term_type: str | None = wire(
        "term-type", to="term.kind", how="by the table of kinds", default=None
    )
    no_of_renewals: Any = wire(
        "no-of-renewals", to="term.renewals_max", how="0 says nothing", default=None
    )
    renewal_length_unit: str | None = wire(
        "renewal-length-unit", to="term.renewal_length", how="with value", default=None
    )
    renewal_length_value: Any = wire(
        "renewal-length-value", to="term.renewal_length", how="with unit", default=None
    )
    termination_notice: str | None = wire(
        "termination-notice", to="term.notice", how="'no' for none", default=None
    )
    termination_notice_length_unit: str | None = wire(
        "termination-notice-length-unit", to="term.notice", how="of value", default=None
    )
    termination_notice_length_value: Any = wire(
        "termination-notice-length-value", to="term.notice", how="in unit", default=None
    )
    length_of_notice_unit: str | None = wire(
        "length-of-notice-unit", to="term.notice", how="else", default=None
    )
    length_of_notice_value: Any = wire(
        "length-of-notice-value", to="term.notice", how="else", default=None
    )
    maximum_value: Amount | None = wire(
        "maximum-value", to="value.amount", how="text is read as a number", default=None
    )
    max_commit: Amount | None = wire(
        "max-commit", to="value.amount", how="if maximum-value is empty", default=None
    )
    currency: Currency | None = wire(part=Currency, default=None)
    supplier: Supplier | None = wire(part=Supplier, default=None)
    contract_parties: tuple[ContractParty, ...] | None = wire(
        "contract-parties", part=ContractParty, default=None
    )
    contract_owner: Owner | None = wire("contract-owner", part=Owner, default=None)
    contract_type: Named | None = wire("contract-type", part=Named, default=None)
    type: str | None = wire(to="relations.kind", how="of an amendment", default=None)
    parent: Related | None = wire(part=Related, default=None)
    master_contract: Related | None = wire(
        "master-contract", part=Related, default=None
    )
    custom_fields: dict[str, Any] | None = wire(
        "custom-fields", to="fields", how="typed by their form", default=None
    )


@define
class Standing:
    status: str = wire(to="status")
    name: str = wire(to="name")
    terminated: bool | None = wire(to="reported_state", default=None)
    published_date: str | None = wire("published-date", to="status", default=None)


@define
class Word:
    status: str


@define
class Made:
    id: Id


@define
class Stamp:
    id: Id = wire(to="id")
    created_at: datetime | None = wire(
        "created-at", to="key_dates.created_at", default=None
    )


@define
class CustomFields:
    custom_fields: dict[str, Any] | None = wire(
        "custom-fields", to="fields", default=None
    )


# resources/reference-data-resources/suppliers-api-(suppliers)
@define
class SupplierRow:
    id: Id = wire(to="id")
    name: str = wire(to="name")
    status: str | None = wire(to="active", default=None)
    number: str | None = wire(to="identifiers.number", default=None)
    account_number: str | None = wire(
        "account-number", to="identifiers.account-number", default=None
    )
    duns: str | None = wire(to="identifiers.duns", default=None)
    tax_id: str | None = wire("tax-id", to="identifiers.tax-id", default=None)
    primary_contact: Contact | None = wire(
        "primary-contact", part=Contact, default=None
    )


# …/contracts-api-(contracts)/contract-template-api-(contractstemplates)
@define
class TemplateRow:
    id: Id = wire(to="id")
    name: str | None = wire(to="name", default=None)
    active: bool | None = wire(to="active", default=None)


# resources/shared-resources/attachments-api; old enough to come without being named
@define
class Attachment:
    id: Id
    type: str | None = None
    file_name: str | None = wire("file-file-name", default=None)
    media_type: str | None = wire("file-content-type", default=None)


READING = reading(row=Row)


def named(cls: type, more: Sequence[str] = ()) -> str:
    """Return the ``fields`` argument that asks for what *cls* reads, and for *more*."""
    tree: dict[str, Any] = {}
    for path in [*reading(row=cls).lines, *(f"row.{name}" for name in more)]:
        branch = tree
        for key in path.replace("-", "_").split(".")[1:]:
            branch = branch.setdefault(key, {})
    return json.dumps(_branches(tree), separators=(",", ":"))


def _branches(tree: dict[str, Any]) -> list[Any]:
    """List names, each with the names below it; custom fields come all at once."""
    return [
        {key: _branches(below) or {}} if below or key == "custom_fields" else key
        for key, below in tree.items()
    ]
