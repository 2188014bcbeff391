"""What the sandbox keeps beside contracts: relations, subscriptions and links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from attrs import field, frozen

from ._records import User


@frozen
class Relation:
    """What ``child`` is to ``parent``."""

    id: int
    parent: int
    child: int
    type: str
    created_at: datetime


@frozen
class Webhook:
    """A subscription."""

    id: int
    title: str
    url: str
    activities: Sequence[str]
    created_by: User
    description: str | None = None
    custom_headers: Mapping[str, str] = field(factory=dict)


@frozen
class Link:
    """A signed URL that was given out, and the format of what it leads to."""

    number: int
    file_name: str
    format: str
    expires_at: datetime
