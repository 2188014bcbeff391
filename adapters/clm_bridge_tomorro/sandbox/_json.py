"""JSON whose numbers keep their spelling: 1234.50 comes and goes as 1234.50."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

LONGEST = 400
"""Digits of a number on either side of its point."""


def write(value: Any) -> str:
    """Return *value* as JSON, each `Decimal` digit for digit."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        pairs = (f"{_text(key)}:{write(below)}" for key, below in value.items())
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(write, value)) + "]"
    return _text(value)


def _text(value: str | int | bool | None) -> str:
    return json.dumps(value, ensure_ascii=False)


def read(text: bytes) -> Any:
    """Read JSON, fractions as `Decimal`; what is not JSON is a `ValueError`."""
    told = json.loads(text, parse_float=_decimal, parse_constant=_refuse)
    write(told).encode()  # half of a surrogate pair is not text
    return told


def _decimal(text: str) -> Decimal:
    value = Decimal(text)
    if abs(value.adjusted()) > LONGEST:
        raise ValueError("a number is too long")
    return value


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is not JSON")
