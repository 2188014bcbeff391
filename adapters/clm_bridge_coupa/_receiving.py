"""Reading what Coupa's call-outs send."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clm_bridge.adapter import (
    Event,
    EventSource,
)

from . import _events, _wire
from ._writing import Writing


class Receiving(Writing):
    """What Coupa tells, if an administrator lets it; it does not sign."""

    events = _events.KINDS
    instead = _events.INSTEAD

    def read_event(self, payload: Any) -> Event:
        """Read a contract, alone or under its name."""
        if isinstance(payload, Mapping) and "contract" in payload:
            payload = payload["contract"]
        told = self.reader.read(payload, _events.Called)
        standing = self.reader.read(payload, _wire.Standing)
        when = told.updated_at
        return Event(
            id=f"{told.id}:{standing.status}:{when.isoformat()}",
            kind=self.event_kind(_events.CALLED),
            contract_id=told.id,
            occurred_at=when,
            status=self._status(standing),
            source=EventSource(
                self.name,
                self.workspace.connection,
                _events.CALLED,
                payload if self.workspace.keep_raw else {},
            ),
        )
