"""
The closed lists of words that the model uses.

Each member's value is what JSON carries, so a value is never renamed.
"""

from __future__ import annotations

from enum import Enum


class Status(Enum):
    """Where the paper is, as the vendor reports it."""

    DRAFT = "draft"
    NEGOTIATION = "negotiation"
    APPROVAL = "approval"
    SIGNATURE = "signature"
    EXECUTED = "executed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    ON_HOLD = "on_hold"
    UNKNOWN = "unknown"


class Transition(Enum):
    """A step of a contract's life that a user can ask for."""

    SUBMIT_FOR_APPROVAL = "submit_for_approval"
    SEND_TO_COUNTERPARTY = "send_to_counterparty"
    REQUEST_SIGNATURE = "request_signature"
    WITHDRAW_SIGNATURE = "withdraw_signature"
    COMPLETE = "complete"
    ACTIVATE = "activate"
    CANCEL = "cancel"
    DEACTIVATE = "deactivate"


class Outcome(Enum):
    """What became of something that was to be written."""

    CREATED = "created"
    EXISTED = "existed"
    RECONCILED = "reconciled"
    """The vendor's answer was lost, and what it did was found out."""
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DRY_RUN = "dry_run"


class ApprovalStatus(Enum):
    """Where one approval stands."""

    NOT_STARTED = "not_started"
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"


class TermState(Enum):
    """Whether the obligation runs on a given day."""

    NOT_STARTED = "not_started"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    SUPERSEDED = "superseded"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


class Basis(Enum):
    """What a term state rests on."""

    REPORTED = "reported"
    COMPUTED = "computed"
    CONFLICT = "conflict"


class TermKind(Enum):
    """How a contract's term ends."""

    FIXED = "fixed"
    AUTO_RENEW = "auto_renew"
    PERPETUAL = "perpetual"
    OPTION = "option"
    UNKNOWN = "unknown"


class PartyRole(Enum):
    """On whose side a party stands."""

    OURSELVES = "ourselves"
    COUNTERPARTY = "counterparty"
    OTHER = "other"


class PersonRole(Enum):
    """What a person does on a contract."""

    OWNER = "owner"
    AUTHOR = "author"
    SIGNATORY = "signatory"
    APPROVER = "approver"
    RECIPIENT = "recipient"
    PARTICIPANT = "participant"
    CONTACT = "contact"
    OTHER = "other"


class RelationKind(Enum):
    """What another contract is to this one."""

    PARENT = "parent"
    CHILD = "child"
    MASTER = "master"
    AMENDS = "amends"
    AMENDED_BY = "amended_by"
    RENEWS = "renews"
    SUPERSEDES = "supersedes"
    OTHER = "other"


class DocumentKind(Enum):
    """Which text of a contract a document holds."""

    SIGNED = "signed"
    DRAFT = "draft"
    ATTACHMENT = "attachment"
    OTHER = "other"


class FieldKind(Enum):
    """The type of a workspace's own field, and of the value that it holds."""

    TEXT = "text"  # str
    NUMBER = "number"  # int or Decimal
    BOOLEAN = "boolean"  # bool
    DATE = "date"  # datetime.date
    INSTANT = "instant"  # datetime.datetime, aware, UTC
    MONEY = "money"  # Money
    DURATION = "duration"  # Period
    OPTION = "option"  # str, the option's label
    OPTIONS = "options"  # tuple[str, ...]
    OTHER = "other"  # what JSON held, as received


class Facet(Enum):
    """A part of a contract that one vendor sends at once and another by extra calls."""

    PARTIES = "parties"
    EXTERNAL_LINKS = "external_links"
    KEY_DATES = "key_dates"
    TERM = "term"
    VALUE = "value"
    FIELDS = "fields"
    PEOPLE = "people"
    RELATIONS = "relations"
    DOCUMENTS = "documents"


FULL = frozenset(
    {
        Facet.PARTIES,
        Facet.EXTERNAL_LINKS,
        Facet.KEY_DATES,
        Facet.TERM,
        Facet.VALUE,
        Facet.FIELDS,
        Facet.PEOPLE,
    }
)
"""The facets that ``detail="full"`` and ``get`` load, whichever the vendor."""


class EventKind(Enum):
    """What happened to a contract."""

    CREATED = "created"
    UPDATED = "updated"
    STATUS_CHANGED = "status_changed"
    SENT = "sent"
    APPROVAL_REQUESTED = "approval_requested"
    APPROVAL_COMPLETED = "approval_completed"
    SIGNATURE_REQUESTED = "signature_requested"
    SIGNED_BY = "signed_by"
    """One of those who are to sign has signed."""
    EXECUTED = "executed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    DELETED = "deleted"
    DOCUMENT_UPDATED = "document_updated"
    FIELDS_UPDATED = "fields_updated"
    LINK_UPDATED = "link_updated"
    OTHER = "other"
    """Whatever has no place here; ``source.name`` has the vendor's own word."""


class Sensitivity(Enum):
    """Who may see an attribute; ``redact`` and the logs follow it."""

    PUBLIC = "public"
    COMMERCIAL = "commercial"
    PERSONAL = "personal"
