"""
What became of a write.

The outcome is one line on stderr; what is there now, or what would be sent, goes to
stdout.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click
from attrs import evolve

from .._problems import Problem
from .._vocabulary import Outcome
from .._written import Preview, Written
from ._harmless import harmless
from ._output import Column, View, emit, emit_json

T = TypeVar("T")

LINES: Mapping[Outcome, str] = {
    Outcome.CREATED: "created {it}",
    Outcome.EXISTED: "existed: {it}; nothing was written",
    Outcome.RECONCILED: "reconciled: the answer was lost, and {it} is there",
    Outcome.CHANGED: "changed {it}",
    Outcome.UNCHANGED: "unchanged: {it} was so already",
}

PROBLEMS: View[Problem] = View(
    [
        Column("path", lambda one: one.path),
        Column("why", lambda one: one.why, shrinks=True),
        Column("accepts", lambda one: one.accepts, shrinks=True),
    ],
    lambda one: {
        "path": one.path,
        "why": one.why,
        "accepts": one.accepts,
        "placeless": one.placeless,
    },
)

LONGEST = 1_000
"""Characters of one text that a dry run shows to people."""

REQUESTS: View[Preview] = View(
    [
        Column("method", lambda one: one.method),
        Column("url", lambda one: one.url),
    ],
    lambda one: {
        "method": one.method,
        "url": one.url,
        "headers": dict(one.headers),
        "json": one.json,
        "files": dict(one.files),
    },
)

dry_option = click.option(
    "--dry-run", "dry", is_flag=True, help="Show what would be sent; write nothing."
)


def say(line: str) -> None:
    """Print one line on stderr."""
    click.echo(harmless(line), err=True)


def say_outcome(
    written: Written[Any], it: str, *, dry: bool, lines: Mapping[Outcome, str] = LINES
) -> None:
    """Say in one line what became of a write, and then what was left out of it."""
    say(_line(written, it, dry=dry, lines=lines))
    for problem in written.dropped:
        say(f"left out: {problem}")


def _line(
    written: Written[Any], it: str, *, dry: bool, lines: Mapping[Outcome, str]
) -> str:
    if written.outcome is Outcome.DRY_RUN:
        return _would(len(written.requests))
    line = lines[written.outcome].format(it=it)
    return f"dry run: {line}" if dry else line


def _would(count: int) -> str:
    if not count:
        return "dry run: nothing would be sent"
    these = "this request" if count == 1 else f"these {count} requests"
    return f"dry run: nothing was written; {these} would be sent"


def there(written: Written[T]) -> T | None:
    """Return what is there now; in a dry run nothing is."""
    return None if written.outcome is Outcome.DRY_RUN else written.result


def show(
    form: str,
    written: Written[Any],
    found: T | None,
    view: View[T],
    *,
    sheet: Callable[[T], None] | None = None,
) -> None:
    """Print what is there now, or the requests of a dry run."""
    if form in ("json", "ndjson"):
        told = None if found is None else view.as_json(found)
        emit_json(as_json(written, told), indent=2 if form == "json" else None)
    elif found is None:
        emit_requests(form, written.requests)
    elif sheet is not None and form == "table":
        sheet(found)
    else:
        emit(form, view, [found])


def as_json(written: Written[Any], result: Any) -> dict[str, Any]:
    """Return a write as JSON has it, with the result as JSON."""
    return {
        "outcome": written.outcome.value,
        "result": result,
        "dropped": [PROBLEMS.as_json(one) for one in written.dropped],
        "requests": [REQUESTS.as_json(one) for one in written.requests],
    }


def emit_requests(form: str, requests: Sequence[Preview]) -> None:
    """Print requests for people, as they would be sent, or for a table's rows."""
    if form == "csv":
        emit(form, REQUESTS, requests)
        return
    for place, request in enumerate(requests):
        if place:
            click.echo()
        for line in str(evolve(request, json=_shortened(request.json))).split("\n"):
            click.echo(harmless(line))


def _shortened(told: Any) -> Any:
    """Cut a text that nobody reads, such as a file's; other formats have it whole."""
    if isinstance(told, Mapping):
        return {key: _shortened(value) for key, value in told.items()}
    if isinstance(told, list):
        return [_shortened(one) for one in told]
    if isinstance(told, str) and len(told) > LONGEST:
        return f"{told[:LONGEST]}… ({len(told):,} characters)"
    return told
