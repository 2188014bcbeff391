"""What SpotDraft says when it says no: the sheet's shapes of bodies, and its codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from clm_bridge import Conflict, StatusError
from clm_bridge.adapter import PayloadError, Response

SENTENCES = ("detail", "message", "error")
DEPTH = 8
"""Levels of objects and lists that are read; the nested shape has four."""

_ANALYTICS = "let SpotDraft switch on analytics for the workspace"
_METADATA = "check record_type against the integration's configuration in SpotDraft"
HINTS: Mapping[int | str, str] = {
    402: "a rule or the workflow refuses it: look at the contract in SpotDraft",
    501: _ANALYTICS,
    "SD_PUBLIC_00009": "an executed contract's data cannot change: make an amendment",
    "SD_PUBLIC_00044": "use the credentials of an admin of the workspace",
    "SD_PUBLIC_00045": _ANALYTICS,
    "SD_CONTRACTS_00093": "a contract cannot be related to itself through others",
    "SD_CONTRACTS_00152": "wait until the approvals under way have ended",
    "SD_CONTRACTS_00289": "publish an upload workflow for the contract type",
    "SD_INTEGRATIONS_00021": _METADATA,
    "SD_INTEGRATIONS_00030": _METADATA,
}
MEANINGS: Mapping[int | str, type[StatusError]] = {
    "SD_PUBLIC_00009": Conflict,
    "SD_CONTRACTS_00152": Conflict,
}
"""The codes that speak of a contract's state, though their status is 400."""


def code(answer: Response) -> str | None:
    """Return the code, which two of the shapes have."""
    told = _body(answer)
    found = told.get("code") if isinstance(told, Mapping) else None
    return found if isinstance(found, str) and found else None


def complaints(answer: Response) -> Iterator[str]:
    """Yield the vendor's own words from any of its shapes of error bodies."""
    return _words(_body(answer), DEPTH)


def _body(answer: Response) -> Any:
    try:
        return answer.json()
    except PayloadError:
        return None


def _words(told: Any, depth: int) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, list) and depth:
        for one in told:
            yield from _words(one, depth - 1)
    elif isinstance(told, Mapping) and depth:
        yield from _sentences(told, depth - 1)


def _sentences(told: Mapping[str, Any], depth: int) -> Iterator[str]:
    coded = told.get("code")
    if isinstance(coded, str):
        yield coded
    for key, below in told.items():
        if key in ("code", "status_code", "message" if "detail" in told else ""):
            continue
        for words in _words(below, depth):
            yield words if key in SENTENCES else f"{key}: {words}"
