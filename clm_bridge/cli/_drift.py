"""``drift`` and ``cassettes``: what was recorded, against what is answered now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import frozen

from .._errors import ConfigError
from ._failures import FAILED
from ._harmless import harmless
from ._output import Column, View, emit, format_option
from ._where import Where, where_options

if TYPE_CHECKING:
    from ..testing.cassettes._drift import Drift
    from ..testing.cassettes._model import Cassette


def _view() -> View[Drift]:
    return View(
        [
            Column("change", lambda one: one.kind),
            Column("path", lambda one: one.path, shrinks=True),
            Column("before", lambda one: one.before, shrinks=True),
            Column("now", lambda one: harmless(one.after), shrinks=True),
            Column("request", lambda one: one.request, shrinks=True),
            Column("cassettes", lambda one: ", ".join(one.cassettes), only="csv"),
        ],
        lambda one: {
            "change": one.kind,
            "request": one.request,
            "path": one.path,
            "before": one.before,
            "now": one.after,
            "cassettes": list(one.cassettes),
        },
    )


@click.command()
@click.option(
    "--cassettes",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The cassettes; without it, the vendor's, here or in its package.",
)
@format_option
@where_options
@click.pass_context
def drift(ctx: click.Context, *, where: Where, folder: Path | None, form: str) -> None:
    """
    Ask again, and report answers of another shape.

    What is asked is on cassettes; only GET requests are sent.  The exit code is 1 if
    keys came or went, a type changed, or, against recordings, something is sometimes
    missing or null, or a word is new.
    """
    from ..testing.cassettes._drift import drift as compare

    with where.open() as clm:
        tapes = _tapes(folder, type(clm.settings.adapter))
        found = list(compare(clm, tapes))
    emit(form, _view(), found)
    drifted = sum(one.drifted for one in found)
    click.echo(
        f"{len(tapes)} cassettes, {drifted} changes, "
        f"{len(found) - drifted} requests not compared",
        err=True,
    )
    if drifted:
        ctx.exit(FAILED)


def _tapes(folder: Path | None, adapter: type) -> list[Cassette]:
    from ..testing.cassettes import _evidence

    chosen = folder or _evidence.home(adapter)
    try:
        found = list(_evidence.tapes(chosen))
    except ValueError as error:
        raise ConfigError(str(error), hint="clm-bridge cassettes check") from None
    if not found:
        raise ConfigError(
            "there are no cassettes to compare with",
            hint="name a folder that has some: --cassettes FOLDER",
        )
    return found


@click.group()
def cassettes() -> None:
    """Look after recorded exchanges."""


@frozen
class Fault:
    """What is wrong with one file."""

    path: str
    said: str


FAULTS: View[Fault] = View(
    [
        Column("file", lambda one: one.path),
        Column("fault", lambda one: harmless(one.said), shrinks=True),
    ],
    lambda one: {"file": one.path, "fault": one.said},
)


@cassettes.command("check")
@click.argument(
    "folder",
    default="cassettes",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@click.option("--fix", is_flag=True, help="Write each file as it would be written.")
@format_option
@click.pass_context
def check(ctx: click.Context, *, folder: Path, fix: bool, form: str) -> None:
    """Check that files are whole, small, in their one form, and free of secrets."""
    from ..testing.cassettes._format import cassettes as files

    paths = list(files(folder))
    found = [fault for path in paths for fault in _faults(path, fix=fix)]
    if found or form != "table":
        emit(form, FAULTS, found)
    for line in _ages(paths):
        click.echo(line, err=True)
    click.echo(f"{len(paths)} cassettes, {len(found)} faults", err=True)
    if found:
        ctx.exit(FAILED)


def _ages(paths: Sequence[Path]) -> Iterator[str]:
    """Say how many there are of each vendor and provenance, and how old they are."""
    from ..testing.cassettes import _format

    ages: dict[tuple[str, str], list[int]] = {}
    today = date.today()  # noqa: DTZ011  # days where the user sits
    for path in paths:
        with suppress(ValueError):
            told = _format.load(path).metadata
            age = (today - told.day).days
            ages.setdefault((told.vendor, told.provenance), []).append(age)
    for (vendor, provenance), days in sorted(ages.items()):
        oldest = f"the oldest {max(days)} days old"
        yield harmless(f"{vendor}: {len(days)} {provenance}, {oldest}")


def _faults(path: Path, *, fix: bool) -> Iterator[Fault]:
    from ..testing.cassettes import _format, sightings
    from ..testing.cassettes._model import LARGEST

    try:
        tape = _format.load(path)
    except ValueError as error:
        yield Fault(str(path), str(error).removeprefix(f"{path}: "))
        return
    if fix:
        _format.reformat(path)
    text = path.read_text(encoding="utf-8")
    if _format.dumps(tape) != text:
        yield Fault(str(path), "is written otherwise than it would be: --fix")
    if len(text.encode()) >= LARGEST:
        yield Fault(str(path), f"has more than {LARGEST} bytes")
    if (tape.metadata.vendor, tape.metadata.case) != (path.parent.name, path.stem):
        yield Fault(str(path), "has another vendor or case than its folder or name")
    for one in {(one.what, one.spelled) for one in sightings(text)}:
        yield Fault(str(path), f"holds what looks like {one[0]} ({one[1]})")
