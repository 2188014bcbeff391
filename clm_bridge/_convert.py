"""
Reading vendor payloads: strict, and exact about what is wrong.

An adapter mirrors a payload in frozen classes whose attributes are `wire` fields:
the vendor's key, where the value goes, and how it is coerced.  One declaration
reads the payload, feeds ``source.report()`` and prints the docs' mapping table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Any, NewType, TypeVar

from attrs import NOTHING, field, fields, fields_dict, frozen, has
from cattrs import Converter
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ClassValidationError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, override

from ._errors import PayloadError
from ._report import WIRE

T = TypeVar("T")

Id = NewType("Id", str)
"""An id that the vendor sends as text or as an integer; read as text."""

Day = NewType("Day", date)
"""A calendar day sent as a date, or as an instant to be cut in the company's zone."""

Amount = NewType("Amount", Decimal)
"""An exact number that the vendor sends as a number or as text."""


@frozen
class Wire:
    """What an adapter declares about one key of a payload."""

    key: str | None
    to: str | None
    how: str | None
    part: type | None


def wire(
    key: str | None = None,
    *,
    to: str | None = None,
    how: str | None = None,
    part: type | None = None,
    default: Any = NOTHING,
) -> Any:
    """Declare one key: its spelling, the attribute it feeds, how, and its own class."""
    return field(default=default, metadata={WIRE: Wire(key, to, how, part)})


class Mismatch(TypeError):
    """A value of another kind than promised; says both kinds, never the value."""

    def __init__(self, expected: str, value: object) -> None:
        super().__init__(f"expected {expected}, got {_KINDS.get(type(value), 'other')}")


_KINDS: Mapping[type, str] = {
    str: "text",
    int: "a whole number",
    Decimal: "a fraction",
    bool: "true or false",
    list: "a list",
    dict: "an object",
    type(None): "null",
}


class Reader:
    """
    One vendor's converter; *zone* is where the company cuts instants into days.

    Good payloads take the fast way.  Only one that fails is read again with
    cattrs' detailed validation, to say which keys are wrong.
    """

    def __init__(self, zone: tzinfo = UTC) -> None:
        self._fast = _converter(zone, detailed=False)
        self._detailed = _converter(zone, detailed=True)

    def read(self, payload: Any, cls: type[T]) -> T:
        """Structure *payload*, or raise a `PayloadError` with a path to each fault."""
        if not isinstance(payload, Mapping):
            raise PayloadError(str(Mismatch("an object", payload)), problems=["$"])
        try:
            return self._fast.structure(payload, cls)
        except (BaseValidationError, TypeError, ValueError, LookupError):
            problems = self._problems(payload, cls)
        raise PayloadError(
            f"the answer is not what the vendor promises: {'; '.join(problems)}",
            problems=problems,
        )

    def _problems(self, payload: Any, cls: type) -> list[str]:
        try:
            self._detailed.structure(payload, cls)
        except BaseValidationError as error:
            return sorted(_explain(error, "$"))
        return ["$: not readable"]


def rows(payload: Any) -> list[Any]:
    """Return *payload* if it is a list, or raise a `PayloadError`."""
    if not isinstance(payload, list):
        raise PayloadError(str(Mismatch("a list", payload)), problems=["$"])
    return payload


def _converter(zone: tzinfo, *, detailed: bool) -> Converter:
    converter = Converter(detailed_validation=detailed)
    for cls, words in ((str, "text"), (int, "a whole number"), (bool, "true or false")):
        converter.register_structure_hook(cls, _exactly(words))
    converter.register_structure_hook(Decimal, lambda value, _: _number(value))
    converter.register_structure_hook(datetime, lambda value, _: instant(value))
    converter.register_structure_hook(date, lambda value, _: day(value, UTC))
    converter.register_structure_hook(Id, lambda value, _: _id(value))
    converter.register_structure_hook(Amount, lambda value, _: _amount(value))
    converter.register_structure_hook(Day, lambda value, _: day(value, zone))
    converter.register_structure_hook_factory(
        has, lambda cls: _wire_hook(cls, converter, detailed=detailed)
    )
    return converter


def _wire_hook(
    cls: type, converter: Converter, *, detailed: bool
) -> Callable[[Mapping[str, Any], Any], Any]:
    renames = {
        attribute.name: override(rename=told.key)
        for attribute in fields(cls)
        if (told := attribute.metadata.get(WIRE)) is not None and told.key is not None
    }
    structure: Callable[[Mapping[str, Any], Any], Any] = make_dict_structure_fn(
        cls,
        converter,
        _cattrs_detailed_validation=detailed,
        **renames,  # type: ignore[arg-type]  # the stub counts these as its own options
    )

    def read_object(value: Mapping[str, Any], target: Any) -> Any:
        if not isinstance(value, dict):
            raise Mismatch("an object", value)
        return structure(value, target)

    return read_object


def _exactly(words: str) -> Callable[[Any, type], Any]:
    def hook(value: Any, cls: type) -> Any:
        if type(value) is not cls:
            raise Mismatch(words, value)
        return value

    return hook


def _id(value: Any) -> str:
    if type(value) is str and value:
        return value
    if type(value) is int:
        return str(value)
    raise Mismatch("an id", value)


def _number(value: Any) -> Decimal:
    if type(value) is Decimal or type(value) is int:
        return Decimal(value)
    raise Mismatch("a number", value)


def _amount(value: Any) -> Decimal:
    if type(value) is str:
        try:
            amount = Decimal(value)
        except ArithmeticError:
            raise Mismatch("a number", value) from None
        if amount.is_finite():
            return amount
        raise Mismatch("a number", value)
    return _number(value)


def instant(value: Any) -> datetime:
    """Read an ISO 8601 instant; one without a zone is UTC.  The result is in UTC."""
    if type(value) is not str:
        raise Mismatch("an ISO 8601 instant", value)
    try:
        then = datetime.fromisoformat(value)
    except ValueError:
        raise Mismatch("an ISO 8601 instant", value) from None
    return then.astimezone(UTC) if then.tzinfo else then.replace(tzinfo=UTC)


def day(value: Any, zone: tzinfo) -> date:
    """Read a date; cut an instant into the day that it was in *zone*."""
    if type(value) is not str:
        raise Mismatch("an ISO 8601 date", value)
    try:
        if len(value) == len("2026-01-31"):
            return date.fromisoformat(value)
        then = datetime.fromisoformat(value)
    except ValueError:
        raise Mismatch("an ISO 8601 date", value) from None
    return (then.astimezone(zone) if then.tzinfo else then).date()


def _explain(error: BaseException, path: str) -> Iterator[str]:
    """Yield ``path: what is wrong`` for each fault, in the vendor's own keys."""
    if isinstance(error, BaseValidationError):
        for below in error.exceptions:
            yield from _explain(below, path + _step(error, below))
    elif isinstance(error, KeyError):
        yield f"{path}: is missing"
    else:
        yield f"{path}: {error if isinstance(error, Mismatch) else 'is not readable'}"


def _step(parent: BaseValidationError, error: BaseException) -> str:
    for note in getattr(error, "__notes__", ()):
        if isinstance(parent, ClassValidationError) and isinstance(
            note, AttributeValidationNote
        ):
            return f".{_key(parent.cl, note.name)}"
        if isinstance(parent, IterableValidationError) and isinstance(
            note, IterableValidationNote
        ):
            return f"[{note.index}]"
    return ""


def _key(cls: type, name: str) -> str:
    attribute = fields_dict(cls).get(name)
    told = attribute.metadata.get(WIRE) if attribute is not None else None
    return told.key if told is not None and told.key else name
