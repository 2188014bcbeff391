"""Rows of a file as path → value; which contract they tell is not asked here."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from .._errors import InvalidInput
from .._problems import Problem

Paths = Mapping[str, Any]
"""What one row says, by its paths."""

PARTS = frozenset(
    {
        "counterparty",
        "counterparty.contact",
        "external_link",
        "fields",
        "key_dates",
        "term",
    }
)
"""What is read part by part where JSON has an object."""
OPEN = ("extra", "external_link.data", "counterparty.identifiers")
"""Mappings whose keys are the user's or the vendor's."""
BY_LINE = (".ndjson", ".jsonl")


def read(file: Path) -> Iterator[Paths | Problem]:
    """Yield the rows of a file: CSV, or JSON by line if it is named ``.ndjson``."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8"
        raise InvalidInput(
            f"{file} cannot be read: {why}", hint="name a file"
        ) from None
    yield from (_lines if file.suffix.lower() in BY_LINE else _table)(text)


def _table(text: str) -> Iterator[Paths | Problem]:
    reader = csv.DictReader(io.StringIO(text), restkey="", strict=True)
    try:
        for row in reader:
            if row.get("") is not None:
                yield Problem("", "has more cells than the head has columns")
            else:
                yield {name.strip(): own for name, own in row.items() if own}
    except csv.Error as error:
        yield Problem("", f"is no row of a table: {error}")


def _lines(text: str) -> Iterator[Paths | Problem]:
    for line in filter(str.strip, text.split("\n")):
        try:
            told = json.loads(line, parse_float=Decimal)
        except (ValueError, ArithmeticError, RecursionError):
            told = None
        if isinstance(told, dict):
            yield dict(_flat(told, ""))
        else:
            yield Problem("", "is no JSON object")


def _flat(told: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in told.items():
        path = f"{prefix}{key}"
        if prefix == "fields." or path in (*OPEN, "signatories"):
            yield path, value
        elif isinstance(value, Mapping) and path in PARTS:
            yield from _flat(value, f"{path}.")
        elif value is not None:
            yield path, value


def keys(told: Sequence[Paths | Problem]) -> Iterator[str]:
    """Name each row by what it says; a row that is there twice is two."""
    seen: Counter[str] = Counter()
    for one in told:
        spelled = json.dumps(one, default=str, sort_keys=True, ensure_ascii=True)
        digest = hashlib.sha256(spelled.encode()).hexdigest()[:16]
        seen[digest] += 1
        yield digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
