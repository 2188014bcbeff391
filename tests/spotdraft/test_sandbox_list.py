"""The list of contracts: its rows, its pages, and what it knows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from clm_bridge.sandbox import portfolio

from .sandbox_payloads import CREATION
from .sandbox_workspace import DEALS, PLAIN, Api


def test_a_row_has_the_documented_keys(api):
    """Fourteen keys, the composite id, and one date."""
    row = api.get("/contracts/", filter__contract_id="T-1002").json["results"][0]

    assert row == {
        "id": "T-1002",
        "created": "2026-01-03T15:00:00Z",
        "created_by": "Buyer Holding SE",
        "contract_link": "https://app.spotdraft.com/contracts/v2/1002",
        "contract_status": "EXECUTED",
        "contract_name": "Signed",
        "counter_party_name": "Globex Ltd",
        "contract_type_name": "Non-disclosure agreement",
        "contract_type_id": 102,
        "external_metadata": {
            "id": "PR-1",
            "integration_name": "salesforce",
            "record_type": "Opportunity",
            "record_data": {},
        },
        "reference_id": "SD-1002",
        "created_by_user_name": "Jordan Lee",
        "created_by_user_email": "jordan@buyer.example",
        "created_by_workspace": 1,
    }


def test_a_row_without_metadata_leaves_it_out(api):
    """Optional keys may be missing."""
    row = api.get("/contracts/", filter__contract_id="T-1001").json["results"][0]

    assert "external_metadata" not in row


def test_switches_change_metadata_in_rows():
    """It may be null where there is none, or never be there."""
    null, never = Api(listed_metadata="null"), Api(listed_metadata="never")
    rows = null.get("/contracts/", filter__contract_id="T-1001").json["results"]

    assert rows[0]["external_metadata"] is None
    for row in never.get("/contracts/").json["results"]:
        assert "external_metadata" not in row


def test_uploads_have_the_historical_prefix(api):
    """What came in executed is H-n."""
    row = api.get("/contracts/", filter__contract_kind="UPLOAD_EXECUTED").json

    assert [one["id"] for one in row["results"]] == ["H-1009"]


def test_a_switch_makes_ids_integers():
    """The vendor's example shows integers where its schema says strings."""
    rows = Api(integer_list_ids=True).get("/contracts/").json["results"]

    assert {type(row["id"]) for row in rows} == {int}


def test_a_multi_party_contract_has_one_name(api):
    """The row names the first of them."""
    row = api.get("/contracts/", filter__contract_id="T-1005").json["results"][0]

    assert row["counter_party_name"] == "Übertal & Söhne"


def test_pages_have_ten_rows_by_default():
    """The envelope repeats what was asked and has the total."""
    api = Api([evolve(PLAIN, index=place) for place in range(1, 26)])
    first, third = (api.get("/contracts/", page=page).json for page in (1, 3))

    assert (first["page"], first["limit"], first["total_results"]) == (1, 10, 25)
    assert len(first["results"]) == 10
    assert len(third["results"]) == 5
    assert set(first) == {"page", "limit", "total_results", "results"}


def test_a_page_past_the_end_is_empty(api):
    """It is no error, and the total stays true."""
    answer = api.get("/contracts/", page=99)

    assert answer.status_code == 200
    assert answer.json["results"] == []
    assert answer.json["total_results"] == len(DEALS)


@pytest.mark.parametrize(
    ("parameter", "value", "said"),
    [
        ("limit", "101", "less than or equal to 100"),
        ("limit", "0", "greater than or equal to 1"),
        ("page", "0", "greater than or equal to 1"),
        ("page", "-1", "greater than or equal to 1"),
        ("page", "two", "valid integer"),
    ],
)
def test_a_page_out_of_range_is_refused(api, parameter, value, said):
    """The fault is told under the parameter's name."""
    answer = api.get("/contracts/", **{parameter: value})

    assert answer.status_code == 400
    assert said in answer.json[parameter][0]


def test_the_newest_come_first(api):
    """Equal dates by descending number."""
    assert api.names() == [
        "Voided",
        "Held",
        "Declined",
        "Signing",
        "Approved",
        "Negotiated",
        "Uploaded",
        "Signed",
        "Draft",
    ]


def test_deleted_contracts_vanish(api):
    """They are in no list, and their id answers 404."""
    api.sandbox.delete("T-1002")

    assert "Signed" not in api.names()
    assert api.get("/contracts/T-1002/status").status_code == 404
    assert "Signing" in str(api.get("/contracts/by_external_metadata/PR-1").json)


def test_the_index_may_lag():
    """With the switch, the list knows a change only after those seconds."""
    api = Api(index_lag=60)
    api.post("/contracts/T-1001/status/void", {"note": "no"})
    api.post("/contracts/", CREATION)

    assert "Draft" in api.names(filter__display_status="DRAFT")
    assert len(api.names()) == len(DEALS)
    assert api.status("T-1001") == "VOIDED"

    api.clock.advance(timedelta(seconds=61))

    assert api.names(filter__display_status="DRAFT") == ["Acme MSA with Initech"]


def test_a_deletion_lags_too():
    """The list still shows for a while what is gone."""
    api = Api(index_lag=60)
    api.sandbox.delete("T-1001")

    assert "Draft" in api.names()

    api.clock.advance(timedelta(seconds=61))

    assert "Draft" not in api.names()


def test_the_whole_portfolio_can_be_walked():
    """Every contract is met once, by pages of fifty."""
    api = Api(portfolio())
    pages = [api.get("/contracts/", page=n, limit=50).json for n in range(1, 6)]
    ids = [row["id"] for page in pages for row in page["results"]]

    assert len(ids) == len(set(ids)) == pages[0]["total_results"] == 240
