"""
Write RELIABILITY.md from one full run of the programme, and from nothing else.

    python -m tests.reliability.report FOLDER [PAGE]

The folder holds what the run noted; see conftest.py.  An item that failed says so, and
so does one that did not run.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from collections import Counter, defaultdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).parents[2] / "RELIABILITY.md"

ITEMS = {
    "R1": "Every fault on the wire ends as usual or in one error of ours, in time, "
    "with nothing left open",
    "R2": "A synchronisation that is killed at any instant loses and doubles nothing",
    "R3": "Paging while records come, go and change misses none",
    "R4": "A vendor's rate limit is never overrun, and well used",
    "R5": "Retries never become a storm, and obey the vendor",
    "R6": "A write whose answer is lost is found, or is in doubt, and never doubled",
    "R7": "Tokens are fetched once, renewed in time, and lose no page",
    "R8": "A forged delivery is never taken for the vendor's",
    "R8b": "Deliveries that are late, doubled or lost end in what is true",
    "R8c": "A receiver that is killed keeps what it acknowledged",
    "R9": "Whatever a vendor answers is read, or is one error",
    "R10": "No secret is shown anywhere, however it is spelled",
    "R11": "Credentials stay with the vendor's own origin, wherever a redirect leads",
    "R12": "A download is whole, bounded and in its place, or not there",
    "R13": "A call ends by its deadline, however slow the server is",
    "R14": "Many threads and cancelled tasks share one bridge and leave nothing behind",
    "R15": "Dates and clocks: skew, zones, leap days, 2038",
    "R16": "Cassettes are in one form, played in full, and free of secrets",
    "R17": "Every older store is read, a newer one politely refused",
    "R18": "Hours of use take no more memory or files than minutes",
}
LATER = ("R2", "R17")
WAITING = "waits for the local store, which is not built"
NOTHING = "\N{EN DASH}"
NO_MODULE = "waits: it has no test yet"


def notes(folder):
    """Return what the run noted, by item; only a full run counts."""
    found = defaultdict(list)
    for path in sorted(Path(folder).glob("*.ndjson")):
        for line in path.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            if told["size"] != "full":
                raise SystemExit(f"{path}: this run was not of full size")
            found[told["item"]].append(told)
    if not found:
        raise SystemExit(f"{folder}: no run has noted anything there")
    return found


def place(item):
    """Return where an item stands among the others: its number, then its letter."""
    number, letter = re.fullmatch(r"R(\d+)([a-z]?)", item).groups()
    return int(number), letter


def has_module(item):
    """Say whether a module of the programme proves *item*."""
    number, letter = place(item)
    return any(Path(__file__).parent.glob(f"test_r{number:02d}{letter}_*.py"))


def tried(told):
    """Return how many cases of what were tried, as a text."""
    total = Counter()
    for one in told:
        total.update(one["tried"])
    return ", ".join(f"{count:,} {what}" for what, count in sorted(total.items()))


def result(told):
    """Return how the tests of an item ended."""
    ends = Counter(one["outcome"] for one in told)
    skipped = f", {ends['skipped']} skipped" if ends["skipped"] else ""
    if ends["failed"]:
        return f"**failed**: {ends['failed']} of {len(told)} tests{skipped}"
    if not ends["passed"]:
        return "**did not run**: skipped"
    return f"passed: {ends['passed']} tests{skipped}"


def row(item, told):
    """Return an item's line of the table."""
    what = ITEMS.get(item, "")
    if told:
        seconds = f"{sum(one['seconds'] for one in told):.0f}"
        cells = (item, what, tried(told) or NOTHING, result(told), seconds)
    elif has_module(item):
        cells = (item, what, NOTHING, "**did not run**", NOTHING)
    else:
        why = WAITING if item in LATER else NO_MODULE
        cells = (item, what, NOTHING, why, NOTHING)
    return f"| {' | '.join(cells)} |"


def measured(item, told):
    """Yield a line for each figure of an item."""
    figures = {what: figure for one in told for what, figure in one["measured"].items()}
    if figures:
        yield f"\n### {item}\n"
        yield from (f"- {what}: {figure}" for what, figure in figures.items())


def page(found):
    """Return the whole page."""
    items = sorted({*ITEMS, *found}, key=place)
    names = ("clm-bridge", "httpx", "httpcore", "h11", "attrs", "cattrs")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    lines = [
        "# Reliability",
        "",
        "Written by `make reliability` from one run of `tests/reliability` in full",
        "size; nothing here is written by hand. What is counted is what the run tried.",
        "",
        f"- Run on {datetime.now(UTC):%Y-%m-%d}, {machine}, "
        f"Python {platform.python_version()}",
        f"- {versions}",
        "- Against the vendors' sandboxes, on loopback; no vendor's server was asked.",
        "",
        "| Item | What is proven | Tried | Result | Seconds of tests |",
        "| --- | --- | --- | --- | --- |",
        *(row(item, found.get(item, [])) for item in items),
        "",
        "## What was measured",
        *(line for item in items for line in measured(item, found.get(item, []))),
    ]
    return "\n".join(lines) + "\n"


def main(folder, to=PAGE):
    """Write the page of the run that left its notes in *folder*."""
    Path(to).write_text(page(notes(folder)), encoding="utf-8")
    print(f"wrote {to}")


if __name__ == "__main__":
    main(*sys.argv[1:])
