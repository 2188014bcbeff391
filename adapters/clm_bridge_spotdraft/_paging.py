"""
What SpotDraft wraps its records in: pages by number, items, nested arrays.

Contracts are walked by when they were made, which never changes: each page begins with
the last rows of the one before.  So none is missed because another one was deleted or
no longer fits the filters meanwhile, which page numbers cannot promise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from attrs import evolve, frozen

from clm_bridge.adapter import Contract, Cursor, InvalidInput, PayloadError, rows

from . import _wire

OVERLAP = 2
"""How many rows of a page come again; one of them may be gone."""


@frozen
class Place:
    """
    Where a walk goes on: at a page of the contracts made since an instant.

    ``number`` is the same place among the pages of them all, for a vendor whose answer
    does not begin with the rows that were ``seen``.
    """

    number: int = 1
    page: int = 1
    since: datetime | None = None
    seen: frozenset[str] = frozenset()

    @property
    def cursor(self) -> Cursor:
        """Say it in one text."""
        if self.since is None:
            return str(self.number)
        where = (str(self.number), str(self.page), self.since.isoformat())
        return " ".join((*where, *sorted(self.seen)))

    @property
    def back(self) -> Place:
        """The page before it, by number."""
        number = max(1, self.number - 1)
        return Place(number, number)

    def is_continued_by(self, found: Sequence[Contract]) -> bool:
        """Say whether rows that were seen come again, as was asked for."""
        again = self.page > 1 or not self.seen
        return again or any(one.id in self.seen for one in found)

    def after(self, found: Sequence[Contract]) -> Place:
        """Return the place after this page: by instant if rows go up by it."""
        made = [one.key_dates.created_at for one in found]
        rises = all(made) and all(x <= y for x, y in pairwise(filter(None, made)))
        last = found[-OVERLAP:]
        since = last[0].key_dates.created_at if rises and last else None
        if since is None or (self.since is not None and since <= self.since):
            return evolve(self, number=self.number + 1, page=self.page + 1)
        return Place(self.number + 1, 1, since, frozenset(one.id for one in last))


def place(cursor: Cursor | None) -> Place:
    """Return the place that *cursor* says."""
    number_, *more = (cursor or "1").split(" ") if cursor != "" else [""]
    if not more:
        told = number(number_)
        return Place(told, told)
    try:
        page, since, *seen = more
        instant = datetime.fromisoformat(since)
    except ValueError:
        raise InvalidInput(f"{cursor!r} is not a cursor of this listing") from None
    return Place(number(number_), number(page), instant, frozenset(seen))


def goes_on(place: Place, listed: _wire.Listed, asked: int) -> bool:
    """Say whether more follows; the vendor may give fewer rows than were asked for."""
    limit = min(listed.limit or asked, asked)
    return place.page * limit < listed.total_results


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
