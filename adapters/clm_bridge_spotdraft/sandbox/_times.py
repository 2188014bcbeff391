"""How SpotDraft writes instants, dates and lengths of time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from clm_bridge import Period

DAYS_OF_YEAR = 365
DAYS_OF_MONTH = 30
"""The vendor's samples count 12 months as 365 days and 6 months as 180."""


def instant(when: datetime | None) -> str | None:
    """Return ``2026-02-10T04:52:04Z``."""
    return None if when is None else f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def fine_instant(when: datetime | None) -> str | None:
    """Return ``2026-05-24T05:45:34.478802Z``."""
    return None if when is None else f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def parsed(text: str) -> datetime:
    """Read an ISO instant, or a date as its midnight UTC (A15)."""
    when = datetime.fromisoformat(text)
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when


def duration(period: Period | None) -> Mapping[str, Any] | None:
    """Return ``{"type": "MONTHS", "value": 12, "days": 365}``."""
    if not period:
        return None
    if period.days:
        return {"type": "DAYS", "value": period.days, "days": period.days}
    years, months = divmod(period.years * 12 + period.months, 12)
    days = years * DAYS_OF_YEAR + months * DAYS_OF_MONTH
    return {"type": "MONTHS", "value": years * 12 + months, "days": days}
