"""
Reading vendor payloads: strict, and exact about what is wrong.

An adapter mirrors a payload in frozen classes whose attributes are `wire` fields:
the vendor's key, where the value goes, and how it is coerced.  One declaration
reads the payload, feeds ``source.report()`` and prints the docs' mapping table.
"""

from __future__ import annotations

from collections import abc
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar, get_args, get_origin

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

from ._compile import Compiler, Hook
from ._errors import PayloadError
from ._report import WIRE
from ._scalars import (
    PLAIN,
    Amount,
    Day,
    Id,
    Mismatch,
    amount,
    day,
    instant,
    number,
    own_id,
)

T = TypeVar("T")


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


BROKEN = "the answer is not what the vendor promises"


class Reader:
    """
    One vendor's payloads; *zone* is where the company cuts instants into days.

    A payload takes the fast way.  Only one that fails is read again by cattrs, with
    detailed validation, to say which keys are wrong.
    """

    def __init__(self, zone: tzinfo = UTC) -> None:
        hooks: Mapping[Any, Hook] = {
            Decimal: number,
            datetime: instant,
            date: lambda value: day(value, UTC),
            Id: own_id,
            Amount: amount,
            Day: lambda value: day(value, zone),
        }
        self._compiler = Compiler(hooks)
        self._hooks = hooks

    def read(self, payload: Any, cls: type[T]) -> T:
        """Structure *payload*, or raise a `PayloadError` with a path to each fault."""
        try:
            found: T = self._compiler.reader(cls)(payload)
            return found
        except (Mismatch, LookupError):
            problems = self._problems(payload, cls)
        raise PayloadError(BROKEN, problems=problems)

    def _problems(self, payload: Any, cls: type) -> list[str]:
        try:
            _detailed(self._hooks).structure(payload, cls)
        except (BaseValidationError, Mismatch) as error:
            return sorted(_explain(error, "$"))
        return ["$: not readable"]


def rows(payload: Any) -> list[Any]:
    """Return *payload* if it is a list, or raise a `PayloadError`."""
    if not isinstance(payload, list):
        raise PayloadError(BROKEN, problems=[f"$: {Mismatch('a list', payload)}"])
    return payload


def each(payloads: Iterable[Any], read: Callable[[Any], T]) -> list[T]:
    """Read every payload of a list; a fault says which of them it is in."""
    found: list[T] = []
    try:
        for payload in payloads:
            found.append(read(payload))
    except PayloadError as error:
        error.within(len(found))
        raise
    return found


def _detailed(hooks: Mapping[Any, Hook]) -> Converter:
    """Build the converter that finds every fault; it is made when one is needed."""
    converter = Converter(detailed_validation=True)
    for cls, words in PLAIN.items():
        converter.register_structure_hook(cls, partial(_exactly, words))
    for cls, hook in hooks.items():
        converter.register_structure_hook(cls, partial(_single, hook))
    converter.register_structure_hook_factory(has, partial(_object_hook, converter))
    converter.register_structure_hook_factory(_is_list, partial(_list_hook, converter))
    converter.register_structure_hook_func(_is_mapping, _mapping)
    return converter


def _single(hook: Hook, value: Any, _: Any) -> Any:
    return hook(value)


def _exactly(words: str, value: Any, cls: type) -> Any:
    if type(value) is not cls:
        raise Mismatch(words, value)
    return value


def _is_mapping(cls: Any) -> bool:
    return get_origin(cls) is abc.Mapping


def _mapping(value: Any, _: Any) -> Any:
    return _exactly("an object", value, dict)


def _is_list(cls: Any) -> bool:
    return get_origin(cls) is tuple


def _list_hook(converter: Converter, cls: Any) -> Callable[[Any, Any], Any]:
    items = converter.get_structure_hook(list[get_args(cls)[0]])  # type: ignore[misc]  # made at run time

    def read_list(value: Any, _: Any) -> Any:
        return tuple(items(_exactly("a list", value, list), list[get_args(cls)[0]]))  # type: ignore[misc]  # the same

    return read_list


def _object_hook(converter: Converter, cls: type) -> Callable[[Any, Any], Any]:
    renames = {
        attribute.name: override(rename=told.key)
        for attribute in fields(cls)
        if (told := attribute.metadata.get(WIRE)) is not None and told.key is not None
    }
    structure: Callable[[Mapping[str, Any], Any], Any] = make_dict_structure_fn(
        cls,
        converter,
        _cattrs_detailed_validation=True,
        **renames,  # type: ignore[arg-type]  # the stub counts these as its own options
    )

    def read_object(value: Any, target: Any) -> Any:
        return structure(_exactly("an object", value, dict), target)

    return read_object


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
