"""Handing events on, again if it must be."""

from __future__ import annotations

import time

import pytest

from clm_bridge.receiving import Backoff, Worker

EAGER = Backoff(attempts=3, first=0.001)


class Handler:
    """Fails a number of times, then keeps what it is given."""

    def __init__(self, failures=0):
        self.failures = failures
        self.handled = []

    def __call__(self, event):
        if self.failures:
            self.failures -= 1
            raise ValueError("a secret of the payload")
        self.handled.append(event.id)


def worked(worker, queue):
    """Work until nothing waits."""
    while queue.next_due() is not None:
        worker.work()
        time.sleep(0.001)


def test_every_event_is_handled_in_its_turn(queue, put):
    """And then there is nothing to do."""
    for own in ("e1", "e2", "e3"):
        put(own)
    handler = Handler()
    worker = Worker({"acme": queue}, handler)

    assert worker.work() == 3
    assert worker.work() == 0
    assert handler.handled == ["e1", "e2", "e3"]


def test_a_failure_is_tried_again(queue, put, caplog):
    """The log says when, and not what the error held."""
    put("e1")
    handler = Handler(failures=2)

    worked(Worker({"acme": queue}, handler, backoff=EAGER), queue)

    assert handler.handled == ["e1"]
    assert "failed for e1 (ValueError); it is tried again in" in caplog.text
    assert "payload" not in caplog.text


def test_an_event_is_given_up_after_its_tries(queue, put, caplog):
    """It is buried with its error, and the log says how to try it again."""
    put("e1")
    put("e2", contract="8")
    handler = Handler(failures=3)
    worker = Worker(
        {"acme": queue}, lambda e: e.id == "e2" or handler(e), backoff=EAGER
    )

    worked(worker, queue)

    assert queue.counts() == {"dead": 1, "done": 1}
    assert "clm-bridge events replay -c acme" in caplog.text
    assert queue.buried()[0].error == "ValueError: a secret of the payload"


def test_threads_share_the_work_and_stop_when_told(queue, put):
    """Each event is handled once, whoever does it."""
    for number in range(40):
        put(f"e{number}", contract=str(number % 7))
    handler = Handler()

    with Worker({"acme": queue}, handler, threads=3):
        while queue.next_due() is not None:
            time.sleep(0.005)

    assert sorted(handler.handled) == sorted(f"e{number}" for number in range(40))


def test_the_waits_grow_and_vary():
    """Twice as long each time, at least half of it, up to an hour."""
    backoff = Backoff(attempts=20, first=2.0)

    assert backoff.delay(1, 1.0) == 2.0
    assert backoff.delay(1, 0.0) == 1.0
    assert backoff.delay(4, 1.0) == 16.0
    assert backoff.delay(19, 1.0) == 3600.0
    assert backoff.delay(20, 1.0) is None


def test_a_file_that_cannot_be_read_stops_no_worker(queue, put, inbox, caplog):
    """It is logged, and tried again."""
    inbox.file.close()

    with Worker({"acme": queue}, Handler()):
        while "cannot be taken" not in caplog.text:
            time.sleep(0.005)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_worker_can_be_stopped_before_it_began(queue, threads):
    """Nothing waits for a thread that was never started."""
    Worker({"acme": queue}, Handler(), threads=threads).stop()

    assert queue.counts() == {}
