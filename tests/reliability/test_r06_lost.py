"""
Lost answers over real sockets: the sandbox writes, then resets the connection.

The same facts hold in process, for more kinds of loss: tests/test_lost_answers.py.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest
from attrs import evolve

from clm_bridge import MemoryLinks, Outcome
from clm_bridge._bridge import Bridge
from clm_bridge._config import load_settings
from clm_bridge.sandbox import Faults, Striking, serve

from ..procurement import VENDORS, of, record
from ..test_lost_answers import Patient, created, names, renamed

PER_WORLD = 20
WRITES = ("POST", "PUT", "PATCH")


@pytest.fixture(scope="module", params=VENDORS)
def vendor(request):
    """Each vendor in turn."""
    return request.param


def settings(vendor, sandbox, url=None):
    """Settings for the sandbox in process, or for the one that is served."""
    told = {**sandbox.settings(), **of(vendor).SETTINGS, "vendor": vendor}
    told |= {"sandbox": sandbox} if url is None else {"base_url": url}
    return evolve(load_settings(arguments=told), rate=None)


def test_an_own_id_is_on_one_contract(vendor, clm_sandbox, size, tried, measured):
    """Never two contracts for one own id, whichever writes lose their answers."""
    told, lost = Counter(), 0
    for batch in range(size(full=10, few=1)):
        sandbox = clm_sandbox(vendor)
        with Bridge(settings(vendor, sandbox)) as clm:
            template = record(clm)
            before = Counter(names(clm))
        count, unmade = size(full=PER_WORLD, few=6), set()
        for seed in range(batch * count, (batch + 1) * count):
            new = renamed(template, f"PR-W{seed}")
            outcome, struck = lossy(vendor, sandbox, new, random.Random(seed))
            told[outcome] += 1
            lost += struck
            if outcome == "never left":  # what comes before the write was lost thrice
                unmade.add(new.name)
        with Bridge(settings(vendor, sandbox)) as clm:
            after = Counter(names(clm)) - before
        assert set(after.values()) <= {1}
        assert not unmade & set(after)

    assert lost
    assert told[Outcome.RECONCILED] > 0
    assert told["unexpected"] == 0
    # Three writes furnish a contract, of which each loses two answers of five.
    assert told["incomplete"] < 0.15 * told.total()
    tried(told.total(), "creations with lost answers")
    measured(f"{vendor}: answers lost", lost)
    measured(f"{vendor}: ambiguous", told["ambiguous"])
    measured(f"{vendor}: incomplete after twelve tries", told["incomplete"])
    measured(f"{vendor}: never left", told["never left"])


def lossy(vendor, sandbox, new, dice):
    """Create over a socket on which each write may lose its answer."""
    faults = Faults()
    standing = [
        faults.add("lost", method=method, probability=0.4, seed=dice.randrange(10**6))
        for method in WRITES
    ]
    # A token is fetched by POST, and may be fetched again.
    with serve(Striking(sandbox.app, faults)) as url:
        told = settings(vendor, sandbox, url)
        with Patient(told, links=MemoryLinks()) as clm:
            outcome = created(clm, new)
    return outcome, sum(one.struck for one in standing)
