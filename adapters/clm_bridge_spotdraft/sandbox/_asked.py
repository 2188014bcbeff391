"""Page, limit and the envelope that lists answer with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import request

from ._bodies import Faults, is_integer
from ._errors import invalid

T = TypeVar("T")

LIMIT = 10
LARGEST = 100
"""The maximum of the 2024 document; today's states none (A9)."""


def paged(records: Sequence[T], row: Callable[[T], Any]) -> dict[str, Any]:
    """Return the page that was asked for; past the end it is empty (A10)."""
    faults: dict[str, Faults] = {}
    page = _integer("page", 1, None, faults)
    limit = _integer("limit", LIMIT, LARGEST, faults)
    if faults:
        raise invalid(faults)
    start = (page - 1) * limit
    return {
        "page": page,
        "limit": limit,
        "total_results": len(records),
        "results": [row(one) for one in records[start : start + limit]],
    }


def _integer(
    name: str, default: int, largest: int | None, faults: dict[str, Faults]
) -> int:
    told = request.args.get(name)
    if told is None:
        return default
    if not is_integer(told.removeprefix("-")):
        faults[name] = (
            "Input should be a valid integer, unable to parse string as an integer",
        )
        return default
    number = int(told)
    if number < 1:
        faults[name] = ("Input should be greater than or equal to 1",)
    if largest is not None and number > largest:
        faults[name] = (f"Input should be less than or equal to {largest}",)
    return number


def required_integer(name: str) -> int:
    """Return a parameter that must be there and be an integer."""
    told = request.args.get(name)
    if told is None:
        raise invalid({name: ["Field required"]})
    if not is_integer(told):
        raise invalid({name: ["Input should be a valid integer"]})
    return int(told)
