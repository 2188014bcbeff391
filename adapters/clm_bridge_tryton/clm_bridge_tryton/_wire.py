"""
Tryton's payloads, key for key: only what is read, and where it goes.

A field is sent only if it is asked for by name, so the requests name what these classes
read.  One that the key's user may not read is left out without a word.
https://docs.tryton.org/latest/server/topics/rest.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from attrs import frozen

from clm_bridge.adapter import Amount, Day, Id, reading, wire

TEXT = "a number is read as text"
UNTAGGED = "out of its tagged object"
OWN = "where 'external_id' says that the own id lives"


@frozen
class Party:
    id: Id = wire(to="parties.id", how=TEXT)
    rec_name: str = wire(to="parties.name", how="if it has no name")
    name: str | None = wire(to="parties.name", default=None)
    code: str | None = wire(to="parties.identifiers.code", default=None)


@frozen
class Company:
    party: Party | None = wire(part=Party, default=None)


@frozen
class Currency:
    code: str | None = wire(to="value.currency", default=None)


@frozen
class User:
    id: Id = wire(to="people.id", how=TEXT)
    rec_name: str = wire(to="people.name")


# modules/purchase_blanket_agreement
@frozen
class Row:
    id: Id = wire(to="id", how=TEXT)
    rec_name: str = wire(to="name", how="if there is no description")
    state: str = wire(to="status", how="by the table of status words")
    create_date: datetime = wire(to="key_dates.created_at", how=UNTAGGED)
    description: str | None = wire(to="name", default=None)
    number: str | None = wire(to="number", default=None)
    reference: str | None = wire(to="external_links.id", how=OWN, default=None)
    write_date: datetime | None = wire(
        to="key_dates.updated_at",
        how=f"{UNTAGGED}; the creation, until the first change",
        default=None,
    )
    from_date: Day | None = wire(
        to="key_dates.effective_on", how=UNTAGGED, default=None
    )
    to_date: Day | None = wire(to="key_dates.expires_on", how=UNTAGGED, default=None)
    supplier: Party | None = wire(part=Party, default=None)
    company: Company | None = wire(part=Company, default=None)
    currency: Currency | None = wire(part=Currency, default=None)
    amount: Amount | None = wire(
        to="value.amount", how=f"{UNTAGGED}; 0 says nothing", default=None
    )
    create_uid: User | None = wire(part=User, default=None)


@frozen
class Standing:
    id: Id = wire(to="id", how=TEXT)
    state: str = wire(to="status", how="by the table of status words")


# modules/party
@frozen
class Identifier:
    code: str | None = wire(to="identifiers.tax", default=None)


@frozen
class Supplier:
    id: Id = wire(to="id", how=TEXT)
    rec_name: str = wire(to="name", how="if it has no name")
    name: str | None = wire(to="name", default=None)
    code: str | None = wire(to="identifiers.code", default=None)
    active: Any = wire(to="active", how="1 for yes, where it is SQLite", default=None)
    tax_identifier: Identifier | None = wire(part=Identifier, default=None)


# res.user/get_preferences
@frozen
class Preferences:
    name: str | None = None
    email: str | None = None
    company: Id | None = None
    company_name: str | None = wire("company.rec_name", default=None)
    company_filter: str | None = None
    companies: tuple[int, ...] = ()


READING = reading(row=Row)


def names(cls: type) -> tuple[str, ...]:
    """Return the dotted names of the fields that *cls* reads."""
    return tuple(path.partition(".")[2] for path in reading(row=cls).lines)


def _date(told: Mapping[str, Any]) -> str:
    return date(told["year"], told["month"], told["day"]).isoformat()


def _datetime(told: Mapping[str, Any]) -> str:
    day = (told["year"], told["month"], told["day"])
    return datetime(  # noqa: DTZ001 - as Tryton keeps it, which is in UTC
        *day, told["hour"], told["minute"], told["second"], told["microsecond"]
    ).isoformat()


_TAGS: Mapping[Any, Callable[[Mapping[str, Any]], Any]] = {
    "date": _date,
    "datetime": _datetime,
    "Decimal": lambda told: told["decimal"],
}


def untagged(value: Any) -> Any:
    """Return *value* with ISO 8601 and digits in the place of Tryton's objects."""
    if isinstance(value, list):
        return [untagged(one) for one in value]
    if not isinstance(value, dict):
        return value
    tag = value.get("__class__")
    write = _TAGS.get(tag) if isinstance(tag, str) else None
    if write is None:
        return {key: untagged(below) for key, below in value.items()}
    try:
        return write(value)
    except (LookupError, TypeError, ValueError):
        return value  # and whoever reads it says that it is an object
