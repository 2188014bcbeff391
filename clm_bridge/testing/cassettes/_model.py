"""What a cassette is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from attrs import field, frozen

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
