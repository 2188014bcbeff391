"""R5: a vendor that is down gets few more requests than calls are made."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from clm_bridge import AsyncBridge, Bridge, ClmError, RateLimited, VendorDown
from clm_bridge._messages import Request, Response
from clm_bridge._retry import Quota, Retry, retry_after

from ..paper import Paper, Script, Tasks, Threads, answer, furnished

CLIENTS = 100
QUOTA = Quota().tokens
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
SOON = NOW + timedelta(seconds=30)


class Failing:
    """A vendor that fails as often as it is told, by dice that fall alike each time."""

    def __init__(self, part):
        self._part, self._dice = part, random.Random(7)
        self.asked = 0

    def __call__(self, request):
        self.asked += 1
        if self._dice.random() < self._part:
            return answer(status=503)
        return answer({"id": "7"})


def storm(vendor, calls):
    """Make many clients call; return how many calls failed, and all waits."""
    failed, slept = 0, []
    for _ in range(CLIENTS):
        client = Threads(furnished(Paper()), transport=httpx.MockTransport(vendor))
        for _ in range(calls):
            try:
                client.do(lambda clm: clm.contracts.get("7"))
            except VendorDown:
                failed += 1
        slept += client.slept
        client.close()
    return failed, slept


def test_a_vendor_that_is_down_is_left_in_peace(size, tried, measured):
    """Each client pays for twenty retries, and from then on calls fail at once."""
    calls, vendor = size(full=100, few=11), Failing(1.0)
    failed, slept = storm(vendor, calls)

    assert failed == CLIENTS * calls
    assert vendor.asked == CLIENTS * (calls + QUOTA // 5)
    assert is_uniform(slept)
    tried(vendor.asked, "requests")
    measured("requests a call, all failing", f"{vendor.asked / failed:.2f}")


def test_a_vendor_that_fails_now_and_then_costs_little(size, tried, measured):
    """One failure in ten: no call fails for it, and no flood comes of it."""
    calls, vendor = size(full=100, few=8), Failing(0.1)
    failed, _ = storm(vendor, calls)
    amplified = vendor.asked / (CLIENTS * calls)

    assert amplified <= 1.2
    assert failed <= CLIENTS * calls * 0.006
    tried(vendor.asked, "requests")
    measured("requests a call, one in ten failing", f"{amplified:.2f}")


def test_waits_are_spread_evenly(tried):
    """Full jitter: ten thousand waits fill the range alike, within a fifth."""
    retry = Retry()
    dice = random.Random(7)
    outcome, request = Response(503), Request("GET", "contracts")
    waits = [
        retry.delay(2, request, outcome, now=NOW, draw=dice.random())
        for _ in range(10_000)
    ]
    spread = Counter(int(wait / (retry.first * 2) * 10) for wait in waits)

    assert sorted(spread) == list(range(10))
    assert all(800 <= count <= 1200 for count in spread.values())
    tried(10_000, "draws")


def is_uniform(slept):
    """Say whether waits, of a quarter and of half a second in turns, are as random."""
    parts = [wait / (0.25, 0.5)[number % 2] for number, wait in enumerate(slept)]
    spread = Counter(int(part * 4) for part in parts)
    return all(abs(spread[one] / len(parts) * 4 - 1) < 0.2 for one in range(4))


SPELLINGS = {
    "0": 0,
    "5": 5,
    "007": 7,
    " 5 ": 5,
    "120": 120,
    "121": 121,
    "1.5": 1.5,
    "5.": 5,
    "1e2": 100,
    "1e9": 1e9,
    "1e400": None,
    "-1": None,
    "-0": None,
    "+5": None,
    "nan": None,
    "inf": None,
    "Infinity": None,
    "1_0": None,
    "0x10": None,
    "\u0665": None,
    "": None,
    "soon": None,
    "5 seconds": None,
    "1, 2": 2,
    "2, soon": None,
    format_datetime(SOON, usegmt=True): 30,
    "Saturday, 31-Jan-26 12:00:30 GMT": 30,
    "Sat Jan 31 12:00:30 2026": 30,
    "Sat, 31 Jan 2026 13:00:30 +0100": 30,
    "Sat, 31 Jan 2026 11:59:00 GMT": 0,
    "Fri, 01 Jan 2100 00:00:00 GMT": 2_332_584_000,
    "Sat, 31 Jan 2026 25:00:30 GMT": None,
    "Sat, 31 Jan 2026 12:00:30 +9999999999999": None,
    "2026-01-31T12:00:30Z": None,
}


@pytest.mark.parametrize("told", SPELLINGS)
def test_every_spelling_of_a_wait_is_read_or_passed_over(told, tried):
    """What a vendor asks for is waited for, and nothing is made of nonsense."""
    assert retry_after(Response(429, {"retry-after": told}), NOW) == SPELLINGS[told]
    tried(1, "spellings")


@pytest.mark.parametrize("client", [Threads, Tasks], ids=["threads", "asyncio"])
@pytest.mark.parametrize("told", [t for t in SPELLINGS if t.isascii()])
def test_a_wait_is_waited_for_or_told(told, client, tried):
    """Up to two minutes within the deadline; else the error says how long."""
    refusal = answer(status=429, headers={"retry-after": told, "date": DATE})
    script = Script(refusal, answer({"id": "7"}))
    bridge = client(furnished(Paper()), transport=httpx.MockTransport(script))
    try:
        outcome = attempt(bridge)
    finally:
        bridge.close()
    seconds = SPELLINGS[told]
    if seconds is not None and seconds >= 60:
        assert (type(outcome), outcome.retry_after) == (RateLimited, seconds)
        assert bridge.slept == []
    else:
        assert outcome.id == "7"
        [slept] = bridge.slept
        assert slept == seconds if seconds is not None else 0 <= slept <= 1
    tried(1, "calls")


DATE = format_datetime(NOW, usegmt=True)


def attempt(bridge):
    """A contract, or the error instead."""
    try:
        return bridge.do(lambda clm: clm.contracts.get("7"))
    except ClmError as error:
        return error


def test_both_colours_have_a_quota_for_all_copies():
    """with_options gives nobody a second purse."""
    for bridge in (Bridge, AsyncBridge):
        clm = bridge(furnished(Paper()), transport=httpx.MockTransport(Failing(1)))

        assert clm.with_options(deadline=1)._shared.quota is clm._shared.quota
