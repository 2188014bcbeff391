"""``verify``: the contract's checks on one connection, with what each rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from .._config import Settings, load_settings
from ._failures import FAILED
from ._harmless import harmless
from ._output import Column, View, emit, format_option
from ._where import Where, where_options

if TYPE_CHECKING:
    from ..testing.suite import Result, Subject

RESULTS: View[Result] = View(
    [
        Column("must", lambda one: one.must.id),
        Column("outcome", lambda one: one.outcome),
        Column("rule", lambda one: one.must.says),
        Column("evidence", lambda one: one.evidence),
    ],
    lambda one: {
        "must": one.must.id,
        "rule": one.must.says,
        "capabilities": list(one.must.needs),
        "outcome": one.outcome,
        "evidence": one.evidence,
    },
)

_COLOURS = {"proven": "green", "failed": "red", "not proven": "yellow"}


@click.command()
@click.option(
    "--allow-writes",
    is_flag=True,
    help="Also create contracts, and change those that it created itself.",
)
@click.option(
    "--record",
    metavar="FOLDER",
    help="Keep scrubbed cassettes of what is read; see 'cassettes check'.",
)
@format_option
@where_options
@click.pass_context
def verify(
    ctx: click.Context,
    *,
    where: Where,
    allow_writes: bool,
    record: str | None,
    form: str,
) -> None:
    """
    Check a connection's adapter against the contract.

    Nothing is written without --allow-writes.  The whole workspace is read several
    times, at the vendor's pace.
    """
    results: list[Result] = []
    for result in _results(where, allow_writes=allow_writes):
        results.append(result)
        if form == "table":
            _print(result)
    if form != "table":
        emit(form, RESULTS, results)
    click.echo(_summary(results), err=True)
    if record is not None:
        _keep(where, record)
    if any(one.outcome == "failed" for one in results):
        ctx.exit(FAILED)


def _results(where: Where, *, allow_writes: bool) -> Iterator[Result]:
    from ..testing.suite import run

    subject = _subject(where, allow_writes=allow_writes)
    try:
        if "check" in subject.clm.capabilities:
            subject.clm.check()  # bad credentials are one error, and not a hundred
        yield from run(subject)
    finally:
        subject.close()


def _keep(where: Where, folder: str) -> None:
    from ..testing.suite import AdapterSuite
    from ._recording import record

    with where.open() as clm:
        for told in record(clm, folder, AdapterSuite.version):
            click.echo(harmless(told), err=True)


def _subject(where: Where, *, allow_writes: bool) -> Subject:
    from ..testing.suite import connected, guessed, sandboxed

    if where.sandbox is not None:
        subject = sandboxed(where.sandbox, record=guessed)
        subject.may_write = allow_writes
        return subject

    def loader(**changes: Any) -> Settings:
        return load_settings(where.connection, config=where.config, arguments=changes)

    return connected(loader, record=guessed, may_write=allow_writes)


def _print(result: Result) -> None:
    colour = _COLOURS.get(result.outcome)
    outcome = click.style(f"{result.outcome:<11}", fg=colour)
    click.echo(f"{outcome}  {result.must.id:<16} {harmless(result.must.says)}")
    if result.evidence:
        click.echo(f"{'':<13}{harmless(result.evidence)}")


def _summary(results: Sequence[Result]) -> str:
    counts = Counter(one.outcome for one in results)
    return ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
