"""
What a user says of a contract that is to be written.

``None`` and empty mean that nothing is said.  Which of it a vendor can take is the
adapter's to declare and `contracts.validate` to tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from ._uploads import Upload
from ._values import (
    COMMERCIAL,
    PERSONAL,
    ExternalLink,
    FieldValue,
    KeyDates,
    Money,
    Term,
    sealed,
)
from ._vocabulary import Status


@frozen
class Contact:
    """Whom to write to at a counterparty."""

    email: str | None = field(default=None, metadata=PERSONAL)
    name: str | None = field(default=None, metadata=PERSONAL)


@frozen
class NewCounterparty:
    """
    The other party: one of the address book by its id, or by name with a contact.

    ``country`` is an ISO 3166 code of two letters, ``identifiers`` are such as a
    supplier number, by the vendor's own word.
    """

    name: str | None = field(default=None, metadata=COMMERCIAL)
    id: str | None = None
    contact: Contact | None = None
    country: str | None = None
    identifiers: Mapping[str, str] = field(factory=dict, hash=False)


@frozen
class Signatory:
    """Who is to sign; ``ours`` is true for somebody of our own side."""

    email: str = field(metadata=PERSONAL)
    name: str | None = field(default=None, metadata=PERSONAL)
    ours: bool = False


@frozen(kw_only=True)
class Particulars:
    """
    What can be said of a contract, new or not.

    ``fields`` are the workspace's own, by id or label.  ``owner`` is an e-mail address
    or the vendor's id of a user.  ``extra`` is put over the vendor's payload, last.
    """

    name: str | None = field(default=None, metadata=COMMERCIAL)
    counterparty: NewCounterparty | None = None
    key_dates: KeyDates = field(factory=KeyDates)
    term: Term | None = None
    value: Money | None = field(default=None, metadata=COMMERCIAL)
    fields: Mapping[str, FieldValue] = field(
        factory=dict, hash=False, metadata=COMMERCIAL
    )
    owner: str | None = field(default=None, metadata=PERSONAL)
    signatories: Sequence[Signatory] = field(default=(), converter=sealed)
    extra: Mapping[str, Any] = field(factory=dict, hash=False, repr=False)


@frozen(kw_only=True)
class NewContract(Particulars):
    """
    A contract to be created.

    ``status`` is where its paper begins: ``DRAFT`` is written from a template or from
    nothing; ``NEGOTIATION`` reviews, ``SIGNATURE`` signs and ``EXECUTED`` files the
    ``document`` that comes with it.  ``template`` and ``type`` are the vendor's ids.
    """

    number: str | None = None
    template: str | None = None
    type: str | None = None
    status: Status = Status.DRAFT
    external_link: ExternalLink | None = None
    document: Upload | None = None


@frozen(kw_only=True)
class ContractChanges(Particulars):
    """
    What to change of a contract; what is not said stays as it is.

    ``clear`` names what to empty, such as ``"key_dates.expires_on"`` or ``"value"``;
    a field is emptied by ``fields={"its id": None}``.
    """

    clear: Sequence[str] = field(default=(), converter=sealed)
