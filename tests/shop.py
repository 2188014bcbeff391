"""A vendor whose contracts change between polls, with a clock of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from clm_bridge import Event, EventKind, EventSource, Status

from .paper import answer

BEGAN = datetime(2026, 11, 2, 9, tzinfo=UTC)


class Shop:
    """Answers a listing with its rows; ``rows`` and ``now`` are changed by tests."""

    def __init__(self, *ids):
        self.now = BEGAN
        self.rows = {one: {"id": one, "status": "open", "links": []} for one in ids}
        self.whole = {}
        self.asked = 0
        self.fails = None

    def __call__(self, request):
        self.asked += 1
        if self.fails is not None:
            return answer(status=self.fails)
        headers = {"date": format_datetime(self.now, usegmt=True)}
        own = request.url.path.rpartition("/")[2]
        if own in self.rows:
            return answer({**self.rows[own], **self.whole.get(own, {})})
        return answer({"rows": [*self.rows.values()]}, headers=headers)

    def later(self, minutes=30):
        """Let time pass."""
        self.now += timedelta(minutes=minutes)
        return self.now

    def change(self, id, **what):
        """Change a row, or make one."""
        self.rows.setdefault(id, {"id": id, "status": "open", "links": []})
        self.rows[id].update(what)


def told(id, contract_id, kind, at, status=None):
    """An event as the vendor tells it."""
    return Event(
        id=id,
        kind=EventKind(kind),
        contract_id=contract_id,
        occurred_at=at,
        source=EventSource("paper", "acme", kind),
        status=Status(status) if status else None,
    )
