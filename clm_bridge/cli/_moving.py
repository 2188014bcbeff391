"""``plan`` and ``migrate``: moving contracts from one vendor to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from .._vocabulary import Status
from ._failures import WHERE
from ._moved import RESULTS, finish, told
from ._output import Column, View, emit, emit_json, format_option
from ._where import Where

if TYPE_CHECKING:
    from .._bridge import Bridge
    from ..moving import Finding, MovingPlan, Names


@frozen
class Way:
    """From where to where, and what is called how there."""

    source: Where
    target: Where
    mapping: Path | None

    @contextmanager
    def open(self) -> Iterator[tuple[Bridge, Bridge]]:
        """Connect to both."""
        with ExitStack() as opened:
            source = opened.enter_context(self.source.open())
            yield source, opened.enter_context(self.target.open())

    def names(self) -> Names | None:
        """Read the mapping, if one is named."""
        from ..moving import read_names

        return None if self.mapping is None else read_names(self.mapping)


def way_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that name both connections; pass them on as ``way``."""

    @click.option("--from", "source", metavar="NAME", help="The connection to leave.")
    @click.option("--to", "target", metavar="NAME", help="The connection to move to.")
    @click.option(
        "--from-sandbox", metavar="VENDOR", help="Instead: a vendor's sandbox."
    )
    @click.option("--to-sandbox", metavar="VENDOR", help="Instead: a vendor's sandbox.")
    @click.option("--config", metavar="PATH", help="The configuration file.")
    @click.option(
        "--mapping",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="TOML: which type, template, field and owner is which there.",
    )
    @click.option(
        "--status",
        multiple=True,
        type=click.Choice([status.value for status in Status]),
        help="Only these; may be given several times.",
    )
    @click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
    @wraps(function)
    def located(
        *,
        source: str | None,
        target: str | None,
        from_sandbox: str | None,
        to_sandbox: str | None,
        config: str | None,
        mapping: Path | None,
        **options: Any,
    ) -> Any:
        leaves = _where("from", source, from_sandbox, config)
        reaches = _where("to", target, to_sandbox, config)
        click.get_current_context().meta[WHERE] = reaches.options
        return function(way=Way(leaves, reaches, mapping), **options)

    return located


def _where(
    side: str, name: str | None, sandbox: str | None, config: str | None
) -> Where:
    if (name is None) == (sandbox is None):
        raise click.UsageError(f"name one of --{side} and --{side}-sandbox")
    return Where(name, config if sandbox is None else None, sandbox)


settle_option = click.option(
    "--settle",
    type=click.FloatRange(min=0),
    default=30.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a request that was lost may still take effect.",
)


@click.command()
@way_options
@click.option(
    "--sample",
    type=click.IntRange(min=0),
    default=2,
    show_default=True,
    help="Of each kind, so many creations are rehearsed to count their calls.",
)
@click.option(
    "--documents",
    is_flag=True,
    help="Ask for each contract which documents there are, a call or two more.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print, also into a pipe.",
)
def plan(
    *,
    way: Way,
    form: str,
    status: tuple[str, ...],
    limit: int | None,
    sample: int,
    documents: bool,
) -> None:
    """Say what moving to another vendor would come to."""
    from ..moving import plan as planned

    with way.open() as (source, target):
        found = planned(
            source,
            target,
            names=way.names(),
            status=status or None,
            limit=limit,
            sample=sample,
            documents=documents,
        )
    if form == "json":
        emit_json(found.to_dict())
    else:
        _emit_plan(found)


KINDS: View[Any] = View(
    [
        Column("status", lambda one: one.status),
        Column("contracts", lambda one: one.contracts),
        Column("move", lambda one: one.movable),
        Column("refused", lambda one: one.refused),
        Column("begin_as", lambda one: one.begins_as),
    ],
    lambda one: one,
)
FINDINGS: View[Finding] = View(
    [
        Column("contracts", lambda one: one.contracts),
        Column("what", lambda one: one.path),
        Column("becomes", lambda one: one.becomes),
        Column("why", lambda one: one.why, shrinks=True),
        Column("accepts", lambda one: one.accepts, shrinks=True),
    ],
    lambda one: one,
)


def _emit_plan(found: MovingPlan) -> None:
    emit("table", KINDS, found.kinds)
    for title, findings in (
        ("refused", found.refused),
        ("lost", found.lost),
        ("reinterpreted", found.reinterpreted),
    ):
        if findings:
            click.echo(f"\n{click.style(title, bold=True)}")
            emit("table", FINDINGS, findings)
    click.echo()
    for says, address, cost in (
        ("reading", found.source, found.reading),
        ("writing", found.target, found.writing),
    ):
        who = address["connection"] or address["vendor"]
        click.echo(
            f"{says:<8} {who}: {cost.calls} calls, {_time(cost.seconds)} at its limit"
        )


def _time(seconds: float) -> str:
    return str(timedelta(seconds=round(seconds)))


@click.command()
@way_options
@click.option(
    "--journal",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What was done; the same file resumes. Needed unless --dry-run.",
)
@settle_option
@click.option("--dry-run", is_flag=True, help="Ask, and write nothing.")
@format_option
def migrate(
    *,
    way: Way,
    form: str,
    status: tuple[str, ...],
    limit: int | None,
    journal: Path | None,
    settle: float,
    dry_run: bool,
) -> None:
    """Move contracts to another vendor, each once."""
    from ..moving import migrate as moved
    from ..moving import rehearse

    if journal is None and not dry_run:
        raise click.UsageError("name the --journal, or say --dry-run")
    wanted: dict[str, Any] = {"status": status or None, "limit": limit}
    with way.open() as (source, target), told("contracts dealt with") as seen:
        wanted |= {"names": way.names(), "seen": seen}
        if dry_run or journal is None:
            found = rehearse(source, target, **wanted)
        else:
            late = timedelta(seconds=settle)
            found = moved(source, target, journal, late=late, **wanted)
    finish(form, RESULTS, found)
