"""Moving house, killed at random moments and resumed: nothing twice, nothing lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from attrs import asdict

import clm_bridge

from .homes import names

pytestmark = pytest.mark.heavy
HERE = Path(__file__).parent
KILLS = 10 if os.environ.get("CLM_BRIDGE_RELIABILITY") == "full" else 4
"""How often each run is killed; ten of five pairs are the figure."""
SETTLE = 0.6
"""Seconds after which a request that was sent is over; loopback is quick."""

PAIRS = [
    ("coupa", "tomorro", 40),
    ("tomorro", "coupa", 40),
    ("spotdraft", "coupa", 24),
    ("spotdraft", "tomorro", 40),
    ("coupa", "spotdraft", 30),
]


@pytest.fixture
def started():
    """Start a program of this folder; it ends with its stdin."""
    running = []

    def start(name, *args):
        program = subprocess.Popen(
            [sys.executable, str(HERE / name), *map(str, args)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        running.append(program)
        return program

    yield start
    for program in running:
        program.stdin.close()
        program.wait(timeout=20)
        program.stdout.close()


class Mover:
    """Runs that can be killed."""

    def __init__(self, program, told):
        self._program = program
        self._say(json.dumps(told))

    def _say(self, line):
        self._program.stdin.write(line + "\n")
        self._program.stdin.flush()

    def run(self, kill_after=None):
        """Start a run; kill it when *kill_after* returns; return how it ended."""
        self._say("go")
        child = int(self._program.stdout.readline())
        if kill_after is not None:
            kill_after()
            os.kill(child, signal.SIGKILL)
        return int(self._program.stdout.readline())


def at_random(journal, rng):
    """Return a wait that ends while contracts are written, or before."""

    def wait():
        size, begun = held(journal), time.monotonic()
        if rng.random() < 0.8:
            while held(journal) == size and time.monotonic() - begun < 3:
                time.sleep(0.001)
        time.sleep(rng.uniform(0, 0.08))

    return wait


def held(journal):
    return journal.stat().st_size if journal.exists() else 0


@pytest.mark.parametrize(("source", "target", "count"), PAIRS)
def test_a_run_that_is_killed_moves_each_contract_once(
    source, target, count, started, tmp_path
):
    """Killed ten times, each pair: the journal and the new house agree."""
    served = started("homes.py", source, target, count)
    settings = json.loads(served.stdout.readline())
    if (source, target) == ("coupa", "tomorro"):
        settings[1]["links"] = str(tmp_path / "links.sqlite")
    journal = tmp_path / "journal.ndjson"
    with clm_bridge.connect(**settings[1], rate_limit=0) as clm:
        before = {one.id for one in clm.contracts.list()}
        called = names(clm)
    told = {
        "settings": settings,
        "names": asdict(called),
        "journal": str(journal),
        "settle": SETTLE,
    }
    mover = Mover(started("mover.py"), told)
    rng = random.Random(f"{source} {target}")

    ends = [mover.run(at_random(journal, rng)) for _ in range(KILLS)]
    assert ends.count(-signal.SIGKILL) >= KILLS - 1
    assert mover.run() == 0

    with clm_bridge.connect(**settings[0], rate_limit=0) as clm:
        wanted = {one.id: one for one in clm.contracts.list()}
    with clm_bridge.connect(**settings[1], rate_limit=0) as clm:
        there = {one.id: one for one in clm.contracts.list() if one.id not in before}
    facts = last_facts(journal)
    made = {key: one["target"] for key, one in facts.items() if "target" in one}
    assert {one["fact"] for one in facts.values()} <= {"created", "refused"}
    assert set(facts) == set(wanted)
    assert sorted(made.values()) == sorted(there)
    assert {key: wanted[key].name for key in made} == {
        key: there[one].name for key, one in made.items()
    }


def last_facts(journal):
    """Return the last fact on each contract, as the file has it."""
    lines = journal.read_text(encoding="utf-8").splitlines()
    return {told["id"]: told for told in map(json.loads, lines[1:])}
