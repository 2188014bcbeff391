"""Reading what SpotDraft sends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clm_bridge.adapter import (
    Contract,
    Event,
    EventSource,
    Facet,
    InvalidInput,
    KeyDates,
    Ref,
    Registration,
    Secret,
    delete,
    get,
    post,
)

from . import _events, _mapping
from ._writing import Writing

REGISTERED = "webhooks/"


class Receiving(Writing):
    """What SpotDraft tells by itself, and to whom."""

    events = _events.KINDS
    signature = _events.SIGNATURE
    instead = _events.INSTEAD

    async def register_webhook(
        self, url: str, words: Sequence[str], title: str
    ) -> Registration:
        """Subscribe an address to activities."""
        told = {"title": title, "url": url, "only_for_activities": [*words]}
        dry = {**told, "id": "<id of the new webhook>"}
        answer = await post(REGISTERED, told, dry=dry)
        made = self.reader.read(answer.json(), _events.Subscribed)
        return Registration(
            id=made.id,
            url=made.url,
            words=made.only_for_activities,
            kinds=frozenset(map(self.event_kind, made.only_for_activities)),
            title=made.title,
            active=None if made.status is None else made.status == _events.ACTIVE,
        )

    async def unregister_webhook(self, id: str) -> None:
        """Unsubscribe; this path alone has no slash at its end."""
        await delete("webhooks/{id}", id=id)

    async def resend_events(self, contract_ids: Sequence[str]) -> None:
        """Send the last webhook of each contract again."""
        path = "contracts/webhooks/re_trigger_latest/"
        await post(path, {"contract_ids": [_number(own) for own in contract_ids]})

    async def webhook_secret(self) -> Secret:
        """Return the workspace's one key, which is base64."""
        answer = await get("webhooks/hmac_key/")
        return Secret(self.reader.read(answer.json(), _events.Key).hmac_key)

    def read_event(self, payload: Any) -> Event:
        """Read a delivery; its contract is a snapshot, and its id a bare number."""
        told = self.reader.read(payload, _events.Delivered)
        kind = self.event_kind(told.activity)
        word = told.contract_status
        status = self.status(word) if word else None
        raw = payload if self.workspace.keep_raw else {}
        return Event(
            id=_events.event_id(told),
            kind=kind,
            contract_id=told.contract_id,
            occurred_at=told.activity_data.timestamp,
            status=_events.AFTERWARDS.get(kind, status),
            actor=_events.actor(told),
            contract=self._snapshot(told, payload),
            source=EventSource(
                self.name, self.workspace.connection, told.activity, raw
            ),
        )

    def contract_key(self, id: str) -> str:
        """Return the number, which is the same with a prefix and without."""
        return _mapping.bare_number(id)

    def _snapshot(self, told: _events.Delivered, payload: Any) -> Contract | None:
        if told.contract_title is None or told.contract_status is None:
            return None
        loaded = {Facet.PARTIES} if told.counterparties is not None else set()
        if "external_metadata" in payload:
            loaded.add(Facet.EXTERNAL_LINKS)
        return Contract(
            id=told.contract_id,
            name=told.contract_title,
            status=self.status(told.contract_status),
            source=self.source({"webhook": payload}, status=told.contract_status),
            number=told.contract_reference_id,
            parties=_events.parties(told),
            external_links=_mapping.external_links(told.external_metadata),
            key_dates=KeyDates(created_at=told.created_at),
            type=_ref(told.contract_type_id, told.contract_type_name),
            template=_ref(told.contract_template_id, None),
            owner=_events.owner(told),
            loaded=loaded,
        )


def _number(id: str) -> int:
    bare = _mapping.bare_number(id)
    if not (bare.isascii() and bare.isdecimal()):
        raise InvalidInput(f"{id!r} is not the id of a contract", hint="such as T-1234")
    return int(bare)


def _ref(id: str | None, name: str | None) -> Ref | None:
    return None if id is None else Ref(id, name)
