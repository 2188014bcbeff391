"""Lists: their order, their pages, and the four envelopes that the docs show."""

from __future__ import annotations

import binascii
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from attrs import frozen
from flask import request
from werkzeug.datastructures import MultiDict

from ._ids import plain
from ._refusals import invalid

DEFAULT, MOST = 20, 50
Order = Mapping[str, Callable[[Any], Any]]
"""Name of a sort key → how a record's value is read."""

NEWEST = "-createdAt"


class Record(Protocol):
    """Anything that has an id."""

    @property
    def id(self) -> str:
        """Its id."""


R = TypeVar("R", bound=Record)


@frozen
class Page(Generic[R]):
    """A stretch of a list, and whether there is more at either side."""

    items: Sequence[R]
    limit: int
    has_next: bool
    has_previous: bool

    @property
    def next(self) -> str | None:
        """The cursor that goes on."""
        return cursor(self.items[-1].id) if self.has_next and self.items else None

    @property
    def previous(self) -> str | None:
        """The cursor that goes back."""
        return cursor(self.items[0].id) if self.has_previous and self.items else None


def cursor(id: str) -> str:
    """Return the base64 of ``{"id":…}`` (A-06)."""
    return b64encode(json.dumps({"id": id}, separators=(",", ":")).encode()).decode()


def ordered(records: Iterable[R], by: Order, default: str) -> list[R]:
    """Sort as the request asks; equal ones stand in the order of their ids."""
    items = sorted(records, key=lambda one: one.id)
    for word in reversed(request.args.get("sort", default).split(",")):
        name = word.removeprefix("-")
        if name not in by:
            raise invalid(f"sort must be one of: {', '.join(by)}")
        items.sort(key=by[name], reverse=word.startswith("-"))
    return items


def page(items: Sequence[R], keep: Callable[[R], bool]) -> Page[R]:
    """Cut the request's page out of *items*, of which it counts what *keep* keeps."""
    args = request.args
    limit = _limit(args)
    if "after" in args and "before" in args:
        raise invalid("after and before must not be used together")
    start, end = _bounds(items, keep, args, limit)
    kept = [one for one in items if keep(one)]
    return Page(kept[start:end], limit, end < len(kept), start > 0)


def _bounds(
    items: Sequence[R], keep: Callable[[R], bool], args: MultiDict[str, str], limit: int
) -> tuple[int, int]:
    """Return where the page begins and ends among what is kept (A-36)."""
    if "after" in args:
        place = _place(items, args["after"])
        start = sum(map(keep, items[: place + 1]))
        return start, start + limit
    if "before" in args:
        end = sum(map(keep, items[: _place(items, args["before"])]))
        return max(0, end - limit), end
    return 0, limit


def _limit(args: MultiDict[str, str]) -> int:
    told = args.get("limit", str(DEFAULT))
    if not (told.isascii() and told.isdigit() and 1 <= int(told[:9]) <= MOST):
        raise invalid(f"limit must be an integer from 1 to {MOST}")
    return int(told)


def _place(items: Sequence[R], told: str) -> int:
    wanted = _decoded(told)
    for place, one in enumerate(items):
        if one.id == wanted:
            return place
    raise invalid("the cursor is not known")


def _decoded(told: str) -> str | None:
    try:
        found = json.loads(b64decode(told, validate=True))
    except (binascii.Error, ValueError):
        return None
    told_id = found.get("id") if isinstance(found, dict) else None
    return plain(told_id) if isinstance(told_id, str) else None
