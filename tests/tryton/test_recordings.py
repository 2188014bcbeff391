"""The answers that a real server gave, and that the other tests read."""

from __future__ import annotations

from datetime import date

from .capturing import KINDS
from .reading import PAYLOADS, recorded


def test_every_recording_says_where_it_comes_from():
    """The versions of the server, and the day."""
    names = {path.stem for path in PAYLOADS.glob("*.json")}

    assert names == set(KINDS)
    for name in names:
        told = recorded(name)
        assert [one.partition("-8.2.")[0] for one in told["server"]] == [
            "trytond",
            "trytond_purchase_blanket_agreement",
        ]
        assert date.fromisoformat(told["recorded"]) >= date(2026, 11, 25)
