"""
Paging by keyset: the records after an id, in the order of ids.

An id never changes, so a record that is changed during the walk is neither lost nor
repeated, which an offset cannot promise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Protocol, TypeVar

from clm_bridge.adapter import (
    Cursor,
    InvalidInput,
    Op,
    Page,
    PayloadError,
    Reader,
    get,
    rows,
)


class Record(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """Coupa's id, which is a whole number."""


LIMIT = 50
"""The most records that a page has."""

T = TypeVar("T")
R = TypeVar("R", bound=Record)


def keyset(cursor: Cursor | None, limit: int) -> dict[str, str | int | None]:
    """Return the parameters that ask for the records after *cursor*."""
    if cursor is not None and not cursor.isdecimal():
        raise InvalidInput(f"{cursor!r} is not a cursor of this listing")
    return {"id[gt]": cursor, "order_by": "id", "dir": "asc", "limit": limit}


def page(found: Sequence[R], cursor: Cursor | None, limit: int) -> Page[R]:
    """
    Return a page, the last one if it is short; refuse ids that do not go up.

    A listing that is whole on its first page may come in any order.
    """
    try:
        ids = [int(cursor or 0), *(int(record.id) for record in found)]
    except ValueError:
        raise PayloadError("an id is not a whole number") from None
    whole = cursor is None and len(found) < limit
    if not whole and any(later <= earlier for earlier, later in pairwise(ids)):
        raise PayloadError("the answer does not go up by id, as was asked for")
    return Page(found, (found[-1].id,) if len(found) >= limit else ())


async def whole(fetch: Callable[[Cursor | None], Op[Page[T]]]) -> list[T]:
    """Read every page of a listing that is short by nature."""
    first = await fetch(None)
    found, following = list(first.items), first.next
    while following is not None:
        later = await fetch(following)
        found += later.items
        following = later.next
    return found


async def walk(
    reader: Reader, cls: type[R], path: str, asked: Mapping[str, Any], **ids: str
) -> list[R]:
    """Read every record of a listing that is short by nature."""

    async def fetch(cursor: Cursor | None) -> Page[R]:
        answer = await get(path, {**keyset(cursor, LIMIT), **asked}, **ids)
        found = [reader.read(told, cls) for told in rows(answer.json())]
        return page(found, cursor, LIMIT)

    return await whole(fetch)
