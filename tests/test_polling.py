"""What a poll finds, and what of it the vendor has told already."""

from __future__ import annotations

from itertools import islice

import pytest
from attrs import evolve

from clm_bridge import AuthenticationFailed, EventKind, InvalidInput, VendorDown
from clm_bridge._limits import Rate
from clm_bridge._polling import Interval

from .paper import Paper
from .shop import Shop, told


def poll(clm):
    return clm.events.poll()


@pytest.fixture
def shop():
    return Shop("1", "2")


@pytest.fixture
def bridge(connect, shop):
    """A bridge that has taken note of what is there."""
    made = connect(shop)
    assert made.do(poll) == []
    return made


def kinds(events):
    return [(event.contract_id, event.kind.value) for event in events]


class Whole(Paper):
    """A vendor whose rows do not carry everything."""

    calls_per_contract = 1


def keep(bridge, event):
    """Let the vendor tell *event*; say whether it is news."""
    return bridge.clm._events.keep(event)


def test_nothing_changed_is_no_event(bridge):
    """However often one looks."""
    assert bridge.do(poll) == []
    assert bridge.do(poll) == []


def test_a_new_contract_is_created(bridge, shop):
    """What was not there at the first poll came after it; and once."""
    shop.change("3")

    assert kinds(bridge.do(poll)) == [("3", "created")]
    assert bridge.do(poll) == []


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ({"name": "Renamed"}, "updated"),
        ({"links": ["PR-1"]}, "updated"),
        ({"status": "done"}, "executed"),
        ({"status": "done", "name": "Renamed"}, "executed"),
        ({"status": "odd"}, "status_changed"),
    ],
)
def test_a_change_is_one_event_of_its_kind(bridge, shop, what, kind):
    """A status comes first; a status that has a kind of its own has it."""
    shop.change("1", **what)

    [event] = bridge.do(poll)
    assert (event.contract_id, event.kind.value) == ("1", kind)
    assert event.source.name == "poll"
    assert event.contract.id == "1"
    assert bridge.do(poll) == []


def test_an_update_that_changes_nothing_is_no_event(bridge, shop):
    """updated_at alone moves for reasons that nobody can see."""
    shop.change("1", updated_at="2026-11-02T10:00:00Z")

    assert bridge.do(poll) == []


def test_what_is_gone_from_a_list_is_not_deleted(bridge, shop):
    """It may be hidden from these credentials: only the vendor says deleted."""
    del shop.rows["1"]

    assert bridge.do(poll) == []


def test_a_change_and_back_between_polls_is_two_events(bridge, shop):
    """Each change has an id of its own, also to what was before."""
    found = []
    for status in ("done", "open", "done"):
        shop.later()
        shop.change("1", status=status)
        found += bridge.do(poll)

    assert [event.kind.value for event in found] == [
        "executed",
        "status_changed",
        "executed",
    ]
    assert len({event.id for event in found}) == 3


def test_what_the_vendor_told_first_is_not_found_again(bridge, shop):
    """A delivery, then the poll: one event."""
    at = shop.later()
    shop.change("1", status="done", name="Renamed", updated_at=at.isoformat())
    assert keep(bridge, told("e1", "1", "executed", at, "executed"))
    assert keep(bridge, told("e2", "1", "fields_updated", at))

    shop.later(1)
    assert bridge.do(poll) == []
    shop.later(60)
    assert bridge.do(poll) == []


def test_a_change_after_the_one_that_was_told_is_found(bridge, shop):
    """Also of the same attribute: whoever read it between does not know."""
    at = shop.later()
    keep(bridge, told("e1", "1", "fields_updated", at))
    shop.change("1", name="Again", updated_at=shop.later(1).isoformat())

    assert kinds(bridge.do(poll)) == [("1", "updated")]


def test_without_proof_a_change_is_told_twice_rather_than_not(bridge, shop):
    """A vendor whose rows have no time of their last update."""
    keep(bridge, told("e1", "1", "fields_updated", shop.later()))
    shop.change("1", name="Renamed")

    assert kinds(bridge.do(poll)) == [("1", "updated")]


def test_a_snapshot_is_proof_too(bridge, shop):
    """What the delivery itself showed is not found again; what came after it is."""
    shop.change("1", name="Renamed", links=["PR-1"])
    event = told("e1", "1", "fields_updated", shop.later())
    snapshot = bridge.clm.settings.adapter.row(shop.rows["1"])
    keep(bridge, evolve(event, contract=snapshot))
    assert bridge.do(poll) == []

    shop.change("1", name="And again")
    assert kinds(bridge.do(poll)) == [("1", "updated")]


def test_what_is_told_of_after_the_poll_is_news(bridge, shop):
    """The contract may have been read before that change."""
    shop.change("1", name="Renamed")
    bridge.do(poll)

    assert keep(bridge, told("e1", "1", "fields_updated", shop.later(1)))


def test_what_a_poll_found_first_is_no_news_when_told(bridge, shop):
    """The poll, then the delivery: one event."""
    at = shop.later()
    shop.change("1", status="done")
    shop.later(2)
    assert kinds(bridge.do(poll)) == [("1", "executed")]

    assert not keep(bridge, told("e1", "1", "executed", at, "executed"))
    assert not keep(bridge, told("e1", "1", "executed", at, "executed"))
    assert len(bridge.clm._events.inbox.after(0)) == 1


def test_a_creation_is_one_event_whichever_comes_first(bridge, shop):
    """Also a contract that was not known."""
    at = shop.later()
    shop.change("3")
    keep(bridge, told("e3", "3", "created", at, "draft"))
    assert bridge.do(poll) == []

    at = shop.later()
    shop.change("4")
    assert kinds(bridge.do(poll)) == [("4", "created")]
    assert not keep(bridge, told("e4", "4", "created", at, "draft"))


def test_another_change_of_the_same_contract_is_news(bridge, shop):
    """Who signed is told by the vendor alone."""
    shop.change("1", status="done")
    bridge.do(poll)

    assert keep(bridge, told("e1", "1", "signed_by", shop.now, "draft"))
    assert keep(bridge, told("e2", "1", "deleted", shop.later()))


def test_a_lost_delivery_is_healed_by_the_next_poll(bridge, shop):
    """The vendor told of one step; the one after it was lost on the way."""
    keep(bridge, told("e1", "1", "status_changed", shop.later(), "negotiation"))
    shop.later()
    shop.change("1", status="done")

    assert kinds(bridge.do(poll)) == [("1", "executed")]


def test_a_list_that_lags_behind_changes_nothing_back(bridge, shop):
    """The delivery is newer than the list for some minutes, and not for ever."""
    keep(bridge, told("e1", "1", "executed", shop.later(), "executed"))

    shop.later(1)
    assert bridge.do(poll) == []
    shop.later(30)
    assert kinds(bridge.do(poll)) == [("1", "status_changed")]


def test_a_delivery_that_comes_late_is_old_news_of_status(bridge, shop):
    """What the poll saw after it stays, and the delivery is told all the same."""
    at = shop.later()
    shop.later()
    shop.change("1", status="done")
    bridge.do(poll)

    assert keep(bridge, told("e1", "1", "status_changed", at, "negotiation"))
    assert bridge.do(poll) == []


def test_the_first_poll_heals_what_was_lost_before(connect, shop):
    """A status that the vendor told, and that is another now."""
    bridge = connect(shop)
    keep(bridge, told("e1", "1", "sent", shop.now, "negotiation"))
    shop.later()
    shop.change("1", status="done")

    assert kinds(bridge.do(poll)) == [("1", "executed")]


def test_full_detail_sees_what_a_row_does_not_carry(connect, shop):
    """Fields and dates are compared where they are read."""
    bridge = connect(shop, Whole())

    def full(clm):
        return clm.events.poll(detail="full")

    assert bridge.do(full) == []
    shop.whole["1"] = {"with": ["Globex"]}
    assert bridge.do(poll) == []
    assert kinds(bridge.do(full)) == [("1", "updated")]


def test_a_poll_that_fails_is_repeated_from_where_it_began(bridge, shop):
    """Nothing is marked as seen that was not."""
    shop.change("1", status="done")
    shop.fails = 401
    with pytest.raises(AuthenticationFailed):
        bridge.do(poll)

    shop.fails = None
    assert kinds(bridge.do(poll)) == [("1", "executed")]


def test_the_interval_follows_what_happens():
    """Half after news, half as much again after none, within its bounds."""
    interval = Interval(10, 60)

    slower = interval.after(news=0, calls=1).after(news=0, calls=1)
    assert slower.seconds == pytest.approx(22.5)
    assert slower.after(news=3, calls=1).seconds == pytest.approx(11.25)
    assert Interval(10, 60, seconds=55).after(news=0, calls=1).seconds == 60
    assert interval.after(news=1, calls=1).seconds == 10


def test_polling_takes_a_tenth_of_the_rate_at_most():
    """A walk of many calls is followed by a pause that pays for it."""
    rate = Rate(10)
    interval = Interval(10, 60, rate).after(news=1, calls=200)

    assert interval.seconds >= 200 * 0.1 * 10


@pytest.mark.parametrize("interval", [(0, 5), (5, 1), (-1, 2)])
def test_an_interval_that_makes_no_sense_is_refused(bridge, interval):
    """Before anything is asked."""
    with pytest.raises(InvalidInput, match="interval"):
        bridge.clm.events.stream(interval=interval)


def test_a_cursor_that_is_none_is_refused(bridge):
    """It says where cursors come from."""
    with pytest.raises(InvalidInput, match=r"stream\.cursor"):
        bridge.clm.events.stream("yesterday")


def taken(bridge, stream, count):
    """The next *count* events of a stream."""

    async def first():
        return [await anext(events) for _ in range(count)]

    if hasattr(stream, "__aiter__"):
        events = aiter(stream)
        return bridge.do(lambda clm: first())
    return [*islice(stream, count)]


def test_a_stream_is_resumed_where_it_ended(bridge, shop):
    """Told and found events are in it, each once, in the order in which they came."""
    keep(bridge, told("e1", "1", "signed_by", shop.now))
    shop.change("2", status="done")
    stream = bridge.clm.events.stream(interval=(0.001, 0.01))

    first = taken(bridge, stream, 1)
    again = bridge.clm.events.stream(stream.cursor, interval=(0.001, 1))
    rest = taken(bridge, again, 1)

    assert [event.kind for event in first] == [EventKind.SIGNED_BY]
    assert [event.kind for event in rest] == [EventKind.EXECUTED]


def test_a_stream_outlives_what_passes(bridge, shop, caplog):
    """A vendor that is down is asked again; the log says so."""
    shop.change("1", status="done")
    shop.fails = 503
    watch = bridge.clm._events.watch(None, (1, 8), None, 0.0)
    watch.failed(VendorDown("down", status=503), 100.0)

    assert "is tried again" in caplog.text
    assert watch.wait(100.0) == 1.0
    assert watch.due == 102.0


def test_a_stream_ends_with_what_does_not_pass(bridge):
    """Credentials do not mend themselves."""
    watch = bridge.clm._events.watch(None, (1, 8), None, 0.0)

    with pytest.raises(AuthenticationFailed):
        watch.failed(AuthenticationFailed("no", status=401), 100.0)
