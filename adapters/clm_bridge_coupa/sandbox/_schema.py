"""What a record of the API consists of: attributes of a kind, or of another model."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeAlias

from attrs import field, frozen

Record: TypeAlias = dict[str, Any]
"""Attribute → typed value; an association holds the other record itself."""


class Kind(Enum):
    """The type of a plain attribute."""

    INTEGER = "integer"
    TEXT = "string"
    BOOLEAN = "boolean"
    DECIMAL = "decimal"
    FLOAT = "float"
    TIME = "datetime"
    DATE = "date"
    ANY = "any"


@frozen
class One:
    """An association with at most one record of a model."""

    model: str


@frozen
class Many:
    """A collection of records of a model."""

    model: str


Attribute: TypeAlias = Kind | One | Many


@frozen
class Model:
    """
    A kind of record.

    ``keys`` are the natural keys by which a reference names a shared record; a
    model without them is owned by the record that holds it.  ``short`` is what
    shows when it is nested; ``later`` is what only ``fields`` brings.
    """

    name: str
    plural: str
    attributes: Mapping[str, Attribute] = field(hash=False)
    keys: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    later: frozenset[str] = frozenset()
    read_only: frozenset[str] = frozenset()


def hyphened(name: str) -> str:
    """Spell an attribute as answers do; underscores are accepted on the way in."""
    return name.strip().replace("_", "-")
