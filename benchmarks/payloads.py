"""Contracts as the vendors' documentation shows them, numbered."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

_USER = {
    "id": 16,
    "login": "pdoe",
    "email": "pdoe@buyer.example",
    "employee-number": "",
    "firstname": "Pat",
    "lastname": "Doe",
    "fullname": "Pat Doe",
    "salesforce-id": None,
    "avatar-thumb-url": None,
    "custom-fields": None,
}
_GROUP = {
    "id": 1,
    "created-at": "2006-08-27T19:40:04-07:00",
    "updated-at": "2013-11-20T13:26:41-08:00",
    "name": "Everyone",
    "description": "All users",
}
_NULLS = (
    "source-id",
    "source-type",
    "legal-agreement-url",
    "preferred",
    "supplier-account",
    "order-window-tz",
    "requisition-message",
    "po-message",
    "terms",
    "shipping-term",
    "parent",
    "master-contract",
    "amended-contract-type",
    "current-approval",
    "submitter",
    "clma-id",
    "quote-response-id",
    "proxy-supplier-id",
    "reason-insight-code",
    "reason-insight-comment",
    "esign-provider-account",
    "contract-classification",
    "default-account",
)


_ZONE = ZoneInfo("America/Los_Angeles")


def _day(n: int) -> str:
    """Return midnight where the company is; days recur, as they do in a portfolio."""
    then = date(2023, 1, 1) + timedelta(days=n % 1_500)
    return datetime(then.year, then.month, then.day, tzinfo=_ZONE).isoformat()


def _instant(n: int) -> str:
    """Return an instant that no other contract has."""
    then = datetime(2023, 1, 1, 9, tzinfo=_ZONE) + timedelta(seconds=n * 7_919)
    return then.isoformat()


def coupa_contract(n: int) -> dict[str, Any]:
    """Return a full contract of 79 keys, 4 to 5 kB."""
    return {
        "id": n,
        "created-at": _instant(n),
        "updated-at": _instant(n + 5_000),
        "name": f"Acme master services {n}",
        "number": f"ACME-2026-{n:06}",
        "version": 1,
        "start-date": _day(n * 31),
        "end-date": _day(n * 31 + 364),
        "status": "published",
        "type": "MasterContract",
        "description": "Managed hosting of the order system, with support on weekdays",
        "external-contract-id": f"PR-{n}",
        "term-type": "auto_renew",
        "no-of-renewals": 2,
        "renewal-length-unit": "months",
        "renewal-length-value": 12 + n % 3 * 12,
        "auto-extend-end-date-for-renewal": False,
        "termination-notice": "yes",
        "termination-notice-length-unit": "days",
        "termination-notice-length-value": 30 + n % 3 * 30,
        "length-of-notice-unit": "days",
        "length-of-notice-value": "90",
        "consent": "notice",
        "execution-date": _day(n * 17),
        "published-date": _instant(n + 100),
        "terminated": False,
        "minimum-value": "0.0",
        "maximum-value": f"{n * 250}.0",
        "min-commit": "0.0",
        "max-commit": f"{n * 250}.0",
        "savings-pct": "4.0",
        "stop-spend-based-on-max-value": "no",
        "strict-invoicing-rules": False,
        "used-for-buying": True,
        "supplier-invoiceable": False,
        "is-default": False,
        "use-order-windows": False,
        "whose-paper": "our_paper",
        "use-online-signing": False,
        "supplier": _supplier(n % 300),
        "currency": {"id": 14, "code": "EUR", "decimals": 2},
        "payment-term": {
            "id": 3,
            "code": "2/10 Net 30",
            "description": "",
            "days-for-net-payment": 30,
            "days-for-discount-payment": 10,
            "discount-rate": 2.0,
            "active": True,
            "content-groups": [],
        },
        "department": {"id": 5, "name": "IT", "active": True},
        "contract-owner": _USER,
        "contract-type": {
            "id": 4,
            "name": "Services",
            "active": True,
            "description": None,
        },
        "content-groups": [_GROUP],
        "schedule": {f"day{day}": "anytime" for day in range(7)},
        "contract-terms": [],
        "contract-parties": [],
        "reason-insight-events": [],
        "tags": [],
        "taggings": [],
        "current-parallel-approvals": [],
        "created-by": _USER,
        "updated-by": _USER,
        **dict.fromkeys(_NULLS),
        "custom-fields": {
            "erp-agreement": "4600001234",
            "business-unit": {
                "id": 141,
                "name": "EMEA",
                "active": True,
                "external-ref-num": "140",
                "external-ref-code": "140",
                "parent-id": None,
                "lookup-id": 1,
                "depth": 0,
                "is-default": False,
            },
            "second-owner": None,
        },
    }


def _supplier(n: int) -> dict[str, Any]:
    return {
        "id": n + 1,
        "name": f"Acme Hosting {n} BV",
        "display-name": "Acme Hosting",
        "number": f"V-{n}",
        "status": "active",
        "primary-contact": {
            "id": 703,
            "email": "contact@acme.example",
            "name-given": "Pat",
            "name-family": "Doe",
        },
        "primary-address": {
            "id": 18967,
            "street1": "1 Main St",
            "city": "Utrecht",
            "state": None,
            "postal-code": "3511",
            "country": {"id": 155, "code": "NL", "name": "Netherlands"},
        },
    }


def spotdraft_row(n: int) -> dict[str, Any]:
    """Return a row of the contract list."""
    return {
        "id": f"T-{n}",
        "created": "2026-02-10T04:52:04Z",
        "created_by": "Acme",
        "contract_link": f"https://app.spotdraft.com/contracts/v2/{n}",
        "contract_status": "REDLINING",
        "contract_name": f"Acme Standard NDA {n}",
        "counter_party_name": "Globex Ltd",
        "contract_type_name": "Standard NDA",
        "contract_type_id": 100,
        "external_metadata": {
            "id": f"deal-{n}",
            "integration_name": "HubSpot",
            "record_type": "Deal",
            "record_data": {},
        },
        "reference_id": f"SD-{n}",
        "created_by_user_name": "Jordan Lee",
        "created_by_user_email": "jordan@acme.example",
        "created_by_workspace": 1,
    }
