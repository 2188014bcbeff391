"""What every call of the control API answers with."""

from __future__ import annotations

from typing import Any

PREFIX = "/__sandbox__"

Answer = tuple[dict[str, Any], int]


def refused(status: int, what: str, next_step: str, **more: Any) -> Answer:
    """Return an answer that says what is wrong and what to do next."""
    return {"error": what, "next": next_step, **more}, status
