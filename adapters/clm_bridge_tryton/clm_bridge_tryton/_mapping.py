"""How Tryton's payloads become ours: tables, and functions."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from clm_bridge.adapter import (
    Counterparty,
    ExternalLink,
    Field,
    FieldKind,
    KeyDates,
    Money,
    Party,
    PartyRole,
    PayloadError,
    Person,
    PersonRole,
    Response,
    Source,
    Status,
    TermState,
)

from . import _wire

CLOSED = "closed"
STATUSES = {
    "draft": Status.DRAFT,
    "running": Status.EXECUTED,
    CLOSED: Status.EXECUTED,
    "cancelled": Status.CANCELLED,
}


_ISO = re.compile("[A-Z]{3}")
"""A currency's code; Tryton lets a company write what it likes."""


def key_dates(row: _wire.Row) -> KeyDates:
    """Return the dates; what was never changed was last changed when it was made."""
    return KeyDates(
        created_at=row.create_date,
        updated_at=row.write_date or row.create_date,
        effective_on=row.from_date,
        expires_on=row.to_date,
    )


def reported_state(word: str) -> TermState | None:
    """Return what Tryton itself says about the term."""
    return TermState.EXPIRED if word == CLOSED else None


def parties(row: _wire.Row) -> Iterator[Party]:
    """Yield the company, then the supplier."""
    company = row.company.party if row.company is not None else None
    if company is not None:
        yield _party(PartyRole.OURSELVES, company)
    if row.supplier is not None:
        yield _party(PartyRole.COUNTERPARTY, row.supplier)


def _party(role: PartyRole, told: _wire.Party) -> Party:
    codes = {"code": told.code} if told.code else {}
    return Party(role, told.name or told.rec_name, told.id, codes)


def people(row: _wire.Row) -> Iterator[Person]:
    """Yield the user who created the agreement."""
    if row.create_uid is not None:
        yield Person(
            PersonRole.AUTHOR, row.create_uid.rec_name, None, row.create_uid.id
        )


def value(row: _wire.Row) -> Money | None:
    """Return the sum of the lines; there is none where quantities were left open."""
    code = (row.currency.code if row.currency is not None else None) or ""
    return Money(row.amount, code) if row.amount and _ISO.fullmatch(code) else None


def external_links(row: _wire.Row, where: str) -> Iterator[ExternalLink]:
    """Yield the own id, from *where* the settings say that it lives."""
    own: str | None = getattr(row, where)
    if own:
        yield ExternalLink(None, None, own)


def counterparty(told: _wire.Supplier, source: Source) -> Counterparty:
    """Return a party."""
    tax = told.tax_identifier.code if told.tax_identifier is not None else None
    codes = {"code": told.code, "tax_identifier": tax}
    return Counterparty(
        id=told.id,
        name=told.name or told.rec_name,
        source=source,
        active=None if told.active is None else bool(told.active),
        identifiers={name: code for name, code in codes.items() if code},
    )


def fields(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, Field]:
    """Return the further fields that have a value; a dot leads to another record."""
    found: dict[str, Field] = {}
    for name in names:
        told = _at(row, name.split("."))
        if told not in (None, "", []):
            found[name] = Field(name, name, *_typed(told))
    return found


def _at(told: Any, path: Sequence[str]) -> Any:
    """Return what is below *path*, one of each where there are several records."""
    if not path:
        return _wire.untagged(told) if isinstance(told, list) else told
    if isinstance(told, list):
        return [_at(one, path) for one in told]
    return _at(told.get(path[0]), path[1:]) if isinstance(told, Mapping) else None


def _typed(told: Any) -> tuple[FieldKind, Any]:
    tag = told.get("__class__") if isinstance(told, Mapping) else None
    plain = _wire.untagged(told)
    if tag == "date":
        return FieldKind.DATE, date.fromisoformat(plain)
    if tag == "datetime":
        return FieldKind.INSTANT, datetime.fromisoformat(plain).replace(tzinfo=UTC)
    if tag == "Decimal":
        return FieldKind.NUMBER, Decimal(plain)
    if isinstance(plain, bool):
        return FieldKind.BOOLEAN, plain
    if isinstance(plain, int | Decimal):
        return FieldKind.NUMBER, plain
    return (FieldKind.TEXT if isinstance(plain, str) else FieldKind.OTHER), plain


def sight(user: _wire.Preferences) -> str:
    """Say whose agreements the user sees; no answer says that some are hidden."""
    if user.company_filter == "all" and user.companies:
        count = len(user.companies)
        noun = "company" if count == 1 else "companies"
        return f"Agreements of {count} {noun} are seen."
    if user.company_filter != "all" and user.company is not None:
        return f"Agreements of {user.company_name or user.company} are seen."
    return (
        "The key's user has no company, so that it sees no agreement: choose one in "
        "the user's preferences."
    )


def complaints(response: Response) -> Sequence[str]:
    """Read a refusal in JSON, or the one sentence of a page that says what failed."""
    try:
        told = response.json()
    except PayloadError:
        return _sentence(response) if response.status >= 500 else ()
    if not isinstance(told, Mapping):
        return ()
    words = (told.get("message"), told.get("description"))
    return tuple(word for word in words if isinstance(word, str) and word)


def _sentence(response: Response) -> Sequence[str]:
    found = re.search(r"<p>([^<]*)</p>", response.body[:2000].decode(errors="replace"))
    return (html.unescape(found[1]),) if found is not None else ()
