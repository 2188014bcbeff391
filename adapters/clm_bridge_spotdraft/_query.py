"""What the list is asked for, spelled as SpotDraft's filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from clm_bridge.adapter import Query

from ._paging import Place


def params(query: Query, words: Sequence[str], place: Place) -> Mapping[str, Any]:
    """Return the parameters of one page, the oldest contracts first."""
    return {
        "page": place.page,
        "limit": query.limit,
        "sort": "+filter__created_at",
        "filter__display_status[$in]": ",".join(words) or None,
        "filter__last_updated_on[$gte]": instant(query.updated_since),
        "filter__created_at[$gte]": instant(place.since or query.created_since),
    }


def instant(when: datetime | None) -> str | None:
    """Write an instant as the vendor does, in UTC."""
    if when is None:
        return None
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")
