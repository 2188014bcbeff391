"""``contracts import``: many contracts at once, from a table or lines of JSON."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click

from ._moved import RESULTS, finish, told
from ._moving import settle_option
from ._output import Column, View, format_option
from ._where import Where, where_options

ROWS = View(
    [Column("row", lambda one: one.key), *RESULTS.columns[1:-1]],
    lambda one: {
        "row": int(one.key),
        "outcome": one.outcome,
        "id": one.target,
        "why": list(one.why),
    },
)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--journal",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What was done; the same file resumes. Needed unless --dry-run.",
)
@click.option(
    "--results",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write what became of each row, as CSV or NDJSON.",
)
@click.option(
    "--on-existing",
    type=click.Choice(["return", "error", "create"]),
    default="return",
    show_default=True,
    help="What to do where a contract carries a row's external id.",
)
@settle_option
@click.option("--dry-run", is_flag=True, help="Check and ask, and write nothing.")
@format_option
@where_options
def import_contracts(
    *,
    where: Where,
    form: str,
    file: Path,
    journal: Path | None,
    results: Path | None,
    on_existing: str,
    settle: float,
    dry_run: bool,
) -> None:
    """Create a contract for each row of a CSV or NDJSON file."""
    from ..moving import create_all, write_results

    if journal is None and not dry_run:
        raise click.UsageError("name the --journal, or say --dry-run")
    with where.open() as clm, told("rows dealt with") as seen:
        found = create_all(
            clm,
            file,
            journal or file,
            on_existing=on_existing,  # type: ignore[arg-type]  # click checked it
            dry_run=dry_run,
            late=timedelta(seconds=settle),
            seen=seen,
        )
    if results is not None:
        write_results(found, results)
    finish(form, ROWS, found)
