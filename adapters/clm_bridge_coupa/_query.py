"""What Coupa is asked for: the query language's side of our filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from clm_bridge.adapter import Contract, Page, Query, Unsupported

from ._config import CUSTOM


def filters(query: Query, words: Sequence[str]) -> Mapping[str, str | None]:
    """Return the conditions for *query*; Coupa joins them by AND."""
    return {
        "status" if len(words) == 1 else "status[in]": ",".join(words) or None,
        "updated-at[gt_or_eq]": _instant(query.updated_since),
        "created-at[gt_or_eq]": _instant(query.created_since),
        _supplier_key(query.counterparty): query.counterparty,
        "name[contains]": query.name_contains,
    }


def own_id(where: str) -> str:
    """Return the attribute to query for the own id."""
    if where.startswith(CUSTOM):
        return f"custom-fields[{where.removeprefix(CUSTOM)}]"
    return where


def carrying(page: Page[Contract], external_id: str, where: str) -> Sequence[Contract]:
    """Keep the contracts that carry the id; refuse if the filter did nothing."""
    ids = [(one.external_link.id if one.external_link else "") for one in page.items]
    found = [
        contract
        for contract, own in zip(page.items, ids, strict=True)
        if own == external_id
    ]
    # Databases compare without case: such a row is no stranger, nor is it a match.
    strange = any(own.casefold() != external_id.casefold() for own in ids)
    if strange and (page.more or not found):
        raise Unsupported(
            f"this instance ignores the filter on {where}",
            hint="set external_id to what it can query, such as number",
        )
    return found


def _instant(when: datetime | None) -> str | None:
    """Write an instant; Coupa takes ISO 8601 with an offset and no fraction."""
    return when.astimezone(UTC).isoformat(timespec="seconds") if when else None


def _supplier_key(counterparty: str | None) -> str:
    digits = counterparty is not None and counterparty.isdecimal()
    return "supplier[id]" if digits else "supplier[name]"
