"""
What Tomorro is sent: bodies, made of what was said and of ids that were looked up.

https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/contracts/create-a-contract
https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/contracts/update-a-contract
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import PurePath
from typing import Any

from clm_bridge.adapter import (
    ContractChanges,
    ExternalLink,
    Field,
    NewContract,
    NewCounterparty,
    Particulars,
    Period,
    Problem,
    Upload,
)

from ._lookups import refused
from ._mapping import is_id, plain

SYSTEMS = ("salesforce", "hubspot")
"""What the integration link can lead to."""

ONE_UNIT = "years and months, or days"
ELSEWHERE = (
    "salesforce or hubspot; for another, set external_id to "
    '"field:<smart field id>" in the settings'
)


def problems(told: Particulars, *, by_field: bool) -> Iterator[Problem]:
    """Yield what Tomorro needs or cannot take."""
    if isinstance(told, NewContract):
        yield from _missing(told)
        yield from _unlinkable(told.external_link, by_field=by_field)
        if told.document is not None:
            yield from unnamed(told.document)
    if isinstance(told, ContractChanges):
        yield from _kept(told)
    for name in ("length", "renewal_length", "notice"):
        period = getattr(told.term, name, None)
        if period is not None and not is_one_unit(period):
            yield Problem(f"term.{name}", f"is {period}", ONE_UNIT)


def _missing(new: NewContract) -> Iterator[Problem]:
    if new.template is None:
        accepts = "the id of a template, as templates.list tells them"
        yield Problem("template", "is missing", accepts)
    party = new.counterparty
    if party is None or not (party.id or party.name):
        yield Problem("counterparty", "is missing", "its id, or its name")


def _unlinkable(link: ExternalLink | None, *, by_field: bool) -> Iterator[Problem]:
    if link is not None and not by_field and link.system not in SYSTEMS:
        told = "is missing" if link.system is None else f"is {link.system!r}"
        yield Problem("external_link.system", told, ELSEWHERE)


def _kept(changes: ContractChanges) -> Iterator[Problem]:
    """Yield what a contract must always have."""
    party = changes.counterparty
    if party is not None and not (party.id or party.name):
        yield Problem("counterparty", "is missing", "its id, or its name")
    for place, path in enumerate(changes.clear):
        if path != "signatories":
            yield Problem(f"clear[{place}]", f"{path} cannot be empty", "signatories")


def unnamed(upload: Upload) -> Iterator[Problem]:
    """Yield what is wrong with a file's name, which the vendor wants with its end."""
    if not PurePath(upload.name).suffix:
        yield Problem("document", f"{upload.name!r} has no ending", "such as .pdf")


def check(fields: Iterable[Field]) -> None:
    """Raise `InvalidInput` for a value that has no spelling."""
    found = [
        Problem(f"fields[{one.label!r}]", f"is {one.value}", ONE_UNIT)
        for one in fields
        if isinstance(one.value, Period) and not is_one_unit(one.value)
    ]
    if found:
        raise refused(*found)


def is_one_unit(period: Period) -> bool:
    """Say whether a period can be told with one number and one unit."""
    return not (period.days and (period.years or period.months))


def contract(
    new: NewContract,
    fields: Iterable[Field],
    *,
    type_id: str,
    counterparty: Mapping[str, str],
    signatories: Mapping[str, Sequence[str]] | None,
    participant: str | None,
    link_field: str | None,
) -> dict[str, Any]:
    """Return the body that creates a contract."""
    told = smart_fields(fields)
    link = new.external_link
    if link is not None and link_field is not None:
        told.append({"fieldId": link_field, "value": link.id})
    return _said(
        contractTypeId=plain(type_id),
        templateId=plain(new.template or ""),
        counterparty=counterparty,
        name=new.name,
        signatories=signatories,
        fields=told or None,
        contractMembersIds=[{"memberId": participant}] if participant else None,
        integration=integration(link) if link and link_field is None else None,
    )


def changes(
    told: ContractChanges,
    fields: Iterable[Field],
    *,
    counterparty: Mapping[str, str] | None,
    signatories: Mapping[str, Sequence[str]] | None,
    participant: str | None,
) -> dict[str, Any]:
    """Return the body that changes a contract."""
    return _said(
        name=told.name,
        counterparty=counterparty,
        signatories=signatories,
        fields=smart_fields(fields) or None,
        contractMembersIds=[participant] if participant else None,
    )


def integration(link: ExternalLink) -> dict[str, Any]:
    """Return the external link, which creating takes and nothing changes."""
    return _said(
        type=link.system,
        externalId=link.id,
        externalEntity=link.record_type,
        externalUrl=link.url,
    )


def smart_fields(fields: Iterable[Field]) -> list[dict[str, Any]]:
    """Return the smart fields as both bodies take them."""
    return [{"fieldId": one.id, "value": value(one.value)} for one in fields]


def value(told: Any) -> Any:
    """Return a smart field's value; a selection is told by its labels."""
    if isinstance(told, Period):
        return _duration(told)
    if isinstance(told, datetime):
        return told.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
    if isinstance(told, date):
        return told.isoformat()
    return list(told) if isinstance(told, tuple) else told


def _duration(period: Period) -> str:
    """Spell a length with its one unit; months stand for years too."""
    months = period.years * 12 + period.months
    count, unit = (months, "month") if months else (period.days, "day")
    return f"{count} {unit}{'' if count == 1 else 's'}"


def signatories(
    told: Particulars, members: Mapping[str, str]
) -> dict[str, list[str]] | None:
    """Return who signs, if it is said: our members by id, others by address."""
    signing = told.signatories
    emptied = isinstance(told, ContractChanges) and "signatories" in told.clear
    if not signing and not emptied:
        return None
    return {
        "internalSignatoryMemberIds": [
            members[one.email.casefold()] for one in signing if one.ours
        ],
        "externalSignatoryEmailList": [one.email for one in signing if not one.ours],
    }


def participant(told: Particulars, members: Mapping[str, str]) -> str | None:
    """Return the owner, who can but take part, by their id."""
    own = told.owner
    if own is None or is_id(own):
        return own and plain(own)
    return members[own.casefold()]


def counterparty(
    new: NewCounterparty, attributes: Sequence[Mapping[str, str]]
) -> dict[str, Any]:
    """Return the body that adds an entry to the address book."""
    return _said(name=new.name, attributes=list(attributes) or None)


def version(upload: Upload, key: str) -> dict[str, str]:
    """Return the body that makes an uploaded file a contract's next version."""
    return {"key": key, "name": upload.name, "contentType": upload.media_type}


def _said(**told: Any) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}
