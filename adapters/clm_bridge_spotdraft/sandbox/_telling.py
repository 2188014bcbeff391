"""What SpotDraft posts to a subscription: the flat body, its signature, its tries."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import g, has_request_context

from clm_bridge.sandbox import Clock, Manner, Outbox, Subscription

from ._activities import Activity, example, of_change
from ._json import compact
from ._records import (
    DRAFT,
    EXECUTED,
    REDLINING,
    SIGN,
    TEMPLATE,
    TEMPLATE_EDITABLE,
    UPLOAD_EDITABLE,
    UPLOAD_EXECUTED,
    UPLOAD_SIGN,
    VOIDED,
    Contract,
    Counterparty,
)
from ._switches import Switches
from ._times import fine_instant
from ._webhooks import ACTIVITIES, FIRST_WEBHOOK, HMAC_KEY
from ._world import World

KINDS = {
    TEMPLATE: "TEMPLATE_CONTRACT",
    TEMPLATE_EDITABLE: "EDITED_TEMPLATE_CONTRACT",
    UPLOAD_EDITABLE: "THIRD_PARTY_CONTRACT",
    UPLOAD_SIGN: "SIGN_CONTRACT",
    UPLOAD_EXECUTED: "EXECUTED_CONTRACT",
}
FITTING = {
    "CONTRACT_CREATED": DRAFT,
    "CONTRACT_EXECUTED": EXECUTED,
    "CONTRACT_VOIDED": VOIDED,
    "CONTRACT_SENT_TO_COUNTERPARTY": REDLINING,
    "CONTRACT_UNMARK_FOR_EXECUTION": REDLINING,
    "CONTRACT_MARK_FOR_EXECUTION": SIGN,
    "CONTRACT_SIGNATURE_REQUESTED": SIGN,
    "CONTRACT_SIGNED": SIGN,
    "CONTRACT_SIGNATURE_DECLINED": SIGN,
}
"""The status of a contract of which an activity can be told."""

TIME_LIMIT = 10.0


def manner(switches: Switches) -> Manner:
    """Return how deliveries go: the schedule is assumed (A50)."""
    return Manner(
        words=ACTIVITIES,
        sign=_sign,
        new_id=lambda made: str(FIRST_WEBHOOK - 1 + made),
        new_secret=lambda _: HMAC_KEY,
        time_limit=TIME_LIMIT,
        waits=[timedelta(seconds=2**n) for n in range(switches.webhook_retries)],
        failures=switches.webhook_failures,
    )


def _sign(to: Subscription, body: bytes, _: datetime) -> Mapping[str, str]:
    digest = hmac.digest(b64decode(to.secret), body, hashlib.sha512).hex()
    return {"User-Agent": "SpotDraft-Emulator", "X-SD-WEBHOOK-CONTENT-HASH": digest}


class Telling:
    """What happens in one workspace, put into its outbox."""

    def __init__(self, outbox: Outbox, clock: Clock) -> None:
        self._outbox = outbox
        self._clock = clock

    def notice(self, old: Contract | None, new: Contract | None) -> None:
        """Tell what a change is; two activities are a microsecond apart."""
        known = new or old
        assert known is not None
        now = self._clock.now()
        for place, one in enumerate(of_change(old, new)):
            self._tell(known, one, now + timedelta(microseconds=place))

    def tell(self, world: World, word: str, contract: Contract | None) -> None:
        """Tell of an activity that did not happen."""
        if word not in ACTIVITIES:
            raise ValueError(f"SpotDraft tells nothing called {word!r}")
        found = contract or _fitting(world, FITTING.get(word))
        self._tell(found, example(word, found), self._clock.now())

    def _tell(self, contract: Contract, one: Activity, when: datetime) -> None:
        written = compact(body(contract, one, when)).encode()
        self._outbox.tell(one.word, str(contract.number), lambda _: written)


def _fitting(world: World, status: str | None) -> Contract:
    found = [*world.contracts()]
    return next((one for one in found if one.status == status), found[0])


def body(contract: Contract, one: Activity, when: datetime) -> dict[str, Any]:
    """Return a delivery's body, in the order of the document's keys."""
    owner, kind = contract.owner, contract.type
    told = {
        "contract_id": contract.number,
        "contract_kind": KINDS.get(contract.kind, contract.kind),
        "contract_title": contract.name,
        "contract_type": kind.name,
        "contract_type_name": kind.name,
        "contract_type_id": kind.id,
        "contract_status": _status(contract, one.word),
        "business_user": {"name": owner.name, "email": owner.email},
        "created_at": fine_instant(contract.created_at),
        "counterparties": [_other(party) for party in contract.parties],
        "external_metadata": contract.metadata,
        "entity": _entity(contract),
        "contract_reference_id": contract.reference_id,
        "activity_data": _happened(one, when),
        "activity": one.word,
    }
    return {key: value for key, value in told.items() if value not in (None, [])}


def _status(contract: Contract, word: str) -> str:
    """Return the stage as the vendor's samples have it, for an upload too."""
    stages = {"CONTRACT_CREATED": DRAFT, "CONTRACT_SIGNED": SIGN}
    return stages.get(word, contract.status)


def _entity(contract: Contract) -> dict[str, Any]:
    own = contract.entity
    return {
        "reference_id": own.reference_id,
        "name": own.name,
        "jurisdiction": own.country,
        "type": "Private Company",
    }


def _other(party: Counterparty) -> dict[str, Any]:
    told = {
        "type": "Individual" if party.is_individual else "Organization",
        "organization_name": None if party.is_individual else party.name,
        "poc_name": party.contact_name or (party.name if party.is_individual else None),
        "poc_email": party.contact_email,
        "counterparty_id": party.id,
    }
    return {key: value for key, value in told.items() if value is not None}


def _happened(one: Activity, when: datetime) -> dict[str, Any]:
    more = dict(_timed(one.more, when))
    return {"performed_by": _actor(one), "timestamp": fine_instant(when), **more}


def _timed(more: Mapping[str, Any], when: datetime) -> Iterator[tuple[str, Any]]:
    for key, value in more.items():
        if key == "email_event_data":
            yield key, {**value, "occured_at": fine_instant(when)}
        else:
            yield key, value


def _actor(one: Activity) -> Mapping[str, Any]:
    """Return who did it: whoever acted, the caller of the API, or SpotDraft."""
    if one.by is not None:
        return one.by
    user = g.get("user") if has_request_context() else None
    if one.is_system or user is None:
        return {"name": "SYSTEM"}
    return {"name": user.name, "email": user.email}
