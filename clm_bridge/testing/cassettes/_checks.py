"""From plain values to a cassette; what does not fit is a `ValueError`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from attrs import fields_dict

from . import _bodies
from ._model import (
    ANSWERED,
    ASKED,
    FORMAT,
    PROVENANCES,
    Answer,
    Asked,
    Cassette,
    Headers,
    Interaction,
    Metadata,
)


def cassette(told: Any) -> Cassette:
    """Check what was read, or made by a program, and take it."""
    _keys(told, "a cassette", {"format", "metadata", "interactions"})
    if told["format"] != FORMAT:
        raise ValueError(f"format is {told['format']!r} and not {FORMAT!r}")
    return Cassette(
        _metadata(told["metadata"]),
        tuple(map(_interaction, told["interactions"])),
    )


def _metadata(told: Any) -> Metadata:
    needed = {"vendor", "case", "operations", "provenance", "recorded_at"}
    _keys(told, "metadata", needed, set(fields_dict(Metadata)) - needed)
    operations = told["operations"]
    if not isinstance(operations, list) or not operations:
        raise ValueError("operations is not a list of operations")
    said = {key: str(value) for key, value in told.items() if value is not None}
    del said["operations"]
    found = Metadata(operations=tuple(map(str, operations)), **said)
    if found.provenance not in PROVENANCES:
        raise ValueError(f"provenance is not one of {', '.join(PROVENANCES)}")
    if not found.day:
        raise ValueError("recorded_at is no day")
    if found.provenance == "vendor-docs" and not (
        found.document and re.match(r"\d{4}(-\d\d){0,2}$", found.document_date or "")
    ):
        raise ValueError("from the vendor's documents: which document, and its date?")
    return found


def _interaction(told: Any) -> Interaction:
    _keys(told, "an interaction", {"request", "response"})
    request, response = told["request"], told["response"]
    _keys(request, "a request", {"method", "uri"}, {"query", "headers", "body"})
    _keys(response, "a response", {"status"}, {"headers", "body"})
    if not isinstance(response["status"], int):
        raise ValueError("status is no number")
    asked = {
        **request,
        **_address(request["uri"], request.get("query") or {}),
        "headers": _headers(request.get("headers"), ASKED),
    }
    answered = {**response, "headers": _headers(response.get("headers"), ANSWERED)}
    _bodies.check(asked.get("body"))
    _bodies.check(answered.get("body"))
    return Interaction(Asked(**asked), Answer(**answered))


def _address(uri: str, query: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the query beside the address, wherever it was written."""
    path, _, within = uri.partition("?")
    if not re.match(r"https?://[^/]+/", path):
        raise ValueError(f"{path!r} is not a whole address")
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(within, keep_blank_values=True):
        found.setdefault(name, []).append(value)
    for name, told in query.items():
        values = told if isinstance(told, list) else [told]
        found.setdefault(name, []).extend(map(str, values))
    return {"uri": path, "query": {name: _single(all_) for name, all_ in found.items()}}


def _single(values: Sequence[str]) -> str | Sequence[str]:
    return values[0] if len(values) == 1 else list(values)


def _headers(told: Any, allowed: frozenset[str]) -> Headers:
    found = {} if told is None else told
    if not isinstance(found, dict):
        raise ValueError("headers are a mapping")
    for name, value in found.items():
        is_version = allowed is ASKED and name.endswith("-version")
        if name not in allowed and not is_version:
            raise ValueError(f"a cassette does not hold the header {name!r}")
        values = [value] if not isinstance(value, list) else value
        if not all(str(one).isascii() for one in values):
            raise ValueError(f"the header {name!r} is not ASCII")
    return {
        name: [str(one) for one in value] if isinstance(value, list) else str(value)
        for name, value in sorted(found.items())
    }


def _keys(
    told: Any,
    what: str,
    needed: set[str],
    further: set[str] = frozenset(),  # type: ignore[assignment]  # empty is empty
) -> None:
    if not isinstance(told, dict):
        raise ValueError(f"{what} is not a mapping")
    if missing := needed - set(told):
        raise ValueError(f"{what} lacks {', '.join(sorted(missing))}")
    if unknown := set(told) - needed - further:
        raise ValueError(f"{what} has {', '.join(sorted(unknown))}, which is not known")
