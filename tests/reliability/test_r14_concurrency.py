"""R14: many at once, and cancelled at any point: nothing is lost or left behind."""

from __future__ import annotations

import asyncio
import json
import random
import threading
from contextlib import contextmanager
from urllib.request import urlopen

import pytest

from clm_bridge import connect, connect_async

from .programs import running

THREADS = 32
SETTINGS = {
    "vendor": "coupa",
    "client_id": "me",
    "client_secret": "s",
    "timezone": "UTC",
    "token_settle": 0,
}


@contextmanager
def counter(latency):
    """Run a vendor that counts; yield its address."""
    with running("counter.py", str(latency)) as server:
        yield server.stdout.readline().strip()


@pytest.fixture
def silence(monkeypatch):
    """What threads raise that nobody catches; it should stay empty."""
    heard = []
    monkeypatch.setattr(threading, "excepthook", heard.append)
    return heard


def left_behind(clm):
    """All that a call could leave: places, those who wait, renewals."""
    pace, tokens = clm._shared.pace, clm._shared.tokens
    flights = tokens._flights
    return [*pace.window.going, *pace._waiting, *flights.loops] + (
        [flights.threads] if flights.threads else []
    )


def test_many_threads_share_one_client(tmp_path, size, tried, silence):
    """Each call is made once and answered once; connections stay within threads."""
    calls = size(full=500, few=10)
    answered, rate = [], {"calls": 100_000, "seconds": 1}
    with (
        counter(0) as url,
        connect(**SETTINGS, base_url=url, rate_limit=rate, rates=False) as clm,
    ):

        def call():
            for _ in range(calls):
                answered.append(clm.vendor.request("GET", "ping").status)

        crew = [threading.Thread(target=call) for _ in range(THREADS)]
        for one in crew:
            one.start()
        for one in crew:
            one.join()
        left = left_behind(clm)
        with urlopen(f"{url}/arrivals") as found:
            arrived = len(json.load(found))
        with urlopen(f"{url}/granted") as found:
            granted = len(json.load(found))

    assert answered == [200] * (THREADS * calls)
    assert (arrived, granted, left, silence) == (THREADS * calls, 1, [], [])
    tried(THREADS * calls, "calls")


def test_a_call_may_be_cancelled_at_any_point(tmp_path, size, tried, measured, silence):
    """While it waits for a token, a place, a connection or an answer."""
    points = size(full=200, few=10)
    dice, stuck = random.Random(7), []
    rate = {"calls": 20, "seconds": 0.2}

    async def cancelled(url):
        found = []
        for point in range(points):
            folder = tmp_path / "rates" if point % 2 else False
            given = {**SETTINGS, "base_url": url, "rate_limit": rate, "rates": folder}
            async with connect_async(**given) as clm:
                found.append(await one_point(clm))
        return found, asyncio.all_tasks() - {asyncio.current_task()}

    async def one_point(clm):
        tasks = [
            asyncio.create_task(clm.vendor.request("GET", "ping")) for _ in range(6)
        ]
        await asyncio.sleep(dice.random() * 0.03)
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        good = await clm.vendor.request("GET", "ping")
        for _ in range(100):  # httpcore closes in its own time
            if not busy(clm):
                break
            await asyncio.sleep(0.002)
        stuck.append(len(busy(clm)))
        return good.status, left_behind(clm)

    with counter(0.004) as url:
        found, tasks = asyncio.run(cancelled(url))

    assert found == [(200, [])] * points
    # httpx alone, with no code of ours, keeps some too until its client is closed.
    measured("connections that httpx keeps after a cancellation", f"{sum(stuck)}")
    assert (tasks, silence) == (set(), [])
    tried(points, "cancellations")


def busy(clm):
    """The connections that somebody still holds."""
    [pool] = [
        one._transport._pool for one in clients(clm) if one._transport._pool.connections
    ]
    return [one for one in pool.connections if not (one.is_idle() or one.is_closed())]


def clients(clm):
    """The clients that a bridge has made."""
    return clm._clients.owned
