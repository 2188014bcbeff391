"""Tests for how Coupa's sandbox writes a contract, and renders the portfolio."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from clm_bridge import Money, Period, Status, TermKind

from .tenant import Tenant, deals, id_of, the

EXAMPLE = deals()[41]


@pytest.fixture(scope="module")
def tenant() -> Tenant:
    return Tenant()


@pytest.fixture(scope="module")
def example(tenant: Tenant) -> Any:
    return tenant.get("contracts/272").json


def shown(deal: Any, **changes: Any) -> Any:
    """Return the contract of one deal, changed, alone in a tenant."""
    one = evolve(deal, amends=None, **changes)
    return Tenant(some=(one,)).get(f"contracts/{id_of(one)}").json


def test_a_full_contract_has_79_keys(example: Any) -> None:
    """The keys are hyphenated, and custom fields come last."""
    assert len(example) == 79
    assert list(example)[:5] == ["id", "created-at", "updated-at", "name", "number"]
    assert list(example)[-1] == "custom-fields"
    assert not [name for name in example if "_" in name]


def test_a_full_contract_is_some_four_kilobytes(tenant: Tenant) -> None:
    """A page of fifty is as heavy as the real ones."""
    page = tenant.get("contracts")

    assert 4000 <= len(page.data) / len(page.json) <= 5000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", EXAMPLE.name),
        ("number", "CT-0042"),
        ("status", "published"),
        ("created-at", "2023-12-06T08:33:34-08:00"),
        ("updated-at", "2026-10-13T10:30:00-07:00"),
        ("start-date", "2024-01-01T00:00:00-08:00"),
        ("end-date", "2027-12-31T00:00:00-08:00"),
        ("execution-date", "2024-01-02T00:00:00-08:00"),
        ("maximum-value", "1250000.75"),
        ("minimum-value", "0.0"),
        ("currency", {"id": 12, "code": "EUR", "decimals": 2}),
        ("term-type", "fixed"),
        ("terminated", False),
        ("stop-spend-based-on-max-value", "no"),
        ("parent", None),
        ("contract-terms", []),
    ],
)
def test_the_example_reads_as_documented(example: Any, name: str, value: Any) -> None:
    """Times have the company's offset at that date, decimals are strings."""
    assert example[name] == value


def test_the_published_date_falls_on_its_day(example: Any) -> None:
    """It is an instant in the company's afternoon, which is the next day in UTC."""
    assert example["published-date"].startswith(f"{EXAMPLE.published_on}T17:30:00-0")


def test_seeded_rows_have_no_authors(example: Any) -> None:
    """created-by and updated-by are absent, not null."""
    assert not {"created-by", "updated-by"} & set(example)


def test_nested_records_are_short(example: Any) -> None:
    """The supplier and the owner have the keys of the published example."""
    supplier = ["id", "name", "display-name", "number", "status"]
    assert list(example["supplier"]) == [
        *supplier,
        "primary-contact",
        "primary-address",
    ]
    assert list(example["contract-owner"]) == [
        "id",
        "login",
        "email",
        "employee-number",
        "firstname",
        "lastname",
        "fullname",
        "salesforce-id",
        "avatar-thumb-url",
        "custom-fields",
    ]


def test_custom_fields_come_by_their_type(example: Any) -> None:
    """A lookup is an object, the rest is text, number, boolean or a date's text."""
    own = example["custom-fields"]

    assert own["department"]["name"] == "Procurement"
    assert own["cost-centre"] == "CC-4711"
    assert (own["risk-score"], own["personal-data"]) == (3, True)
    assert date.fromisoformat(own["review-date"])
    assert own["legacy-id"] is None


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"status": Status.DRAFT}, "draft"),
        ({"status": Status.NEGOTIATION}, "in_negotiation"),
        ({"status": Status.APPROVAL, "index": 1}, "pending_approval"),
        ({"status": Status.APPROVAL, "index": 4}, "approved"),
        ({"status": Status.SIGNATURE}, "pending_signature"),
        ({"status": Status.EXECUTED}, "published"),
        ({"status": Status.EXECUTED, "published_on": None}, "completed"),
        ({"status": Status.EXECUTED, "expires_on": date(2026, 11, 1)}, "expired"),
        ({"status": Status.EXECUTED, "terminated_on": date(2026, 5, 1)}, "inactive"),
        ({"status": Status.DECLINED}, "rejected"),
        ({"status": Status.CANCELLED}, "inactive"),
        ({"status": Status.ON_HOLD, "held_at": Status.SIGNATURE}, "pending_signature"),
    ],
)
def test_a_status_is_what_the_tenant_would_show(
    changes: dict[str, Any], word: str
) -> None:
    """Each neutral status has one word here; a hold shows the stage beneath it."""
    assert shown(EXAMPLE, **changes)["status"] == word


def test_the_last_day_is_in_force() -> None:
    """What ends today has not expired."""
    assert shown(EXAMPLE, expires_on=date(2026, 11, 2))["status"] == "published"


@pytest.mark.parametrize(
    ("renewals", "word"), [(None, "published"), (1, "expired"), (4, "published")]
)
def test_what_renews_expires_after_its_last_renewal(
    renewals: int | None, word: str
) -> None:
    """A first end in 2023 is not the end of a contract that renews."""
    term = evolve(
        EXAMPLE.term,
        kind=TermKind.AUTO_RENEW,
        renewal_length=Period(months=12),
        renewals_max=renewals,
    )
    row = shown(EXAMPLE, term=term, expires_on=date(2023, 12, 31))

    assert row["status"] == word


def test_a_cancelled_contract_was_never_published(tenant: Tenant) -> None:
    """Only its missing published-date tells it from a terminated one."""
    rows = tenant.all(["published-date", "terminated"], status="inactive")
    told = {(row["published-date"] is None, row["terminated"]) for row in rows}

    assert told == {(True, False), (False, True)}


def test_a_terminated_contract_tells_its_reason() -> None:
    """There is one reason-insight event."""
    events = shown(EXAMPLE, terminated_on=date(2026, 5, 1))["reason-insight-events"]

    assert [event["comment"] for event in events] == ["Ended by agreement"]


def test_an_amendment_has_its_parent(tenant: Tenant) -> None:
    """The parent is nested, short, and is the contract that is amended."""
    deal = next(deal for deal in deals() if deal.amends)
    row = tenant.get(f"contracts/{id_of(deal)}").json

    assert row["type"] == "AmendmentContract"
    assert row["parent"]["id"] == 230 + (deal.amends or 0)
    assert "schedule" not in row["parent"]


def test_further_parties_are_contract_parties(tenant: Tenant) -> None:
    """The supplier is the first counterparty, the list holds the others."""
    deal = next(deal for deal in deals() if len(deal.other_parties) == 2)
    row = tenant.get(f"contracts/{id_of(deal)}").json

    assert row["supplier"]["name"] == deal.counterparty.name
    assert [party["entity-name"] for party in row["contract-parties"]] == [
        company.name for company in deal.other_parties
    ]


def test_notice_stands_in_both_pairs() -> None:
    """One value is a number, the other is text, as documented."""
    term = evolve(EXAMPLE.term, notice=Period(days=90))
    row = shown(EXAMPLE, term=term)

    assert (row["termination-notice"], row["termination-notice-length-value"]) == (
        "yes",
        90,
    )
    assert (row["length-of-notice-unit"], row["length-of-notice-value"]) == (
        "days",
        "90",
    )


def test_what_the_portfolio_does_not_say_is_null(tenant: Tenant) -> None:
    """No value means no amount and no currency, not zero."""
    row = tenant.get(f"contracts/{id_of(the(value=None))}").json

    assert (row["currency"], row["maximum-value"]) == (None, None)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1234.50", "1234.5"),
        ("98765432109876.54", "98765432109876.54"),
        ("0.00", "0.0"),
        ("5E+3", "5000.0"),
    ],
)
def test_decimals_are_plain_strings(amount: str, text: str) -> None:
    """At least one decimal, no trailing zeros, no exponent, no float."""
    row = shown(EXAMPLE, value=Money(Decimal(amount), "INR"))

    assert row["maximum-value"] == text


def test_decimals_may_keep_their_zeros() -> None:
    """A tenant that keeps the scale is a switch."""
    deal = evolve(EXAMPLE, value=Money(Decimal("1234.50"), "INR"))
    row = Tenant(some=(deal,), plain_decimals=False).get("contracts/272").json

    assert row["maximum-value"] == "1234.50"


def test_the_company_zone_is_a_switch() -> None:
    """Midnights and offsets follow it."""
    row = Tenant(timezone="Asia/Kolkata").get("contracts/272").json

    assert row["start-date"] == "2024-01-01T00:00:00+05:30"


def test_approvals_of_a_pending_contract_are_shown(tenant: Tenant) -> None:
    """The current approval is the next that waits; an approved contract has none."""
    deal = next(
        deal for deal in deals() if deal.status is Status.APPROVAL and deal.index % 4
    )
    current = tenant.get(f"contracts/{id_of(deal)}").json["current-approval"]

    assert current["approvable-id"] == id_of(deal)
    assert current["position"] == 1 + deal.index % 2


def test_templates_are_listed(tenant: Tenant) -> None:
    """The portfolio's templates have ids of their own, beside those of contracts."""
    names = {row["name"] for row in tenant.get("contracts/templates").json}

    assert names == {deal.template for deal in deals() if deal.template}
    assert tenant.get("contracts/templates/1").json["id"] == 1


def test_business_groups_of_a_contract_are_read(tenant: Tenant) -> None:
    """What the contract calls content groups is read beneath it."""
    assert tenant.get("contracts/272/business_groups").json[0]["name"] == "Everyone"
    assert tenant.get("contracts/272/business_groups/1").json["id"] == 1
    assert tenant.get("contracts/272/business_groups/9").status_code == 404
