"""How Tomorro's payloads become ours: tables, and functions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from clm_bridge.adapter import (
    Counterparty,
    Document,
    DocumentKind,
    ExternalLink,
    Field,
    KeyDates,
    Party,
    PartyRole,
    Person,
    PersonRole,
    Ref,
    Source,
    Status,
    Template,
)

from . import _wire

# https://help.tomorro.com/en/articles/12324087-understanding-tomorro-contract-statuses
STATUSES = {
    "draft": Status.DRAFT,
    "negotiating": Status.NEGOTIATION,
    "signing": Status.SIGNATURE,
    "signed": Status.EXECUTED,
    "canceled": Status.CANCELLED,
}
ACTIVE = {"active": True, "archived": False}
UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


def plain(id: str) -> str:
    """Drop the prefix that some of the vendor's examples put before a UUID."""
    return re.sub(rf"^[a-z]{{2,4}}_(?={UUID}$)", "", id)


def is_id(text: str) -> bool:
    """Say whether *text* is an id and not a name, with a prefix or without."""
    return re.fullmatch(UUID, plain(text)) is not None


def external_links(found: _wire.Link | None, own: Field | None) -> list[ExternalLink]:
    """Return the own id's field first, if one is configured, then the integration."""
    links = [] if own is None else [ExternalLink(None, None, str(own.value))]
    if found is not None:
        entity, url = found.external_entity, found.external_url
        links.append(ExternalLink(found.type, entity, found.external_id, url))
    return links


def parties(body: _wire.Body) -> Sequence[Party]:
    """Return the counterparty; a contract has one, and does not name our side."""
    other = body.counterparty
    if other is None:
        return ()
    return (Party(PartyRole.COUNTERPARTY, other.name, plain(other.id)),)


def contract_type(body: _wire.Body) -> Ref | None:
    """Return the contract's type."""
    told = body.contract_type
    return Ref(plain(told.id), told.name) if told is not None else None


def template_of(body: _wire.Body) -> Ref | None:
    """Return the template, whose name only the older body tells."""
    if body.template is not None:
        return Ref(plain(body.template.id), body.template.name)
    return Ref(plain(body.template_id)) if body.template_id is not None else None


def owner(body: _wire.Body) -> Person | None:
    """Return the referent, whom only the older body tells."""
    found = body.referent
    return member(PersonRole.OWNER, found) if found is not None else None


def people(body: _wire.Body) -> Iterator[Person]:
    """Yield the author, the signatories and the participants."""
    if body.author is not None:
        yield member(PersonRole.AUTHOR, body.author)
    for one in body.signatories or ():
        yield Person(PersonRole.SIGNATORY, one.name, one.email, _plain(one.id))
    for other in body.contract_members or ():
        yield member(PersonRole.PARTICIPANT, other)


def member(role: PersonRole, told: _wire.Member) -> Person:
    """Return a member, who has no name on a contract."""
    return Person(role, None, told.email, _plain(told.id))


def _plain(id: str | None) -> str | None:
    return None if id is None else plain(id)


def key_dates(body: _wire.Body) -> KeyDates:
    """Return the dates that the body itself holds."""
    return KeyDates(
        created_at=body.created_at,
        updated_at=body.updated_at,
        effective_on=body.start_at,
        expires_on=body.end_at,
    )


def document(told: _wire.SignedFile, contract_id: str) -> Document:
    """Return a file of the signed set."""
    return Document(
        id=told.id,
        contract_id=contract_id,
        name=told.filename,
        kind=DocumentKind.SIGNED,
        media_type=told.content_type,
    )


def template(row: _wire.TemplateRow, type: _wire.TypeRow, source: Source) -> Template:
    """Return a template, which has a language and no name."""
    of = Ref(plain(type.id), type.name)
    return Template(plain(row.id), None, source, type=of, language=row.language)


def counterparty(row: _wire.CounterpartyRow, source: Source) -> Counterparty:
    """Return an entry of the address book."""
    told = row.fields if isinstance(row.fields, Mapping) else {}
    return Counterparty(
        plain(row.id),
        row.name,
        source,
        active=ACTIVE.get(row.status or ""),
        identifiers={
            str(own): value for own, value in told.items() if isinstance(value, str)
        },
    )


def any_of(words: Sequence[str]) -> str | None:
    """Write a filter by one word or several."""
    return f"in:{','.join(words)}" if len(words) > 1 else next(iter(words), None)


def since(when: datetime | None) -> str | None:
    """Write a filter by the UTC day, which is the form that is documented."""
    return f"gte:{when.astimezone(UTC).date()}" if when is not None else None
