"""Ids: UUIDs of version 4 by their form (A-01), the same on every run."""

from __future__ import annotations

import re
from hashlib import sha256
from uuid import UUID

from ._refusals import invalid

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PREFIX = re.compile(r"^[a-z]{2,4}_")


def uuid(*names: object) -> str:
    """Return the id of what *names* name."""
    digest = sha256("\0".join(map(str, names)).encode()).digest()
    return str(UUID(bytes=digest[:16], version=4))


def plain(text: str) -> str:
    """Drop a decorative prefix such as ctr_."""
    return _PREFIX.sub("", text).lower()


def is_uuid(text: object) -> bool:
    """Say whether *text* is an id, with a prefix or without."""
    return isinstance(text, str) and _UUID.fullmatch(plain(text)) is not None


def path_id(text: str) -> str:
    """Read an id out of a path, or refuse it."""
    if not is_uuid(text):
        raise invalid("Validation failed (uuid is expected)")
    return plain(text)
