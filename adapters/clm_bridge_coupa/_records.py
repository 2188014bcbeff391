"""What stands around a contract: documents, templates, suppliers, errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from html import unescape
from typing import Any

from clm_bridge.adapter import (
    Counterparty,
    Document,
    DocumentKind,
    Source,
    Template,
)

from . import _wire
from ._mapping import contact

LEGAL_AGREEMENT = "legal-agreement"
_ERROR = re.compile(
    r"<error>(?:\s*<!\[CDATA\[(.*?)\]\]>\s*|([^<]*))</error>", re.DOTALL
)


def documents(
    contract_id: str,
    name: str,
    agreement: DocumentKind | None,
    attachments: Iterable[_wire.Attachment],
) -> Iterator[Document]:
    """Yield the legal agreement, if there is one, then the files attached."""
    if agreement is not None:
        yield Document(LEGAL_AGREEMENT, contract_id, f"{name}.pdf", agreement)
    for one in attachments:
        if one.file_name:
            yield Document(
                id=one.id,
                contract_id=contract_id,
                name=one.file_name,
                kind=DocumentKind.ATTACHMENT,
                media_type=one.media_type or None,
            )


def zone_note(
    then: datetime | None, row: Mapping[str, Any], zone: tzinfo
) -> Iterator[str]:
    """Yield a warning if *row* tells *then* with an offset that *zone* has not."""
    if then is None:
        return
    own, told = then.astimezone(zone).isoformat()[-6:], row["created-at"]
    if re.search(r":\d\d[+-]\d\d:\d\d$", told) and told[-6:] != own:
        yield (
            f"This instance answers in UTC{told[-6:]} where 'timezone' has {own}: set "
            "it to the company's zone, or days may be off by one."
        )


def template(row: _wire.TemplateRow, source: Source) -> Template:
    """Return a template."""
    return Template(row.id, row.name, source)


def counterparty(row: _wire.SupplierRow, source: Source) -> Counterparty:
    """Return a supplier."""
    first = contact(row.primary_contact)
    told = {
        "number": row.number,
        "account-number": row.account_number,
        "duns": row.duns,
        "tax-id": row.tax_id,
    }
    return Counterparty(
        id=row.id,
        name=row.name,
        source=source,
        active=row.status == "active" if row.status else None,
        identifiers={name: own for name, own in told.items() if own},
        contacts=(first,) if first is not None else (),
    )


DEPTH = 8
"""Levels of an error's body that are read; the documented shapes have four."""


def complaints(told: Any, depth: int = DEPTH) -> Iterator[str]:
    """Yield the sentences of an error's body, whichever model they are filed under."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, list | Mapping) and depth:
        for below in told.values() if isinstance(told, Mapping) else told:
            yield from complaints(below, depth - 1)


def plain_complaints(body: bytes) -> Sequence[str]:
    """Return the errors of a document of XML, or a body without markup on one line."""
    told = body[:4000].decode(errors="replace")
    if found := _ERROR.findall(told):
        return tuple(data.strip() or unescape(text).strip() for data, text in found)
    text = " ".join(told[:1000].split())
    return (text,) if text and not text.startswith("<") else ()
