"""What Tomorro tells by webhook, key for key, and which kind of event it is."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from attrs import frozen

from clm_bridge.adapter import (
    EventKind,
    Id,
    Person,
    PersonRole,
    Status,
    TimedSignature,
    wire,
)

from . import _wire

# https://alpha.developer.tomorro.com/docs/webhooks : signatures.  The second name is
# the legacy one; the last two are of an older help article.
SIGNATURE = TimedSignature(
    (
        "leeway-signature",
        "leeway_signature",
        "tomorro-signature",
        "tomorro_signature",
    ),
    "sha256",
)

# https://alpha.developer.tomorro.com/docs/webhooks : triggers
KINDS = {
    "contractCreated": EventKind.CREATED,
    "contractDeleted": EventKind.DELETED,
    "contractSigned": EventKind.EXECUTED,
    "contractStatusUpdated": EventKind.STATUS_CHANGED,
    "reminderEventCreated": EventKind.OTHER,
}
WHERE = (
    "in Tomorro's app: My account → Integrations → Webhooks, with a name, the address "
    "and its triggers; a webhook is personal, so make it as an administrator"
)
INSTEAD = {
    "webhooks.register": f"make it {WHERE}",
    "webhooks.unregister": f"delete it {WHERE}",
    "webhooks.list": f"they are {WHERE}",
    "webhooks.secret": "each webhook has one of its own, which Tomorro's app shows "
    "under My account → Integrations → Webhooks",
    "webhooks.resend": "Tomorro tries again by itself, up to ten times, five minutes "
    "apart; what is missed for longer is read by contracts.list(updated_since=…)",
}
"""https://alpha.developer.tomorro.com/webhooks/overview : no call does any of it."""

AFTERWARDS = {EventKind.EXECUTED: Status.EXECUTED, EventKind.DELETED: None}
"""The status that a kind says by itself."""


@frozen
class Account:
    id: Id | None = wire(default=None)
    username: str | None = wire(default=None)
    firstname: str | None = wire(default=None)
    lastname: str | None = wire(default=None)


@frozen
class Member:
    id: Id | None = wire(default=None)
    user: Account | None = wire(default=None)


# Seen of contractCreated alone: what the others hold is assumed to be the same.
@frozen
class Snapshot:
    id: Id
    name: str | None = wire(default=None)
    status: str | None = wire(default=None)
    author: Member | None = wire(default=None)
    referent: Member | None = wire(default=None)
    external_company: _wire.Company | None = wire("externalCompany", default=None)
    created_at: datetime | None = wire("createdAt", default=None)
    updated_at: datetime | None = wire("updatedAt", default=None)


@frozen
class Told:
    # A reminder's has another form, which is not documented.
    contract: Any = wire(default=None)


@frozen
class Delivered:
    event_id: str = wire("eventId")
    event_type: str = wire("eventType")
    created_at: datetime = wire("createdAt")
    data: Told | None = wire(default=None)


def person(role: PersonRole, told: Member | None) -> Person | None:
    """Return a member with the e-mail that is the user's name."""
    if told is None:
        return None
    user = told.user or Account()
    name = " ".join(filter(None, (user.firstname, user.lastname))) or None
    return Person(role, name, user.username, told.id)
