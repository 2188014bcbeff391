"""What SpotDraft wraps its records in: pages by number, items, nested arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clm_bridge.adapter import Cursor, InvalidInput, PayloadError, rows

from . import _wire


def number(cursor: Cursor | None) -> int:
    """Return the page that *cursor* asks for."""
    if cursor is None:
        return 1
    if not cursor.isdecimal() or int(cursor) < 1:
        raise InvalidInput(f"{cursor!r} is not a cursor of this listing")
    return int(cursor)


MOST = 10_000
"""Pages that a listing may have; a total beyond them is no number of records."""


def following(page: int, listed: _wire.Listed, asked: int) -> Sequence[Cursor]:
    """Return the cursors of all pages after *page*; the vendor may give fewer rows."""
    told = listed.limit or asked
    limit = min(told, asked) if told > 0 else asked
    last = -(-listed.total_results // limit)
    if not 0 <= last <= MOST:
        raise PayloadError(
            "the answer is not what the vendor promises",
            problems=["$.total_results: is no number of records"],
        )
    return [str(later) for later in range(page + 1, last + 1)]


def items(answer: Any) -> list[Any]:
    """Take out what is not paged."""
    return rows(answer.get("items") if isinstance(answer, Mapping) else answer)


def flat(answer: Any) -> list[Any]:
    """Undo the array in the array that the vendor's example shows."""
    found = rows(answer)
    if found and all(isinstance(one, list) for one in found):
        return [row for inner in found for row in inner]
    return found
