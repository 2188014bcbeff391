"""Reading back what an earlier ``contracts list`` wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from .._json import from_dict
from .._models import Contract


def known(path: Path | None) -> list[Contract]:
    """Return the contracts of a file that holds JSON, whole or a line each."""
    if path is None:
        return []
    try:
        return [from_dict(one) for one in _records(path.read_text(encoding="utf-8"))]
    except ValueError as error:  # InvalidInput is one too
        raise click.BadParameter(
            f"{path} is not what 'contracts list --format ndjson' writes: {error}"
        ) from None


def _records(text: str) -> list[Any]:
    if text.lstrip().startswith("["):
        found: list[Any] = json.loads(text)
        return found
    return [json.loads(line) for line in text.splitlines() if line.strip()]
