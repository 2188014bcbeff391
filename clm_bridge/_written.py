"""What a write gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from attrs import field, frozen

from ._errors import InvalidInput
from ._messages import spelled
from ._problems import Problem
from ._values import sealed
from ._vocabulary import Outcome

T = TypeVar("T")


@frozen
class Preview:
    """One request that would be sent, with its secrets masked."""

    method: str
    url: str
    headers: Mapping[str, str] = field(factory=dict, hash=False)
    json: Any = field(default=None, hash=False, repr=False)
    files: Mapping[str, str] = field(factory=dict, hash=False)
    """Part of the form → name, size and checksum of the file."""

    def __str__(self) -> str:
        lines = [f"{self.method} {self.url}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines += [f"{part}: <{file}>" for part, file in self.files.items()]
        if self.json is not None:
            lines += ["", spelled(self.json, indent=2).decode()]
        return "\n".join(lines)


@frozen
class Written(Generic[T]):
    """
    What became of a write.

    ``dropped`` is what was left out because the vendor has no place for it, if that was
    asked for.  ``requests`` are those that a dry run would have sent.
    """

    outcome: Outcome
    dropped: Sequence[Problem] = field(default=(), converter=sealed)
    requests: Sequence[Preview] = field(default=(), converter=sealed, repr=False)
    _result: T | None = field(default=None, alias="result")

    @property
    def result(self) -> T:
        """What is there now; a dry run has none."""
        if self._result is None:
            raise InvalidInput(
                f"{self.outcome.value} has no result",
                hint="look at 'outcome' and 'requests' first",
            )
        return self._result
