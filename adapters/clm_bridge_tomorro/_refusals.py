"""
What Tomorro may say when it says no.

Its documentation shows no error's body, so that the shapes of its framework (NestJS),
of its older GraphQL API and of JSON's usual conventions are read, and others likewise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from clm_bridge.adapter import PayloadError, Response

SENTENCES = (
    "message",
    "detail",
    "error_description",
    "description",
    "title",
    "error",
)
"""Keys of a sentence, the most telling first; one object says one of them."""
LISTS = ("errors", "details", "violations")
CODES = ("code", "errorCode", "error_code")
DEPTH = 6
"""Levels of objects and lists that are read."""


def complaints(answer: Response) -> Iterator[str]:
    """Yield the sentences, whichever keys they stand under."""
    return _words(_body(answer), DEPTH)


def code(answer: Response) -> str | None:
    """Return a code, if one is at the top, in the error, or in the first of several."""
    return _code(_body(answer), DEPTH)


def _body(answer: Response) -> Any:
    try:
        return answer.json()
    except PayloadError:
        return None


def _words(told: Any, depth: int) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, list) and depth:
        for one in told:
            yield from _words(one, depth - 1)
    elif isinstance(told, Mapping) and depth:
        yield from _sentence(told, depth - 1)
        for key in LISTS:
            yield from _filed(told.get(key), depth - 1)


def _sentence(told: Mapping[str, Any], depth: int) -> list[str]:
    for key in SENTENCES:
        if found := list(_words(told.get(key), depth)):
            return found
    return []


def _filed(told: Any, depth: int) -> Iterator[str]:
    """Yield a list's sentences; those of an object are filed under a field each."""
    if not isinstance(told, Mapping):
        yield from _words(told, depth)
        return
    for key, below in told.items():
        for words in _words(below, depth):
            yield f"{key}: {words}"


def _code(told: Any, depth: int) -> str | None:
    if not depth:
        return None
    if isinstance(told, list):
        return _code(told[0], depth - 1) if told else None
    if not isinstance(told, Mapping):
        return None
    for key in CODES:
        if isinstance(found := told.get(key), str) and found:
            return found
    below = (told.get(key) for key in ("extensions", "error", *LISTS))
    return next(filter(None, (_code(one, depth - 1) for one in below)), None)
