"""Tests for pages, order, and the shape of rows in Coupa's sandbox."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .tenant import Tenant, deals


@pytest.fixture(scope="module")
def tenant() -> Tenant:
    return Tenant()


@pytest.mark.parametrize(
    ("query", "count"), [({}, 50), ({"limit": 7}, 7), ({"limit": 51}, 50)]
)
def test_a_page_holds_fifty_at_most(
    tenant: Tenant, query: dict[str, int], count: int
) -> None:
    """Fifty is the default and the maximum."""
    assert len(tenant.get("contracts", query).json) == count


def test_a_list_is_a_bare_array(tenant: Tenant) -> None:
    """There is no envelope, no total and no link."""
    answer = tenant.get("contracts", {"limit": 1})

    assert isinstance(answer.json, list)
    assert "Link" not in answer.headers


def test_offset_counts_records(tenant: Tenant) -> None:
    """Offset 50 begins with the fifty-first record."""
    assert tenant.ids({"offset": 50})[0] == tenant.ids({})[-1] + 1


def test_an_offset_past_the_end_is_an_empty_list(tenant: Tenant) -> None:
    """In JSON, nothing found is 200 and []."""
    answer = tenant.get("contracts", {"offset": 1000})

    assert (answer.status_code, answer.json) == (200, [])


def test_the_default_order_is_ascending_id(tenant: Tenant) -> None:
    """The first page starts with the smallest id."""
    ids = tenant.ids({})

    assert ids == sorted(ids)


def test_a_limit_above_fifty_may_be_refused() -> None:
    """A switch makes it 400 instead of a page of fifty."""
    assert Tenant(clamp_limit=False).get("contracts", {"limit": 51}).status_code == 400


def test_null_comes_first_and_text_by_its_letters(tenant: Tenant) -> None:
    """Order knows no case, and puts what is not there before the rest."""
    ends = tenant.get("contracts", {"order_by": "end-date"}).json
    names = [row["name"] for row in tenant.get("suppliers", {"order_by": "name"}).json]

    assert ends[0]["end-date"] is None
    assert names == sorted(names, key=str.casefold)


@pytest.mark.parametrize("name", ["updated_at", "updated-at"])
def test_rows_that_tie_go_by_id(tenant: Tenant, name: str) -> None:
    """A bulk edit leaves the same instant on many; both directions keep ids rising."""
    fields = '["id","updated-at"]'
    rows = tenant.get(
        "contracts", {"order_by": name, "dir": "desc", "fields": fields}
    ).json
    instants = [row["updated-at"] for row in rows]
    most = max(instants, key=instants.count)
    tied = [row["id"] for row in rows if row["updated-at"] == most]

    assert len(tied) > 3
    assert tied == sorted(tied)


def test_a_walk_by_keyset_sees_every_contract_once(tenant: Tenant) -> None:
    """id[gt] with order_by=id reaches all of them."""
    ids = [row["id"] for row in tenant.all([])]

    assert len(ids) == len(set(ids)) == len(deals())


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "-1"},
        {"limit": "many"},
        {"limit": "9" * 5000},
        {"fields": "[1]"},
        {"offset": "-1"},
        {"order_by": "colour"},
        {"order_by": "supplier"},
        {"dir": "up"},
        {"fields": "id,name"},
        {"fields": '{"id": 1}'},
    ],
)
def test_a_page_that_cannot_be_is_400(tenant: Tenant, query: dict[str, str]) -> None:
    """Bad paging, order and fields are refused."""
    assert tenant.get("contracts", query).status_code == 400


def test_fields_picks_what_it_names(tenant: Tenant) -> None:
    """Only what is named comes, nested too, with hyphens."""
    asked = ["id", "start_date", {"supplier": ["id", "name"]}, {"custom_fields": {}}]
    row = tenant.get("contracts/272", {"fields": json.dumps(asked)}).json

    assert list(row) == ["id", "start-date", "supplier", "custom-fields"]
    assert list(row["supplier"]) == ["id", "name"]
    assert row["custom-fields"]["cost-centre"] == "CC-4711"


def test_fields_passes_over_unknown_names(tenant: Tenant) -> None:
    """A name that is no attribute is ignored."""
    row = tenant.get("contracts/272", {"fields": '["id","colour"]'}).json

    assert row == {"id": 272}


def test_fields_of_null_associations_are_null(tenant: Tenant) -> None:
    """An association that is not set has no inner fields."""
    row = tenant.get("contracts/272", {"fields": '[{"department":["id"]}]'}).json

    assert row == {"department": None}


@pytest.mark.parametrize(
    "name", ["external-contract-id", "whose-paper", "current-parallel-approvals"]
)
def test_new_attributes_come_only_if_named(tenant: Tenant, name: str) -> None:
    """What a release added is invisible until ``fields`` names it."""
    plain = tenant.get("contracts/272").json
    named = tenant.get("contracts/272", {"fields": json.dumps([name])}).json

    assert name not in plain
    assert name in named


def test_new_attributes_may_be_shown_unasked() -> None:
    """With the rule switched off, a full answer holds them all."""
    shown = Tenant(new_fields_only_if_named=False).get("contracts/272").json

    assert shown["external-contract-id"] == "PR-1042"


def test_limited_is_ids(tenant: Tenant) -> None:
    """return_object=limited answers {"id": n}."""
    assert tenant.get("contracts/272", {"return_object": "limited"}).json == {"id": 272}


def test_shallow_is_own_attributes_and_natural_keys(tenant: Tenant) -> None:
    """Associations shrink to id and natural keys."""
    row = tenant.get("contracts/272", {"return_object": "shallow"}).json

    assert row["number"] == "CT-0042"
    assert row["currency"] == {"id": 12, "code": "EUR"}
    assert list(row["contract-owner"])[:3] == ["id", "login", "email"]


def test_none_empties_the_answer_to_a_write() -> None:
    """return_object=none answers 200 without a body."""
    tenant = Tenant()
    answer: Any = tenant.put("contracts/272?return_object=none", {})

    assert (answer.status_code, answer.data) == (200, b"")
