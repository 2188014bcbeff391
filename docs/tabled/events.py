"""What each vendor tells by itself, word by word."""

from __future__ import annotations

from collections.abc import Iterator

from clm_bridge import EventKind

from .markdown import code, table
from .vendors import adapter, adapters


def events() -> str:
    """Return which kinds of event which vendor tells."""
    told = adapters()
    return table(
        ["`EventKind`", *(one.title for one in told)],
        (
            [
                code(kind.name),
                *("yes" if kind in one.events.values() else "" for one in told),
            ]
            for kind in EventKind
            if kind is not EventKind.OTHER
        ),
    )


def event_words(vendor: str) -> str:
    """Return a vendor's words by the kind that they mean."""
    return table(["`EventKind`", "The vendor's words"], _words(vendor))


def _words(vendor: str) -> Iterator[list[str]]:
    known = adapter(vendor).events
    for kind in EventKind:
        words = [code(word) for word, means in known.items() if means is kind]
        if words:
            yield [code(kind.name), ", ".join(words)]
