"""The mapping that a user would write by hand for Coupa, as the base of comparison."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from clm_bridge import (
    Contract,
    ExternalLink,
    Facet,
    Field,
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
    Term,
    TermKind,
)

ZONE = ZoneInfo("America/Los_Angeles")
STATUSES = {"published": Status.EXECUTED, "draft": Status.DRAFT}
LOADED = frozenset(Facet) - {Facet.DOCUMENTS}


def contract(row: Mapping[str, Any]) -> Contract:
    """Map one contract."""
    return Contract(
        id=str(row["id"]),
        name=row["name"],
        status=STATUSES.get(row["status"], Status.UNKNOWN),
        source=Source(
            "coupa",
            None,
            row["status"],
            fetched_at=datetime.now(UTC),
            raw={"contract": row},
        ),
        number=row["number"],
        parties=(party(row["supplier"]),),
        external_links=(
            (ExternalLink(None, None, row["external-contract-id"]),)
            if row.get("external-contract-id")
            else ()
        ),
        key_dates=key_dates(row),
        term=term(row),
        value=Money(Decimal(row["maximum-value"]), row["currency"]["code"]),
        type=Ref(str(row["contract-type"]["id"]), row["contract-type"]["name"]),
        owner=person(PersonRole.OWNER, row["contract-owner"]),
        fields=fields(row["custom-fields"]),
        url=f"https://acme.coupahost.com/contracts/show/{row['id']}",
        loaded=LOADED,
    )


def party(supplier: Mapping[str, Any]) -> Party:
    """Map the supplier."""
    contact = supplier["primary-contact"]
    return Party(
        PartyRole.COUNTERPARTY,
        supplier["name"],
        str(supplier["id"]),
        {"number": supplier["number"]},
        Person(
            PersonRole.CONTACT,
            f"{contact['name-given']} {contact['name-family']}",
            contact["email"],
        ),
    )


def person(role: PersonRole, user: Mapping[str, Any]) -> Person:
    """Map a user."""
    return Person(role, user["fullname"], user["email"], str(user["id"]))


def key_dates(row: Mapping[str, Any]) -> KeyDates:
    """Map the dates."""
    return KeyDates(
        created_at=datetime.fromisoformat(row["created-at"]).astimezone(UTC),
        updated_at=datetime.fromisoformat(row["updated-at"]).astimezone(UTC),
        executed_on=day(row["execution-date"]),
        effective_on=day(row["start-date"]),
        expires_on=day(row["end-date"]),
        published_on=day(row["published-date"]),
    )


def day(text: str | None) -> date | None:
    """Cut an instant in the company's zone."""
    return datetime.fromisoformat(text).astimezone(ZONE).date() if text else None


def term(row: Mapping[str, Any]) -> Term:
    """Map the term."""
    return Term(
        kind=TermKind(row["term-type"]),
        renewal_length=Period(
            **{row["renewal-length-unit"]: row["renewal-length-value"]}
        ),
        renewals_max=row["no-of-renewals"],
        notice=Period(
            **{
                row["termination-notice-length-unit"]: row[
                    "termination-notice-length-value"
                ]
            }
        ),
    )


def fields(told: Mapping[str, Any]) -> dict[str, Field]:
    """Map the custom fields."""
    found = {}
    for key, value in told.items():
        if isinstance(value, str):
            found[key] = Field(key, label(key), FieldKind.TEXT, value)
        elif isinstance(value, dict):
            found[key] = Field(key, label(key), FieldKind.OPTION, value["name"])
    return found


def label(key: str) -> str:
    """Make a key readable."""
    return key.replace("-", " ").capitalize()
