"""When to try again, and how long to wait.  No clock, no dice, no sleeping."""

from __future__ import annotations

import math
import re
import threading
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from attrs import frozen

from ._errors import TimedOut, TransportError
from ._messages import Request, Response

RETRIABLE = frozenset({408, 425, 429, 500, 502, 503, 504})
_SECONDS = re.compile(r"[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?")


@frozen
class Retry:
    """
    Full jitter: a random part of ``first * 2 ** n`` seconds, at most ``longest``.

    A write is repeated only if it provably never took effect: the connection was
    never made, or the vendor says 429, or 503 with a ``Retry-After``.
    """

    attempts: int = 3
    first: float = 0.25
    throttled: float = 1.0
    longest: float = 8.0
    obey: float = 120.0

    def delay(
        self,
        attempt: int,
        request: Request,
        outcome: Response | TransportError,
        *,
        now: datetime,
        draw: float,
    ) -> float | None:
        """Return the seconds to wait before the next attempt, or None to stop."""
        if attempt >= self.attempts or not self._may_repeat(request, outcome):
            return None
        if isinstance(outcome, TransportError):
            return self._backoff(attempt, self.first, draw)
        told = retry_after(outcome, now)
        if told is not None:
            return told if told <= self.obey else None
        base = self.throttled if outcome.status == 429 else self.first
        return self._backoff(attempt, base, draw)

    def _may_repeat(self, request: Request, outcome: Response | TransportError) -> bool:
        if isinstance(outcome, TransportError):
            return request.safe or not outcome.sent
        if outcome.status not in RETRIABLE:
            return False
        refused = outcome.status == 429 or (
            outcome.status == 503 and "retry-after" in outcome.headers
        )
        return request.safe or refused

    def _backoff(self, attempt: int, base: float, draw: float) -> float:
        return float(min(base * 2 ** (attempt - 1), self.longest) * draw)


class Quota:
    """
    What all copies of a bridge may spend on trying again.

    Each retry costs, more after a timeout; each success earns a little.  So a vendor
    that is down gets few requests more than calls are made, however many fail.
    """

    def __init__(self, tokens: int = 100) -> None:
        self._most = self._tokens = tokens
        self._lock = threading.Lock()

    @property
    def tokens(self) -> int:
        """What is left."""
        return self._tokens

    def spend(self, outcome: Response | TransportError) -> bool:
        """Pay for another try after *outcome*; say whether there was enough."""
        cost = 10 if isinstance(outcome, TimedOut) else 5
        with self._lock:
            if cost > self._tokens:
                return False
            self._tokens -= cost
            return True

    def earn(self) -> None:
        """Note a success."""
        with self._lock:
            self._tokens = min(self._most, self._tokens + 1)


def retry_after(response: Response, now: datetime) -> float | None:
    """
    Read ``Retry-After``, in seconds or as a date; None if it says nothing usable.

    A date counts from the answer's own ``Date``, where there is one: the vendor's
    clock and ours need not agree.  Of several numbers the longest counts.
    """
    told = response.headers.get("retry-after", "").strip()
    if not told.isascii():
        return None
    parts = [part.strip() for part in told.split(",")]
    if all(_SECONDS.fullmatch(part) for part in parts):
        seconds = max(map(float, parts))
        return seconds if math.isfinite(seconds) else None
    return _until(told, response.sent_at or now)


def _until(told: str, now: datetime) -> float | None:
    try:
        then = parsedate_to_datetime(told)
    except (ValueError, OverflowError):
        return None
    aware = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
