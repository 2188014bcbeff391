"""SpotDraft's payloads, key for key: only what is read, and where it goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from attrs import frozen

from clm_bridge.adapter import Id, reading, wire


# https://api.spotdraft.com/api/docs/ : GET /contracts/{id}/external_metadata
@frozen
class Metadata:
    # Untyped in the vendor's schema.
    id: Any = wire(
        "id", to="external_links.id", how="a number is read as text", default=None
    )
    integration_name: str | None = wire(to="external_links.system", default=None)
    record_type: str | None = wire(to="external_links.record_type", default=None)
    record_data: Mapping[str, Any] | None = wire(
        "record_data", to="external_links.data", default=None
    )


# https://api.spotdraft.com/api/docs/ : GET /contracts/
@frozen
class Row:
    id: Id = wire(to="id", how="a bare number is resolved to T-… or H-…")
    contract_name: str = wire(to="name")
    contract_status: str = wire(to="status", how="by the table of status words")
    created: datetime | None = wire(to="key_dates.created_at", default=None)
    contract_link: str | None = wire(to="url", default=None)
    counter_party_name: str | None = wire(to="parties.name", default=None)
    contract_type_id: Id | None = wire(to="type.id", default=None)
    contract_type_name: str | None = wire(to="type.name", default=None)
    reference_id: str | None = wire(to="number", default=None)
    created_by_user_name: str | None = wire(to="people.name", default=None)
    created_by_user_email: str | None = wire(to="people.email", default=None)
    created_by: str | None = wire(
        to="people.email", how="where it is one, and the user is not told", default=None
    )
    external_metadata: Metadata | None = wire(part=Metadata, default=None)


@frozen
class StatusAnswer:
    contract_status: str = wire(to="status")
    contract_name: str | None = wire(to="name", default=None)


# https://api.spotdraft.com/api/docs/ : GET /contracts/{id}/key_pointers
@frozen
class KeyPointer:
    field_name: str = wire(to="fields.id")
    id: Id | None = wire(
        to="fields.id", how="after a name that came before", default=None
    )
    label: str | None = wire(to="fields.label", default=None)
    data_type: str | None = wire(to="fields.kind", how="with the value", default=None)
    value: Any = wire("value", to="fields.value", how="typed by its kind", default=None)


@frozen
class Signature:
    signed_datetime: datetime | None = wire(
        to="key_dates.signed_on",
        how="the last one, cut into a day, once executed",
        default=None,
    )


# https://api.spotdraft.com/api/docs/ : GET /contracts/{id}/process_metrics/
@frozen
class Metrics:
    contract_sent_to_cp_datetime: datetime | None = wire(
        to="key_dates.sent_at", default=None
    )
    contract_executed_datetime: datetime | None = wire(
        to="key_dates.executed_on", how="cut into a day", default=None
    )
    contract_signed_by_signatory_list: tuple[Signature, ...] | None = wire(
        part=Signature, default=None
    )


@frozen
class User:
    id: Id | None = wire(to="people.id", default=None)
    name: str | None = wire(to="people.name", default=None)
    first_name: str | None = wire(
        to="people.name", how="with last_name, where there is no name", default=None
    )
    last_name: str | None = wire(to="people.name", how="the same", default=None)
    email: str | None = wire(to="people.email", default=None)


@frozen
class Recipient:
    recipient_type: str | None = wire(
        to="people.role", how="by the table of roles", default=None
    )
    user: User | None = wire(part=User, default=None)


# https://api.spotdraft.com/api/docs/ : GET /contracts/{id}/recipients/
@frozen
class RecipientItem:
    recipient: Recipient = wire(part=Recipient)


@frozen
class Recipients:
    items: tuple[RecipientItem, ...] = wire(part=RecipientItem)


# https://api.spotdraft.com/api/docs/ : POST /analytics/query/
@frozen
class Analytics:
    columns: tuple[Any, ...]
    rows: tuple[Any, ...]
    truncated: bool | None = None


# The same page: columns of the table contracts.
@frozen
class AnalyticsRow:
    contract_id: Id = wire(to="id", how="found by its number")
    execution_date: date | None = wire(to="key_dates.executed_on", default=None)
    expiry_date: date | None = wire(
        to="key_dates.expires_on",
        how="SpotDraft's own reckoning: the day of expiry, or of renewal",
        default=None,
    )


@frozen
class Listed:
    total_results: int
    results: tuple[Any, ...]
    limit: int | None = None


@frozen
class TemplateRow:
    id: Id
    name: str | None = None
    contract_type_id: Id | None = None


@frozen
class Contact:
    id: Id | None = None
    name: str | None = None
    email: str | None = None


@frozen
class CounterpartyRow:
    id: Id
    name: str
    status: str | None = None
    contacts: tuple[Contact, ...] | None = None
    is_individual: bool | None = None


@frozen
class Option:
    label: str | None = None
    value: Any = None


@frozen
class Descriptor:
    variable: str
    display_label: str
    type: str
    parent_variable: str | None = None
    parent_type: str | None = None
    required: bool | None = True  # the schema's default
    parent_required: bool | None = None
    options: tuple[Option, ...] | None = None


@frozen
class Definition:
    descriptors: tuple[Descriptor, ...]


@frozen
class ContractType:
    id: Id
    name: str


@frozen
class DownloadLink:
    url: str


READING = reading(
    row=Row,
    external_metadata=Metadata,
    key_pointers=KeyPointer,
    process_metrics=Metrics,
    recipients=Recipients,
    analytics=AnalyticsRow,
)
