"""
What the bridge does around an adapter's operations, the same for every vendor.

Filters that a vendor lacks, full detail, and the link index live here, once, as
operations of their own; both drivers run them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias, get_args

from attrs import evolve, frozen

from ._adapter import Adapter
from ._ahead import Ahead, Settles, Survey, changes, settles_nothing
from ._errors import InvalidInput, NotFound, NotIndexed, Unsupported
from ._limits import Rate
from ._links import LinkIndex
from ._messages import together
from ._models import Contract
from ._paging import Cursor, Page, check_page
from ._queries import Query
from ._vocabulary import Status

Detail: TypeAlias = Literal["full", "dates", "summary"]

FULL_PAGE = 25
"""Rows a page where each costs further calls, so that a page ends in good time."""


@frozen
class Listing:
    """How one listing is split between the vendor, the row and the whole contract."""

    adapter: Adapter
    links: LinkIndex
    query: Query
    detail: Detail
    native: frozenset[str]
    by_row: frozenset[str]
    by_whole: frozenset[str]
    ahead: Ahead | None = None
    settles: Settles = settles_nothing

    def after(self, pages: Sequence[Page[object]]) -> Listing:
        """Return the listing that makes use of what was asked ahead."""
        if self.ahead is None:
            return self
        return evolve(self, ahead=None, settles=self.ahead.settles(pages))

    async def page(self, cursor: Cursor | None) -> Page[Contract]:
        """Fetch one page: filter rows, complete what is left, filter again."""
        found = await self.adapter.list_contracts(self.query.only(self.native), cursor)
        check_page(found)
        self.adapter.sample(found.items)
        rows = self._passing(found.items, self.by_row)
        settled = [self.settles(row) for row in rows]
        read = await self._read(
            [row for row, one in zip(rows, settled, strict=True) if one is None]
        )
        if not self.adapter.searches_links:
            self.links.remember(one for one in read if one is not None)
        others = iter(read)
        items = [one or next(others) for one in settled]
        whole = self._passing([one for one in items if one is not None], self.by_whole)
        if not self.adapter.searches_links:
            whole = [with_stated(one, self.links) for one in whole]
        return evolve(found, items=whole)

    async def _read(self, rows: Sequence[Contract]) -> Sequence[Contract | None]:
        if not self.completes:
            return rows
        return await together(*(self._complete(row) for row in rows))

    async def _complete(self, row: Contract) -> Contract | None:
        try:
            if self.detail == "dates":
                return await self.adapter.date_contract(row)
            return await self.adapter.complete_contract(row)
        except NotFound:
            return None  # deleted between the page and this call

    def _passing(
        self, contracts: Sequence[Contract], names: frozenset[str]
    ) -> Sequence[Contract]:
        if not names:
            return contracts
        trusted = self.native
        return [one for one in contracts if self.query.matches(one, names, trusted)]

    @property
    def completes(self) -> bool:
        """Whether a row can need further calls."""
        return calls_a_contract(self.adapter, self.detail) > 0

    @property
    def window(self) -> int:
        """Pages in flight: few where each page makes many calls of its own."""
        return 2 if self.completes else self.adapter.pages_in_flight

    @property
    def calls_a_page(self) -> int:
        """Calls that one page makes at the most."""
        return 1 + self.query.limit * calls_a_contract(self.adapter, self.detail)

    def pace(self, rate: Rate | None) -> float:
        """Return the seconds that the pages in flight take at the vendor's limit."""
        return rate.spacing * self.calls_a_page * self.window if rate else 0.0


def calls_a_contract(adapter: Adapter, detail: Detail) -> int:
    """Return how many calls a row can need beyond its page."""
    if detail == "summary":
        return 0
    if detail == "dates" and adapter.calls_for_dates is not None:
        return adapter.calls_for_dates
    return adapter.calls_per_contract


def listing(
    adapter: Adapter,
    links: LinkIndex,
    query: Query,
    detail: Detail,
    known: Iterable[Contract] = (),
) -> Listing:
    """Plan a listing, or refuse with `Unsupported` what needs a call per contract."""
    if detail not in get_args(Detail):
        raise InvalidInput(
            f"detail is {detail!r}", hint='it is "full", "dates" or "summary"'
        )
    completes = calls_a_contract(adapter, detail) > 0
    asked = query.asked()
    native = asked & adapter.filters
    if Status.UNKNOWN in query.status:
        native -= {"status"}  # no vendor has a word for it
    beyond = asked - (native - adapter.coarse) - adapter.row_answers
    if beyond and not completes and adapter.calls_per_contract:
        raise Unsupported(
            f"{adapter.name} cannot filter by {', '.join(sorted(beyond))} "
            "without a call per contract",
            hint='ask for detail="full", which makes them',
        )
    by_row = asked & adapter.row_answers
    if not adapter.calls_per_contract:
        by_row |= beyond  # a row is all there is
    by_whole = asked - by_row - (native if not completes else frozenset())
    ahead = _ahead(adapter, links, query.only(native), detail, known)
    return Listing(
        adapter=adapter,
        links=links,
        query=evolve(
            query, limit=rows_a_page(adapter, detail, is_helped=ahead is not None)
        ),
        detail=detail,
        native=native,
        by_row=by_row,
        by_whole=by_whole,
        ahead=ahead,
    )


def _ahead(
    adapter: Adapter,
    links: LinkIndex,
    query: Query,
    detail: Detail,
    known: Iterable[Contract],
) -> Ahead | None:
    if calls_a_contract(adapter, detail) == 0:
        return None
    if detail == "dates" and adapter.dates_in_bulk:
        return Survey(adapter)
    return changes(adapter, links, query, known)


def rows_a_page(adapter: Adapter, detail: Detail, *, is_helped: bool) -> int:
    """Return the rows to ask for a page: fewer where each costs calls of its own."""
    if is_helped or calls_a_contract(adapter, detail) == 0:
        return adapter.page_size
    return min(adapter.page_size, FULL_PAGE)


async def get_contract(adapter: Adapter, links: LinkIndex, id: str) -> Contract:
    """Read one contract, with the links that only the index keeps, and note them."""
    contract = await adapter.get_contract(id)
    if adapter.searches_links:
        return contract
    links.remember([contract])
    return with_stated(contract, links)


def with_stated(contract: Contract, links: LinkIndex) -> Contract:
    """Return the contract with the links that the vendor has no place for."""
    own = contract.external_links
    stated = [one for one in links.stated(contract.id) if one not in own]
    return evolve(contract, external_links=[*own, *stated]) if stated else contract


async def find_contracts(
    adapter: Adapter, links: LinkIndex, external_id: str
) -> Sequence[Contract]:
    """Ask the vendor, or the link index where the vendor cannot be asked."""
    found = await carriers(adapter, links, external_id)
    if not found and not adapter.searches_links:
        raise _not_indexed(adapter, links, external_id)
    return found


async def carriers(
    adapter: Adapter, links: LinkIndex, external_id: str
) -> Sequence[Contract]:
    """Return the contracts that are known to carry an external id."""
    if adapter.searches_links:
        return await adapter.find_contracts(external_id)
    ids = links.find(external_id)
    read = await together(*(_linked(adapter, links, known) for known in ids))
    return [
        contract
        for contract in read
        if contract and any(link.id == external_id for link in contract.external_links)
    ]


async def _linked(adapter: Adapter, links: LinkIndex, id: str) -> Contract | None:
    try:
        return await get_contract(adapter, links, id)
    except NotFound:
        links.forget(id)
        return None


def _not_indexed(adapter: Adapter, links: LinkIndex, external_id: str) -> NotIndexed:
    built = links.built_at()
    state = f"was built {built:%Y-%m-%d %H:%M} UTC" if built else "was never built"
    return NotIndexed(
        f"{adapter.name} cannot be asked for external id {external_id!r}, and the link "
        f"index, which {state}, does not know it"
    )


def literal(path: str) -> str:
    """Return *path* as a template in which every character stands for itself."""
    return path.lstrip("/").replace("{", "{{").replace("}", "}}")
