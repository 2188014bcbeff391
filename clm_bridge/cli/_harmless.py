"""Text from elsewhere, made safe to print."""

from __future__ import annotations

import re

_STEERING = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]"  # and bidi overrides
)


def harmless(text: str) -> str:
    """Return *text* on one line, without what a terminal would obey."""
    return _STEERING.sub(" ", text)
