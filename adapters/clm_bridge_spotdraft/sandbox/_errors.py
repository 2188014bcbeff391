"""
The shapes of SpotDraft's error bodies.

A is ``{detail}``, B adds a code, C names the fields; see the portal's page
https://developer.dev.spotdraft.com/docs/core-api/errors-and-redirects.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NOT_FOUND = "Not Found"
NO_CREDENTIALS = "Authentication credentials were not provided."
WRONG_CREDENTIALS = "Invalid credentials."
FORBIDDEN = "You do not have permission to perform this action."
THROTTLED = "Request was throttled."
NOT_JSON = "JSON parse error"
TOO_LARGE = "The file is too large."
WRONG_STATE = "SD_PUBLIC_EMU_402"
"""Invented: no code is documented for a call that the contract's stage refuses."""


class Refusal(Exception):
    """An answer that is an error."""

    def __init__(
        self, status: int, body: Any, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status)
        self.status = status
        self.body = body
        self.headers = headers or {}


def plain(
    status: int, detail: str, headers: Mapping[str, str] | None = None
) -> Refusal:
    """Return shape A."""
    return Refusal(status, {"detail": detail}, headers)


def coded(status: int, code: str, detail: str) -> Refusal:
    """Return shape B."""
    body = {"detail": detail, "status_code": status, "code": code, "message": detail}
    return Refusal(status, body)


def invalid(faults: Mapping[str, Any]) -> Refusal:
    """Return shape C."""
    return Refusal(400, faults)


def not_found() -> Refusal:
    """Return what an unknown or foreign id answers."""
    return plain(404, NOT_FOUND)


def wrong_state(detail: str) -> Refusal:
    """Return the refusal of a call that the contract's stage does not allow."""
    return coded(402, WRONG_STATE, detail)
