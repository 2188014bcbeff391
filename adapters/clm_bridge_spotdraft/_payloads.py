"""What SpotDraft is told: bodies of requests, made of what a user said."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from attrs import frozen

from clm_bridge.adapter import (
    Contact,
    ExternalLink,
    Field,
    FieldKind,
    Money,
    NewContract,
    NewCounterparty,
    Period,
    Signatory,
    Upload,
)


@frozen
class Other:
    """The other party as it is told: its name, and whom to write to."""

    name: str
    contact: Contact | None = None
    individual: bool = False


def draft(
    new: NewContract, party: Other, *, entity: str | None, kind: str | None
) -> dict[str, Any]:
    """Return a contract that a template makes; *entity* is our company's reference."""
    told: dict[str, Any] = {
        "contract_template_id": int(new.template or 0),
        "contract_data": {},
        "counter_party_details": [_details(party, kind)],
        "contract_name": new.name,
        "external_metadata": _metadata(new),
        "entity_reference_id": entity,
        "signatories": [_signatory(one, party) for one in new.signatories] or None,
    }
    return _said(told)


def paper(
    new: NewContract, party: Other | None, *, entity: int | None
) -> dict[str, Any]:
    """Return third-party paper that is to be reviewed or signed."""
    owner = new.owner if new.owner and "@" in new.owner else None
    ours = [{"email": one.email} for one in new.signatories]
    told: dict[str, Any] = {
        **_document(new, "file_base64"),
        "creator_organization_entity_id": entity,
        "external_metadata": _metadata(new),
        "business_user_email": owner,
        "creator_signatories": ours or None,
    }
    if party is not None:
        told["counterparty_organization_name"] = party.name
        told["counterparty_is_individual"] = party.individual
        told["counterparty_poc_details"] = person(party.contact)
    return _said(told)


def executed(
    new: NewContract, party: Other | None, *, entity: int, kind: str | None
) -> dict[str, Any]:
    """Return a contract that was signed elsewhere."""
    told: dict[str, Any] = {
        **_document(new, "file_content"),
        "organization_entity_id": entity,
        "external_metadata": _metadata(new),
    }
    if party is not None:
        details = _details(party, kind) | {"organization_details": {}}
        told["counterparty_details"] = [details]
    return _said(told)


def _document(new: NewContract, key: str) -> dict[str, Any]:
    file = new.document
    return {
        "contract_name": new.name,
        "contract_type_id": int(new.type or 0),
        "file_name": file.name if file else None,
        key: base64(file) if file else None,
    }


def _details(party: Other, kind: str | None) -> dict[str, Any]:
    return _said(
        {
            "is_individual": party.individual,
            "organization_name": None if party.individual else party.name,
            "organization_type": None if party.individual else kind,
            "poc_details": person(party.contact),
        }
    )


def person(contact: Contact | None) -> dict[str, Any] | None:
    """Return a contact in SpotDraft's two parts of a name."""
    if contact is None:
        return None
    first, _, last = (contact.name or "").strip().partition(" ")
    return {"first_name": first, "last_name": last.strip(), "email": contact.email}


def _signatory(one: Signatory, party: Other) -> dict[str, Any]:
    told = {
        "name": one.name,
        "email": one.email,
        "is_counterparty_signatory": not one.ours,
        "counterparty_name": None if one.ours else party.name,
    }
    return _said(told)


def _metadata(new: NewContract) -> dict[str, Any] | None:
    return None if new.external_link is None else metadata(new.external_link)


def metadata(link: ExternalLink) -> dict[str, Any]:
    """Return an external link; there is no place for its URL."""
    return {
        **_said({"id": link.id, "integration_name": link.system}),
        **_said({"record_type": link.record_type}),
        "record_data": dict(link.data),
    }


def counterparty(new: NewCounterparty, *, kind: str | None) -> dict[str, Any]:
    """Return an entry for the address book."""
    contact = new.contact or Contact()
    told = {
        "is_individual": False,
        "organization_name": new.name,
        "organization_type": kind,
        "contact_name": contact.name,
        "contact_email": contact.email,
        "custom_fields": dict(new.identifiers) or None,
    }
    return _said(told)


def key_pointers(fields: Sequence[Field]) -> dict[str, Any]:
    """Return values of key pointers, by their names."""
    told = [
        {"key_pointer_field_name": one.id, "value": value(one.kind, one.value)}
        for one in fields
    ]
    return {"key_pointers": told}


def value(kind: FieldKind, told: Any) -> Any:
    """Spell a value; ``None`` empties it."""
    return None if told is None else _SPELLED.get(kind, _as_it_is)(told)


def _as_it_is(told: Any) -> Any:
    return told


def _day(told: date) -> str:
    return told.isoformat()


def _moment(told: datetime) -> str:
    return told.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _money(told: Money) -> dict[str, Any]:
    whole = told.amount == told.amount.to_integral_value()
    return {
        "type": told.currency,
        "value": int(told.amount) if whole else told.amount,
    }


def duration(told: Period) -> dict[str, Any]:
    """
    Spell a length of time; its ``days``, which the vendor counts oddly, are left out.

    What mixes days with months is refused before.
    """
    if told.months or (told.years and not told.days):
        unit = "MONTHS" if told.months else "YEARS"
        count = told.years * 12 + told.months if told.months else told.years
        return {"type": unit, "value": count}
    return {"type": "DAYS", "value": told.days}


_SPELLED: Mapping[FieldKind, Callable[[Any], Any]] = {
    FieldKind.DATE: _day,
    FieldKind.INSTANT: _moment,
    FieldKind.MONEY: _money,
    FieldKind.DURATION: duration,
    FieldKind.OPTIONS: list,
}


def version(file: Upload, *, signed: bool) -> dict[str, Any]:
    """Return a new version of a contract's paper."""
    return {
        "document_name": file.name,
        "document_base_64": base64(file),
        "is_executed_version": signed,
    }


def attachment(file: Upload) -> dict[str, Any]:
    """Return a supporting document."""
    return {"name": file.name, "file_name": file.name, "file_base64": base64(file)}


def base64(file: Upload) -> str:
    """Return a file as SpotDraft's JSON holds it."""
    return b64encode(file.content).decode()


def _said(told: Mapping[str, Any]) -> dict[str, Any]:
    return {key: one for key, one in told.items() if one is not None}
