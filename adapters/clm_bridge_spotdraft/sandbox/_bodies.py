"""
What a request body must look like, and how its faults are told (shape C).

A check takes a value and returns its faults: a list of sentences, or a mapping for
what lies beneath; nothing when it is right.  Keys that no table names are ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from attrs import frozen
from flask import current_app, request

from ._errors import NOT_JSON, invalid, plain

Faults: TypeAlias = "Sequence[str] | Mapping[str, Any]"
Check: TypeAlias = Callable[[Any], Faults]

DIGITS = 19
"""Of a number that does not fit into 64 bits any more."""

MISSING = ("Field required",)
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@frozen
class Key:
    """One key of a body; without ``required`` it may be left out or null."""

    check: Check
    required: bool = False

    def faults(self, told: Mapping[str, Any], name: str) -> Faults:
        """Return what is wrong with *name* in *told*."""
        if told.get(name) is not None:
            return self.check(told[name])
        if name not in told:
            return MISSING if self.required else ()
        return self.check(None) if self.required else ()


def read(shape: Mapping[str, Key]) -> Mapping[str, Any]:
    """Return the request's body, or refuse it with its faults."""
    body = _body()
    faults = record(shape)(body)
    if faults:
        raise invalid(faults if isinstance(faults, Mapping) else {"body": faults})
    return {name: value for name, value in body.items() if value is not None}


def read_any() -> Mapping[str, Any]:
    """Return a body of any keys."""
    body = _body()
    faults = mapping(body)
    if faults:
        raise invalid({"body": faults})
    return dict(body)


def _body() -> Any:
    """Read JSON, or a form, which the document declares on every body too."""
    if request.mimetype in _FORMS:
        return request.form.to_dict()
    raw = request.get_data()
    if not raw.strip():
        return {}
    try:
        return current_app.json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise plain(400, NOT_JSON) from error


def record(shape: Mapping[str, Key]) -> Check:
    """Return the check of an object with these keys."""

    def check(value: Any) -> Faults:
        if not isinstance(value, Mapping):
            return ("Input should be a valid dictionary",)
        found = {name: key.faults(value, name) for name, key in shape.items()}
        return {name: faults for name, faults in found.items() if faults}

    return check


def listing(each: Check, *, at_least: int = 0) -> Check:
    """Return the check of an array."""

    def check(value: Any) -> Faults:
        if not isinstance(value, list):
            return ("Input should be a valid list",)
        if len(value) < at_least:
            return (
                f"List should have at least {at_least} item after validation,"
                f" not {len(value)}",
            )
        found = {str(place): each(one) for place, one in enumerate(value)}
        return {place: faults for place, faults in found.items() if faults}

    return check


def is_integer(told: str) -> bool:
    """Say whether text is a number that an id or a page may be."""
    return told.isdecimal() and len(told) < DIGITS


def text(value: Any) -> Faults:
    """Check a string."""
    return () if isinstance(value, str) else ("Input should be a valid string",)


def some_text(value: Any) -> Faults:
    """Check a string that is not empty (A27)."""
    if value == "":
        return ("String should have at least 1 character",)
    return text(value)


def integer(value: Any) -> Faults:
    """Check an integer, which a form writes as text."""
    if type(value) is int or (isinstance(value, str) and is_integer(value)):
        return ()
    return ("Input should be a valid integer",)


def boolean(value: Any) -> Faults:
    """Check true or false."""
    return () if isinstance(value, bool) else ("Input should be a valid boolean",)


def anything(_: Any) -> Faults:
    """Accept whatever is there, null too."""
    return ()


def mapping(value: Any) -> Faults:
    """Check an object of any keys."""
    if isinstance(value, Mapping):
        return ()
    return ("Input should be a valid dictionary",)


def identifier(value: Any) -> Faults:
    """Check an id of somebody else's system: a string or a number."""
    if isinstance(value, str | Decimal) or type(value) is int:
        return ()
    return ("Input should be a valid string",)


def one_of(words: Sequence[str]) -> Check:
    """Return the check of a closed list of words, in any case."""
    listed = ", ".join(words)

    def check(value: Any) -> Faults:
        if isinstance(value, str) and value.upper() in words:
            return ()
        return (f"Value should be one of {listed}",)

    return check
