"""The envelopes of lists, which differ from one endpoint to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import request

from ._paging import Page, Record

R = TypeVar("R", bound=Record)
Write = Callable[[R], Any]
Envelope = dict[str, Any]


def paginated(page: Page[R], write: Write[R]) -> Envelope:
    """Return ``{data, pagination, links}``, as the reference pages show it."""
    return {
        "data": [write(one) for one in page.items],
        "pagination": {
            "limit": page.limit,
            "next_cursor": page.next,
            "prev_cursor": page.previous,
            "has_next": page.has_next,
            "has_previous": page.has_previous,
        },
        "links": {
            "self": _link(request.args.to_dict()),
            "next": _neighbour("after", page.next),
            "prev": _neighbour("before", page.previous),
        },
    }


def plural(page: Page[R], write: Write[R], key: str, lists: str) -> Envelope:
    """Return ``{<plural>, hasNext, hasPrevious}`` or what the switch asks (A-05)."""
    forms: dict[str, Callable[[], Envelope]] = {
        "documented": lambda: _documented(page, write, key),
        "cursors": lambda: _documented(page, write, key) | _cursors(page),
        "pagination": lambda: paginated(page, write),
        "introduction": lambda: _introduction(page, write),
    }
    return forms[lists]()


def _documented(page: Page[R], write: Write[R], key: str) -> Envelope:
    return {
        key: [write(one) for one in page.items],
        "hasNext": page.has_next,
        "hasPrevious": page.has_previous,
    }


def _cursors(page: Page[R]) -> Envelope:
    return {"nextCursor": page.next, "previousCursor": page.previous}


def _introduction(page: Page[R], write: Write[R]) -> Envelope:
    return {
        "data": [write(one) for one in page.items],
        "pagination": {
            "hasNext": page.has_next,
            "hasPrevious": page.has_previous,
            "next": page.next,
            "previous": page.previous,
        },
    }


def _neighbour(way: str, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    asked = request.args.to_dict()
    kept = {name: told for name, told in asked.items() if name not in _WAYS}
    return _link(kept | {way: cursor})


_WAYS = ("after", "before")


def _link(args: dict[str, str]) -> str:
    """Return a link without host and without /v2."""
    path = request.path.removeprefix("/v2")
    return f"{path}?{urlencode(args)}" if args else path
