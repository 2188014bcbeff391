"""How SpotDraft's contracts become ours: tables, and functions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo

from clm_bridge.adapter import (
    Contract,
    ExternalLink,
    Facet,
    KeyDates,
    Party,
    PartyRole,
    Person,
    PersonRole,
    Ref,
    Status,
)

from . import _wire

# https://help.spotdraft.com/articles/8704135921-understanding-contract-stages-in-spotdraft
STATUSES = {
    "DRAFT": Status.DRAFT,
    "REDLINING": Status.NEGOTIATION,
    "SIGN": Status.SIGNATURE,
    "EXECUTED": Status.EXECUTED,
    "ON_HOLD": Status.ON_HOLD,
    "VOIDED": Status.CANCELLED,
}
ROLES = {
    "SIGNATORY": PersonRole.SIGNATORY,
    "APPROVER": PersonRole.APPROVER,
    "RECEIVER": PersonRole.RECIPIENT,
}


def bare_number(id: str) -> str:
    """Return the integer of a composite id, which half of the API takes."""
    return re.sub(r"^[HT]-", "", id)


def candidates(id: str) -> Sequence[str]:
    """Return the composite ids that *id* may stand for."""
    return (f"T-{id}", f"H-{id}") if id.isdecimal() else (id,)


def external_links(metadata: _wire.Metadata | None) -> Sequence[ExternalLink]:
    """Return the one link that a contract can have; without an id there is none."""
    own = metadata.id if metadata is not None else None
    if metadata is None or own in (None, "") or not isinstance(own, str | int):
        return ()
    return (
        ExternalLink(
            system=metadata.integration_name,
            record_type=metadata.record_type,
            id=str(own),
            data=metadata.record_data or {},
        ),
    )


def parties(row: _wire.Row) -> Sequence[Party]:
    """Return the counterparty; a row has one name, however many there are."""
    if not row.counter_party_name:
        return ()
    return (Party(PartyRole.COUNTERPARTY, row.counter_party_name),)


def contract_type(row: _wire.Row) -> Ref | None:
    """Return the contract's type."""
    if row.contract_type_id is None:
        return None
    return Ref(row.contract_type_id, row.contract_type_name)


def author(row: _wire.Row) -> Sequence[Person]:
    """Return who made the contract; ``created_by`` may be an organisation's name."""
    name, email = row.created_by_user_name, row.created_by_user_email
    if not name and not email and "@" in (row.created_by or ""):
        email = row.created_by
    return (Person(PersonRole.AUTHOR, name, email),) if name or email else ()


def people(recipients: _wire.Recipients) -> Sequence[Person]:
    """Return signatories, approvers and receivers."""
    return [
        Person(
            role=ROLES.get(one.recipient.recipient_type or "", PersonRole.OTHER),
            name=full_name(user),
            email=user.email,
            id=user.id,
        )
        for one in recipients.items
        if (user := one.recipient.user) is not None
    ]


def full_name(user: _wire.User) -> str | None:
    """Return a user's name, which comes as one or in two parts."""
    parts = filter(None, (user.first_name, user.last_name))
    return user.name or " ".join(parts) or None


def key_dates(
    created_at: datetime | None, metrics: _wire.Metrics | None, zone: tzinfo
) -> KeyDates:
    """Return the dates that SpotDraft itself keeps; half signed is not signed."""
    if metrics is None:
        return KeyDates(created_at=created_at)
    signatures = metrics.contract_signed_by_signatory_list or ()
    signed = [one.signed_datetime for one in signatures if one.signed_datetime]
    executed = metrics.contract_executed_datetime
    return KeyDates(
        created_at=created_at,
        sent_at=metrics.contract_sent_to_cp_datetime,
        signed_on=max(signed).astimezone(zone).date() if signed and executed else None,
        executed_on=executed.astimezone(zone).date() if executed else None,
    )


def names_another(contract: Contract, external_id: str) -> bool:
    """Say whether a contract is known to carry another external id, or none."""
    if Facet.EXTERNAL_LINKS not in contract.loaded:
        return False
    return all(link.id != external_id for link in contract.external_links)
