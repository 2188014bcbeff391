"""A place in the window for each request, in the order of their coming."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from clm_bridge import AsyncBridge, Bridge, TimedOut
from clm_bridge._limits import Deadline, Rate
from clm_bridge._pace import Pace
from clm_bridge._rates import CommonWindow
from clm_bridge.adapter import Request, get

from .paper import DOCUMENT, Paper, Script, answer, furnished

FAR = Deadline(time.monotonic() + 9999)


class Waiting:
    """A caller that notes how long it is told to sleep, and sleeps as told."""

    def __init__(self):
        self.slept = []

    async def sleep(self, seconds):
        self.slept.append(seconds)
        await asyncio.sleep(0)


async def here(work):
    return work()


async def take(pace, waiting, deadline=FAR):
    place = await pace.take(deadline, waiting.sleep, here)
    await pace.ended(place, here)
    return place


def places(pace, count, deadline=FAR):
    """What *count* callers get who come at the same time."""

    async def all_at_once():
        waiting = [Waiting() for _ in range(count)]
        found = await asyncio.gather(
            *(take(pace, one, deadline) for one in waiting), return_exceptions=True
        )
        return found, [one.slept for one in waiting]

    return asyncio.run(all_at_once())


def test_callers_leave_in_the_order_of_their_coming():
    """And none sleeps more often than once if all is as it was told."""
    found, slept = places(Pace(Rate(2, 10.0, margin=0)), 6)
    left = [place.at for place in found]

    assert left == sorted(left)
    assert [len(one) for one in slept] == [0, 0, 1, 1, 1, 1]
    assert [round(one[0]) for one in slept[2:]] == [10, 10, 20, 20]


def test_a_caller_whose_place_comes_too_late_fails_at_once():
    """It sleeps not at all, and takes nobody's place."""
    pace = Pace(Rate(1, 10.0, margin=0))
    found, slept = places(pace, 5, Deadline(time.monotonic() + 25))

    assert [isinstance(one, TimedOut) for one in found] == [False] * 3 + [True] * 2
    assert slept[3:] == [[], []]
    assert not found[4].sent


def test_whoever_gives_up_while_waiting_holds_no_place():
    """The next in line takes it."""
    pace = Pace(Rate(1, 10.0, margin=0))

    async def cancelled():
        await take(pace, Waiting())
        hung = asyncio.Event()
        tasks = [
            asyncio.create_task(pace.take(FAR, lambda _: hung.wait(), here))
            for _ in range(5)
        ]
        await asyncio.sleep(0)
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        last = Waiting()
        await take(pace, last)
        return last.slept

    [slept] = asyncio.run(cancelled())
    assert slept <= 10


def test_whoever_wakes_late_shortens_no_window():
    """The next span counts from when a call left, not from when it might have."""
    pace = Pace(Rate(1, 0.05, margin=0))

    async def late(seconds):
        await asyncio.sleep(seconds + 0.05)

    async def three():
        found = []
        for _ in range(3):
            found.append(await pace.take(FAR, late, here))
            await pace.ended(found[-1], here)
        return [place.at for place in found]

    first, second, third = asyncio.run(three())
    assert second - first >= 0.05
    assert third - second >= 0.05


def test_a_place_moves_to_when_its_call_left():
    """Connecting took time; here and in the store the later instant counts."""
    store = Kept()
    common = CommonWindow(store, "k", Rate(1, 10.0, margin=0))
    pace = Pace(Rate(1, 10.0, margin=0), common)

    async def connected_slowly():
        place = await pace.take(FAR, Waiting().sleep, here)
        at, wall = place.at, place.wall
        assert json.loads(store.text) == {"left": [], "going": [wall]}
        await asyncio.sleep(0.05)
        await pace.left(place, here)
        await pace.ended(place, here)
        return at, place

    at, place = asyncio.run(connected_slowly())
    assert place.at >= at + 0.04
    assert (pace.window.left, pace.window.going) == ((place.at,), ())
    kept = json.loads(store.text)
    assert (kept["left"], kept["going"]) == (
        [pytest.approx(place.wall + 0.05, abs=9)],
        [],
    )
    assert kept["left"][0] >= place.wall + 0.04


def test_a_call_that_ends_in_between_holds_no_place():
    """Cancelled, or refused by its own deadline: the window goes on."""
    pace = Pace(Rate(1, 10.0, margin=0))

    async def given_up():
        place = await pace.take(FAR, Waiting().sleep, here)
        pace.give_up(place)
        pace.give_up(place)

    asyncio.run(given_up())
    assert pace.window.going == ()
    assert len(pace.window.left) == 1


def test_whoever_is_cancelled_while_the_store_is_asked_holds_nothing():
    """A thread may still ask for a task that is gone."""
    pace = Pace(Rate(2, 10.0, margin=0), CommonWindow(Kept(), "k", Rate(2, 10.0)))

    async def cancelled():
        async def slow(work):
            await asyncio.sleep(9)

        task = asyncio.create_task(pace.take(FAR, Waiting().sleep, slow))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(cancelled())
    assert (pace.window.going, pace._waiting) == ((), [])


class Kept:
    """A store of one text."""

    text = None

    def change(self, key, how):
        self.text = how(self.text)


class Seven(BaseHTTPRequestHandler):
    """The contract with the id 7, whatever is asked."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"id": "7"}')

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def serving():
    """Serve on a free port of loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Seven) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def connected(port):
    return Paper(base_url=f"http://127.0.0.1:{port}/api/")


def test_a_call_counts_from_when_it_left_by_thread():
    """httpcore says when: after the connection was made."""
    with serving() as port:
        settings = furnished(connected(port), rate=Rate(3))
        with Bridge(settings) as clm:
            moved = watched(clm)
            clm.contracts.get("7")

    assert moved == [1]


def test_a_call_counts_from_when_it_left_by_task():
    """The same on an event loop."""

    async def one(port):
        settings = furnished(connected(port), rate=Rate(3))
        async with AsyncBridge(settings) as clm:
            moved = watched(clm)
            await clm.contracts.get("7")
            return moved

    with serving() as port:
        assert asyncio.run(one(port)) == [1]


def watched(clm):
    """Note each time that a place is told that its call left."""
    told, pace = [], clm._shared.pace

    async def left(place, aside):
        told.append(len(pace.window.going))

    pace.left = left
    return told


@pytest.mark.parametrize("rate", [None, Rate(1, 30)])
def test_a_rate_of_nothing_waits_for_nothing(connect, rate):
    """rate_limit = 0 leaves the pace to the user."""
    bridge = connect(Script(*(answer({"id": "7"}) for _ in range(5))), rate=rate)
    for _ in range(2):
        bridge.do(lambda clm: clm.contracts.get("7"))

    assert len(bridge.slept) == (0 if rate is None else 1)


def test_a_link_that_was_handed_out_takes_no_place(connect, tmp_path):
    """It leads to somebody else's house, who does not count for the vendor."""
    script = Script(
        answer({"url": "https://files.example/a"}),
        httpx.Response(200, content=b"%PDF-1.7 x"),
    )
    unsigned = Paper()

    async def link(document):
        told = (await get("documents/{id}", id=document.id)).json()
        return Request("GET", "file", url=told["url"], signed=False)

    unsigned.download_document = link
    bridge = connect(script, unsigned, rate=Rate(1, 50.0))
    bridge.do(lambda clm: clm.documents.download(DOCUMENT, tmp_path))

    assert bridge.slept == []
