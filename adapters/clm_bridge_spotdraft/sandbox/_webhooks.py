"""Webhook subscriptions, the key that signs deliveries, and sending one again."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from flask import g
from flask.typing import ResponseReturnValue

from clm_bridge.sandbox import Subscription, is_near

from ._bodies import Key, integer, listing, mapping, read, some_text, text
from ._errors import coded, not_found
from ._records import User
from ._world import World

_LIFECYCLE = (
    "CREATED SENT_TO_COUNTERPARTY MARK_FOR_EXECUTION UNMARK_FOR_EXECUTION"
    " SIGNATURE_REQUESTED SIGNATURE_REQUESTED_NOTIFICATION_SENT SIGNED"
    " SIGNATURE_DECLINED EXECUTED VOIDED DELETED VERSION_UPLOADED DATA_UPDATED"
    " KEY_POINTER_CREATION KEY_POINTER_UPDATION EXTERNAL_METADATA_CREATED"
    " EXTERNAL_METADATA_UPDATED ENTITY_UPDATED PROCESS_METRIC_UPDATED"
    " ACTIVITY_LOG_COMMENT_CREATED APPROVAL_REQUESTED APPROVAL_COMPLETED"
)
_MAILS = "DELIVERED OPENED NOT_DELIVERED LINK_CLICKED"
_BOOK = "CREATED UPDATED CONTACT_CREATED CONTACT_UPDATED ADDRESS_CREATED"
ACTIVITIES = (
    *(f"CONTRACT_{one}" for one in _LIFECYCLE.split()),
    "POSTMARK_EMAIL_EVENT",
    *(f"SIGNING_EMAIL_{one}" for one in _MAILS.split()),
    *(f"REDLINING_EMAIL_{one}" for one in _MAILS.split()),
    *(f"COUNTER_PARTY_{one}" for one in _BOOK.split()),
    "COUNTER_PARTY_ADDRESS_UPDATED",
)
"""All 37 of the document."""

RESERVED = (
    "X-GOOGLE-",
    "X-GOOG-",
    "X-GFE-",
    "X-AMZ-",
    "X-MS-",
    "X-DD-",
    "X-DATADOG-",
    "X-B3-",
    "X-SD-",
    "X-SPOTDRAFT-",
)
WRONG = "SD_PUBLIC_EMU_400"
"""Invented: the errors have a code, and none is documented."""

HMAC_KEY = b64encode(hashlib.sha512(b"clm-bridge sandbox").digest()).decode()
"""One key for the workspace, of 64 bytes that never change (A57)."""

FIRST_WEBHOOK = 511

CREATION = {
    "title": Key(some_text, required=True),
    "url": Key(some_text, required=True),
    "only_for_activities": Key(listing(text), required=True),
    "description": Key(text),
    "custom_headers": Key(mapping),
}


def create(world: World) -> ResponseReturnValue:
    """Subscribe a URL."""
    told = read(CREATION)
    fault = _fault(world, told)
    if fault:
        raise coded(400, WRONG, fault)
    headers = told.get("custom_headers", {})
    made = world.outbox.subscriptions.add(
        told["url"],
        told["only_for_activities"],
        headers={name.strip(): str(value) for name, value in headers.items()},
        title=told["title"],
    )
    return _row(made, told.get("description")), 201


def _fault(world: World, told: Mapping[str, Any]) -> str | None:
    near = world.switches.loopback_webhooks and is_near(told["url"])
    if not near and not told["url"].startswith("https://"):
        return "Only https URLs are accepted."
    if not told["only_for_activities"]:
        return "At least one activity is needed."
    unknown = set(told["only_for_activities"]).difference(ACTIVITIES)
    if unknown:
        return f"Unknown activities: {', '.join(sorted(unknown))}."
    for name in told.get("custom_headers", {}):
        trimmed = name.strip().upper()
        if not trimmed.startswith("X-") or trimmed.startswith(RESERVED):
            return f"The header {name.strip()} cannot be used."
    return None


def _row(one: Subscription, description: str | None) -> dict[str, Any]:
    user: User = g.user
    return {
        "id": int(one.id),
        "title": one.title,
        "only_for_activities": list(one.words),
        "url": one.url,
        "created_by_user": {
            "id": user.id,
            "name": user.name,
            "email": user.email,
            "designation": user.designation,
        },
        "description": description,
        "custom_headers": dict(one.headers),
        "status": "ACTIVE",
    }


def delete(world: World, id: int) -> ResponseReturnValue:
    """Unsubscribe."""
    try:
        world.outbox.unsubscribe(str(id))
    except KeyError:
        raise not_found() from None
    return "", 204


def hmac_key(_: World) -> ResponseReturnValue:
    """Show the key that signs deliveries."""
    return {"hmac_key": HMAC_KEY}


def resend(world: World) -> ResponseReturnValue:
    """Send the last webhook of each contract again; all are known, or none (A59)."""
    told = read({"contract_ids": Key(listing(integer), required=True)})
    numbers = [int(own) for own in told["contract_ids"]]
    for number in numbers:
        world.by_number(number)
    for number in numbers:
        world.outbox.again_latest(str(number))
    return {"message": "Success"}


ROUTES = (
    ("POST", "/webhooks/", create),
    ("DELETE", "/webhooks/<int:id>", delete),
    ("GET", "/webhooks/hmac_key/", hmac_key),
    ("POST", "/contracts/webhooks/re_trigger_latest/", resend),
)
