"""Tables for people: as wide as the terminal, or as wide as they are in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

GAP = 2
NARROWEST = 14
"""What a column that may shrink keeps at least."""
_UNBOUNDED = 10_000

Head = tuple[str, bool]
"""A column's title, and whether it may shrink."""


def console() -> Console:
    """Return stdout as it is now; a pipe has no width."""
    bounded = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Console(
        file=sys.stdout, highlight=False, width=None if bounded else _UNBOUNDED
    )


def render(heads: Sequence[Head], rows: Sequence[Sequence[str]]) -> list[str]:
    """Print a table; return the titles of the last columns if they had no room."""
    out = console()
    needed = [
        max(cell_len(title), *(cell_len(row[place]) for row in rows))
        for place, (title, _) in enumerate(heads)
    ]
    widths = fit(needed, [shrinks for _, shrinks in heads], out.width)
    table = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False)
    for (title, _), width in zip(heads, widths, strict=False):
        head = Text(title, "bold")
        table.add_column(head, width=width, no_wrap=True, overflow="ellipsis")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row[: len(widths)]))
    out.print(table)
    return [title for title, _ in heads[len(widths) :]]


def fit(needed: Sequence[int], shrinks: Sequence[bool], room: int) -> list[int]:
    """Return a width for each column that has room, after shrinking those that may."""
    count = len(needed)
    while count > 1 and _least(needed[:count], shrinks) > room:
        count -= 1
    widths = list(needed[:count])
    able = [place for place in range(count) if shrinks[place]]
    while able and sum(widths) + GAP * (count - 1) > room:
        widest = max(able, key=widths.__getitem__)
        if widths[widest] <= NARROWEST:
            break
        widths[widest] -= 1
    return widths


def _least(needed: Sequence[int], shrinks: Sequence[bool]) -> int:
    least = (
        min(width, NARROWEST) if may else width
        for width, may in zip(needed, shrinks, strict=False)
    )
    return sum(least) + GAP * (len(needed) - 1)
