"""Reading what SpotDraft sends."""

from __future__ import annotations

from typing import Any

from clm_bridge.adapter import (
    Contract,
    Event,
    EventSource,
    Facet,
    KeyDates,
    Ref,
)

from . import _events, _mapping
from ._writing import Writing


class Receiving(Writing):
    """What SpotDraft tells by itself."""

    events = _events.KINDS
    signature = _events.SIGNATURE

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


def _ref(id: str | None, name: str | None) -> Ref | None:
    return None if id is None else Ref(id, name)
