"""The one screen that ``demo`` prints; every number on it was counted just now."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from .._vocabulary import Status
from ._text import shown

if TYPE_CHECKING:
    from ._demo import Portfolio, Reading

WIDTH = 100
"""Wider than this, lines are harder to compare."""

LOST = "—"
SAME, DIFFERENT = "=", "≠"
_STYLES = {SAME: "green", DIFFERENT: "yellow", LOST: "green", " ": "cyan"}
_LOSSES_SHOWN = 3
_LABEL = 16
_LEAD = 27
"""What vendor, read, calls and seconds take of a line."""

_SHORT: Mapping[Status, str] = {
    Status.DRAFT: "draft",
    Status.NEGOTIATION: "negot.",
    Status.APPROVAL: "appr.",
    Status.SIGNATURE: "sign.",
    Status.EXECUTED: "exec.",
    Status.DECLINED: "decl.",
    Status.CANCELLED: "canc.",
    Status.ON_HOLD: "hold",
    Status.UNKNOWN: "unkn.",
}

Fact = Callable[["Reading"], object]

OWN_WORDS = "vendor's word"
FACTS: Mapping[str, Fact] = {
    "name": lambda one: one.contract.name,
    "status": lambda one: one.contract.status,
    OWN_WORDS: lambda one: one.contract.source.status,
    "counterparty": lambda one: (
        one.contract.counterparty and one.contract.counterparty.name
    ),
    "external id": lambda one: [link.id for link in one.contract.external_links],
    "effective": lambda one: one.contract.key_dates.effective_on,
    "expires": lambda one: one.contract.key_dates.expires_on,
    "term": lambda one: one.contract.term,
    "notice": lambda one: one.contract.term and one.contract.term.notice,
    "value": lambda one: one.contract.value,
    "signed file": lambda one: [f"{f.media_type}, {f.size:,} B" for f in one.files],
}


def show(world: Portfolio, readings: Sequence[Reading], code: str) -> None:
    """Print the screen."""
    out = console()
    with out.capture() as screen:
        out.print(_title(world, readings))
        out.print(_code(code))
        out.print(_counts(world, readings, out.width))
        out.print(_compared(world, readings, out.width))
        for reading in readings:
            out.print(_lost(reading, out.width))
        out.print(_footer())
    for line in screen.get().splitlines():
        click.echo(line.rstrip(), color=True)


def console() -> Console:
    """Return stdout, no wider than is good to read."""
    told = os.environ.get("COLUMNS", "")
    known = sys.stdout.isatty() or told.isdigit()
    out = Console(file=sys.stdout, highlight=False, width=None if known else WIDTH)
    out.width = min(out.width, WIDTH)
    return out


def _title(world: Portfolio, readings: Sequence[Reading]) -> Text:
    names = ", ".join(f'"{one.adapter.name}"' for one in readings)
    return Text.assemble(
        (f"{world.size} contracts, {len(readings)} CLM vendors, one program", "bold"),
        (" · no account, no network\n", "dim"),
        "It ran for vendor = ",
        (names, "bold cyan"),
        "; nothing else changed:",
    )


def _code(code: str) -> Padding:
    source = Syntax(code, "python", theme="ansi_dark", background_color="default")
    return Padding(source, (0, 0, 1, 2))


def _plain() -> Table:
    return Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, expand=False)


def _counts(world: Portfolio, readings: Sequence[Reading], width: int) -> Padding:
    counts = [world.statuses, *(one.statuses for one in readings)]
    known = [status for status in Status if any(told.get(status) for told in counts)]
    long = [status.value.replace("_", " ") for status in known]
    names = long if _fits(long, width) else [_SHORT[status] for status in known]
    table = _plain()
    table.add_column("")
    for title in ("read", "calls", "sec.", *names):
        table.add_column(Text(title, "dim"), justify="right", no_wrap=True)
    truth = [world.statuses.get(status, 0) for status in known]
    table.add_row(*_dim("portfolio", world.size, "", "", *truth))
    for one in readings:
        cells = [_count(world, one, status) for status in known]
        table.add_row(
            Text(one.adapter.title, "bold cyan"),
            _equal(one.size, world.size),
            Text(str(one.calls)),
            Text(f"{one.seconds:.1f}"),
            *cells,
        )
    return Padding(table, (0, 0, 1, 0))


def _dim(*values: object) -> list[Text]:
    return [Text(str(value), "dim") for value in values]


def _fits(names: Sequence[str], width: int) -> bool:
    return _LEAD + sum(len(name) + 1 for name in names) <= width


def _count(world: Portfolio, one: Reading, status: Status) -> Text:
    return _equal(one.statuses.get(status, 0), world.statuses.get(status, 0))


def _equal(count: int, truth: int) -> Text:
    """Show a count: green as it is in the portfolio, else marked."""
    return Text(str(count), "green") if count == truth else Text(f"{count}*", "yellow")


def _compared(world: Portfolio, readings: Sequence[Reading], width: int) -> Padding:
    table = _plain()
    room = (width - _LABEL - 3) // max(1, len(readings)) - 1
    head = Text(f"found by {world.external_id}", "bold")
    table.add_column(head, no_wrap=True, width=_LABEL)
    table.add_column("", width=1)
    for one in readings:
        title = Text(one.adapter.title, "bold cyan")
        table.add_column(title, width=room, no_wrap=True, overflow="ellipsis")
    for label, fact in FACTS.items():
        cells = [shown(fact(one)) for one in readings]
        mark = " " if label == OWN_WORDS else _mark(cells)
        told = [Text(cell or LOST, _STYLES[mark] if cell else "dim") for cell in cells]
        table.add_row(Text(label, "dim"), Text(mark, _STYLES[mark]), *told)
    return Padding(table, (0, 0, 1, 0))


def _mark(cells: Sequence[str]) -> str:
    """Say whether all agree, some are silent, or two tell different things."""
    told = {cell for cell in cells if cell}
    if len(told) > 1:
        return DIFFERENT
    return SAME if all(cells) else LOST


def _lost(one: Reading, width: int) -> Text:
    lines = Text()
    lost = list(one.losses)
    rest = len(lost) - _LOSSES_SHOWN
    lines.append(one.adapter.title, "bold cyan")
    lines.append(" loses " if lost else " loses nothing")
    if rest > 0:
        more = f"clm-bridge capabilities {one.adapter.name}"
        lines.append(f"{len(lost)} things, such as (all: {more})", "dim")
    for name, why in lost[:_LOSSES_SHOWN]:
        line = Text.assemble("\n  ", (name, ""), ("  " + why, "dim"))
        line.truncate(width, overflow="ellipsis")
        lines.append_text(line)
    return lines


def _footer() -> Text:
    return Text.assemble(
        ("= all agree  ", "green"),
        ("— a vendor does not say  ", "dim"),
        ("≠ * they differ\n", "yellow"),
        ("Honestly: ", "bold"),
        "sandboxes built from public documentation; no live vendor was asked.\n",
        ("Next: ", "bold cyan"),
        "clm-bridge contracts list --sandbox VENDOR · clm-bridge capabilities",
    )
