"""
Find out what changed, where no vendor tells it or a delivery was lost.

A poll lists what was updated since the last one, a little more so that nothing slips
through, and compares it with what was known.  The first poll only takes note of what
is there.  What is missing from a list is never taken for deleted: a vendor says that,
or nobody does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from attrs import define, evolve, field, frozen

from ._adapter import Adapter
from ._errors import NotFound
from ._events import Event
from ._flow import overheard
from ._inbox import Found, Inbox
from ._limits import Rate
from ._messages import Response, together
from ._models import Contract
from ._operations import FULL_PAGE, Detail
from ._paging import Cursor, Page, check_page
from ._queries import Query
from ._sameness import (
    LAG,
    Known,
    changes,
    content,
    found_event,
    kind_of,
    lags,
    unexplained,
)
from ._vocabulary import EventKind

OVERLAP = 2 * LAG
"""How far a poll reaches back before the last one: longer than a vendor's lists lag."""
SHARE = 0.1
"""The part of the vendor's rate that polling may take for itself."""


@define
class Poll:
    """One walk through what was updated; page by page, each kept as it comes."""

    adapter: Adapter
    inbox: Inbox
    completes: bool
    started: datetime
    """By the vendor's clock, once it has answered."""
    before: datetime | None
    """When the last whole poll began; None for the first."""
    calls: int = 0

    async def page(self, cursor: Cursor | None) -> Page[Event]:
        """Read one page, keep what it says, and return the events that are news."""
        listed = self.adapter.list_contracts(self._query(), cursor)
        found = await overheard(listed, self._hear)
        check_page(found)
        contracts = found.items
        self.calls += 1
        if self.completes:
            self.calls += len(contracts) * self.adapter.calls_per_contract
            contracts = await self._completed(contracts)
        return Page(self._settled(contracts), found.more)

    def _hear(self, answer: Response) -> None:
        """Go by the vendor's clock: what it says of changes is said by that."""
        if self.calls == 0:
            self.started = answer.sent_at or self.started

    def pace(self, rate: Rate | None) -> float:
        """Return the seconds that one page takes at the vendor's limit."""
        if rate is None or not self.completes:
            return 0.0
        return rate.spacing * (1 + FULL_PAGE * self.adapter.calls_per_contract)

    def finish(self) -> None:
        """Note that all pages were read."""
        self.inbox.mark_polled(self.started)

    def _query(self) -> Query:
        size = self.adapter.page_size
        limit = min(size, FULL_PAGE) if self.completes else size
        if self.before is None or "updated_since" not in self.adapter.filters:
            return Query(limit=limit)
        return Query(updated_since=self.before - OVERLAP, limit=limit)

    async def _completed(self, contracts: Sequence[Contract]) -> list[Contract]:
        whole = await together(*(self._complete(one) for one in contracts))
        return [one for one in whole if one is not None]

    async def _complete(self, contract: Contract) -> Contract | None:
        try:
            return await self.adapter.complete_contract(contract)
        except NotFound:
            return None  # gone since it was listed; which proves nothing

    def _settled(self, contracts: Sequence[Contract]) -> list[Event]:
        keyed = {self.adapter.contract_key(one.id): one for one in contracts}
        with self.inbox.alone():
            known = self.inbox.known(keyed)
            seen = {key: self._seen(one, known.get(key)) for key, one in keyed.items()}
            found = (
                self._found(key, one, known.get(key)) for key, one in keyed.items()
            )
            return self.inbox.settle(seen, [*chain.from_iterable(found)])

    def _found(self, key: str, contract: Contract, known: Known | None) -> list[Found]:
        """Return the one event that a contract's changes are, or none."""
        since = self.before if known is None else known.seen_at
        told = self.inbox.told(key, since and since - LAG)
        if known is not None or told:
            parts = changes(known or Known(), contract, self.started)
            parts = unexplained(parts, told, contract)
            kind = kind_of(parts, contract.status)
        else:
            parts, kind = frozenset(), EventKind.CREATED
        if self.before is None and kind is EventKind.CREATED:
            return []  # it was there before we looked
        if not parts and kind is not EventKind.CREATED:
            return []
        event = found_event(contract, kind, key, self.started)
        return [Found(event, key, parts, since or self.before)]

    def _seen(self, contract: Contract, known: Known | None) -> Known:
        before = known or Known()
        fresh = {**before.content, **content(contract)}
        if before.status is not contract.status and lags(
            before, contract, self.started
        ):
            return evolve(before, content=fresh, seen_at=self.started)
        return Known(contract.status, None, fresh, self.started)


@frozen
class Interval:
    """
    How long to wait between polls: shorter while things happen, longer while not.

    ``shortest`` and ``longest`` are seconds.  Never so short that polling takes more
    than a tenth of the vendor's rate.
    """

    shortest: float
    longest: float
    rate: Rate | None = None
    seconds: float = field()

    @seconds.default
    def _first(self) -> float:
        return self.shortest

    def after(self, *, news: int, calls: int) -> Interval:
        """Return the interval after a poll that found *news* with so many calls."""
        wanted = self.seconds / 2 if news else self.seconds * 1.5
        floor = max(self.shortest, self._cost(calls))
        return evolve(self, seconds=max(floor, min(wanted, self.longest)))

    def _cost(self, calls: int) -> float:
        return 0.0 if self.rate is None else calls * self.rate.spacing / SHARE


ALONE = (15.0, 300.0)
"""Seconds between polls where nothing else tells of a change."""
BESIDE = (300.0, 3600.0)
"""Seconds between polls that only look for what deliveries have missed."""


def poll(adapter: Adapter, inbox: Inbox, detail: Detail, now: datetime) -> Poll:
    """Begin a poll; an adapter that cannot list refuses it."""
    if "contracts.list" not in adapter.capabilities():
        adapter.refuse("events.poll")
    completes = detail != "summary" and adapter.calls_per_contract > 0
    return Poll(adapter, inbox, completes, now, inbox.polled_at())
