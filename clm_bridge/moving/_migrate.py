"""Moving contracts from one vendor to another, one by one, under a journal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from attrs import define, evolve

from .._bridge import Bridge
from .._creating import LATE
from .._errors import DownloadError, InvalidInput, NotFound
from .._models import Contract
from .._problems import Problem
from .._vocabulary import Status
from . import _papers as papers
from ._house import House, address
from ._journal import Journal
from ._losing import Remark
from ._mapping import Names
from ._putting import OF_THIS_ONE, Order, Result, put, reasons, refused, result
from ._rendering import Origin, Renderer, Rendering

NOTE = "It was given up before it was moved here."
"""What a vendor is told who wants to know why a contract is cancelled."""


def migrate(
    source: Bridge,
    target: Bridge,
    journal: str | os.PathLike[str],
    *,
    names: Names | None = None,
    status: Iterable[Status | str] | None = None,
    limit: int | None = None,
    late: timedelta = LATE,
    seen: Callable[[Result], None] = lambda _: None,
) -> Sequence[Result]:
    """
    Move contracts from *source* to *target*, each at most once; return what became.

    *journal* names the file that makes a run resumable: what it says is created is
    not created again, and what was begun is looked for first.  *late* is how long a
    lost request may still take effect.  *seen* is told of each contract at once.
    """
    about = {"from": address(source), "to": address(target)}
    with Journal.open(journal, about) as known:
        migration = Migration.of(source, target, known, names=names, late=late)
        for one in migration.results(status, limit):
            seen(one)
        return migration.report()


def rehearse(
    source: Bridge,
    target: Bridge,
    *,
    names: Names | None = None,
    status: Iterable[Status | str] | None = None,
    limit: int | None = None,
    seen: Callable[[Result], None] = lambda _: None,
) -> Sequence[Result]:
    """Say what `migrate` would do with each contract; nothing is written anywhere."""
    house = House(target)
    house.read()
    renderer = renderer_for(source, house, names or Names())
    found: list[Result] = []
    for contract in _listed(source, status):
        if limit is not None and len(found) >= limit:
            break
        stand_in = papers.STAND_IN if papers.find(source, contract) else None
        found.append(_rehearsed(house, renderer, renderer.render(contract, stand_in)))
        seen(found[-1])
    return found


def _rehearsed(house: House, renderer: Renderer, told: Rendering) -> Result:
    key = told.contract.id
    if told.new is None:
        return Result(key, "refused", why=[str(one) for one in told.refused])
    creation = house.creation(told.new, dry=True, by_name=True)
    try:
        count = house.count(creation.run())
    except InvalidInput as error:
        return _rehearsed(house, renderer, renderer.refit(told, error.problems))
    except OF_THIS_ONE as error:
        return Result(key, "refused", why=reasons(error))
    return Result(key, "dry_run", why=[f"{count} requests"], lost=remarks(told))


def renderer_for(source: Bridge, house: House, names: Names) -> Renderer:
    """Return what renders contracts of *source* for a house."""
    target = house.bridge.settings
    return Renderer(
        Origin.of(source.settings.adapter),
        house.adapter,
        house.faults,
        names,
        indexes=not house.adapter.searches_links and target.links is not None,
    )


def remarks(told: Rendering) -> list[str]:
    """Return what a contract loses, and what becomes of the rest, as sentences."""
    return [str(one) for one in (*told.lost, *told.reinterpreted)]


@define
class Migration:
    """One run: what was left open, then all that is listed, then what is open still."""

    source: Bridge
    house: House
    journal: Journal
    renderer: Renderer

    @classmethod
    def of(
        cls,
        source: Bridge,
        target: Bridge,
        journal: Journal,
        *,
        names: Names | None = None,
        late: timedelta = LATE,
    ) -> Migration:
        """Prepare a run; what the new house defines is read."""
        house = House(target, late)
        house.read()
        renderer = renderer_for(source, house, names or Names())
        return cls(source, house, journal, renderer)

    def results(
        self, status: Iterable[Status | str] | None = None, limit: int | None = None
    ) -> Iterator[Result]:
        """Move contracts, and yield what becomes of each."""
        yield from self._reopened()
        count = 0
        for contract in _listed(self.source, status):
            known = self.journal.entry(contract.id)
            if known is not None and (known.is_final or known.is_open):
                continue
            if limit is not None and count >= limit:
                break
            count += 1
            yield self._move(contract)
        yield from self._reopened()

    def _reopened(self) -> Iterator[Result]:
        """Take up what is open; from now on nobody sends anything for it."""
        alive = self.house.now()
        for key in self.journal.open_keys():
            try:
                contract = self.source.contracts.get(key)
            except NotFound as error:
                yield refused(self.journal, key, [error])
            else:
                yield self._move(contract, alive)

    def report(self) -> Sequence[Result]:
        """Return the last word on each contract that the journal knows."""
        return [result(one) for one in self.journal.entries.values()]

    def _move(self, contract: Contract, alive: datetime | None = None) -> Result:
        maybe = papers.stand_in(self.source.settings.adapter, self.house.adapter)
        told = self.renderer.render(contract, maybe)
        if told.new is not None and told.new.document is not None:
            try:
                told = self._with_paper(contract)
            except DownloadError as error:
                return refused(self.journal, contract.id, [error])
        if told.new is None:
            return refused(self.journal, contract.id, told.refused)

        def refit(faults: Sequence[Problem]) -> Order | None:
            nonlocal told
            told = self.renderer.refit(told, faults)
            return None if told.new is None else _order(told)

        return put(self.house, self.journal, _order(told), refit, alive=alive)

    def _with_paper(self, contract: Contract) -> Rendering:
        """Render a contract with its document, if there is one."""
        document = papers.find(self.source, contract)
        if document is None:
            return self.renderer.render(contract)
        paper = papers.fetch(self.source, document)
        told = self.renderer.render(contract, paper)
        if paper is not None:
            return told
        return evolve(told, lost=[*told.lost, Remark("document", "has no file")])


def _listed(
    source: Bridge, status: Iterable[Status | str] | None
) -> Iterator[Contract]:
    yield from source.contracts.list(status=status)


def _order(told: Rendering) -> Order:
    assert told.new is not None  # it is moved
    return Order(
        key=told.contract.id,
        new=told.new,
        then=told.then,
        note=NOTE if told.then is not None else "",
        link=told.link,
        lost=remarks(told),
        by_name=True,
    )
