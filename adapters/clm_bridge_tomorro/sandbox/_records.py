"""What the sandbox keeps, in the vendor's own terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import Factory, define, field, frozen

from ._smart_fields import Value


@define
class Member:
    """Somebody of the buyer's, who may have a key."""

    id: str
    email: str
    firstname: str
    lastname: str
    role: str
    status: str
    created_at: datetime
    updated_at: datetime
    groups: list[str] = Factory(list)

    @property
    def name(self) -> str:
        """The name as a signature shows it."""
        return f"{self.firstname} {self.lastname}".strip()


@define
class Counterparty:
    """An entry of the address book; ``fields`` maps a smart field's id to a value."""

    id: str
    name: str
    status: str
    created_at: datetime
    updated_at: datetime
    fields: dict[str, Value] = Factory(dict)


@frozen
class Template:
    """A document to start from; the API tells its language and not its name."""

    id: str
    name: str
    language: str


@frozen
class ContractType:
    """A contract type with its templates and the smart fields that it requires."""

    id: str
    name: str
    published: bool
    templates: Sequence[Template]
    mandatory: Sequence[str] = ()


@define
class Signatory:
    """Somebody who signs; ``type`` is member or external (A-23)."""

    id: str
    email: str
    type: str
    name: str | None = None
    status: str = "pending"
    signed_at: datetime | None = None

    def sign(self, name: str, when: datetime | None) -> None:
        """Sign, which tells the name."""
        self.name, self.status, self.signed_at = name, "signed", when


@define
class Version:
    """One state of the contract's document."""

    id: str
    number: int
    name: str
    content_type: str
    created_at: datetime
    status: str = "draft"
    content: bytes | None = field(default=None, repr=False)


@define
class Signature:
    """One attempt to get a document signed."""

    id: str
    sent_at: datetime
    status: str = "sent"


@define
class Contract:
    """A contract; what the API takes and never shows again is kept all the same."""

    id: str
    name: str
    status: str
    counterparty_id: str
    type_id: str
    template_id: str | None
    author_id: str
    created_at: datetime
    updated_at: datetime
    values: dict[str, Value] = Factory(dict)
    signatories: list[Signatory] = Factory(list)
    link: Mapping[str, str | None] | None = None
    member_ids: list[str] = Factory(list)
    versions: list[Version] = Factory(list)
    signature: Signature | None = None
    hidden: dict[str, str | None] = Factory(dict)
    tables: dict[str, dict[str, dict[str, Any]]] = Factory(dict)


@define
class Upload:
    """A place in the storage that a signed URL opens; ``content`` is what was put."""

    key: str
    content_type: str
    content: bytes | None = field(default=None, repr=False)
    used: bool = False
