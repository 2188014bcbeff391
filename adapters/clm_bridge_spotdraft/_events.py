"""What SpotDraft tells by webhook, key for key, and which kind of event it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from attrs import frozen

from clm_bridge.adapter import (
    BodySignature,
    EventKind,
    Id,
    Party,
    PartyRole,
    Person,
    PersonRole,
    Status,
    wire,
)

from . import _wire

# https://api.spotdraft.com/api/docs/ : POST /webhooks/, the key of GET …/hmac_key/
SIGNATURE = BodySignature("x-sd-webhook-content-hash", "sha512", base64_key=True)

# https://api.spotdraft.com/api/docs/ : only_for_activities
KINDS = {
    "CONTRACT_CREATED": EventKind.CREATED,
    "CONTRACT_SENT_TO_COUNTERPARTY": EventKind.SENT,
    "CONTRACT_MARK_FOR_EXECUTION": EventKind.STATUS_CHANGED,
    "CONTRACT_UNMARK_FOR_EXECUTION": EventKind.STATUS_CHANGED,
    "CONTRACT_SIGNATURE_REQUESTED": EventKind.SIGNATURE_REQUESTED,
    "CONTRACT_SIGNATURE_REQUESTED_NOTIFICATION_SENT": EventKind.OTHER,
    "CONTRACT_SIGNED": EventKind.SIGNED_BY,
    "CONTRACT_SIGNATURE_DECLINED": EventKind.DECLINED,
    "CONTRACT_EXECUTED": EventKind.EXECUTED,
    "CONTRACT_VOIDED": EventKind.CANCELLED,
    "CONTRACT_DELETED": EventKind.DELETED,
    "CONTRACT_VERSION_UPLOADED": EventKind.DOCUMENT_UPDATED,
    "CONTRACT_DATA_UPDATED": EventKind.FIELDS_UPDATED,
    "CONTRACT_KEY_POINTER_CREATION": EventKind.FIELDS_UPDATED,
    "CONTRACT_KEY_POINTER_UPDATION": EventKind.FIELDS_UPDATED,
    "CONTRACT_EXTERNAL_METADATA_CREATED": EventKind.LINK_UPDATED,
    "CONTRACT_EXTERNAL_METADATA_UPDATED": EventKind.LINK_UPDATED,
    "CONTRACT_ENTITY_UPDATED": EventKind.UPDATED,
    "CONTRACT_PROCESS_METRIC_UPDATED": EventKind.UPDATED,
    "CONTRACT_ACTIVITY_LOG_COMMENT_CREATED": EventKind.OTHER,
    "CONTRACT_APPROVAL_REQUESTED": EventKind.APPROVAL_REQUESTED,
    "CONTRACT_APPROVAL_COMPLETED": EventKind.APPROVAL_COMPLETED,
    "POSTMARK_EMAIL_EVENT": EventKind.OTHER,
    "SIGNING_EMAIL_DELIVERED": EventKind.OTHER,
    "SIGNING_EMAIL_OPENED": EventKind.OTHER,
    "SIGNING_EMAIL_NOT_DELIVERED": EventKind.OTHER,
    "SIGNING_EMAIL_LINK_CLICKED": EventKind.OTHER,
    "REDLINING_EMAIL_DELIVERED": EventKind.OTHER,
    "REDLINING_EMAIL_OPENED": EventKind.OTHER,
    "REDLINING_EMAIL_NOT_DELIVERED": EventKind.OTHER,
    "REDLINING_EMAIL_LINK_CLICKED": EventKind.OTHER,
    "COUNTER_PARTY_CREATED": EventKind.OTHER,
    "COUNTER_PARTY_UPDATED": EventKind.OTHER,
    "COUNTER_PARTY_CONTACT_CREATED": EventKind.OTHER,
    "COUNTER_PARTY_CONTACT_UPDATED": EventKind.OTHER,
    "COUNTER_PARTY_ADDRESS_CREATED": EventKind.OTHER,
    "COUNTER_PARTY_ADDRESS_UPDATED": EventKind.OTHER,
}
INSTEAD = {
    "webhooks.list": "SpotDraft lists none: keep the id that webhooks.register "
    "returns, or look in its app under Settings → Developer settings → Webhooks",
}
ACTIVE = "ACTIVE"
"""The status of a subscription that is not disabled, by somebody or by errors."""

AFTERWARDS = {
    EventKind.EXECUTED: Status.EXECUTED,
    EventKind.CANCELLED: Status.CANCELLED,
    EventKind.DELETED: None,
}
"""The status that a kind says by itself: contract_status may be the last stage."""


# https://api.spotdraft.com/api/docs/ : POST /webhooks/ → 201
@frozen
class Subscribed:
    id: Id
    url: str
    only_for_activities: tuple[str, ...]
    title: str | None = wire(default=None)
    status: str | None = wire(default=None)


# https://api.spotdraft.com/api/docs/ : GET /webhooks/hmac_key/
@frozen
class Key:
    hmac_key: str


@frozen
class Actor:
    name: str | None = wire(default=None)
    email: str | None = wire(default=None)


@frozen
class Mail:
    recipient_email: str | None = wire(default=None)


@frozen
class Activity:
    timestamp: datetime
    performed_by: Actor | None = wire(default=None)
    email_event_data: Mail | None = wire(default=None)
    signatory: Actor | None = wire(default=None)


@frozen
class Other:
    type: str | None = wire(default=None)
    organization_name: str | None = wire(default=None)
    poc_name: str | None = wire(default=None)
    poc_email: str | None = wire(default=None)
    counterparty_id: Id | None = wire(default=None)


@frozen
class Delivered:
    activity: str
    activity_data: Activity
    contract_id: Id
    contract_title: str | None = wire(default=None)
    contract_status: str | None = wire(default=None)
    contract_type_id: Id | None = wire(default=None)
    contract_type_name: str | None = wire(default=None)
    contract_reference_id: str | None = wire(default=None)
    contract_template_id: Id | None = wire(default=None)
    created_at: datetime | None = wire(default=None)
    business_user: Actor | None = wire(default=None)
    counterparties: tuple[Other, ...] | None = wire(default=None)
    external_metadata: _wire.Metadata | None = wire(default=None)


def event_id(told: Delivered) -> str:
    """
    Return what a delivery that comes again repeats; SpotDraft has no id of its own.

    One instant may see mails to several people.
    """
    done = told.activity_data
    whom: Any = done.email_event_data.recipient_email if done.email_event_data else None
    whom = whom or (done.signatory.email if done.signatory else None)
    when = done.timestamp.isoformat(timespec="microseconds")
    return ":".join(filter(None, (told.contract_id, told.activity, when, whom)))


def actor(told: Delivered) -> Person | None:
    """Return who did it; SpotDraft itself is nobody."""
    by = told.activity_data.performed_by
    if (
        by is None
        or not (by.name or by.email)
        or (by.name == "SYSTEM" and not by.email)
    ):
        return None
    return Person(PersonRole.OTHER, by.name, by.email)


def owner(told: Delivered) -> Person | None:
    """Return the business user, who is responsible."""
    by = told.business_user
    return None if by is None else Person(PersonRole.OWNER, by.name, by.email)


def parties(told: Delivered) -> list[Party]:
    """Return the counterparties that have a name."""
    return [
        Party(
            PartyRole.COUNTERPARTY,
            name,
            one.counterparty_id,
            contact=_contact(one),
        )
        for one in told.counterparties or ()
        if (name := one.organization_name or one.poc_name)
    ]


def _contact(one: Other) -> Person | None:
    if not (one.poc_name or one.poc_email):
        return None
    return Person(PersonRole.CONTACT, one.poc_name, one.poc_email)
