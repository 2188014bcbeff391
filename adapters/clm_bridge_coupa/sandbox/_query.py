"""
The query language: ``attribute[operator]=value``, conditions joined by AND.

A condition on an attribute that is null holds for `blank` only, as in SQL.
https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/get-started-with-the-api/api-operators
"""

from __future__ import annotations

import operator
import re
from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from typing import Any

from attrs import frozen

from ._errors import Refusal
from ._models import MODELS
from ._schema import Attribute, Kind, Many, Model, One, Record, hyphened
from ._values import from_text

Test = Callable[[Any, Any], bool]

RESERVED = frozenset(
    {"limit", "offset", "order_by", "dir", "return_object", "filter", "fields"}
)
"""What a query says about the answer and not about the records."""

_COMPARISONS: Mapping[str, Test] = {
    "gt": operator.gt,
    "lt": operator.lt,
    "gt_or_eq": operator.ge,
    "lt_or_eq": operator.le,
    "not_eq": operator.ne,
    "eq": operator.eq,
}
_SUBSTRINGS: Mapping[str, Callable[[str, str], bool]] = {
    "contains": operator.contains,
    "starts_with": str.startswith,
    "ends_with": str.endswith,
}
_SETS = ("in", "not_in")
OPERATORS = frozenset({*_COMPARISONS, *_SUBSTRINGS, *_SETS, "blank"}) - {"eq"}


@frozen
class Condition:
    """One condition: where the value is, and what it must be."""

    path: tuple[str, ...]
    test: Callable[[Any], bool]

    def holds(self, record: Record) -> bool:
        """Say whether any value at the end of the path passes."""
        return any(self.test(value) for value in _reach(record, self.path))


def read_conditions(
    model: Model,
    pairs: Iterable[tuple[str, str]],
    *,
    fold_case: bool = True,
    closed: Collection[str] = (),
) -> list[Condition]:
    """Read a query; what is unknown, or *closed* to queries, is refused."""
    asked = [(key, value) for key, value in pairs if key not in RESERVED]
    conditions = [_condition(model, key, value, fold_case) for key, value in asked]
    for condition in conditions:
        if condition.path[0] in closed:
            raise _invalid(model, condition.path[0], "it cannot be queried")
    return conditions


def _condition(model: Model, key: str, value: str, fold_case: bool) -> Condition:
    *names, last = re.findall(r"[^\[\]]+", key) or [key]
    if last in OPERATORS and names:
        word = last
    else:
        names, word = [*names, last], "eq"
    path, attribute = _resolve(model, names, key)
    try:
        test = _test(attribute, word, value, fold_case)
    except ValueError as error:
        raise _invalid(model, key, f"{value!r} does not fit") from error
    return Condition(path, test)


def _resolve(
    model: Model, names: Sequence[str], key: str
) -> tuple[tuple[str, ...], Attribute]:
    """Follow the names through associations to an attribute."""
    path: tuple[str, ...] = ()
    attribute: Attribute = One(model.name)
    for name in names:
        found = _found(attribute, hyphened(name))
        if found is None:
            raise _invalid(model, key, f"unknown attribute or operator {name}")
        steps, attribute = found
        path += steps
    return path, attribute


def _found(attribute: Attribute, name: str) -> tuple[tuple[str, ...], Attribute] | None:
    """Look a name up; ``x-id`` is the id of an association ``x``."""
    if isinstance(attribute, Kind):
        return None
    attributes = MODELS[attribute.model].attributes
    if name in attributes:
        return (name,), attributes[name]
    stem = name.removesuffix("-id")
    if stem != name and isinstance(attributes.get(stem), One):
        return (stem, "id"), Kind.INTEGER
    return None


def _reach(value: Any, path: Sequence[str]) -> Iterator[Any]:
    if not path or value is None:
        yield value
        return
    inner = value.get(path[0])
    if isinstance(inner, list) and len(path) > 1:
        for each in inner:
            yield from _reach(each, path[1:])
    else:
        yield from _reach(inner, path[1:])


def _test(
    attribute: Attribute, word: str, text: str, fold_case: bool
) -> Callable[[Any], bool]:
    if word == "blank":
        return _blank(attribute, text)
    if isinstance(attribute, One | Many):
        raise ValueError("an association is only blank or not")
    if word in _SUBSTRINGS:
        return _substring(attribute, _SUBSTRINGS[word], text, fold_case)
    read = _reader(attribute, fold_case)
    if word in _SETS:
        chosen = {read(each) for each in text.split(",")}
        return _set(chosen, fold_case, inside=word == "in")
    wanted, compare = read(text), _COMPARISONS[word]
    return lambda value: value is not None and compare(_fold(value, fold_case), wanted)


def _blank(attribute: Attribute, text: str) -> Callable[[Any], bool]:
    if attribute is Kind.TIME:
        raise ValueError("not for datetimes")
    wanted = from_text(Kind.BOOLEAN, text)
    return lambda value: (value in (None, "", [])) is wanted


def _substring(
    attribute: Kind, test: Callable[[str, str], bool], text: str, fold_case: bool
) -> Callable[[Any], bool]:
    if attribute is Kind.TIME:
        raise ValueError("not for datetimes")
    wanted = _fold(text, fold_case)
    return lambda value: (
        value is not None and test(_fold(str(value), fold_case), wanted)
    )


def _set(chosen: set[Any], fold_case: bool, *, inside: bool) -> Callable[[Any], bool]:
    return lambda value: (
        value is not None and (_fold(value, fold_case) in chosen) is inside
    )


def _reader(attribute: Kind, fold_case: bool) -> Callable[[str], Any]:
    return lambda text: _fold(from_text(attribute, text), fold_case)


def _fold(value: Any, fold_case: bool) -> Any:
    return value.casefold() if fold_case and isinstance(value, str) else value


def _invalid(model: Model, key: str, why: str) -> Refusal:
    return Refusal(f"Invalid query condition {key}: {why}.", model=model.name)
