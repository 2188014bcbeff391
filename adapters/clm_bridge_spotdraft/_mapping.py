"""How SpotDraft's payloads become ours: tables, and functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any

from clm_bridge.adapter import (
    Counterparty,
    Document,
    DocumentKind,
    ExternalLink,
    Field,
    FieldDefinition,
    FieldKind,
    KeyDates,
    Money,
    Party,
    PartyRole,
    Period,
    Person,
    PersonRole,
    Ref,
    Source,
    Status,
    Template,
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
UNITS = {
    "DAYS": lambda count: Period(days=count),
    "WEEK": lambda count: Period(days=7 * count),
    "WEEKS": lambda count: Period(days=7 * count),
    "MONTHS": lambda count: Period(months=count),
    "YEARS": lambda count: Period(years=count),
}
# The kinds of the template metadata; values say more than these words do.
KINDS = {
    "string": FieldKind.TEXT,
    "text-box": FieldKind.TEXT,
    "rich-text": FieldKind.TEXT,
    "date": FieldKind.DATE,
    "number": FieldKind.NUMBER,
    "int": FieldKind.NUMBER,
    "float": FieldKind.NUMBER,
    "boolean": FieldKind.BOOLEAN,
    "check-box": FieldKind.BOOLEAN,
    "currency": FieldKind.MONEY,
    "duration": FieldKind.DURATION,
    "dropdown": FieldKind.OPTION,
    "enum": FieldKind.OPTION,
    "multi-dropdown": FieldKind.OPTIONS,
    "array of options": FieldKind.OPTIONS,
    "array of strings": FieldKind.OPTIONS,
}


def bare_number(id: str) -> str:
    """Return the integer of a composite id, which half of the API takes."""
    return re.sub(r"^[HT]-", "", id)


def external_links(metadata: _wire.Metadata | None) -> Sequence[ExternalLink]:
    """Return the one link that a contract can have."""
    if metadata is None:
        return ()
    return (
        ExternalLink(
            system=metadata.integration_name,
            record_type=metadata.record_type,
            id=metadata.id,
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
    """Return who made the contract; ``created_by`` may be an organisation."""
    name, email = row.created_by_user_name, row.created_by_user_email
    return (Person(PersonRole.AUTHOR, name, email),) if name or email else ()


def people(recipients: _wire.Recipients) -> Sequence[Person]:
    """Return signatories, approvers and receivers."""
    return [
        Person(
            role=ROLES.get(one.recipient.recipient_type, PersonRole.OTHER),
            name=one.recipient.user.name,
            email=one.recipient.user.email,
            id=one.recipient.user.id,
        )
        for one in recipients.items
        if one.recipient.user is not None
    ]


def key_dates(
    created_at: datetime | None, metrics: _wire.Metrics | None, zone: tzinfo
) -> KeyDates:
    """Return the dates that SpotDraft itself keeps."""
    if metrics is None:
        return KeyDates(created_at=created_at)
    signatures = metrics.contract_signed_by_signatory_list or ()
    signed = [one.signed_datetime for one in signatures if one.signed_datetime]
    executed = metrics.contract_executed_datetime
    return KeyDates(
        created_at=created_at,
        sent_at=metrics.contract_sent_to_cp_datetime,
        signed_on=max(signed).astimezone(zone).date() if signed else None,
        executed_on=executed.astimezone(zone).date() if executed else None,
    )


def fields(pointers: Iterable[_wire.KeyPointer]) -> dict[str, Field]:
    """Return the key pointers that have a value."""
    found = (field(pointer) for pointer in pointers if pointer.value is not None)
    return {one.id: one for one in found}


def field(pointer: _wire.KeyPointer) -> Field:
    """Return one key pointer, typed by what its value is."""
    kind, value = typed(pointer.data_type, pointer.value)
    return Field(pointer.field_name, pointer.label or pointer.field_name, kind, value)


def typed(data_type: str | None, value: Any) -> tuple[FieldKind, Any]:
    """Type a value by its form, and text by what SpotDraft calls it."""
    if isinstance(value, bool):
        return FieldKind.BOOLEAN, value
    if isinstance(value, int | Decimal):
        return FieldKind.NUMBER, value
    if isinstance(value, Mapping):
        return _composite(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return FieldKind.OPTIONS, tuple(value)
    if isinstance(value, str):
        return _text(data_type, value)
    return FieldKind.OTHER, value


def _composite(value: Mapping[str, Any]) -> tuple[FieldKind, Any]:
    kind: Any = value.get("type")
    amount: Any = value.get("value")
    if kind in UNITS and type(amount) is int:
        return FieldKind.DURATION, UNITS[kind](amount)
    is_currency = isinstance(kind, str) and re.fullmatch("[A-Z]{3}", kind)
    if is_currency and type(amount) in (int, Decimal):
        return FieldKind.MONEY, Money(Decimal(amount), kind)
    return FieldKind.OTHER, value


def _text(data_type: str | None, value: str) -> tuple[FieldKind, Any]:
    kind = KINDS.get(data_type or "", FieldKind.TEXT)
    if kind is FieldKind.DATE:
        try:
            # Some workspaces hold an ISO instant here; its first ten letters count.
            return kind, datetime.fromisoformat(value).date()
        except ValueError:
            return FieldKind.TEXT, value
    return (kind if kind is FieldKind.OPTION else FieldKind.TEXT), value


def document(contract_id: str, name: str, status: Status) -> Document:
    """Return the latest copy, which is the signed one once it is executed."""
    signed = status is Status.EXECUTED
    return Document(
        id=contract_id,
        contract_id=contract_id,
        name=f"{name}.pdf",
        kind=DocumentKind.SIGNED if signed else DocumentKind.DRAFT,
        media_type="application/pdf",
    )


def template(row: _wire.TemplateRow, source: Source) -> Template:
    """Return a published template."""
    type_id = row.contract_type_id
    return Template(row.id, row.name, source, type=Ref(type_id) if type_id else None)


def counterparty(row: _wire.CounterpartyRow, source: Source) -> Counterparty:
    """Return an entry of the address book."""
    contacts = [
        Person(PersonRole.CONTACT, one.name, one.email, one.id)
        for one in row.contacts or ()
    ]
    active = None if row.status is None else row.status == "ACTIVE"
    return Counterparty(row.id, row.name, source, active=active, contacts=contacts)


def definition(
    one: _wire.Definition, type: _wire.ContractType, source: Source
) -> FieldDefinition | None:
    """Return a key pointer's definition; composite ones come in several pieces."""
    if not one.descriptors:
        return None
    first = one.descriptors[0]
    whole = first.parent_variable is not None
    return FieldDefinition(
        id=first.parent_variable or first.variable,
        label=first.display_label.partition(" > ")[0] if whole else first.display_label,
        kind=KINDS.get(first.parent_type or first.type, FieldKind.OTHER),
        source=source,
        options=[option.label for option in first.options or ()],
        required=first.required,
        applies_to=Ref(type.id, type.name),
    )


def complaints(told: Any) -> Iterator[str]:
    """Yield the vendor's own words from any of its shapes of error bodies."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, list):
        for one in told:
            yield from complaints(one)
    elif isinstance(told, Mapping):
        code = told.get("code")
        if isinstance(code, str):
            yield code
        for key, below in told.items():
            if key in ("code", "status_code", "message" if "detail" in told else ""):
                continue
            for words in complaints(below):
                yield (
                    words
                    if key in ("detail", "message", "error")
                    else f"{key}: {words}"
                )
