"""What every vendor's sandbox is: a WSGI application with state, and its settings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask import Flask

from ._clock import Clock
from ._deals import Deal
from ._outbox import Outbox
from .faults import Faults


class Sandbox(ABC):
    """
    One vendor's HTTP API as documented, good enough for somebody else's client.

    A sandbox is not the vendor.  What it assumes is listed in ``assumptions``; the
    ones that may go either way are attributes of the vendor's frozen ``Switches``.
    Each sandbox takes the switch ``rate_limit``, which fixtures turn off.

    A vendor's sandbox may have methods by which people act on a contract, each of
    which takes its id as text: ``open``, ``comment`` and ``decline`` by the other
    party, ``sign`` by everybody who has not, and ``hold``, ``resume`` and ``delete``.
    The control API offers those that exist.  They raise ``KeyError(id)`` for an id
    that is not there, and `ValueError` with a sentence when the contract's status
    forbids it.
    """

    vendor: ClassVar[str]
    origin: ClassVar[str]
    """Scheme and host of the vendor's own API, for which it answers in process."""
    assumptions: ClassVar[Mapping[str, str]]
    """Name of a switch or constant → one sentence, as the docs print it."""

    app: Flask
    faults: Faults
    """What goes wrong; `start` gives every sandbox its own, in which none stands."""
    webhooks: Outbox
    """What it tells by webhook, and whom; not there where it tells nothing."""

    @abstractmethod
    def __init__(
        self, deals: Sequence[Deal], clock: Clock, *, switches: Mapping[str, Any]
    ) -> None:
        """Render *deals*; an unknown name in *switches* is a `ValueError`."""

    @abstractmethod
    def settings(self) -> Mapping[str, Any]:
        """Return the settings with which a connection reads this sandbox."""

    @abstractmethod
    def reset(self) -> None:
        """Forget what was written and render the portfolio again; ``app`` stays."""

    def tell(self, word: str, contract_id: str | None = None) -> None:
        """
        Tell by webhook what *word* names, although nothing happened.

        Raise `ValueError` for a word that is not told, and ``KeyError(id)`` for a
        contract that is not there; without one, any that fits will do.
        """
        raise ValueError(f"the {self.vendor} sandbox tells nothing called {word!r}")

    def counts(self) -> Mapping[str, int]:
        """Say how many records of each kind it holds, by the vendor's own words."""
        return {}
