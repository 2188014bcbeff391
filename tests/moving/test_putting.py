"""One contract through the journal: what is noted when, and what is tried again."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from attrs import evolve

from clm_bridge import (
    ConnectionFailed,
    ExternalLink,
    InvalidInput,
    NewContract,
    NewCounterparty,
    Problem,
    Status,
    Transition,
)
from clm_bridge.moving import Journal
from clm_bridge.moving._house import House
from clm_bridge.moving._putting import Order, put, refused

from ..clerk import Clerk, Deaf, World
from ..paper import Threads, furnished

LATE = timedelta(seconds=30)
ORDER = Order(
    key="7",
    new=NewContract(
        name="Hosting",
        counterparty=NewCounterparty("Globex"),
        external_link=ExternalLink("erp", "Request", "PR-7"),
    ),
    lost=["term: gone"],
    by_name=True,
)


class Place:
    """A house over a world of its own, where nobody really waits."""

    def __init__(self, path, *fates, adapter=None):
        left = iter(fates)
        self.world = World(lambda: next(left, "ok"))
        self.threads = Threads(
            furnished(adapter or Clerk()), transport=httpx.MockTransport(self.world)
        )
        self.house = House(self.threads.clm, LATE)
        self.house.read()
        self.journal = Journal.open(path, {})

    def put(self, order=ORDER, *more, **given):
        return put(self.house, self.journal, order, *more, **given)

    def facts(self):
        lines = self.journal.path.read_text(encoding="utf-8").splitlines()[1:]
        return [line.split('"')[3] for line in lines]


@pytest.fixture
def place(tmp_path):
    opened = []

    def make(*fates, adapter=None):
        path = tmp_path / f"journal-{len(opened)}"
        opened.append(Place(path, *fates, adapter=adapter))
        return opened[-1]

    yield make
    for one in opened:
        one.threads.close()
        one.journal.close()


def test_a_fact_is_noted_before_and_after(place):
    """What is created stays so: a second time asks nobody."""
    at = place()

    found = at.put()
    asked = len(at.world.asked)

    assert (found.outcome, found.target, found.lost) == (
        "created",
        "1",
        ("term: gone",),
    )
    assert at.facts() == ["began", "created"]
    assert at.put() == found
    assert len(at.world.asked) == asked


def test_a_lost_answer_is_found_out(place):
    """It took effect, and is not repeated."""
    at = place("lost")

    assert at.put().outcome == "created"
    assert at.world.writes == ["POST contracts"]


def test_what_nobody_can_say_stays_open_and_is_looked_for(place):
    """The request was late, and never took effect."""
    at = place("late")

    first, open_keys = at.put(), at.journal.open_keys()
    again = at.put(alive=at.house.now())

    assert (first.outcome, open_keys) == ("open", ["7"])
    assert again.outcome == "created"
    assert len(at.world.contracts) == 1
    assert max(at.threads.slept) > 25  # it may still have been under way


def test_what_never_left_is_not_open(place):
    """The run ends, and the next one need not wait."""
    at = place("never", "never", "never")

    with pytest.raises(ConnectionFailed):
        at.put()
    assert at.facts() == ["began", "failed"]
    assert at.journal.open_keys() == []
    assert at.put().outcome == "created"


def test_a_contract_of_another_name_is_a_sibling(place):
    """One of the same name and link is the contract itself."""
    at = place()
    at.put(evolve(ORDER, key="6", new=evolve(ORDER.new, name="Support")))

    assert at.put().outcome == "created"
    other = Journal.open(at.journal.path.with_name("other"), {})
    assert put(at.house, other, ORDER).outcome == "existed"
    other.close()


class Picky(Clerk):
    """Finds out that it does not know an owner when it looks."""

    writes = Clerk.writes | {"owner"}

    async def create_contract(self, new, fields):
        if new.owner:
            raise InvalidInput("no", problems=[Problem("owner", "is nobody here")])
        return await super().create_contract(new, fields)


def test_what_turns_out_not_to_fit_may_be_left_out(place):
    """Once, and without waiting; else it is refused with each reason."""
    at = place(adapter=Picky())
    owned = evolve(ORDER, new=evolve(ORDER.new, owner="kim@us.example"))

    refusal = at.put(owned)
    lighter = at.put(owned, lambda faults: ORDER)

    assert (refusal.outcome, refusal.why) == ("refused", ("owner is nobody here",))
    assert lighter.outcome == "created"
    assert sum(at.threads.slept) < 1


CANCELLED = evolve(ORDER, then=Transition.CANCEL, note="It was given up.")


def test_a_step_follows_the_creation(place):
    """Noted between the two, so that a kill does not leave it out."""
    at = place()

    assert at.put(CANCELLED).outcome == "created"
    assert at.facts() == ["began", "made", "created"]
    assert at.threads.clm.contracts.get("1").status is Status.CANCELLED


def test_a_step_that_was_lost_is_taken_the_next_time(place):
    """The contract is known, and is not made again."""
    at = place("ok", "late")

    first, again = at.put(CANCELLED), at.put(CANCELLED)

    assert (first.outcome, first.target) == ("open", "1")
    assert again.outcome == "created"
    assert len(at.world.contracts) == 1
    assert at.threads.clm.contracts.get("1").status is Status.CANCELLED


def test_a_step_that_is_not_taken_leaves_it_incomplete(place):
    """The vendor says yes, and does nothing; that is the last word."""
    at = place("ok", "ignored")

    found = at.put(CANCELLED)

    assert (found.outcome, found.target) == ("incomplete", "1")
    assert at.put(CANCELLED) == found


WITH_FIELD = evolve(ORDER, new=evolve(ORDER.new, fields={"Department": "Legal"}))


def test_what_broke_off_is_finished(place):
    """The contract was created, and its fields were not written."""
    at = place("ok", "late")

    first, again = at.put(WITH_FIELD), at.put(WITH_FIELD)

    assert (first.outcome, first.target) == ("incomplete", "1")
    assert again.outcome == "created"
    assert at.world.contracts["1"]["fields"] == {"f-dep": "Legal"}
    assert len(at.world.contracts) == 1


def test_what_the_vendor_does_not_take_is_the_last_word(place):
    """It was asked, and said yes."""
    at = place("ok", "ignored")

    found = at.put(WITH_FIELD)

    assert found.outcome == "incomplete"
    assert at.put(WITH_FIELD) == found


def test_an_attempt_that_is_open_is_never_refused(place):
    """It may be there: only a look at the vendor can say that it is not."""
    at = place("late")
    at.put()
    wrong = evolve(ORDER, new=evolve(ORDER.new, number="CT-1"))

    assert at.put(wrong).outcome == "open"
    assert refused(at.journal, "7", ["gone at the source"]).outcome == "open"
    assert at.journal.open_keys() == ["7"]


def test_a_link_without_a_place_is_kept_in_the_index(place):
    """So that the contract is found by it."""
    at = place(adapter=Deaf())
    order = evolve(ORDER, link=ExternalLink("crm", "Deal", "D-1"))

    found = at.put(order)

    [carrier] = at.threads.clm.contracts.find_by_external_id("D-1")
    assert carrier.id == found.target
