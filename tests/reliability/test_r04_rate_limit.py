"""R4: no span of time ever holds more calls than the vendor allows."""

from __future__ import annotations

import json
from contextlib import ExitStack
from urllib.request import urlopen

import pytest
from attrs import field, frozen

from clm_bridge._limits import Rate

from .programs import running

LATENCY = 0.01
RATES = {
    "coupa": Rate(25, burst=20),
    "spotdraft": Rate(10),
    # Nobody knows Tomorro's own figure; a minute in a few seconds.
    "tomorro": Rate(40, 4.0),
}
SETTINGS = {
    "coupa": {
        "client_id": "me",
        "client_secret": "s",
        "timezone": "UTC",
        "token_settle": 0,
    },
    "spotdraft": {"client_id": "me", "client_secret": "s"},
    "tomorro": {
        "api_key": "k",
        "rate_limit": {"calls": 40, "seconds": 4},
    },
}
VARIANTS = {
    "1 thread": [{"threads": 1}],
    "8 threads": [{"threads": 8}],
    "50 tasks": [{"tasks": 50}],
    "2 processes": [{"threads": 4}, {"tasks": 4}],
}


@frozen
class Run:
    """One vendor's clients, and the counter that they call."""

    vendor: str
    variant: str
    url: str
    callers: list = field(factory=list)

    @property
    def arrivals(self):
        with urlopen(f"{self.url}/arrivals") as answer:
            return json.load(answer)


def started(stack, vendor, variant, seconds, rates):
    """Start a counter and its callers."""
    server = stack.enter_context(running("counter.py", str(LATENCY)))
    url = server.stdout.readline().strip()
    settings = {"vendor": vendor, "base_url": url, **SETTINGS[vendor]}
    told = {"settings": settings, "seconds": seconds, "rates": str(rates)}
    callers = [
        stack.enter_context(running("caller.py", json.dumps({**told, **one})))
        for one in VARIANTS[variant]
    ]
    return Run(vendor, variant, url, callers)


def seen(folder, vendor, variants, seconds):
    """Run variants at once; return what each vendor saw, and how many were answered."""
    with ExitStack() as stack:
        runs = [started(stack, vendor, one, seconds, folder) for one in variants]
        callers = [caller for run in runs for caller in run.callers]
        for caller in callers:
            assert caller.stdout.readline() == "ready\n"
        for caller in callers:
            caller.stdin.write("go\n")
            caller.stdin.flush()
        answered = sum(int(caller.stdout.readline()) for caller in callers)
        arrivals = {run.variant: run.arrivals for run in runs}
    assert answered == sum(map(len, arrivals.values()))
    return arrivals


@pytest.mark.parametrize("vendor", RATES)
def test_no_window_is_overrun_and_none_is_wasted(
    vendor, tmp_path, size, tried, measured
):
    """A counter with its own clock sees all that is allowed, and not a call more."""
    if vendor not in size(full=RATES, few=["coupa"]):
        pytest.skip("one vendor in the small run")
    seconds = size(full=10.0, few=2.2)
    variants = size(full=[*VARIANTS], few=["8 threads", "2 processes"])
    # A short run is mostly its first connections, which take their time.
    least = size(full=0.85, few=0.6)
    arrivals = seen(tmp_path / "rates", vendor, variants, seconds)
    for variant, found in arrivals.items():
        if over(vendor, found) or share(vendor, found, seconds) < least:
            # A busy machine may hold up packets; it does not do so twice.
            again = seen(tmp_path / "again", vendor, [variant], seconds)
            arrivals[variant] = again[variant]

    used = {one: share(vendor, found, seconds) for one, found in arrivals.items()}
    assert [one for one, found in arrivals.items() if over(vendor, found)] == []
    assert min(used.values()) >= least
    tried(len(used), "variants")
    tried(sum(map(len, arrivals.values())), "calls")
    measured(f"{vendor}: least share of the allowed rate", f"{min(used.values()):.0%}")


def over(vendor, arrivals):
    """The spans, too short, in which one call too many came."""
    rate = RATES[vendor]
    pairs = zip(arrivals, arrivals[rate.calls :], strict=False)
    return [end - start for start, end in pairs if end - start < rate.seconds]


def share(vendor, arrivals, seconds):
    """The part of the allowed calls that came, in the time that they took."""
    rate = RATES[vendor]
    took = max(seconds, arrivals[-1] - arrivals[0])
    return len(arrivals) / (rate.calls / rate.seconds * took)


def test_the_counter_sees_what_is_too_much():
    """A test of the test: an early call is found, in whichever span."""
    arrivals = [0.1 * number for number in range(30)]
    early = [*arrivals[:15], *(one - 0.05 for one in arrivals[15:])]

    assert over("spotdraft", [one * 1.001 for one in arrivals]) == []
    assert over("spotdraft", early) != []
