"""The events that wait to be handled."""

from __future__ import annotations

from datetime import timedelta

from .conftest import NOW


def test_an_event_is_taken_once(queue, put):
    """Then it is done, and nothing waits."""
    put("e1")
    taken = queue.take(100.0)

    assert (taken.event.id, taken.attempts) == ("e1", 1)
    assert queue.take(100.0) is None
    queue.done(taken)
    assert queue.counts() == {"done": 1}


def test_of_one_contract_one_at_a_time(queue, put):
    """Another contract's event is taken meanwhile; the next one after it is done."""
    put("e1", "7")
    put("e2", "7")
    put("e3", "8")

    first, other = queue.take(100.0), queue.take(100.0)
    assert [first.event.id, other.event.id] == ["e1", "e3"]
    assert queue.take(100.0) is None
    queue.done(first)
    assert queue.take(100.0).event.id == "e2"


def test_an_event_of_no_contract_waits_for_nobody(queue, inbox, put):
    """Two of them are taken at once."""
    put("e1", None)
    put("e2", None)

    assert {queue.take(1.0).event.id, queue.take(1.0).event.id} == {"e1", "e2"}


def test_what_a_killed_worker_had_is_taken_again(queue, put):
    """After its lease, and not before."""
    put("e1")
    queue.take(100.0, lease=30)

    assert queue.take(129.0) is None
    assert queue.take(130.0).attempts == 2


def test_a_failure_waits_for_its_time(queue, put):
    """And the next event of that contract does not wait with it."""
    put("e1")
    put("e2")
    queue.failed(queue.take(100.0), "ValueError", due_at=160.0)

    assert queue.take(159.0).event.id == "e2"
    assert queue.next_due() == 160.0


def test_what_is_buried_can_be_replayed(queue, put):
    """All of it, or by id; it counts its tries anew."""
    for own in ("e1", "e2", "e3"):
        put(own)
        queue.failed(queue.take(100.0), f"ValueError: {own}", due_at=None)

    assert [(one.event.id, one.attempts) for one in queue.buried()] == [
        ("e1", 1),
        ("e2", 1),
        ("e3", 1),
    ]
    assert queue.buried()[0].error == "ValueError: e1"
    assert queue.replay(["e2", "none"]) == 1
    assert queue.replay() == 2
    assert queue.take(100.0).attempts == 1


def test_what_was_handled_can_be_handled_again(queue, put):
    """By its id, for a handler that was wrong."""
    put("e1")
    queue.done(queue.take(100.0))

    assert queue.replay(["e1"]) == 1
    assert queue.take(100.0).event.id == "e1"


def test_pruning_keeps_the_ids(queue, inbox, put):
    """What was handled is forgotten, and is no news when it comes again."""
    put("e1")
    put("e2")
    queue.done(queue.take(100.0))
    later = NOW + timedelta(days=36500)

    assert queue.prune(later) == 1
    assert not put("e1")
    assert [event.id for _, event in inbox.after(0)] == ["e2"]
    assert queue.replay(["e1"]) == 0


def test_pruning_spares_what_is_new(queue, put):
    """Only what was received before."""
    put("e1")
    queue.done(queue.take(100.0))

    assert queue.prune(NOW - timedelta(days=3650)) == 0
