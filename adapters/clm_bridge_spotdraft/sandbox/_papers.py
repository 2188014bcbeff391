"""Files that come as base64, and what is wrong with them (A46, A47)."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Mapping, Sequence
from typing import Any

from ._errors import TOO_LARGE, invalid, plain
from ._records import DOCX, PDF, Paper

MAX_UPLOAD = 30 * 1024 * 1024
"""Bytes of a file, decoded (A46)."""
MAX_ATTACHMENT = 20 * 1024 * 1024
"""Bytes of a supporting document; the limit of SpotDraft's own pages."""

BEGINNINGS = {PDF: b"%PDF-", DOCX: b"PK\x03\x04"}


def paper(
    told: Mapping[str, Any], name: str, content: str, formats: Sequence[str]
) -> Paper:
    """Return the file that *told* names and holds, or refuse it by its key."""
    ending = told[name].rpartition(".")[2].upper()
    if ending not in formats:
        raise invalid({name: [f"Only {' or '.join(formats)} files are accepted"]})
    found = decoded(told, content, MAX_UPLOAD)
    if not found.startswith(BEGINNINGS[ending]):
        raise invalid({content: [f"Invalid {ending} file"]})
    return Paper(ending, found)


def decoded(told: Mapping[str, Any], key: str, largest: int) -> bytes:
    """Return the bytes that base64 stands for, or refuse them."""
    try:
        content = b64decode(told[key], validate=True)
    except (binascii.Error, ValueError) as error:
        raise invalid({key: ["Invalid base64"]}) from error
    if len(content) > largest:
        raise plain(413, TOO_LARGE)
    return content
