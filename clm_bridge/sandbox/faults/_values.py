"""What a fault is: a name, a sentence, and what becomes of an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from http import HTTPStatus
from random import Random
from typing import Any

from attrs import evolve, field, frozen

Headers = Sequence[tuple[str, str]]


@frozen
class Answer:
    """An answer that is whole, whatever it says."""

    status: int = 200
    headers: Headers = (("Content-Type", "application/json"),)
    body: bytes = b"{}"

    @property
    def line(self) -> str:
        """Status and reason, as an application says them."""
        return f"{self.status} {_reason(self.status)}"

    def saying(self, body: bytes, *headers: tuple[str, str]) -> Answer:
        """Return it with another body, framed by its length."""
        added = {name.lower() for name, _ in headers} | {"content-length"}
        kept = [one for one in self.headers if one[0].lower() not in added]
        length = ("Content-Length", str(len(body)))
        return evolve(self, body=body, headers=(*kept, *headers, length))

    def framed(self, *headers: tuple[str, str]) -> bytes:
        """Return its head on the wire, framed by *headers* and nothing else."""
        framing = ("content-length", "transfer-encoding", "connection")
        kept = [one for one in self.headers if one[0].lower() not in framing]
        lines = [f"{name}: {value}" for name, value in (*kept, *headers)]
        head = "\r\n".join((f"HTTP/1.1 {self.line}", *lines, "", ""))
        return head.encode("latin-1")

    @property
    def wire(self) -> bytes:
        """The whole of it, as a server sends it that closes afterwards."""
        length = ("Content-Length", str(len(self.body)))
        return self.framed(length, ("Connection", "close")) + self.body

    @property
    def half(self) -> Answer:
        """The same with the first half of its body."""
        return evolve(self, body=self.body[: len(self.body) // 2])


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


class End(Enum):
    """How a connection ends."""

    CLOSED = "closed"
    RESET = "reset"
    DOWN = "down"
    """It is reset, and for a while nobody listens."""


@frozen
class Seen:
    """What a client sees: httpx's exception by name, after a part of an answer."""

    error: str
    part: Answer | None = None


@frozen
class Broken:
    """
    What goes over the wire in the place of an answer.

    Of the *steps*, bytes go out and a number of seconds passes; ``inf`` is until the
    client leaves.  Without ``seen``, only a wire can show it.
    """

    steps: Iterable[bytes | float] = ()
    end: End = End.CLOSED
    seen: Seen | None = None
    seconds: float = 0.0
    """How long nobody listens."""


Shown = Answer | Broken
Settings = Mapping[str, Any]


@frozen
class Case:
    """What a fault strikes: the answer that there would be to a path, as it is told."""

    answer: Answer
    path: str
    told: Settings
    dice: Random


Show = Callable[[Case], Shown]


@frozen
class Fault:
    """
    One thing that goes wrong.

    ``effect`` says whether the request reaches the sandbox first; a rule may say
    otherwise, unless the fault is made of the sandbox's own answer (``needs``).
    """

    name: str
    about: str
    show: Show
    takes: Settings = field(factory=dict)
    effect: bool = False
    needs: bool = False
    in_process: bool = True
    every: int = 1
