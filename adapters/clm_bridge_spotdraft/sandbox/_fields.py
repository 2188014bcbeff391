"""
What the list can be filtered and sorted by, as a table.

A contract may have several values of one field: its parties, its signatories.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from attrs import frozen

from ._key_pointer_fields import KEY_POINTERS
from ._records import DISPLAY_STATUSES, SIGN, Contract, Recipient
from ._times import parsed

Values = Sequence[Any]

EQUALITY = ("$eq", "$ne", "$in")
ORDER = ("$gt", "$gte", "$lt", "$lte")


@frozen
class Kind:
    """How a filter's text is read, what is wrong if it cannot be, and operators."""

    read: Callable[[str], Any]
    fault: str
    operators: Sequence[str] = (*EQUALITY, *ORDER)


@frozen
class Field:
    """One thing that the list can be filtered by."""

    kind: Kind
    values: Callable[[Contract], Values]


STRING = Kind(str, "Input should be a valid string", EQUALITY)
INTEGER = Kind(int, "Input should be a valid integer")
DATETIME = Kind(parsed, "Input should be a valid datetime")


def _status(text: str) -> str:
    if text not in DISPLAY_STATUSES:
        raise ValueError(text)
    return text


DISPLAY_STATUS = Kind(
    _status, f"Value should be one of {', '.join(DISPLAY_STATUSES)}", EQUALITY
)


def emails(contract: Contract) -> Values:
    """Return the addresses of the counterparties' contacts."""
    return [one.contact_email for one in contract.parties if one.contact_email]


def _names(people: Iterable[Recipient]) -> Values:
    return [told for one in people for told in (one.name, one.email)]


def _nothing(_: Contract) -> Values:
    return []


def pending_with(contract: Contract) -> str | None:
    """Return whose turn it is."""
    turns = {
        "DRAFT": "CREATOR_PARTY",
        "REDLINING": "CREATOR_PARTY" if contract.pending_approvals else "COUNTER_PARTY",
        "SIGN": "COUNTER_PARTY",
    }
    return turns.get(contract.status)


def _given(value: Any) -> Values:
    return [] if value is None else [value]


def _expiring(contract: Contract) -> Values:
    try:
        return [parsed(contract.values["expiration_date"])]
    except (KeyError, TypeError, ValueError):
        return []


def _approvers(contract: Contract) -> Values:
    people = (one.user for one in contract.pending_approvals if one.user)
    return [told for one in people for told in (one.name, one.email)]


FIELDS: Mapping[str, Field] = {
    "approvals_pending": Field(STRING, _approvers),
    "client_brand_name": Field(
        STRING, lambda c: [p.brand_name for p in c.parties if p.brand_name]
    ),
    "client_email": Field(STRING, emails),
    "client_email_address": Field(STRING, emails),
    "client_name": Field(STRING, lambda c: [p.name for p in c.parties]),
    "contract_id": Field(STRING, lambda c: [c.id]),
    "contract_kind": Field(STRING, lambda c: [c.kind]),
    "contract_packet_name": Field(STRING, _nothing),
    "contract_reference_id": Field(STRING, lambda c: [c.reference_id]),
    "contract_type_name": Field(STRING, lambda c: [c.type.name]),
    "display_status": Field(DISPLAY_STATUS, lambda c: [c.status]),
    "entity_name": Field(STRING, lambda c: [c.entity.name]),
    "pending_with": Field(STRING, lambda c: _given(pending_with(c))),
    "signatories": Field(STRING, lambda c: _names(c.recipients)),
    "signatures_completed_by": Field(
        STRING,
        lambda c: _names(r for r in c.recipients if r.acted_at and not r.refused),
    ),
    "signatures_pending_on": Field(
        STRING,
        lambda c: _names(
            r for r in c.recipients if c.status == SIGN and not r.acted_at
        ),
    ),
    "signatures_rejected_by": Field(
        STRING, lambda c: _names(r for r in c.recipients if r.refused)
    ),
    "tags": Field(STRING, _nothing),
    "assigned_to": Field(INTEGER, lambda c: [c.created_by.id]),
    "business_user_id": Field(INTEGER, lambda c: [c.owner.id]),
    "contract_type_id": Field(INTEGER, lambda c: [c.type.id]),
    "legal_user_id": Field(INTEGER, _nothing),
    "created_at": Field(DATETIME, lambda c: [c.created_at]),
    "execution_date": Field(DATETIME, lambda c: _given(c.executed_at)),
    "expiring_at": Field(DATETIME, _expiring),
    "last_updated_on": Field(DATETIME, lambda c: [c.updated_at]),
}


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite():
        raise ValueError(text)
    return number


def _truth(text: str) -> bool:
    return {"true": True, "false": False}[text.lower()]


_METADATA_KINDS = {
    "date": DATETIME,
    "number": Kind(_number, "Input should be a valid number"),
    "currency": Kind(_number, "Input should be a valid number"),
    "duration": Kind(_number, "Input should be a valid number"),
    "check-box": Kind(_truth, "Input should be a valid boolean", EQUALITY),
}


def field(prefix: str, name: str) -> Field | None:
    """Return what ``filter__name`` or ``filter_metadata__name`` is about."""
    if prefix == "filter":
        return FIELDS.get(name)
    pointer = KEY_POINTERS.get(name)
    if pointer is None:
        return None
    kind = _METADATA_KINDS.get(pointer.data_type, STRING)
    return Field(kind, lambda c: _metadata(c.values.get(name), kind))


def _metadata(value: Any, kind: Kind) -> Values:
    told = value.get("value") if isinstance(value, Mapping) else value
    if told is None:
        return []
    try:
        return [kind.read(str(told))]
    except (ValueError, KeyError):
        return []
