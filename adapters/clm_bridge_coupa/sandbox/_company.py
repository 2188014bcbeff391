"""What stands in the tenant before there is a contract: people, lists, suppliers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from clm_bridge.sandbox import DEPARTMENTS, TYPES, Company, Human

from ._models import MODELS
from ._schema import Record
from ._world import API_USER, World

SYSTEM_USER = 1
EVERYONE = 1
_OPENED = datetime(2018, 1, 8, 17, 0, tzinfo=UTC)
"""When the tenant was set up; what has no time of its own dates from then."""

# code · decimals
_CURRENCIES = (
    ("USD", 2),
    ("EUR", 2),
    ("GBP", 2),
    ("CHF", 2),
    ("JPY", 0),
    ("INR", 2),
    ("SEK", 2),
    ("PLN", 2),
)

_COUNTRIES: Mapping[str, str] = {
    "CH": "Switzerland",
    "CZ": "Czech Republic",
    "DE": "Germany",
    "ES": "Spain",
    "FR": "France",
    "GB": "United Kingdom",
    "GR": "Greece",
    "HU": "Hungary",
    "IN": "India",
    "IS": "Iceland",
    "JP": "Japan",
    "PL": "Poland",
    "SE": "Sweden",
    "TR": "Turkey",
    "US": "United States",
}

# code · net days · discount days · discount rate
_PAYMENT_TERMS = (
    ("Net 30", 30, None, None),
    ("Net 60", 60, None, None),
    ("2/10 Net 30", 30, 10, 2.0),
)

_APPROVERS = (
    Human("Legal Desk", "legal.desk@buyer.example"),
    Human("Olga Finance", "olga.finance@buyer.example"),
)


def furnish(world: World) -> None:
    """Put the tenant's lists and people in place."""
    audit = {"created-at": _OPENED, "updated-at": _OPENED}
    everyone = {"name": "Everyone", "description": "All users"}
    world.put("content-group", {"id": EVERYONE, **audit, **everyone})
    for at, (code, decimals) in enumerate(_CURRENCIES, start=11):
        world.put("currency", {"id": at, "code": code, "decimals": decimals})
    for at, name in enumerate(DEPARTMENTS, start=1):
        world.put("department", {"id": at, "name": name, "active": True})
        world.put("lookup-value", _lookup_value(140 + at, name))
    for at, code in enumerate(("DDP", "EXW"), start=1):
        world.put("shipping-term", {"id": at, "code": code})
    for at, name in enumerate(TYPES, start=1):
        world.put("contract-type", _contract_type(at, name))
    for at, name in enumerate(("Terminated early", "Other"), start=1):
        world.put("reason-insight", {"id": at, "name": name})
    _set_payment_terms(world)
    _hire(world)


def _set_payment_terms(world: World) -> None:
    for at, (code, net, days, rate) in enumerate(_PAYMENT_TERMS, start=1):
        term = {
            "id": at,
            "code": code,
            "description": "",
            "days-for-net-payment": net,
            "days-for-discount-payment": days,
            "discount-rate": rate,
            "active": True,
            "content-groups": [world.all("content-group")[EVERYONE]],
        }
        world.put("payment-term", term)


def _hire(world: World) -> None:
    support = Human("Coupa Support", "support@buyer.example")
    client = Human("Integration Client", "integration@buyer.example")
    world.put("user", _user(SYSTEM_USER, support))
    world.put("user", _user(API_USER, client))
    for person in _APPROVERS:
        user_of(world, person)


def approver(world: World, position: int) -> Record:
    """Return who approves at a position of the chain."""
    return user_of(world, _APPROVERS[position % len(_APPROVERS)])


def user_of(world: World, person: Human) -> Record:
    """Return the user who is that person, hired if need be."""
    known = world.find("user", lambda user: user["email"] == person.email)
    return known or world.put("user", _user(len(world.all("user")) + 14, person))


def _user(id: int, person: Human) -> Record:
    first, _, last = person.name.rpartition(" ")
    return {
        "id": id,
        "login": person.email.partition("@")[0],
        "email": person.email,
        "employee-number": "",
        "firstname": first,
        "lastname": last,
        "fullname": person.name,
        "salesforce-id": None,
        "avatar-thumb-url": None,
        "custom-fields": None,
    }


def supplier_of(world: World, company: Company) -> Record:
    """Return the supplier that is that company, set up if need be."""
    number = 20 + company.index
    known = world.all("supplier").get(number)
    return known or world.put("supplier", _supplier(world, number, company))


def _supplier(world: World, id: int, company: Company) -> Record:
    return {
        "id": id,
        "created-at": _OPENED,
        "updated-at": _OPENED,
        "name": company.name,
        "display-name": company.name,
        "number": f"V-{10_000 + id}",
        "status": "active",
        "account-number": None,
        "duns": None,
        "tax-id": company.registration,
        "website": None,
        "commodity": None,
        "savings-pct": None,
        "on-hold": False,
        "primary-contact": _contact(700 + id, company.contact),
        "primary-address": _address(world, 18_900 + id, company.country),
        "payment-term": world.all("payment-term")[1],
        "content-groups": [world.all("content-group")[EVERYONE]],
        "custom-fields": {},
    }


def _contact(id: int, person: Human) -> Record:
    given, _, family = person.name.partition(" ")
    return dict.fromkeys(MODELS["contact"].attributes) | {
        "id": id,
        "created-at": _OPENED,
        "updated-at": _OPENED,
        "email": person.email,
        "name-given": given,
        "name-family": family,
        "name-fullname": person.name,
        "active": True,
        "purposes": [],
    }


def _address(world: World, id: int, code: str) -> Record:
    return dict.fromkeys(MODELS["address"].attributes) | {
        "id": id,
        "created-at": _OPENED,
        "updated-at": _OPENED,
        "street1": "1 Main Street",
        "city": "Springfield",
        "postal-code": "1000",
        "active": True,
        "country": _country(world, code),
        "purposes": [],
    }


def _country(world: World, code: str) -> Record:
    known = world.find("country", lambda country: country["code"] == code)
    row: dict[str, Any] = {"code": code, "name": _COUNTRIES.get(code, code)}
    return known or world.put("country", {"id": len(world.all("country")) + 1, **row})


def _contract_type(id: int, name: str) -> Record:
    return {"id": id, "name": name, "active": True, "description": None}


def _lookup_value(id: int, name: str) -> Record:
    return {
        "id": id,
        "name": name,
        "active": True,
        "external-ref-num": str(id),
        "external-ref-code": str(id),
        "parent-id": None,
        "lookup-id": 1,
        "depth": 0,
        "is-default": False,
    }
