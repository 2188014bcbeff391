"""The one screen that ``demo`` prints; every number on it was counted just now."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
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
    "term": lambda one: one.contract.term and one.contract.term.kind,
    "length": lambda one: one.contract.term and one.contract.term.length,
    "notice": lambda one: one.contract.term and one.contract.term.notice,
    "value": lambda one: one.contract.value,
    "signed file": lambda one: [file.media_type for file in one.files],
}


def show(world: Portfolio, readings: Sequence[Reading], code: str) -> None:
    """Print the screen."""
    out = console()
    with out.capture() as screen:
        out.print(_title(world, readings))
        out.print(_code(code))
        out.print(_counts(world, readings, out.width))
        out.print(_compared(world, readings, out.width))
        out.print(_lost(readings, out.width))
        out.print(_footer(readings))
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
        if not any(cells):
            continue
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


def _lost(readings: Sequence[Reading], width: int) -> Padding:
    """List what each vendor cannot say: the telling losses, and how many more."""
    table = _plain()
    head = Text("lost on the way", "bold")
    names = [name for one in readings for name, _ in _shown(one)]
    table.add_column(head, width=_LABEL, no_wrap=True)
    longest = max(map(len, names), default=0)
    rest = width - _LABEL - longest - 2
    table.add_column("", width=longest, no_wrap=True)
    table.add_column(Text("why", "dim"), width=rest, no_wrap=True, overflow="ellipsis")
    for one in readings:
        more = len(one.losses) - _LOSSES_SHOWN
        count = Text(f"and {more} more" if more > 0 else "", "dim")
        leads = [Text(one.adapter.title, "bold cyan"), count]
        told = _shown(one)
        for lead, (name, why) in zip_longest(leads[: len(told)], told):
            table.add_row(lead, Text(name), Text(why, "dim"))
    return Padding(table, (0, 0, 1, 0))


def _shown(one: Reading) -> Sequence[tuple[str, str]]:
    return _telling(one.losses)[:_LOSSES_SHOWN] or [("nothing", "")]


def _telling(lost: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Put the first loss of each attribute before further ones of the same."""
    first = {name.partition(" ")[0]: (name, why) for name, why in reversed(lost)}
    leading = [one for one in lost if one in first.values()]
    return leading + [one for one in lost if one not in leading]


def _footer(readings: Sequence[Reading]) -> Text:
    first = readings[0].adapter.name
    return Text.assemble(
        ("= all agree  ", "green"),
        ("— the vendor does not say  ", "dim"),
        ("≠ they differ  * not as in the portfolio\n", "yellow"),
        ("Honestly: ", "bold"),
        "sandboxes built from public documentation; no live vendor was asked.\n",
        ("Next: ", "bold cyan"),
        f"clm-bridge contracts list --sandbox {first} · clm-bridge capabilities",
    )
