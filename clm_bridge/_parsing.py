"""
JSON off the wire, exact and bounded.

Fractions are ``Decimal`` with their own digits, integers are whole, text is UTF-8, a
key that comes twice has its last value, a byte order mark is no harm.  Everything else
is a `PayloadError`: NaN and Infinity, and more levels than any contract has.

msgspec, if it is installed, does most of the work in half the time.  What it refuses
is read again by the standard parser, whose word counts.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from functools import cache
from typing import Any, NoReturn

from ._errors import PayloadError

DEPTH = 100
"""Levels of lists and objects; what walks a payload may recurse without a thought."""

Parser = Callable[[bytes], Any]


def parse(body: bytes) -> Any:
    """Parse JSON, or raise a `PayloadError` that holds nothing of it."""
    with suppress(ValueError, ArithmeticError):
        if (told := _shallow(body)) is not _TOO_DEEP:
            return told
        raise PayloadError(f"the answer is nested in more than {DEPTH} levels")
    raise _not_json(body)  # not from the parser's error, which keeps the body


def standard(body: bytes) -> Any:
    """Parse with the standard library."""
    return _STANDARD.decode(body.decode("utf-8-sig"))


@cache
def _quick() -> Parser | None:
    """Return a parser that reads as `standard` does, if msgspec is installed."""
    try:
        from msgspec import MsgspecError
        from msgspec.json import Decoder
    except ImportError:
        return None
    decode: Parser = Decoder(float_hook=Decimal).decode

    def quick(body: bytes) -> Any:
        with suppress(MsgspecError, ValueError, ArithmeticError):
            return decode(body)
        return standard(body)

    return quick


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


_STANDARD = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse)


_TOO_DEEP = object()


def _shallow(body: bytes) -> Any:
    try:
        told = (_quick() or standard)(body)
    except RecursionError:
        return _TOO_DEEP
    return _TOO_DEEP if len(body) > 2 * DEPTH and _is_deep(told) else told


def _is_deep(told: Any) -> bool:
    level = [told] if _is_container(told) else []
    for _ in range(DEPTH):
        level = _within(level)
        if not level:
            return False
    return any(map(_is_container, level))


def _is_container(told: Any) -> bool:
    return type(told) is dict or type(told) is list


def containers(level: list[Any]) -> list[Any]:
    """Return the lists and objects that stand in those of *level*."""
    return [
        below
        for one in level
        for below in (one.values() if type(one) is dict else one)
        if type(below) is dict or type(below) is list
    ]


# The collector knows what stands in what, and finds it three times as fast.  Not from
# Python 3.13 on: there a Decimal leads to its class, and so to everything.
_within: Callable[[list[Any]], list[Any]] = (
    containers
    if gc.is_tracked(Decimal("0.5"))
    else lambda level: gc.get_referents(*level)
)


def _not_json(body: bytes) -> PayloadError:
    start = body[:200].lstrip().lower()
    if not start:
        return PayloadError("the answer is empty where JSON was promised")
    if start.startswith((b"<!doctype html", b"<html")):
        return PayloadError(
            "the answer is an HTML page (often a login page) where JSON was promised",
            hint="check base_url or region and the credentials: 'clm-bridge doctor'",
        )
    return PayloadError("the answer is not JSON")
