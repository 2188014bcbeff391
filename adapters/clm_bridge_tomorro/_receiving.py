"""Reading what Tomorro sends."""

from __future__ import annotations

from typing import Any

from clm_bridge.adapter import (
    Contract,
    Event,
    EventKind,
    EventSource,
    Facet,
    KeyDates,
    Party,
    PartyRole,
    PersonRole,
)

from . import _events, _mapping
from ._writing import Writing


class Receiving(Writing):
    """What Tomorro tells by itself."""

    events = _events.KINDS
    signature = _events.SIGNATURE
    instead = _events.INSTEAD

    def read_event(self, payload: Any) -> Event:
        """Read a delivery; its contract is a snapshot."""
        told = self.reader.read(payload, _events.Delivered)
        kind = self.event_kind(told.event_type)
        found = self._told(told)
        status = self.status(found.status) if found and found.status else None
        author = found.author if found and kind is EventKind.CREATED else None
        raw = payload if self.workspace.keep_raw else {}
        return Event(
            id=told.event_id,
            kind=kind,
            contract_id=_mapping.plain(found.id) if found else None,
            occurred_at=told.created_at,
            status=_events.AFTERWARDS.get(kind, status),
            actor=_events.person(PersonRole.OTHER, author),
            contract=self._snapshot(found, payload) if found else None,
            source=EventSource(
                self.name, self.workspace.connection, told.event_type, raw
            ),
        )

    def contract_key(self, id: str) -> str:
        """Return the id without the prefix that some of the vendor's examples have."""
        return _mapping.plain(id)

    def _told(self, told: _events.Delivered) -> _events.Snapshot | None:
        """Return the contract, which a contract's event must have."""
        held = told.data.contract if told.data is not None else None
        if held is None and not told.event_type.startswith("contract"):
            return None
        return self.reader.read(held, _events.Snapshot)

    def _snapshot(self, told: _events.Snapshot, payload: Any) -> Contract | None:
        if told.name is None or told.status is None:
            return None
        other = told.external_company
        loaded = {Facet.PARTIES} if other is not None else set()
        found = Party(PartyRole.COUNTERPARTY, other.name, other.id) if other else None
        return Contract(
            id=_mapping.plain(told.id),
            name=told.name,
            status=self.status(told.status),
            source=self.source({"webhook": payload}, status=told.status),
            parties=[found] if found else (),
            key_dates=KeyDates(created_at=told.created_at, updated_at=told.updated_at),
            owner=_events.person(PersonRole.OWNER, told.referent),
            loaded=loaded,
        )
