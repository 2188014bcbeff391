"""Tomorro's payloads, key for key: only what is read, and where it goes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from attrs import frozen

from clm_bridge.adapter import Id, reading, wire

PLAIN = "a prefix such as ctr_ is dropped"


# https://alpha.developer.tomorro.com/api-reference/2025-01-15-init/contracts/list-contracts
@frozen
class Row:
    id: Id = wire(to="id", how=PLAIN)
    name: str = wire(to="name")
    status: str = wire(to="status", how="by the table of status words")


@frozen
class Company:
    id: Id = wire(to="parties.id", how=PLAIN)
    name: str = wire(to="parties.name")


@frozen
class Type:
    id: Id = wire(to="type.id", how=PLAIN)
    name: str | None = wire(to="type.name", default=None)


@frozen
class OldTemplate:
    id: Id = wire(to="template.id", how=PLAIN)
    name: str | None = wire(to="template.name", default=None)


@frozen
class Member:
    id: Id | None = wire(to="people.id", how=PLAIN, default=None)
    email: str | None = wire(to="people.email", default=None)


@frozen
class Signatory:
    id: Id | None = wire(to="people.id", how=PLAIN, default=None)
    name: str | None = wire(to="people.name", default=None)
    email: str | None = wire(to="people.email", default=None)


@frozen
class SmartField:
    attribute_definition_id: Id = wire("attributeDefinitionId", to="fields.id")
    name: str | None = wire(to="fields.label", default=None)
    value: Any = wire(to="fields.value", how="typed by its form", default=None)


@frozen
class Link:
    external_id: Id = wire("externalId", to="external_links.id")
    type: str | None = wire(to="external_links.system", default=None)
    external_entity: str | None = wire(
        "externalEntity", to="external_links.record_type", default=None
    )
    external_url: str | None = wire(
        "externalUrl", to="external_links.url", default=None
    )


# https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/contracts/get-contract
# template, referent, startAt and endAt are of an older state of that page.
@frozen
class Body(Row):
    counterparty: Company | None = wire(part=Company, default=None)
    contract_type: Type | None = wire("contractType", part=Type, default=None)
    template_id: Id | None = wire(
        "templateId", to="template.id", how=PLAIN, default=None
    )
    template: OldTemplate | None = wire(part=OldTemplate, default=None)
    author: Member | None = wire(part=Member, default=None)
    referent: Member | None = wire(part=Member, default=None)
    contract_members: tuple[Member, ...] | None = wire(
        "contractMembers", part=Member, default=None
    )
    signatories: tuple[Signatory, ...] | None = wire(part=Signatory, default=None)
    fields: tuple[SmartField, ...] | None = wire(part=SmartField, default=None)
    created_at: datetime | None = wire(
        "createdAt", to="key_dates.created_at", default=None
    )
    updated_at: datetime | None = wire(
        "updatedAt", to="key_dates.updated_at", default=None
    )
    start_at: date | None = wire(
        "startAt", to="key_dates.effective_on", how="cut into a UTC day", default=None
    )
    end_at: date | None = wire(
        "endAt", to="key_dates.expires_on", how="cut into a UTC day", default=None
    )
    # The link's key is not documented: `_mapping.link` finds it by its shape, and
    # these two likely ones are here for the report.
    integration: Any = wire(part=Link, default=None)
    external_link: Any = wire("externalLink", part=Link, default=None)


# https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/contracts/get-contract-signed-files
@frozen
class SignedFile:
    id: Id
    filename: str
    download_url: str = wire("downloadUrl")
    content_type: str | None = wire("contentType", default=None)


# https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/contract-types/list-contract-types
@frozen
class TypeRow:
    id: Id
    name: str | None = wire(default=None)
    templates: tuple[Any, ...] | None = wire(default=None)


@frozen
class TemplateRow:
    id: Id = wire(to="id", how=PLAIN)
    language: str | None = wire(to="language", default=None)


# https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/counterparties/list-counterparties
@frozen
class CounterpartyRow:
    id: Id = wire(to="id", how=PLAIN)
    name: str = wire(to="name")
    status: str | None = wire(to="active", how="active or archived", default=None)
    # A map by smart field's id, where a contract has a list; no row of a list has it.
    fields: Any = wire(to="identifiers", how="by id, those that are text", default=None)


# https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/smart-fields/list-smart-fields
@frozen
class Definition:
    id: Id = wire(to="id")
    name: str = wire(to="label")
    type: str | None = wire(to="kind", how="by the table of types", default=None)


@frozen
class Translation:
    value: str
    language: str | None = wire(default=None)


@frozen
class Option:
    translations: tuple[Translation, ...]


# https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/contracts/create-a-contract
@frozen
class Made:
    id: Id


# https://alpha.developer.tomorro.com/api-reference/2025-01-15-init/members/list-members
@frozen
class User:
    email: str


@frozen
class MemberRow:
    id: Id
    user: User
    status: str | None = wire(default=None)


# https://alpha.developer.tomorro.com/api-reference/2025-01-15-init/files/create-file-upload-signed-url.md
@frozen
class Place:
    key: str


READING = reading(
    row=Row,
    contract=Body,
    template=TemplateRow,
    counterparty=CounterpartyRow,
    definition=Definition,
)
