"""
How the reliability programme is counted, and how large each run is.

A module ``test_rNN_what.py`` proves item RNN.  Its tests say what they tried::

    def test_no_window_is_overrun(tried, size):
        cases = size(full=480, few=16)
        …
        tried(cases, "redirects")

`make reliability` runs everything in full size and writes RELIABILITY.md; `make test`
runs the few.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest

FULL = os.environ.get("CLM_BRIDGE_RELIABILITY") == "full"
_TOLD = os.environ.get("CLM_BRIDGE_RELIABILITY_REPORT")
REPORT = Path(_TOLD).resolve() if _TOLD else None  # a test may go elsewhere
"""A folder; each worker adds what it saw to a file of its own there."""

_ITEM = re.compile(r"test_r(\d+)([a-z]?)_")


def item_of(path: Path) -> str | None:
    """Return the item that a module of the programme proves."""
    found = _ITEM.match(path.name)
    return f"R{int(found[1])}{found[2]}" if found else None


@pytest.fixture(scope="session")
def size():
    """Return a function that chooses between the full run's size and the small one."""

    def chosen(*, full, few):
        return full if FULL else few

    return chosen


@pytest.fixture
def tried(request):
    """Return a function that notes how many cases of what a test has tried."""
    counted = Counter()
    request.node.stash[_TRIED] = counted

    def note(count, what):
        counted[what] += count

    return note


@pytest.fixture
def measured(request):
    """Return a function that notes a figure which a test measured, as a short text."""
    notes = request.node.stash[_MEASURED] = {}

    def note(what, figure):
        notes[what] = figure

    return note


_TRIED = pytest.StashKey[Counter]()
_MEASURED = pytest.StashKey[dict]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Add one line to the report for each test of the programme that ran."""
    report = yield
    proven = item_of(item.path)
    if REPORT and proven and (report.when == "call" or report.failed):
        line = {
            "item": proven,
            "size": "full" if FULL else "few",
            "test": item.nodeid,
            "outcome": report.outcome,
            "seconds": round(call.duration, 3),
            "tried": item.stash.get(_TRIED, {}),
            "measured": item.stash.get(_MEASURED, {}),
        }
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        with Path(REPORT, f"{worker}.ndjson").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
    return report
