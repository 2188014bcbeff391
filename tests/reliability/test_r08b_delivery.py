"""
Deliveries come late, twice, in any order, or never; the outcome is that of a good day.

A vendor changes contracts a thousand times.  Each delivery comes one to three times and
shuffled, some before the contract can be read, some not at all; now and then a poll
looks.  Whoever reads the contract for each event ends with what is true.
"""

from __future__ import annotations

import random
import time
from collections import Counter

import httpx
import pytest

from clm_bridge import NotFound, Status
from clm_bridge.receiving import Backoff, Queue, Worker

from ..paper import Paper, Threads, furnished
from ..shop import Shop, told

KINDS = {
    "open": ("status_changed", "draft"),
    "done": ("executed", "executed"),
    "name": ("fields_updated", None),
    "links": ("link_updated", None),
}
SEEDS = 50
DROPPED, EARLY = 0.05, 0.05


class Day:
    """A vendor's day, and what of it is delivered."""

    def __init__(self, seed, changes):
        self.dice = random.Random(seed)
        self.shop = Shop(*(str(number) for number in range(20)))
        self.changes = changes
        self.touched = set()

    def transport(self):
        """Return what answers for the vendor."""
        return httpx.MockTransport(self.shop)

    def truth(self):
        """Return each contract that was changed, as it is at the vendor's."""
        return {
            own: (
                Status.EXECUTED if row["status"] == "done" else Status.DRAFT,
                row.get("name", "Deal"),
                row["links"],
            )
            for own, row in self.shop.rows.items()
            if own in self.touched
        }

    def change(self, number):
        """Change one contract; return the deliveries that tell of it."""
        shop, dice = self.shop, self.dice
        shop.later(dice.random())
        if dice.random() < 0.05:
            own = f"new-{number}"
            shop.change(own)
            kind, status = "created", "draft"
        else:
            own = dice.choice([*shop.rows])
            what = dice.choice([*KINDS])
            if what in ("open", "done"):
                shop.change(own, status=what)
            elif what == "name":
                shop.change(own, name=f"Deal {number}")
            else:
                shop.change(own, links=[f"PR-{number}"])
            kind, status = KINDS[what]
        self.touched.add(own)
        if dice.random() < DROPPED:
            return []
        event = told(f"e{number}", own, kind, shop.now, status)
        return [event] * dice.randint(1, 3)


class Consumer:
    """Reads the contract that an event is about, and counts what it did."""

    def __init__(self, clm, day):
        self._clm = clm
        self._hidden = {
            f"e{n}": day.dice.randint(1, 3)
            for n in range(day.changes)
            if day.dice.random() < EARLY
        }
        self.store = {}
        self.effects = Counter()

    def __call__(self, event):
        if self._hidden.get(event.id, 0) > 0:
            self._hidden[event.id] -= 1
            raise NotFound("not to be seen yet", status=404)
        contract = self._clm.contracts.get(event.contract_id)
        links = [link.id for link in contract.external_links]
        self.store[contract.id] = (contract.status, contract.name, links)
        self.effects[event.id] += 1


def drained(queue, worker):
    """Work until nothing waits, tries to come included."""
    while queue.next_due() is not None:
        worker.work()
        time.sleep(0.001)


def lived(seed, changes, *, polls=True):
    """Live a day; return what was consumed, and what is true in the end."""
    day = Day(seed, changes)
    bridge = Threads(furnished(Paper()), transport=day.transport())
    desk = bridge.clm._events
    consumer = Consumer(bridge.clm, day)
    queue = Queue(desk.inbox.file)
    worker = Worker({"": queue}, consumer, backoff=Backoff(first=0.0005))
    assert bridge.clm.events.poll() == []
    under_way = []
    for number in range(changes):
        under_way += day.change(number)
        day.dice.shuffle(under_way)
        while len(under_way) > 40:
            desk.keep(under_way.pop())
        if number % 100 == 99:
            if polls:
                bridge.clm.events.poll()
            worker.work()
    for event in under_way:
        desk.keep(event)
    day.shop.later(60)
    if polls:
        bridge.clm.events.poll()
    drained(queue, worker)
    bridge.close()
    return consumer, day


@pytest.mark.parametrize("part", range(2))
def test_the_outcome_is_that_of_a_good_day(part, size, tried):
    """Every contract ends as it is at the vendor's; each effect happens once."""
    seeds, changes = size(full=SEEDS, few=2), size(full=1000, few=300)
    for seed in range(part, seeds, 2):
        consumer, day = lived(seed, changes)

        true = day.truth()
        assert {own: consumer.store.get(own) for own in true} == true, seed
        assert set(consumer.effects.values()) == {1}, seed
        tried(changes, "changes")
        tried(1, "seeds")


def test_without_polling_what_was_lost_stays_lost(tried):
    """The negative control: deliveries alone end with contracts that are not true."""
    changes = 1000  # of fewer, what follows may heal each that is lost
    consumer, day = lived(1, changes, polls=False)

    true = day.truth()
    assert {own: consumer.store.get(own) for own in true} != true
    tried(changes, "changes without a poll")
