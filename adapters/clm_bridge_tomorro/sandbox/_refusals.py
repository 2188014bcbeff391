"""How the API says no, as NestJS does (A-11)."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any


class Refusal(Exception):
    """An answer that is not the one that was asked for."""

    def __init__(self, status: int, message: str | Sequence[str]) -> None:
        super().__init__(status, message)
        self.status = status
        self.message = message


def invalid(*problems: str) -> Refusal:
    """Refuse a request that is not well made; every problem is listed."""
    return Refusal(400, problems)


def missing(what: str) -> Refusal:
    """Refuse to show what is not there, or not for this key."""
    return Refusal(404, f"{what} not found")


def body(status: int, message: str | Sequence[str]) -> dict[str, Any]:
    """Return an error's body."""
    said = message if isinstance(message, str) else list(message)
    phrase = HTTPStatus(status).phrase
    return {"statusCode": status, "message": said, "error": phrase}
