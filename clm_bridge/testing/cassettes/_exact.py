"""JSON whose numbers keep their spelling: ``1.10`` stays ``1.10``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any, NoReturn

from attrs import frozen


@frozen
class Number:
    """A number as it was spelled, where a float or an int would spell it otherwise."""

    spelled: str

    def __str__(self) -> str:
        return self.spelled


def whole(text: str) -> int | Number:
    """Return an int if it spells itself as *text*."""
    number = int(text)
    return number if str(number) == text else Number(text)


def parsed(text: str) -> Any:
    """Parse JSON exactly; what could not be spelled again is a `ValueError`."""
    found = json.loads(
        text,
        parse_float=Number,
        parse_int=whole,
        parse_constant=_refuse,
        object_pairs_hook=_object,
    )
    spell(found).encode()  # half a character is no text
    return found


def spell(value: Any) -> str:
    """Spell a value as compact JSON."""
    if isinstance(value, Mapping):
        pairs = (f"{_text(key)}:{spell(below)}" for key, below in value.items())
        return f"{{{','.join(pairs)}}}"
    if isinstance(value, Number):
        return value.spelled
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{','.join(map(spell, value))}]"
    return _text(value)


def plain(value: Any) -> Any:
    """Take a value from a program: each Decimal as a number, no float at all."""
    if isinstance(value, Mapping):
        return {key: plain(below) for key, below in value.items()}
    if isinstance(value, Decimal):
        return Number(str(value))
    if isinstance(value, float):
        raise ValueError(f"{value!r} is a float: write Decimal({str(value)!r})")
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(below) for below in value]
    return value


def equal(one: bytes, other: bytes) -> bool:
    """Say whether two texts are the same JSON; the order of keys is none."""
    with suppress(ValueError):
        return bool(parsed(one.decode()) == parsed(other.decode()))
    return False


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key is there twice")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
