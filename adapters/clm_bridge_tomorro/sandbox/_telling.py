"""
What Tomorro posts to a webhook: the envelope, its signature, its tries.

https://alpha.developer.tomorro.com/webhooks/technical-documentation
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from clm_bridge.sandbox import Clock, Manner, Outbox, Subscription

from . import _json
from . import _smart_fields as fields
from ._documents import ORGANISATION
from ._ids import uuid
from ._records import Contract, Member
from ._state import State
from ._times import stamp
from ._world import World

CREATED, DELETED = "contractCreated", "contractDeleted"
SIGNED, MOVED = "contractSigned", "contractStatusUpdated"
REMINDER = "reminderEventCreated"
WORDS = (CREATED, DELETED, SIGNED, MOVED, REMINDER)
FITTING = {CREATED: "draft", SIGNED: "signed", MOVED: "negotiating"}
"""The status of a contract of which an event can be told."""

TIME_LIMIT = 3.0
BETWEEN = timedelta(minutes=5)
RETRIES = 10


def manner() -> Manner:
    """Return how deliveries go, as documented."""
    return Manner(
        words=WORDS,
        sign=_sign,
        new_id=lambda made: uuid("webhook", made),
        new_secret=lambda own: hashlib.sha256(own.encode()).hexdigest(),
        time_limit=TIME_LIMIT,
        waits=[BETWEEN] * RETRIES,
    )


def _sign(to: Subscription, body: bytes, now: datetime) -> Mapping[str, str]:
    """Sign anew at each try, and say it under the older name too (A-33)."""
    when = str(round(now.timestamp() * 1000))
    message = when.encode() + b"." + body
    digest = hmac.digest(to.secret.encode(), message, hashlib.sha256).hex()
    told = f"t={when},sha256={digest}"
    return {"Leeway-Signature": told, "Leeway_Signature": told}


class Telling:
    """What happens in the workspace, put into its outbox."""

    def __init__(self, outbox: Outbox, clock: Clock, world: World) -> None:
        self._outbox = outbox
        self._clock = clock
        self._world = world
        self._told = 0

    @contextmanager
    def noticing(self) -> Iterator[None]:
        """Tell what happens to contracts within the block, if it ends well."""
        state = self._world.state
        before = {own: (one, one.status) for own, one in state.contracts.items()}
        yield
        if state is not self._world.state:
            return
        for own, one in list(state.contracts.items()):
            known = before.get(own)
            if known is None:
                self._tell(CREATED, one)
            elif known[1] != one.status:
                self._tell(MOVED, one)
                if one.status == "signed":
                    self._tell(SIGNED, one)
        for own, (one, _) in before.items():
            if own not in state.contracts:
                self._tell(DELETED, one)

    def tell(self, word: str, contract: Contract | None) -> None:
        """Tell of an event that did not happen."""
        if word not in WORDS:
            raise ValueError(f"Tomorro tells nothing called {word!r}")
        found = contract or self._fitting(FITTING.get(word))
        self._tell(word, found)

    def _fitting(self, status: str | None) -> Contract:
        found = [*self._world.state.contracts.values()]
        return next((one for one in found if one.status == status), found[0])

    def _tell(self, word: str, contract: Contract) -> None:
        self._told += 1
        event = uuid("event", self._told)
        when = stamp(self._clock.now())
        about: dict[str, Any] = {"contract": snapshot(contract, self._world.state)}
        if word == REMINDER:
            own, day = uuid("reminder", self._told), when[:10]
            about = {"reminder": {"id": own, "name": "Renewal", "date": day}} | about

        def render(to: Subscription) -> bytes:
            told = {
                "eventId": uuid(event, to.id),
                "webhookId": to.id,
                "createdAt": when,
                "eventType": word,
                "data": about,
            }
            return _json.write(told).encode()

        owners = {contract.author_id, *contract.member_ids}
        self._outbox.tell(word, contract.id, render, owners)


def snapshot(one: Contract, state: State) -> dict[str, Any]:
    """Return a contract in the older vocabulary, as the one sample shows it (A-30)."""
    company = state.counterparties[one.counterparty_id]
    author = _member(state.members[one.author_id])
    signed = one.values.get(fields.SIGNATURE_DATE.id)
    tacit = one.values.get(fields.RENEWAL_TYPE.id) == fields.TACIT
    return {
        "id": one.id,
        "name": one.name,
        "organizationId": ORGANISATION,
        "author": author,
        "referent": author,
        "referentId": one.author_id,
        "supervisorId": None,
        "externalCompany": {"id": company.id, "name": company.name},
        **_notice(one),
        "renewal": "tacit" if tacit else "no",
        "signatureDate": f"{signed}T00:00:00.000Z" if signed else None,
        "status": one.status,
        "createdAt": stamp(one.created_at),
        "updatedAt": stamp(one.updated_at.replace(microsecond=0)),
        "documentId": one.versions[-1].id if one.versions else None,
    }


def _notice(one: Contract) -> dict[str, Any]:
    """Return the unit and the number of a notice such as "3 months" (A-32)."""
    told = str(one.values.get(fields.NOTICE.id) or "")
    value, _, unit = told.partition(" ")
    if not (value.isdecimal() and unit):
        return {"priorNoticeDuration": "undefined", "priorNoticeValue": None}
    return {
        "priorNoticeDuration": unit.removesuffix("s"),
        "priorNoticeValue": int(value),
    }


def _member(one: Member) -> dict[str, Any]:
    user = {
        "id": uuid("user", one.id),
        "username": one.email,
        "firstname": one.firstname,
        "lastname": one.lastname,
    }
    return {"id": one.id, "user": user}
