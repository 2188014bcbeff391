"""
Data on stdout, in the format that was asked for.

A table is written when all records are there; the other formats are written record
by record, and what was read is written even when the rest fails.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, Literal, TypeVar

import click
from attrs import frozen

from .._messages import spelled
from ._text import shown

T = TypeVar("T")

FORMATS = ("table", "json", "ndjson", "csv")


@frozen
class Column(Generic[T]):
    """One column: its key in CSV, how to find its value, and whether it may shrink."""

    key: str
    of: Callable[[T], object]
    shrinks: bool = False
    only: Literal["table", "csv"] | None = None

    @property
    def title(self) -> str:
        """What the table's head says."""
        return self.key.replace("_", " ").upper()


@frozen
class View(Generic[T]):
    """How one kind of record is shown: its columns, most important first, and JSON."""

    columns: Sequence[Column[T]]
    as_json: Callable[[T], Any]

    def columns_of(self, form: str) -> Sequence[Column[T]]:
        """Return the columns that this format has."""
        return [column for column in self.columns if column.only in (None, form)]


def format_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--format``."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="How to print, also into a pipe.",
    )(function)


def emit(form: str, view: View[T], records: Iterable[T]) -> None:
    """Write records to stdout."""
    _WRITERS[form](view, records)


def emit_json(value: Any, *, indent: int | None = 2) -> None:
    """Write one JSON document."""
    click.echo(_dumped(value, indent))


def _dumped(value: Any, indent: int | None) -> str:
    able = (getattr(sys.stdout, "encoding", None) or "utf-8").lower() == "utf-8"
    return spelled(value, indent=indent, ensure_ascii=not able).decode()


def _json(view: View[T], records: Iterable[T]) -> None:
    opening = "["
    try:
        for record in records:
            text = _dumped(view.as_json(record), 2).replace("\n", "\n  ")
            click.echo(f"{opening}\n  {text}", nl=False)
            opening = ","
    finally:
        click.echo("[]" if opening == "[" else "\n]")


def _ndjson(view: View[T], records: Iterable[T]) -> None:
    for record in records:
        click.echo(_dumped(view.as_json(record), None))


def _csv(view: View[T], records: Iterable[T]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    columns = view.columns_of("csv")
    writer.writerow([column.key for column in columns])
    for record in records:
        writer.writerow([shown(column.of(record)) for column in columns])


def _table(view: View[T], records: Iterable[T]) -> None:
    rows: list[list[str]] = []
    columns = view.columns_of("table")
    try:
        for record in records:
            rows.append([shown(column.of(record)) for column in columns])
    finally:
        if rows:
            _print_table(columns, rows)
    if not rows:
        click.echo("nothing found", err=True)


def _print_table(columns: Sequence[Column[T]], rows: Sequence[Sequence[str]]) -> None:
    from ._table import render

    # A column that nobody fills takes room and says nothing.
    filled = [place for place in range(len(columns)) if any(row[place] for row in rows)]
    heads = [(columns[place].title, columns[place].shrinks) for place in filled]
    left_out = render(heads, [[row[place] for place in filled] for row in rows])
    if left_out:
        names = ", ".join(left_out).lower()
        click.echo(f"not shown for want of room: {names} (see --format)", err=True)


_WRITERS: dict[str, Callable[[View[Any], Iterable[Any]], None]] = {
    "table": _table,
    "json": _json,
    "ndjson": _ndjson,
    "csv": _csv,
}
