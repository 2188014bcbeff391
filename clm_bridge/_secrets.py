"""Values that nobody may see by accident."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn, TypeVar

from attrs import fields, has

E = TypeVar("E", bound=BaseException)

MASK = "***"
TELLING = 6
"""Characters from which a text can be told to be a secret, and not chance."""


class Secret:
    """A credential: shows nothing in repr, str, format, pickle or JSON."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the value; call it where it is sent, and nowhere else."""
        return self._value

    def __repr__(self) -> str:
        return "Secret('***')"

    def __str__(self) -> str:
        return "***"

    def __format__(self, spec: str) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash((Secret, self._value))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is not pickled or copied into files")


class Unseen(dict[str, Any]):
    """Settings as they were written, or an environment: a dict that shows nothing."""

    def __repr__(self) -> str:
        return "Unseen(…)"


def bare(error: E) -> E:
    """
    Return *error* without the frames below, and without what it was raised from None.

    Their variables hold settings, payloads, links and tokens, and crash reporters
    send variables away.
    """
    if error.__suppress_context__:
        error.__context__ = None  # some reporters follow it all the same
    return error.with_traceback(None)


def secrets_in(value: Any) -> Iterator[str]:
    """Yield the secrets that a signing scheme or a token holds."""
    if isinstance(value, Secret):
        yield value.reveal()
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from secrets_in(one)
    elif has(type(value)):
        for attribute in fields(type(value)):
            yield from secrets_in(getattr(value, attribute.name))


def masked(text: str, *holders: Any) -> str:
    """Return *text* without the secrets of *holders*, such as a vendor echoes."""
    for secret in {one for holder in holders for one in secrets_in(holder)}:
        if len(secret) >= TELLING:
            text = text.replace(secret, MASK)
    return text
