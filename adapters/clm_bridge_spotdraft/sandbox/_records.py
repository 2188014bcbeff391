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
TEMPLATE_EDITABLE = "TEMPLATE_EDITABLE"
UPLOAD_EDITABLE = "UPLOAD_EDITABLE"
UPLOAD_SIGN = "UPLOAD_SIGN"
UPLOAD_EXECUTED = "UPLOAD_EXECUTED"

PENDING, SKIPPED = "PENDING", "SKIPPED"
PDF, DOCX = "PDF", "DOCX"


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
    only_primary: bool = False
    """Whether no other company of ours may make contracts of this type."""


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
    reason: str | None = None


@frozen
class Approval:
    """Somebody who must agree, and whether they have."""

    id: int
    name: str
    type: str
    user: User | None = None
    role_id: int | None = None
    notes: str | None = None
    order: int | None = None
    status: str = PENDING
    sent_at: datetime | None = None
    created_by: User | None = None


@frozen
class Comment:
    """An entry of the activity log."""

    id: int
    text: str


@frozen
class Note:
    """The note of a contract."""

    text: str = ""
    tag: Mapping[str, Any] | None = None


@frozen
class Paper:
    """A file that was uploaded, byte for byte."""

    format: str
    content: bytes = field(repr=False)


@frozen
class Contract:
    """
    One contract.

    ``values`` are its key pointers by field name, ``data`` the answers to the
    template's questions, ``intake`` those to the intake form's.
    """

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
    opened_at: datetime | None = None
    business_user: User | None = None
    approvals: Sequence[Approval] = ()
    comments: Sequence[Comment] = ()
    note: Note = field(factory=Note)
    data: Mapping[str, Any] = field(factory=dict)
    intake: Mapping[str, Any] = field(factory=dict)
    answered_at: datetime | None = None
    version: int = 1
    papers: Sequence[Paper] = ()

    @property
    def id(self) -> str:
        """The composite id."""
        return f"{self.prefix}-{self.number}"

    @property
    def reference_id(self) -> str:
        """The number that people read."""
        return f"SD-{self.number}"

    @property
    def owner(self) -> User:
        """The business user, who is the creator until another is named."""
        return self.business_user or self.created_by

    @property
    def pending_approvals(self) -> Sequence[Approval]:
        """Whom the contract waits for."""
        return [one for one in self.approvals if one.status == PENDING]

    @property
    def paper(self) -> Paper | None:
        """The latest file that was uploaded."""
        return self.papers[-1] if self.papers else None

    def latest(self, format: str) -> Paper | None:
        """Return the latest file of a format."""
        return next(
            (one for one in reversed(self.papers) if one.format == format), None
        )
