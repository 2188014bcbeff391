"""What a contract may be moved without."""

from __future__ import annotations

from .._leaving_out import stem, without
from .._particulars import NewContract
from .._placing import covered

OPTIONAL = frozenset(
    {
        "counterparty.contact",
        "counterparty.country",
        "counterparty.identifiers",
        "document",
        "external_link",
        "fields",
        "number",
        "owner",
        "signatories",
        "template",
        "term",
        "type",
    }
)
"""What a contract may lose where its value is the trouble; the rest is not moved so."""


def is_optional(path: str) -> bool:
    """Say whether a contract may be moved without this."""
    return covered(stem(path), OPTIONAL)


def is_told(new: NewContract, path: str) -> bool:
    """Say whether *new* says anything at a path."""
    return without(new, [path]) != new
