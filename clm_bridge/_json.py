"""
Contracts as JSON-able dictionaries, and back without loss.

Decimals, dates and instants are text; enumerations are their values.  A fraction
inside ``raw`` or an untyped field is ``{"$decimal": "1.10"}``, so that its spelling
survives.

What is to be written is read as people and programs write it: numbers may be numbers,
if they are exact, and a field's text means what the workspace's definition says.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from typing import Any, TypeVar, overload

from cattrs import BaseValidationError, Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from ._errors import InvalidInput
from ._events import EventSource
from ._json_faults import found_in
from ._models import Contract, Source
from ._particulars import ContractChanges, NewContract
from ._scalars import PLAIN, Mismatch
from ._values import ExternalLink, Field, Money, Period, Typed
from ._vocabulary import Facet, FieldKind

T = TypeVar("T")


def to_dict(record: Any, *, raw: bool = True) -> dict[str, Any]:
    """Return *record* as a dictionary for ``json.dumps``, with its raw or without."""
    found: dict[str, Any] = _converter().unstructure(record)
    if not raw and isinstance(found.get("source"), dict):
        found["source"]["raw"] = {}
    return found


@overload
def from_dict(told: Mapping[str, Any]) -> Contract: ...
@overload
def from_dict(told: Mapping[str, Any], cls: type[T]) -> T: ...
def from_dict(told: Mapping[str, Any], cls: type[Any] = Contract) -> Any:
    """Return what `to_dict` was given, or raise `InvalidInput` with each fault."""
    try:
        return _converter().structure(told, cls)
    except (BaseValidationError, TypeError, ValueError, AttributeError) as error:
        faults = found_in(error)
    told_wrong = "; ".join(str(fault) for fault in faults)
    raise InvalidInput(f"this is not a {cls.__name__}: {told_wrong}", problems=faults)


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    for cls, words in PLAIN.items():
        converter.register_structure_hook(cls, partial(_exactly, words))
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, _amount)
    converter.register_unstructure_hook(bytes, lambda held: b64encode(held).decode())
    converter.register_structure_hook(bytes, lambda text, _: b64decode(text))
    for cls in (date, datetime):
        converter.register_unstructure_hook(cls, cls.isoformat)
        converter.register_structure_hook(cls, _time)
    converter.register_unstructure_hook_func(_is_facets, _sorted_facets)
    _register_field(converter)
    _register_source(converter)
    _register_apart(converter, ExternalLink, data=(plain, _exact))
    _register_apart(converter, EventSource, raw=(plain, _exact))
    written = {"fields": (_field_texts, _typed), "extra": (plain, _exact)}
    for told in (NewContract, ContractChanges):
        _register_apart(converter, told, **written)
    return converter


def _exactly(words: str, value: Any, cls: type) -> Any:
    if type(value) is not cls:
        raise Mismatch(words, value)
    return value


def _amount(told: Any, _: type) -> Decimal:
    if isinstance(told, float):
        raise Mismatch("an exact number", told)
    return Decimal(told)


def _time(text: str, cls: type[date]) -> date:
    return cls.fromisoformat(text)


def _is_facets(cls: Any) -> bool:
    return bool(cls == frozenset[Facet])


def _sorted_facets(facets: frozenset[Facet]) -> list[str]:
    return sorted(facet.value for facet in facets)


def _register_field(converter: Converter) -> None:
    def unstructure(own: Field) -> dict[str, Any]:
        value = plain(own.value) if own.kind is FieldKind.OTHER else own.value
        return {
            "id": own.id,
            "label": own.label,
            "kind": own.kind.value,
            "value": converter.unstructure(value),
        }

    def structure(told: Mapping[str, Any], _: type) -> Field:
        kind = FieldKind(told["kind"])
        value = told["value"]
        read = _FIELD_TYPES.get(kind)
        if value is not None:
            value = converter.structure(value, read) if read else _READS[kind](value)
        return Field(told["id"], told["label"], kind, value)

    converter.register_unstructure_hook(Field, unstructure)
    converter.register_structure_hook(Field, structure)


_FIELD_TYPES: Mapping[FieldKind, Any] = {
    FieldKind.TEXT: str,
    FieldKind.OPTION: str,
    FieldKind.BOOLEAN: bool,
    FieldKind.DATE: date,
    FieldKind.INSTANT: datetime,
    FieldKind.MONEY: Money,
    FieldKind.DURATION: Period,
    FieldKind.OPTIONS: tuple[str, ...],
}
_READS: Mapping[FieldKind, Any] = {
    FieldKind.NUMBER: lambda told: Decimal(told) if isinstance(told, str) else told,
    FieldKind.OTHER: lambda told: exact(told),
}


def _register_source(converter: Converter) -> None:
    unstructure = make_dict_unstructure_fn(
        Source,
        converter,
        reading=override(omit=True),
        raw=override(unstruct_hook=plain),
    )
    structure = make_dict_structure_fn(
        Source,
        converter,
        reading=override(omit=True),
        raw=override(struct_hook=lambda told, _: exact(told)),
    )
    converter.register_unstructure_hook(Source, unstructure)
    converter.register_structure_hook(Source, structure)


def _register_apart(
    converter: Converter,
    cls: type[Any],
    **apart: tuple[Callable[[Any], Any], Callable[[Any, Any], Any]],
) -> None:
    """Let *cls* write and read the attributes *apart* in ways of their own."""
    writes = {name: override(unstruct_hook=way[0]) for name, way in apart.items()}
    reads = {name: override(struct_hook=way[1]) for name, way in apart.items()}
    converter.register_unstructure_hook(
        cls,
        make_dict_unstructure_fn(cls, converter, **writes),  # type: ignore[arg-type]  # the stub counts these as its own options
    )
    converter.register_structure_hook(
        cls,
        make_dict_structure_fn(cls, converter, **reads),  # type: ignore[arg-type]  # the same
    )


def _exact(told: Any, _: Any) -> Any:
    return exact(told)


def _field_texts(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {str(key): _field_text(value) for key, value in fields.items()}


def _field_text(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Money | Period | Decimal):
        return str(value)
    return [*value] if isinstance(value, tuple) else value


def _typed(told: Any, _: Any) -> dict[str, Any]:
    """Return a contract's fields; what is text is read when their kinds are known."""
    if not isinstance(told, Mapping):
        raise Mismatch("an object", told)
    return {
        key: Typed(value) if isinstance(value, str) else value
        for key, value in told.items()
    }


_OURS = ({"$decimal"}, {"$object"})
"""Keys that mean something to us; a payload's own are wrapped in ``$object``."""


def plain(value: Any) -> Any:
    """Return parsed JSON as JSON can hold it, each fraction under ``$decimal``."""
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, Mapping):
        below = {key: plain(one) for key, one in value.items()}
        return {"$object": below} if set(value) in _OURS else below
    if isinstance(value, list | tuple):
        return [plain(below) for below in value]
    return value


def exact(value: Any) -> Any:
    """Undo `plain`."""
    if isinstance(value, Mapping):
        if set(value) == {"$decimal"}:
            return Decimal(value["$decimal"])
        if set(value) == {"$object"}:
            value = value["$object"]
        return {key: exact(below) for key, below in value.items()}
    if isinstance(value, list):
        return [exact(below) for below in value]
    return value
