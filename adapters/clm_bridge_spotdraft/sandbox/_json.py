"""JSON in and out, in which an amount keeps every digit that it was written with."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from flask.json.provider import JSONProvider

LONGEST = 50
"""Digits; a longer number would fill pages when it is written out."""

_MARK = "\ue000"
_NUMBER = re.compile(f'"{_MARK}([^"]*){_MARK}"')


class ExactJSON(JSONProvider):
    """Writes a decimal as a number of the same digits, which floats cannot."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """Write compact JSON in UTF-8."""
        return compact(obj)

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Read JSON, fractions as decimals; NaN and infinities are not JSON."""
        return json.loads(s, parse_float=_number, parse_constant=_refuse)


def compact(obj: Any) -> str:
    """Write compact JSON."""
    text = json.dumps(obj, default=_marked, ensure_ascii=False, separators=(",", ":"))
    return _NUMBER.sub(r"\1", text)


def _marked(value: Decimal) -> str:
    return f"{_MARK}{value:f}{_MARK}"


def _number(text: str) -> Decimal:
    exact = Decimal(text)
    if abs(exact.adjusted()) > LONGEST:
        raise ValueError(f"a number of more than {LONGEST} digits")
    return exact


def _refuse(text: str) -> Any:
    raise ValueError(f"{text} is not JSON")
