"""What became of contracts that were moved, or created from rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from ._failures import Partial
from ._harmless import harmless
from ._output import Column, View, emit
from ._walk import progress

if TYPE_CHECKING:
    from ..moving import Result

RESULTS: View[Result] = View(
    [
        Column("id", lambda one: one.key),
        Column("outcome", lambda one: one.outcome),
        Column("new_id", lambda one: one.target),
        Column("why", lambda one: "; ".join(one.why), shrinks=True),
        Column("lost", lambda one: "; ".join(one.lost), only="csv"),
    ],
    lambda one: {
        "id": one.key,
        "outcome": one.outcome,
        "new_id": one.target,
        "why": list(one.why),
        "lost": list(one.lost),
    },
)


@contextmanager
def told(says: str) -> Iterator[Callable[[Result], None]]:
    """Count on a terminal; elsewhere say a line for each that is not there as meant."""
    with progress(says) as advance:

        def seen(one: Result) -> None:
            advance(1)
            if not one.is_whole:
                why = "; ".join(one.why)
                click.echo(harmless(f"{one.key} {one.outcome}: {why}"), err=True)

        yield seen


def finish(form: str, view: View[Result], found: Sequence[Result]) -> None:
    """Print the results; end with the code for a part if some are not there."""
    emit(form, view, found)
    counted = Counter(one.outcome for one in found)
    click.echo(
        ", ".join(f"{count} {word}" for word, count in counted.items()), err=True
    )
    missing = sum(not one.is_whole for one in found)
    if missing:
        raise Partial(f"{missing} of {len(found)} are not there as they were to be")
