"""What observers are told about the exchanges of one bridge."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from attrs import define, field

from ._config import Settings
from ._errors import ClmError, status_class
from ._hooks import Exchange, Unknown
from ._logs import log
from ._messages import Request, Response


@define
class Turn:
    """One request's way through its attempts: which it is, and what was waited for."""

    attempt: int = 1
    tried: int = 0
    """How many attempts left; one that waits for its place has not."""
    paced: float = 0.0
    backed_off: float = 0.0
    _since: float = field(factory=time.monotonic)

    def waits(self) -> None:
        """Note that the wait for a place begins."""
        self._since = time.monotonic()

    def leaves(self) -> None:
        """Note that the attempt has its place, and leaves."""
        self.paced = time.monotonic() - self._since
        self.tried = self.attempt

    def again(self, backed_off: float) -> None:
        """Go on to the next attempt, after *backed_off* seconds."""
        self.attempt += 1
        self.backed_off = backed_off


class Observers:
    """The observers of one bridge; one that fails harms nobody, and is not hidden."""

    def __init__(self, settings: Settings) -> None:
        self._vendor = settings.vendor
        self._connection = settings.connection
        self._server = settings.adapter.base_url.split("/")[2]
        self._hook = settings.manager.hook.clm_bridge_exchange
        self._watching = bool(self._hook.get_hookimpls())
        self._unknown = settings.manager.hook.clm_bridge_unknown
        if self._unknown.get_hookimpls():
            settings.adapter.notice = self.noticed

    def ended(
        self,
        operation: str,
        request: Request,
        outcome: Response | ClmError | None,
        turn: Turn,
        seconds: float,
    ) -> None:
        """Tell of one exchange; *outcome* is None if it was given up."""
        status = outcome.status if isinstance(outcome, Response) else None
        log.debug(
            "%s %s %.3fs attempt %d", request.asked, status, seconds, turn.attempt
        )
        if self._watching:
            exchange = Exchange(
                vendor=self._vendor,
                connection=self._connection,
                operation=operation,
                method=request.method,
                path=request.shown,
                status=status,
                seconds=seconds,
                attempt=turn.attempt,
                server=self._server if request.url is None else None,
                error=_error(outcome),
                request_id=outcome.request_id if outcome is not None else None,
                paced=turn.paced,
                backed_off=turn.backed_off,
            )
            told(self._hook, exchange=exchange)

    def noticed(self, kind: str, word: str) -> None:
        """Tell of a word or a field that nobody knows."""
        told(self._unknown, unknown=Unknown(self._vendor, self._connection, kind, word))


def told(hook: Callable[..., Any], **what: Any) -> None:
    """Call the observers of one hook."""
    try:
        hook(**what)
    except Exception:  # noqa: BLE001  # an observer may fail in any way
        log.exception("an observer of exchanges failed")


def _error(outcome: Response | ClmError | None) -> str | None:
    if outcome is None:
        return "Cancelled"
    if isinstance(outcome, ClmError):
        return type(outcome).__name__
    return None if outcome.ok else status_class(outcome.status).__name__
