"""``vendors`` and ``capabilities``: who there is, what they can do, what they lose."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any

import click

from .._adapter import Adapter
from ._harmless import harmless
from ._matrix import Row, losses, matrix
from ._output import Column, View, emit, emit_json, format_option
from ._plugins import Plugin, adapters, installed

VENDORS: View[Plugin] = View(
    [
        Column("name", lambda one: one.name),
        Column("title", lambda one: one.adapter and one.adapter.title),
        Column("state", lambda one: "broken" if one.error else "ok"),
        Column("package", lambda one: one.package),
    ],
    lambda one: {
        "name": one.name,
        "title": one.adapter.title if one.adapter else None,
        "state": "broken" if one.error else "ok",
        "cause": one.cause,
        "package": one.package,
    },
)


@click.command()
@format_option
def vendors(*, form: str) -> None:
    """List the installed vendors."""
    found = installed()
    emit(form, VENDORS, found)
    for plugin in found:
        if plugin.error is not None:
            said = harmless(f"{plugin.name} ({plugin.package}): {plugin.cause}")
            click.echo(f"broken: {said}", err=True)


@click.command()
@click.argument("names", nargs=-1, metavar="[VENDOR]...")
@click.option(
    "--diff", nargs=2, metavar="A B", help="Only what sets these two vendors apart."
)
@click.option(
    "--evidence", is_flag=True, help="Instead: what proves each, and how old that is."
)
@format_option
def capabilities(
    *,
    names: tuple[str, ...],
    diff: tuple[str, str] | None,
    evidence: bool,
    form: str,
) -> None:
    """
    Show what each vendor can do, and loses.

    The table says who applies a filter: the vendor itself, or the bridge; one that is
    "full only" needs contracts in full detail.
    """
    if diff and names:
        raise click.UsageError("--diff names its two vendors itself")
    chosen = adapters(diff or names) if diff or names else _working()
    if evidence:
        _emit_evidence(form, chosen)
        return
    rows = [row for row in matrix(chosen) if not diff or row.differs]
    if form == "json":
        emit_json([_as_json(adapter, rows) for adapter in chosen])
    else:
        emit(form, _view(chosen), rows)
    if form == "table":
        _say_why(chosen, {row.name for row in rows if row.kind == "loss"})


def _emit_evidence(form: str, chosen: Sequence[type[Adapter]]) -> None:
    from ._proof import PROOFS, proofs

    emit(form, PROOFS, proofs(chosen))


def _working() -> list[type[Adapter]]:
    return [plugin.adapter for plugin in installed() if plugin.adapter is not None]


def _view(chosen: Sequence[type[Adapter]]) -> View[Row]:
    columns: list[Column[Row]] = [
        Column("kind", lambda row: row.kind),
        Column("name", lambda row: row.name),
    ]
    for adapter in chosen:
        columns.append(Column(adapter.name, _cell(adapter.name)))
    return View(columns, lambda row: {"kind": row.kind, "name": row.name, **row.cells})


def _cell(vendor: str) -> Any:
    return lambda row: row.cells[vendor]


def _as_json(adapter: type[Adapter], rows: Sequence[Row]) -> dict[str, Any]:
    told: dict[str, Any] = {"vendor": adapter.name, "title": adapter.title}
    for row in rows:
        if row.kind != "loss":
            table = told.setdefault(f"{row.kind}s", {})
            table[row.name] = row.cells[adapter.name]
    told["losses"] = [{"lost": name, "why": why} for name, why in losses(adapter)]
    told["assumptions"] = list(adapter.assumptions)
    return told


def _say_why(chosen: Sequence[type[Adapter]], told: Container[str]) -> None:
    """Give each loss its reason, where there is room: for one vendor, or for two."""
    if len(chosen) > 2:
        click.echo("why: clm-bridge capabilities VENDOR", err=True)
        return
    for adapter in chosen:
        lost = [(name, why) for name, why in losses(adapter) if name in told]
        loses = "loses" if lost else "loses nothing of this"
        click.echo(f"\n{click.style(adapter.title, bold=True)} {loses}")
        for name, why in lost:
            click.echo(f"  {name}: {why}")
