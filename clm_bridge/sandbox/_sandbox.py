"""What every vendor's sandbox is: a WSGI application with state, and its settings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from flask import Flask

from ._clock import Clock
from ._deals import Deal


class Sandbox(ABC):
    """
    One vendor's HTTP API as documented, good enough for somebody else's client.

    A sandbox is not the vendor: what it assumes is listed in ``ASSUMPTIONS``, each
    under a name, and switches change the ones that may go either way.
    """

    vendor: ClassVar[str]
    assumptions: ClassVar[Mapping[str, str]]
    """Switch or constant → one sentence: what is assumed, as the docs print it."""

    def __init__(
        self, deals: Iterable[Deal], clock: Clock, *, switches: Mapping[str, Any]
    ) -> None:
        """Render *deals*; an unknown name in *switches* is a `ValueError`."""

    @property
    @abstractmethod
    def app(self) -> Flask:
        """The vendor's API; the control API is added by whoever runs it."""

    @abstractmethod
    def settings(self) -> Mapping[str, Any]:
        """Return the settings with which a connection reads this sandbox."""

    @abstractmethod
    def reset(self) -> None:
        """Forget everything written and render the portfolio again."""
