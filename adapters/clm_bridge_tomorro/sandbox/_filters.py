"""
Filters of lists: ``field=v``, ``in:a,b``, ``ne:v``, ``gte:v`` and ``lte:v``.

https://alpha.developer.tomorro.com/api-reference/introduction
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping
from typing import Any

from attrs import frozen
from flask import request

from ._ids import is_uuid, plain
from ._refusals import invalid
from ._times import moment

Check = Callable[[Any], bool]

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "ne": operator.ne,
    "gte": operator.ge,
    "lte": operator.le,
}


@frozen
class Filter:
    """How a parameter is read, and which value of a record it is held against."""

    value: Callable[[Any], Any]
    read: Callable[[str], Any] = str
    operators: Collection[str] = ()
    equal: Callable[[Any, Any], bool] = operator.eq


def check(filters: Mapping[str, Filter]) -> Check:
    """Return whether a record passes everything that the request's query says."""
    checks = [
        _check(name, told, one)
        for name, one in filters.items()
        for told in request.args.getlist(name)
    ]
    return lambda record: all(passes(record) for passes in checks)


def _check(name: str, told: str, one: Filter) -> Check:
    word, _, rest = told.partition(":")
    if word not in one.operators:
        return _compared(one, one.equal, _read(name, told, one))
    if word == "in":
        among = [_read(name, part, one) for part in rest.split(",")]
        return lambda record: one.value(record) in among
    return _compared(one, _COMPARE[word], _read(name, rest, one))


def _compared(one: Filter, compare: Callable[[Any, Any], bool], wanted: Any) -> Check:
    def passes(record: Any) -> bool:
        value = one.value(record)
        if value is None:
            return compare is operator.ne
        return compare(value, wanted)

    return passes


def _read(name: str, told: str, one: Filter) -> Any:
    try:
        return one.read(told)
    except ValueError as error:
        raise invalid(f"{name} {error}") from None


def word(*among: str) -> Callable[[str], str]:
    """Return a reader of one of a few words."""

    def read(told: str) -> str:
        if told not in among:
            raise ValueError(f"must be one of the following values: {', '.join(among)}")
        return told

    return read


def identifier(told: str) -> str:
    """Read an id."""
    if not is_uuid(told):
        raise ValueError("must be a UUID")
    return plain(told)


def time(told: str) -> Any:
    """Read an instant or a date."""
    try:
        return moment(told)
    except ValueError:
        raise ValueError("must be a valid ISO 8601 date string") from None


def truth(told: str) -> bool:
    """Read true or false."""
    return word("true", "false")(told) == "true"


def holds(value: str, part: str) -> bool:
    """Say whether *part* is in *value*, in any case."""
    return part.casefold() in value.casefold()
