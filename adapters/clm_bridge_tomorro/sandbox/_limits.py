"""How many requests a key may make (A-14)."""

from __future__ import annotations

import math
from collections import defaultdict, deque

CALLS = 40
SECONDS = 60.0


class Window:
    """Let at most `CALLS` requests of a key through in any `SECONDS`."""

    def __init__(self) -> None:
        self._seen: defaultdict[str, deque[float]] = defaultdict(deque)

    def wait(self, key: str, now: float) -> int:
        """Count a request and return 0, or the whole seconds to wait instead."""
        seen = self._seen[key]
        while seen and seen[0] <= now - SECONDS:
            seen.popleft()
        if len(seen) >= CALLS:
            return max(1, math.ceil(seen[0] + SECONDS - now))
        seen.append(now)
        return 0
