"""What the sandbox keeps beside contracts: relations and links."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen


@frozen
class Relation:
    """What ``child`` is to ``parent``."""

    id: int
    parent: int
    child: int
    type: str
    created_at: datetime


@frozen
class Link:
    """A signed URL that was given out, and the format of what it leads to."""

    number: int
    file_name: str
    format: str
    expires_at: datetime
