"""
What a listing asks before its first page, so that fewer contracts cost calls.

Either what has changed since an earlier run, or dates that the vendor tells in bulk.
What such an answer does not settle is read as if nobody had asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeAlias, TypeVar

from attrs import evolve, field, frozen

from ._adapter import Adapter
from ._declared import Dated
from ._errors import InvalidInput
from ._limits import Rate
from ._links import LinkIndex
from ._models import Contract
from ._paging import Cursor, Page, check_page
from ._queries import Query
from ._vocabulary import FULL, Facet

T = TypeVar("T")

MARGIN = timedelta(hours=1)
"""How far a search index may be behind, and the walk take that read the contracts."""

Settles: TypeAlias = Callable[[Contract], Contract | None]
"""A row → the contract that needs no further call, or None."""


def settles_nothing(row: Contract) -> None:
    """Say that every row needs its calls."""


class Walk(Protocol[T]):
    """What goes from page to page."""

    @property
    def window(self) -> int:
        """Pages in flight."""

    async def page(self, cursor: Cursor | None) -> Page[T]:
        """Fetch one page."""

    def pace(self, rate: Rate | None) -> float:
        """Return the seconds that the pages in flight take at the vendor's limit."""


class Ahead(Walk[Any], Protocol):
    """A walk before the walk."""

    def settles(self, pages: Iterable[Page[Any]]) -> Settles:
        """Return what all the pages together settle."""


@frozen
class Changes:
    """Asks which contracts have changed since the known ones were read."""

    adapter: Adapter
    links: LinkIndex
    query: Query
    known: Mapping[str, Contract] = field(repr=False)

    @property
    def window(self) -> int:
        """Pages in flight."""
        return self.adapter.pages_in_flight

    async def page(self, cursor: Cursor | None) -> Page[Contract]:
        """Fetch rows of what has changed."""
        found = await self.adapter.list_contracts(self.query, cursor)
        check_page(found)
        return found

    def pace(self, rate: Rate | None) -> float:
        """Return the seconds that the pages in flight take at the vendor's limit."""
        return rate.spacing * self.window if rate else 0.0

    def settles(self, pages: Iterable[Page[Contract]]) -> Settles:
        """Keep what is known, is not among the changed, and has the same row."""
        changed = {one.id for page in pages for one in page.items}
        first: list[datetime | None] = []  # by the vendor's clock, as the known are

        def kept(row: Contract) -> Contract | None:
            first.append(row.source.fetched_at) if not first else None
            known = self.known.get(row.id)
            if known is None or row.id in changed or not self._stands(row, known):
                return None
            return evolve(known, source=evolve(known.source, fetched_at=first[0]))

        return kept

    def _stands(self, row: Contract, known: Contract) -> bool:
        if not _says_the_same(row, known):
            return False
        if self.adapter.searches_links:
            return True
        # Links that only the index keeps are no news of the vendor's.
        return all(row.id in self.links.find(one.id) for one in known.external_links)


def changes(
    adapter: Adapter, links: LinkIndex, query: Query, known: Iterable[Contract]
) -> Changes | None:
    """Plan to ask what changed, or return None where nothing known can be kept."""
    if not adapter.tells_changes:
        return None
    kept = {one.id: one for one in known if _is_whole(one, adapter)}
    read = [at for one in kept.values() if (at := one.source.fetched_at)]
    if not read:
        return None
    since = max(filter(None, (min(read) - MARGIN, query.updated_since)))
    asked = evolve(query, updated_since=since, limit=adapter.page_size)
    return Changes(adapter, links, asked, kept)


def _is_whole(known: Contract, adapter: Adapter) -> bool:
    """Say whether this connection read a contract whole, and when."""
    if not isinstance(known, Contract):
        raise InvalidInput(
            "known holds what is no contract",
            hint="pass what an earlier listing found, or what from_dict returned",
        )
    source, at = known.source, known.source.fetched_at
    ours = (source.vendor, source.connection) == (
        adapter.name,
        adapter.workspace.connection,
    )
    return ours and known.loaded >= FULL and at is not None and at.tzinfo is not None


_IN_A_ROW = ("name", "number", "type", "url")
_FACETS_OF_A_ROW = (Facet.PARTIES, Facet.EXTERNAL_LINKS)


def _says_the_same(row: Contract, known: Contract) -> bool:
    """Say whether a row agrees with what is known, in all that it says."""
    told = [name for name in _IN_A_ROW if getattr(row, name) is not None]
    told += [one.value for one in _FACETS_OF_A_ROW if one in row.loaded]
    same = all(getattr(row, name) == getattr(known, name) for name in told)
    return same and row.source.status == known.source.status


@frozen
class Survey:
    """Asks for the dates of all contracts, many in a call."""

    adapter: Adapter

    @property
    def window(self) -> int:
        """Pages in flight."""
        return 1

    async def page(self, cursor: Cursor | None) -> Page[Dated]:
        """Fetch dates of many contracts."""
        found = await self.adapter.survey_dates(cursor)
        check_page(found)
        return found

    def pace(self, rate: Rate | None) -> float:
        """Return the seconds that the page in flight takes at the vendor's limit."""
        return rate.spacing if rate else 0.0

    def settles(self, pages: Iterable[Page[Dated]]) -> Settles:
        """Let the adapter put the dates into the rows that they are about."""
        told = {one.id: one for page in pages for one in page.items}
        return lambda row: self.adapter.dated(row, told)
