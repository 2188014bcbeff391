"""Paging by number: the total tells all pages that follow."""

from __future__ import annotations

from collections.abc import Sequence

from clm_bridge.adapter import Cursor, InvalidInput


def number(cursor: Cursor | None) -> int:
    """Return the page that *cursor* asks for."""
    if cursor is None:
        return 1
    if not cursor.isdecimal() or int(cursor) < 1:
        raise InvalidInput(f"{cursor!r} is not a cursor of this listing")
    return int(cursor)


def following(page: int, total: int, limit: int) -> Sequence[Cursor]:
    """Return the cursors of all pages after *page*."""
    last = -(-total // limit)
    return [str(later) for later in range(page + 1, last + 1)]
