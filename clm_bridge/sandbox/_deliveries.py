"""What a vendor tells, to whom, and what became of it: values of the outbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from attrs import Factory, define, field, frozen


@frozen
class Subscription:
    """
    An address that is told, and of what; no words stand for all.

    Without an address, deliveries only wait until they are pulled.
    """

    id: str
    url: str | None = None
    words: Sequence[str] = ()
    secret: str = field(default="", repr=False)
    headers: Mapping[str, str] = field(factory=dict, repr=False)
    title: str | None = None
    owner: str | None = None
    """Whose it is, where the vendor tells each member of their own contracts."""

    def wants(self, word: str) -> bool:
        """Say whether it is told of this."""
        return not self.words or word in self.words


Sign = Callable[[Subscription, bytes, datetime], Mapping[str, str]]
Render = Callable[[Subscription], bytes]


@frozen
class Manner:
    """
    How one vendor delivers.

    A try that is not answered by a 2xx within ``time_limit`` seconds has failed; the
    next one comes after each of ``waits``.  After more than ``failures`` deliveries in
    a row that failed for good, a subscription is disabled; ``None`` is never.
    """

    words: Sequence[str]
    sign: Sign
    new_id: Callable[[int], str] = str
    new_secret: Callable[[str], str] = lambda _: ""
    time_limit: float = 10.0
    waits: Sequence[timedelta] = ()
    failures: int | None = None
    path_token: bool = False
    """True where nothing is signed, and the address ends with the secret."""


class State(Enum):
    """What became of a delivery."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    """No try is left."""
    PULLED = "pulled"
    DROPPED = "dropped"
    """Lost on the way, as the mishaps wanted it."""
    REFUSED = "refused"
    """The sandbox does not call such an address."""


@frozen
class Try:
    """One attempt to deliver."""

    at: datetime
    status: int | None
    seconds: float
    said: str

    @property
    def worked(self) -> bool:
        """Whether the answer was a 2xx in time."""
        return self.said == "ok"


@define
class Delivery:
    """One event for one subscription; the body is the same at every try."""

    number: int
    event: int
    word: str
    contract: str | None
    to: Subscription
    body: bytes = field(repr=False)
    due: datetime
    state: State = State.WAITING
    tries: list[Try] = Factory(list)

    def as_json(self) -> dict[str, Any]:
        """Return it as the control API shows it; no secret, no body."""
        return {
            "number": self.number,
            "word": self.word,
            "contract": self.contract,
            "subscription": self.to.id,
            "url": self.to.url,
            "state": self.state.value,
            "due": text(self.due) if self.state is State.WAITING else None,
            "tries": [
                {
                    "at": text(one.at),
                    "status": one.status,
                    "seconds": round(one.seconds, 3),
                    "said": one.said,
                }
                for one in self.tries
            ],
        }


def text(instant: datetime) -> str:
    """Write an instant for people."""
    return instant.isoformat(timespec="seconds").replace("+00:00", "Z")
