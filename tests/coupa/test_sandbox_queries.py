"""Tests for the query language of Coupa's sandbox."""

from __future__ import annotations

from typing import Any

import pytest

from clm_bridge import Status

from .tenant import Tenant, deals, id_of, the

EXAMPLE = deals()[41]


@pytest.fixture(scope="module")
def tenant() -> Tenant:
    return Tenant()


@pytest.mark.parametrize(
    "query",
    [
        {"number": "CT-0042"},
        {"number": "ct-0042"},
        {"number[contains]": "-0042"},
        {"number[starts_with]": "CT-0042"},
        {"number[ends_with]": "0042"},
        {"id": "272"},
        {"id[in]": "272"},
        {"id[gt]": "271", "id[lt]": "273"},
        {"id[gt_or_eq]": "272", "id[lt_or_eq]": "272"},
        {"number": "CT-0042", "id[not_eq]": "1"},
        {"number": "CT-0042", "id[not_in]": "1,2"},
        {"number": "CT-0042", "currency[blank]": "false"},
        {"number": "CT-0042", "shipping-term[blank]": "true"},
        {"number": "CT-0042", "supplier[name]": EXAMPLE.counterparty.name},
        {"number": "CT-0042", "supplier[primary-contact][email][contains]": "@sge"},
        {"number": "CT-0042", "supplier[primary_address[city]]": "Springfield"},
        {"number": "CT-0042", "supplier_id": "21"},
        {"number": "CT-0042", "currency[code]": "EUR"},
        {"number": "CT-0042", "content_groups[name]": "Everyone"},
        {"number": "CT-0042", "maximum-value[gt]": "1250000.74"},
        {"number": "CT-0042", "terminated": "false"},
        {"number": "CT-0042", "custom-fields[cost-centre]": "CC-4711"},
        {"number": "CT-0042", "custom_fields[department][name]": "Procurement"},
        {"external-contract-id": "PR-1042"},
    ],
)
def test_every_operator_finds(tenant: Tenant, query: dict[str, str]) -> None:
    """Each documented operator and form of name finds the example."""
    assert tenant.ids(query) == [272]


@pytest.mark.parametrize("name", ["updated-at[gt]", "updated_at[gt]"])
def test_names_take_hyphens_and_underscores(tenant: Tenant, name: str) -> None:
    """Both spellings of an attribute are the same condition."""
    found = tenant.ids({name: "2026-10-13T10:29:59-07:00", "number": "CT-0042"})

    assert found == [272]


def test_conditions_are_joined_by_and(tenant: Tenant) -> None:
    """A contract that meets one condition of two is not found."""
    assert tenant.ids({"number": "CT-0042", "status": "draft"}) == []


def test_a_condition_may_be_given_twice(tenant: Tenant) -> None:
    """The same attribute bounds from both sides."""
    found = tenant.get("contracts?id[not_eq]=272&id[not_eq]=273&id[in]=272,273,274")

    assert [row["id"] for row in found.json] == [274]


def test_a_date_without_a_time_is_midnight_utc() -> None:
    """A start at midnight in California is after the same day's midnight in UTC."""
    tenant = Tenant()
    made = tenant.make(start_date="2026-03-01T00:00:00-08:00")
    query = {"number": made["number"], "start-date[gt]": "2026-03-01"}

    assert tenant.ids(query) == [made["id"]]
    assert tenant.ids({**query, "start-date[gt]": "2026-03-02"}) == []


def test_an_offset_whose_plus_is_not_encoded_is_refused(tenant: Tenant) -> None:
    """A bare plus sign is a blank, and the instant none."""
    encoded = tenant.get("contracts?updated-at[gt]=2026-03-25T18%3A38%3A00%2B01%3A00")
    bare = tenant.get("contracts?updated-at[gt]=2026-03-25T18:38:00+01:00")

    assert (encoded.status_code, bare.status_code) == (200, 400)


@pytest.mark.parametrize(
    "query",
    [
        {"colour": "red"},
        {"status[like]": "x"},
        {"supplier[shoe-size]": "45"},
        {"id": "many"},
        {"updated-at[gt]": "yesterday"},
        {"updated-at[contains]": "2026"},
        {"end-date[blank]": "true"},
        {"name[blank]": "perhaps"},
        {"supplier": "21"},
        {"exported": "false"},
        {"filter": "mine"},
    ],
)
def test_an_invalid_query_is_400_with_an_explanation(
    tenant: Tenant, query: dict[str, str]
) -> None:
    """What the query language lacks is refused, and the contract model named."""
    answer = tenant.get("contracts", query)

    assert answer.status_code == 400
    assert next(iter(query)).partition("[")[0] in answer.json["errors"]["contract"][0]


def test_null_meets_no_condition_but_blank(tenant: Tenant) -> None:
    """An amount that is not there is neither equal to a number nor different."""
    deal = the(value=None)
    query: dict[str, Any] = {"id": id_of(deal)}

    assert tenant.ids(query | {"maximum-value[not_eq]": "1"}) == []
    assert tenant.ids(query | {"maximum-value[not_in]": "1,2"}) == []
    assert tenant.ids(query | {"maximum-value[blank]": "true"}) == [id_of(deal)]


def test_a_shared_external_id_finds_all(tenant: Tenant) -> None:
    """Nothing makes an external id unique."""
    linked = [deal.link.id for deal in deals() if deal.link]
    shared = next(own for own in linked if linked.count(own) == 3)

    assert len(tenant.ids({"external-contract-id": shared})) == 3


def test_undocumented_conditions_can_be_switched_off() -> None:
    """A tenant may not search by external id or custom field."""
    tenant = Tenant(query_any_attribute=False)
    external = tenant.get("contracts", {"external-contract-id": "PR-1042"})
    own = tenant.get("contracts", {"custom-fields[cost-centre]": "CC-4711"})

    assert (external.status_code, own.status_code) == (400, 400)


def test_text_may_be_compared_by_case() -> None:
    """With the switch off, the case of letters counts."""
    assert Tenant(fold_case=False).ids({"number": "ct-0042"}) == []


def test_status_is_a_condition(tenant: Tenant) -> None:
    """The list by status is that of the portfolio."""
    drafts = [
        id_of(deal) for deal in deals() if Status.DRAFT in (deal.status, deal.held_at)
    ]

    assert tenant.ids({"status": "draft"}) == drafts[:50]


@pytest.mark.parametrize(
    "query",
    [
        {"status": "active"},
        {"payment-term[code]": "Net 30", "created-at[gt]": "2015-01-01"},
    ],
)
def test_suppliers_take_the_same_language(
    tenant: Tenant, query: dict[str, str]
) -> None:
    """The documented supplier queries answer all of the portfolio's suppliers."""
    assert len(tenant.get("suppliers", query).json) == 40
