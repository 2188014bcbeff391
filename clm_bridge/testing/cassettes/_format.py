"""
The file: what a cassette holds, and how it is read and written.

It needs PyYAML and nothing of vcrpy, so that tools can read cassettes.  Writing what
was read gives the same bytes; `faults` says where a file is not so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from attrs import field, fields_dict, frozen

from . import _bodies, _exact, _yaml

FORMAT = "clm-cassette/1"
PROVENANCES = ("live", "vendor-docs", "sandbox")
LARGEST = 200_000
ASKED = frozenset({"accept", "content-type", "if-none-match", "x-http-method-override"})
ANSWERED = frozenset(
    {
        "content-disposition",
        "content-type",
        "etag",
        "link",
        "location",
        "retry-after",
        "sunset",
        "x-api-deprecation-warning",
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "x-total-count",
    }
)
"""The headers that a cassette may hold; a request's may also end in ``-version``."""

Headers = Mapping[str, str | Sequence[str]]


@frozen
class Metadata:
    """Where a cassette comes from, and what it is about."""

    vendor: str
    case: str
    operations: Sequence[str]
    provenance: str
    recorded_at: str
    document: str | None = None
    document_date: str | None = None
    suite_version: str | None = None
    note: str | None = None

    @property
    def day(self) -> date:
        """The day on which it was recorded, or written from the vendor's documents."""
        return date.fromisoformat(self.recorded_at)


@frozen
class Asked:
    """A request."""

    method: str
    uri: str
    query: Headers = field(factory=dict)
    headers: Headers = field(factory=dict)
    body: Mapping[str, Any] | None = None

    @property
    def address(self) -> str:
        """The whole address, its query encoded."""
        query = urlencode(self.query, doseq=True)
        return f"{self.uri}?{query}" if query else self.uri


@frozen
class Answer:
    """An answer."""

    status: int
    headers: Headers = field(factory=dict)
    body: Mapping[str, Any] | None = None


@frozen
class Interaction:
    """A request and its answer."""

    request: Asked
    response: Answer


@frozen
class Cassette:
    """One file."""

    metadata: Metadata
    interactions: Sequence[Interaction]


def load(path: str | PathLike[str]) -> Cassette:
    """Read one file; a fault is a `ValueError` that names the file."""
    try:
        return loads(Path(path).read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None


def loads(text: str) -> Cassette:
    """Read a cassette from text."""
    return cassette(_yaml.read(text))


def cassette(told: Any) -> Cassette:
    """Check what was read, or made by a program, and take it."""
    _keys(told, "a cassette", {"format", "metadata", "interactions"})
    if told["format"] != FORMAT:
        raise ValueError(f"format is {told['format']!r} and not {FORMAT!r}")
    return Cassette(
        _metadata(told["metadata"]),
        tuple(map(_interaction, told["interactions"])),
    )


def dumps(tape: Cassette) -> str:
    """Write a cassette as text, always in the same way."""
    said = {
        name: list(value) if name == "operations" else value
        for name in fields_dict(Metadata)
        if (value := getattr(tape.metadata, name)) is not None
    }
    interactions = [_told(one) for one in tape.interactions]
    return _yaml.written(
        {"format": FORMAT, "metadata": said, "interactions": interactions}
    )


def write(
    path: str | PathLike[str],
    metadata: Mapping[str, Any],
    interactions: Sequence[Mapping[str, Any]],
) -> Cassette:
    """
    Write a cassette from plain values; numbers with a point are ``Decimal``.

    ``vendor`` and ``case`` may be left out: folder and file name say them.
    """
    file = Path(path)
    named = {"vendor": file.resolve().parent.name, "case": file.stem}
    told = {
        "format": FORMAT,
        "metadata": {**named, **metadata},
        "interactions": list(interactions),
    }
    tape = cassette(_exact.plain(told))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(dumps(tape), encoding="utf-8", newline="\n")
    return tape


def reformat(path: str | PathLike[str]) -> bool:
    """Write a file as `dumps` would; say whether that changed it."""
    file = Path(path)
    after = dumps(load(file))
    if after == file.read_text(encoding="utf-8"):
        return False
    file.write_text(after, encoding="utf-8", newline="\n")
    return True


def cassettes(folder: str | PathLike[str]) -> Iterator[Path]:
    """Yield the files below a folder, in order."""
    return iter(sorted(Path(folder).rglob("*.yaml")))


def header(headers: Headers, name: str) -> str:
    """Return a header's first value, or nothing."""
    found = headers.get(name, "")
    return found if isinstance(found, str) else next(iter(found), "")


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


def _told(one: Interaction) -> dict[str, Any]:
    request: dict[str, Any] = {"method": one.request.method, "uri": one.request.uri}
    if one.request.query:
        request["query"] = {
            name: _figure(value) if isinstance(value, str) else [*map(_figure, value)]
            for name, value in one.request.query.items()
        }
    response: dict[str, Any] = {"status": one.response.status}
    for said, part in ((request, one.request), (response, one.response)):
        if part.headers:
            said["headers"] = dict(part.headers)
        if part.body is not None:
            said["body"] = part.body
    return {"request": request, "response": response}


def _figure(value: str) -> str | int:
    """Write a number of a query without quotes."""
    return int(value) if re.fullmatch(r"0|[1-9][0-9]{0,15}", value) else value


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
