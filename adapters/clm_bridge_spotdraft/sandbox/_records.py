"""
What the workspace holds, in SpotDraft's own words.

Records are frozen: a change is a new record, so that an older one can stand in for
a search index that lags.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import field, frozen

DRAFT = "DRAFT"
REDLINING = "REDLINING"
SIGN = "SIGN"
EXECUTED = "EXECUTED"
ON_HOLD = "ON_HOLD"
VOIDED = "VOIDED"
DISPLAY_STATUSES = (DRAFT, REDLINING, SIGN, EXECUTED, ON_HOLD, VOIDED)

TEMPLATE = "TEMPLATE"
EXPRESS_TEMPLATE = "EXPRESS_TEMPLATE"
UPLOAD_EDITABLE = "UPLOAD_EDITABLE"
UPLOAD_SIGN = "UPLOAD_SIGN"
UPLOAD_EXECUTED = "UPLOAD_EXECUTED"


@frozen
class User:
    """Somebody of the workspace."""

    id: int
    first_name: str
    last_name: str
    email: str
    designation: str
    role_id: int
    is_active: bool = True

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@frozen
class Entity:
    """A company of ours."""

    id: int
    name: str
    reference_id: str
    city: str
    country: str
    iso_code: str
    is_primary: bool = False


@frozen
class ContractType:
    """A contract type; uploads need one with a published upload workflow."""

    id: int
    name: str
    takes_uploads: bool = True


@frozen
class Template:
    """A published template."""

    id: int
    name: str
    type_id: int


@frozen
class Counterparty:
    """An entry of the address book; its name is unique in the workspace."""

    id: int
    name: str
    contact_name: str | None = None
    contact_email: str | None = None
    country: str | None = None
    is_individual: bool = False
    brand_name: str | None = None
    address: Mapping[str, Any] = field(factory=dict)
    custom_fields: Mapping[str, Any] = field(factory=dict)


@frozen
class Recipient:
    """A signatory, and what they did."""

    id: int
    user_id: int
    name: str
    email: str
    order: int
    is_ours: bool
    title: str = ""
    note: str | None = None
    created_at: datetime | None = None
    sent_at: datetime | None = None
    acted_at: datetime | None = None
    refused: bool = False


@frozen
class Contract:
    """One contract; ``values`` are its key pointers by field name."""

    number: int
    prefix: str
    name: str
    status: str
    kind: str
    type: ContractType
    entity: Entity
    created_by: User
    created_at: datetime
    updated_at: datetime
    parties: Sequence[Counterparty]
    values: Mapping[str, Any] = field(factory=dict)
    metadata: Mapping[str, Any] | None = None
    recipients: Sequence[Recipient] = ()
    held_at: str | None = None
    sent_at: datetime | None = None
    marked_at: datetime | None = None
    executed_at: datetime | None = None
    related_to: int | None = None
    approver: User | None = None
    file: bytes | None = field(default=None, repr=False)

    @property
    def id(self) -> str:
        """The composite id."""
        return f"{self.prefix}-{self.number}"

    @property
    def reference_id(self) -> str:
        """The number that people read."""
        return f"SD-{self.number}"


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
    """A signed URL that was given out."""

    number: int
    file_name: str
    expires_at: datetime
