"""JSON whose numbers keep their spelling: 1234.50 comes and goes as 1234.50."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


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
    """Read JSON; a fraction becomes a `Decimal`, and NaN is a `ValueError`."""
    return json.loads(text, parse_float=Decimal, parse_constant=_refuse)


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is not JSON")
