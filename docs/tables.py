"""
Rewrite the generated blocks of Markdown pages from the code that they describe.

    python docs/tables.py README.md docs/*.md docs/vendors/*.md

A block stands between ``<!-- table: name argument -->`` and ``<!-- end -->``; without
arguments, every page is rewritten.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS))

from tabled import calls, contract, events, program, reference, vendor, vendors  # noqa: E402  # found by the line above
from tabled.pages import pages  # noqa: E402

TABLES: Mapping[str, Callable[..., str]] = {
    "assumptions": vendor.assumptions,
    "beginnings": vendor.beginnings,
    "attributes": program.attributes,
    "calls": calls.calls,
    "capabilities": vendors.capabilities,
    "commands": program.commands,
    "common": vendor.common,
    "costs": vendors.costs,
    "evidence": vendors.evidence,
    "errors": program.errors,
    "event_words": events.event_words,
    "events": events.events,
    "faults": program.faults,
    "exit-codes": program.exit_codes,
    "filters": vendors.filters,
    "hooks": program.hooks,
    "losses": vendor.losses,
    "mapping": vendor.mapping,
    "musts": contract.musts,
    "options": program.options,
    "reference": reference.reference,
    "settings": vendor.settings,
    "statuses": vendor.statuses,
    "steps": vendor.steps,
    "switches": vendor.switches,
    "ways": vendors.ways,
    "words": vendors.words,
    "writes": vendor.writes,
}
BLOCK = re.compile(r"(<!-- table: ([^>]+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def render(text: str) -> str:
    """Return a page with every marked block made anew."""
    return BLOCK.sub(lambda found: f"{found[1]}\n{made(found[2])}\n\n{found[3]}", text)


def made(asked: str) -> str:
    """Return one block."""
    name, *arguments = asked.split()
    return TABLES[name](*arguments)


def main(paths: Sequence[str]) -> None:
    """Rewrite pages, and say which changed."""
    for path in [Path(one) for one in paths] or pages():
        before = path.read_text(encoding="utf-8")
        after = render(before)
        if after != before:
            path.write_text(after, encoding="utf-8")
            print(f"rewrote {path.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
