"""
Walking pages while records are changed, made and deleted between them.

What existed from the first page to the last must not be missed.  Where a vendor's
paging cannot promise that, the test says what can be lost.
"""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from attrs import evolve

import clm_bridge
from clm_bridge import Rejected
from clm_bridge.adapter import Query
from clm_bridge.sandbox import Clock, portfolio, start
from clm_bridge_coupa.sandbox import CoupaSandbox
from clm_bridge_spotdraft.sandbox import SpotDraftSandbox
from clm_bridge_tomorro.sandbox import TomorroSandbox

SEEDS = range(50)
DEALS = portfolio()[:200]
LIMIT = 20


class Coupa(CoupaSandbox):
    """
    Its contracts under other hands.

    Coupa deletes none, but a content group can take one out of our sight.
    """

    def ids(self):
        return list(map(str, self._world.all("contract")))

    def change(self, id):
        record = self._world.all("contract")[int(id)]
        record["name"] += "!"
        self._world.touch(record)

    def make(self, id):
        record = dict(self._world.all("contract")[int(id)])
        del record["id"]
        self._world.put("contract", record | {"created-at": self._world.now()})

    def remove(self, id):
        del self._world.all("contract")[int(id)]


class Tomorro(TomorroSandbox):
    """Its contracts under other hands."""

    def ids(self):
        return list(self._world.state.contracts)

    def change(self, id):
        record = self._world.state.contracts[id]
        record.name, record.updated_at = f"{record.name}!", self._world.now()

    def make(self, id):
        state, now = self._world.state, self._world.now()
        own = state.new_id("contract")
        old = state.contracts[id]
        state.contracts[own] = evolve(old, id=own, created_at=now, updated_at=now)

    def remove(self, id):
        self.delete(id)


class SpotDraft(SpotDraftSandbox):
    """Its contracts under other hands."""

    def ids(self):
        return [one.id for one in self.world.contracts()]

    def change(self, id):
        record = self.world.by_id(id)
        self.world.change(record, name=f"{record.name}!")

    def make(self, id):
        number, now = self.world.next_number(), self.world.now()
        record = self.world.by_id(id)
        new = evolve(record, number=number, created_at=now, updated_at=now)
        self.world.add(new)

    def remove(self, id):
        self.delete(id)


OPEN = {
    Coupa: {},
    Tomorro: {"rate_limit": False},
    SpotDraft: {"rate_limit": False},
}


def opened(kind, clock=None):
    """Start a sandbox of the first 200 contracts, and a bridge over it."""
    sandbox = start(kind, switches=OPEN[kind], clock=clock)
    sandbox._deals = DEALS
    sandbox.reset()
    return sandbox, clm_bridge.connect(vendor=kind.vendor, sandbox=sandbox)


class Hands:
    """Others at work: between two pages they touch a few records each."""

    def __init__(self, sandbox, seed, *, removing=True):
        self.sandbox = sandbox
        self.dice = random.Random(seed)
        self.removing = removing
        self.stayed = set(sandbox.ids())
        self.removed = 0

    def work(self, kept=()):
        """Change, make and, unless they are *kept*, remove."""
        for _ in range(self.dice.randint(1, 12)):
            self.sandbox.change(self.dice.choice(self.sandbox.ids()))
        for _ in range(self.dice.randint(0, 2)):
            self.sandbox.make(self.dice.choice(self.sandbox.ids()))
        for _ in range(self.dice.randint(0, 4) if self.removing else 0):
            chosen = self.dice.choice(self.sandbox.ids())
            if chosen not in kept:
                self.sandbox.remove(chosen)
                self.stayed.discard(chosen)
                self.removed += 1


def walk(clm, work, *, keep=False):
    """List page by page, as the bridge does, with hands at work in between."""
    found, cursor = [], None
    while True:
        asked = clm.settings.adapter.list_contracts(Query(limit=LIMIT), cursor)
        page = clm.contracts._do("contracts.list", asked)
        found += [one.id for one in page.items]
        if page.next is None:
            return found
        cursor = page.next
        work(found[-1:] if keep else ())


def by_offset(clm, work, order):
    """List Coupa's contracts as clients do that count what they have seen."""
    found, full = [], True
    while full:
        params = {"order_by": order, "limit": LIMIT, "offset": len(found)}
        page = clm.vendor.request("GET", "contracts", params=params).json()
        found += [str(one["id"]) for one in page]
        full = len(page) == LIMIT
        work()
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_coupa_misses_nothing(seed):
    """The walk goes by id, which never changes; nothing comes twice either."""
    sandbox, clm = opened(Coupa)
    hands = Hands(sandbox, seed)
    with clm:
        found = walk(clm, hands.work)

    assert hands.removed
    assert hands.stayed <= set(found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("order", ["updated-at", "id"])
def test_an_offset_would_miss_some(order):
    """The control: the same hands hide contracts from a walk by offset."""
    lost = 0
    for seed in range(5):
        sandbox, clm = opened(Coupa)
        hands = Hands(sandbox, seed)
        with clm:
            lost += len(hands.stayed - set(by_offset(clm, hands.work, order)))

    assert lost


def test_a_token_that_ends_between_pages_is_renewed():
    """Nothing is lost or repeated."""
    clock = Clock()
    sandbox, clm = opened(Coupa, clock)
    with clm:
        found = walk(clm, lambda kept: clock.advance(timedelta(days=1)))

    assert len(sandbox._world.tokens) > 1
    assert found == sandbox.ids()


@pytest.mark.parametrize("seed", SEEDS)
def test_tomorro_misses_nothing_while_its_cursor_holds(seed):
    """A cursor marks a contract, and contracts stand in the order they were made."""
    sandbox, clm = opened(Tomorro)
    hands = Hands(sandbox, seed)
    with clm:
        found = walk(clm, hands.work, keep=True)

    assert hands.removed
    assert hands.stayed <= set(found)
    assert len(found) == len(set(found))


def test_a_walk_through_tomorro_whose_mark_is_gone_ends_with_an_error():
    """The contract that a cursor marks may be deleted: never an early end."""
    sandbox, clm = opened(Tomorro)
    with clm, pytest.raises(Rejected, match="the cursor is not known"):
        walk(clm, lambda last: sandbox.remove(*last), keep=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_spotdraft_misses_nothing_while_nobody_deletes(seed):
    """Pages are numbered, in the order in which contracts were made."""
    sandbox, clm = opened(SpotDraft)
    hands = Hands(sandbox, seed, removing=False)
    with clm:
        found = walk(clm, hands.work)

    assert hands.stayed <= set(found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_deletion_in_spotdraft_hides_one_at_most(seed):
    """What follows moves up by one, from a page to come to one that was read."""
    sandbox, clm = opened(SpotDraft)
    hands = Hands(sandbox, seed)
    with clm:
        found = walk(clm, hands.work)

    assert len(hands.stayed - set(found)) <= hands.removed
