"""Listings: LIST."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import evolve

from ..._errors import ClmError, Unsupported
from ..._models import Contract
from ..._vocabulary import FULL, Facet, Status
from ._outcomes import demand, must, prove
from ._subject import Subject

_VERBS = ("comment", "hold", "sign", "decline")
"""What people do in a sandbox that changes a contract, and leaves it there."""


class Listings:
    """Checks of ``contracts.list``."""

    @must("MUST-LIST-1")
    def test_each_contract_once(self, subject: Subject) -> str:
        ids = [one.id for one in subject.contracts]
        demand(len(ids) == len({*ids}), "an id comes twice")
        prove(ids, "the workspace holds no contract")
        if subject.sandbox is not None and _has_portfolio(subject):
            names, deals = {one.name for one in subject.contracts}, {*subject.deals}
            lost, odd = sorted(deals - names), sorted(names - deals)
            demand(not lost, f"{len(lost)} are lost, such as {lost[:1]}")
            demand(not odd, f"{len(odd)} are nobody's, such as {odd[:1]}")
        return f"{len(ids)} contracts"

    @must("MUST-LIST-2")
    def test_same_order_again(self, subject: Subject) -> str:
        again = [one.id for one in subject.clm.contracts.list(detail="summary")]
        demand(again == ids(subject.summaries), "ids or their order changed")
        return f"{len(again)} ids"

    @must("MUST-LIST-3")
    def test_resumed(self, subject: Subject) -> str:
        pages = [*subject.clm.contracts.list(detail="summary").pages()]
        prove(len(pages) > 1, "the workspace fills one page alone")
        place = len(pages) // 2
        cursor = pages[place - 1].next
        demand(cursor is not None, f"page {place} of {len(pages)} has no next")
        rest = subject.clm.contracts.list(detail="summary", cursor=cursor)
        expected = [one.id for page in pages[place:] for one in page.items]
        demand(ids(rest) == expected, f"after page {place} it is not the rest")
        return f"{len(pages)} pages, resumed after {place}"

    @must("MUST-LIST-4")
    def test_pages_of_another_size(self, subject: Subject) -> str:
        whole = {*ids(subject.summaries)}
        size = max(1, min(7, len(whole) // 3))
        prove(len(whole) > 2, "the workspace holds too few contracts")
        with subject.open() as (clm, traffic):
            clm.settings.adapter.page_size = size
            found = ids(clm.contracts.list(detail="summary"))
            demand(len(found) == len({*found}), f"an id comes twice at {size} a page")
            demand({*found} == whole, f"at {size} a page there are {len(found)}")
            demand(
                len(traffic.asked) > 2, f"at {size} a page there is no other request"
            )
        return f"{len(whole)} contracts at {size} a page"

    @must("MUST-LIST-5")
    def test_while_records_change(self, subject: Subject) -> str:
        prove(subject.sandbox is not None, "records are changed in a sandbox alone")
        with subject.open() as (clm, _):
            adapter, sandbox = clm.settings.adapter, clm.settings.sandbox
            before = {one.id for one in clm.contracts.list(detail="summary")}
            adapter.page_size, adapter.pages_in_flight = 20, 1
            found, changed = [], 0
            for page in clm.contracts.list(detail="summary").pages():
                found += ids(page.items)
                changed += _change(sandbox, [*found[:3], *found[-3:]])
        prove(changed, "nothing in the sandbox changes a record")
        demand(len(found) == len({*found}), "an id came twice")
        demand({*found} == before, f"{len(before - {*found})} were lost")
        return f"{len(found)} contracts, {changed} changes on the way"

    @must("MUST-LIST-6")
    def test_filters(self, subject: Subject) -> str:
        return _filtered(subject, "full")

    @must("MUST-LIST-7")
    def test_filters_on_summaries(self, subject: Subject) -> str:
        return _filtered(subject, "summary")

    @must("MUST-LIST-8")
    def test_a_status_that_none_has(self, subject: Subject) -> str:
        known = {one.status for one in subject.contracts}
        absent = [one for one in Status if one not in known]
        prove(absent, "there is a contract in every status")
        for status in absent:
            found = ids(subject.clm.contracts.list(status=status, detail="summary"))
            demand(not found, f"{status.value} finds {len(found)}")
        return ", ".join(status.value for status in absent)

    @must("MUST-LIST-9")
    def test_no_cursor(self, subject: Subject) -> str:
        odd = "clm-bridge: no cursor"
        try:
            found = [*subject.clm.contracts.list(detail="summary", cursor=odd)]
        except ClmError as error:
            return type(error).__name__
        raise AssertionError(f"it found {len(found)} contracts")

    @must("MUST-LIST-10")
    def test_full_detail(self, subject: Subject) -> str:
        prove(subject.contracts, "the workspace holds no contract")
        lacks = {facet for one in subject.contracts for facet in FULL - one.loaded}
        demand(not lacks, f"{sorted(one.value for one in lacks)} are not loaded")
        return f"{len(FULL)} facets"

    @must("MUST-LIST-11")
    def test_summaries_are_true(self, subject: Subject) -> str:
        prove(subject.summaries, "the workspace holds no contract")
        whole = {one.id: one for one in subject.contracts}
        by_name = {one.name: one for one in subject.contracts}
        for row in subject.summaries:
            full = whole.get(row.id) or by_name.get(row.name)
            demand(full is not None, f"{row.id} is not in the full listing")
            assert full is not None
            for name in ("status", *(facet.value for facet in row.loaded)):
                demand(
                    getattr(row, name) == getattr(full, name),
                    f"{name} of {row.id} differs",
                )
        loaded = {facet for one in subject.summaries for facet in one.loaded}
        return f"{len(subject.summaries)} rows, {_listed(loaded)}"


def ids(contracts: Iterable[Contract]) -> list[str]:
    """Return the ids of contracts."""
    return [one.id for one in contracts]


def _listed(facets: Iterable[Facet]) -> str:
    return ", ".join(sorted(facet.value for facet in facets)) or "no facet"


def _has_portfolio(subject: Subject) -> bool:
    return hasattr(subject.sandbox, "origin")


def _change(sandbox: Any, near: Sequence[str]) -> int:
    """Let somebody act on contracts that were listed; say how often it worked."""
    changed = 0
    for verb in _VERBS:
        act = getattr(sandbox, verb, _refuse)
        for own in near:
            try:
                act(own)
            except (KeyError, ValueError):
                continue
            changed += 1
    return changed


def _refuse(own: str) -> None:
    raise KeyError(own)


def _filtered(subject: Subject, detail: str) -> str:
    """Compare each filter with filtering what was listed whole."""
    said = []
    for filters in _filters(subject):
        wanted = {one.id for one in subject.contracts if _passes(one, filters)}
        named = "+".join(filters)
        before = len(subject.traffic.asked)
        try:
            found = {*ids(subject.clm.contracts.list(**filters, detail=detail))}
        except Unsupported:
            sent = len(subject.traffic.asked) - before
            demand(not sent, f"{named} is refused after {sent} requests")
            said.append(f"{named} refused")
            continue
        if detail == "summary":
            wanted = {_row_id(subject, own) for own in wanted}
        demand(found == wanted, f"{named} finds {len(found)}, and not {len(wanted)}")
        said.append(f"{named} {len(found)}")
    prove(said, "no filter parts the contracts of this workspace")
    return ", ".join(said)


def _row_id(subject: Subject, id: str) -> str:
    """Return the id that a row has, where only further calls tell the whole one."""
    if id in {one.id for one in subject.summaries}:
        return id
    [contract] = [one for one in subject.contracts if one.id == id]
    return next(one.id for one in subject.summaries if one.name == contract.name)


def _filters(subject: Subject) -> Iterable[Mapping[str, Any]]:
    """Yield filters that part what is there: some pass, and some do not."""
    told = sorted(subject.contracts, key=lambda one: one.id)
    prove(told, "the workspace holds no contract")
    middle = told[len(told) // 2]
    statuses = sorted({one.status for one in told}, key=lambda one: one.value)
    for status in statuses:
        yield {"status": status}
    if len(statuses) > 2:
        yield {"status": statuses[:2]}
    for name in ("created", "updated"):
        instants = [at for one in told if (at := getattr(one.key_dates, f"{name}_at"))]
        if len(instants) == len(told) and len({*instants}) > 1:
            yield {f"{name}_since": sorted(instants)[len(instants) // 2]}
    if all(one.parties for one in told) and middle.counterparty is not None:
        yield {"counterparty": middle.counterparty.name}
        yield {"counterparty": middle.counterparty.name, "status": middle.status}
    words = [word for word in middle.name.split() if word.isalpha()]
    if words:
        yield {"name_contains": max(words, key=len).upper()}


def _passes(contract: Contract, filters: Mapping[str, Any]) -> bool:
    from ..._queries import build

    query = build(**filters)
    return query.matches(contract, query.asked(), frozenset())


def unfetched(contract: Contract) -> Contract:
    """Return a contract without what differs from one reading to the next."""
    return evolve(contract, source=evolve(contract.source, fetched_at=None))
