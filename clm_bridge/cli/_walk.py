"""Walking a listing: up to a limit, with progress, and with a way to resume."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from .._errors import ClmError
from ._failures import Interrupted

if TYPE_CHECKING:
    from .._rooms import Listing

T = TypeVar("T")

Advance = Callable[[int], None]


def walk(listing: Listing[T], limit: int | None, says: str, form: str) -> Iterator[T]:
    """Yield records; progress ends before the last is out, and so before a table."""
    with progress(says, form) as advance:
        yield from _walked(listing, limit, advance)


def _walked(listing: Listing[T], limit: int | None, advance: Advance) -> Iterator[T]:
    """Yield records; an error after the first says how to resume."""
    count, cursor, pages = 0, None, listing.pages()
    try:
        for page in pages:
            advance(len(page.items))
            for item in page.items:
                if limit is not None and count >= limit:
                    return
                count += 1
                yield item
            cursor = page.next
            if limit is not None and count >= limit:
                return
    except ClmError as error:
        if not count:
            raise
        raise Interrupted(error, count, cursor) from error
    finally:
        getattr(pages, "close", lambda: None)()


def _goes_into_a_file() -> bool:
    """Say whether stdout is a file; a pipe may end on the same terminal."""
    return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)


@contextmanager
def progress(says: str, form: str = "table") -> Iterator[Advance]:
    """Count on stderr while it is a terminal that nothing else is written to."""
    if not sys.stderr.isatty() or (form != "table" and not _goes_into_a_file()):
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    said = TextColumn("{task.description} [bold]{task.completed}")
    with Progress(
        SpinnerColumn(),
        said,
        TimeElapsedColumn(),
        console=Console(file=sys.stderr),
        transient=True,
    ) as bar:
        task = bar.add_task(says, total=None)
        yield lambda more: bar.advance(task, more)
