"""Contracts that may be shown: each attribute by its own sensitivity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import NOTHING, Attribute, evolve, fields, has

from ._models import Contract, Source
from ._vocabulary import Sensitivity

HIDDEN = "[redacted]"


def redact(
    contract: Contract, *, show: frozenset[Sensitivity] = frozenset()
) -> Contract:
    """
    Return *contract* without what is commercial or personal, and without raw.

    ``show={Sensitivity.COMMERCIAL}`` hides what is personal alone.  Text becomes
    ``"[redacted]"``, anything else ``None`` or empty.
    """
    redacted: Contract = _redacted(contract, show | {Sensitivity.PUBLIC})
    return redacted


def _redacted(value: Any, show: frozenset[Sensitivity]) -> Any:
    if isinstance(value, Source):
        return evolve(value, raw={})
    if has(type(value)):
        changes = {
            attribute.name: _shown(attribute, getattr(value, attribute.name), show)
            for attribute in fields(type(value))
        }
        return evolve(value, **changes)
    if isinstance(value, tuple):
        return tuple(_redacted(one, show) for one in value)
    if isinstance(value, Mapping):
        return {key: _redacted(one, show) for key, one in value.items()}
    return value


def _shown(attribute: Attribute[Any], value: Any, show: frozenset[Sensitivity]) -> Any:
    sensitivity = attribute.metadata.get("sensitivity", Sensitivity.PUBLIC)
    if value is None or sensitivity in show:
        return _redacted(value, show)
    if isinstance(value, str):
        return HIDDEN
    return _empty(attribute)


def _empty(attribute: Attribute[Any]) -> Any:
    if attribute.default is NOTHING:
        return HIDDEN
    factory = getattr(attribute.default, "factory", None)
    return factory() if factory else attribute.default
