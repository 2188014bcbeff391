"""
Answers that are lost, at every vendor: never two contracts for one own id.

Two hundred random interleavings a vendor, in which a write takes effect and its answer
breaks off, never comes, or is somebody else's.
"""

from __future__ import annotations

import random
from collections import Counter
from functools import partial

import pytest
from attrs import evolve

from clm_bridge import AmbiguousWrite, ClmError, Incomplete, MemoryLinks, Outcome
from clm_bridge._bridge import Bridge
from clm_bridge._config import load_settings

from .lossy import FATES, Lossy
from .procurement import VENDORS, of, record

pytestmark = pytest.mark.heavy
SEEDS = 200
PER_TEST = 20


class Patient(Bridge):
    """Never really waits."""

    def _furnish(self, options):
        super()._furnish(options)

        async def pass_by(seconds):
            pass

        self._http._sleep = pass_by


@pytest.fixture(scope="module", params=VENDORS)
def vendor(request):
    """Each vendor in turn."""
    return request.param


def settings(vendor, sandbox):
    told = {"vendor": vendor, "sandbox": sandbox, **of(vendor).SETTINGS}
    return load_settings(arguments=told)


@pytest.fixture
def sandbox(vendor, clm_sandbox):
    """One world for a batch of interleavings, each with an own id of its own."""
    return clm_sandbox(vendor)


@pytest.mark.parametrize("batch", range(SEEDS // PER_TEST))
def test_an_own_id_is_on_one_contract(vendor, sandbox, batch):
    """Whatever is lost, a call finds out, or says that nobody knows."""
    own = settings(vendor, sandbox)
    with Bridge(own) as clm:
        template = record(clm)
        before = Counter(names(clm))
    told = Counter()
    for seed in range(batch * PER_TEST, (batch + 1) * PER_TEST):
        dice = random.Random(seed)
        transport = Lossy(sandbox.app, partial(fate, dice))
        with Patient(own, transport=transport, links=MemoryLinks()) as clm:
            told[created(clm, renamed(template, f"PR-L{seed}"))] += 1

    with Bridge(own) as clm:
        after = Counter(names(clm)) - before
    assert set(after.values()) <= {1}
    assert told["unexpected"] == 0
    assert told[Outcome.RECONCILED] > 0


def fate(dice, request):
    return dice.choice(FATES)


def names(clm):
    return [one.name for one in clm.contracts.list(detail="summary")]


def renamed(new, own_id):
    link = evolve(new.external_link, id=own_id)
    return evolve(new, name=f"Managed hosting {own_id}", external_link=link)


def created(clm, new):
    """What came of it, in one word; tried again while it is incomplete."""
    for _ in range(12):
        try:
            return clm.contracts.create(new).outcome
        except Incomplete:
            continue
        except AmbiguousWrite:
            return "ambiguous"
        except ClmError as error:
            return "never left" if not error.in_doubt else "unexpected"
    return "incomplete"
