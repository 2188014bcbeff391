"""What a contract tells beyond its row: status, dates, people, relations."""

from __future__ import annotations

import pytest
from attrs import evolve

from clm_bridge.sandbox import portfolio

from .sandbox_workspace import NDA, PLAIN, Api


@pytest.mark.parametrize(
    ("id", "status"),
    [
        ("T-1001", "DRAFT"),
        ("T-1002", "EXECUTED"),
        ("T-1003", "REDLINING"),
        ("T-1004", "REDLINING"),
        ("T-1005", "SIGN"),
        ("T-1006", "SIGN"),
        ("T-1007", "ON_HOLD"),
        ("T-1008", "VOIDED"),
        ("H-1009", "EXECUTED"),
    ],
)
def test_the_portfolios_stages(api, id, status):
    """Approval is redlining; a refused contract is still out for signature."""
    assert api.status(id) == status


def test_the_status_comes_with_the_name(api):
    """Two keys, no more."""
    answer = api.get("/contracts/T-1002/status").json

    assert answer == {"contract_status": "EXECUTED", "contract_name": "Signed"}


def test_metrics_tell_when_it_was_sent_signed_and_executed(api):
    """The status is the raw one, and the workflow the internal kind."""
    found = api.get("/contracts/1002/process_metrics/").json

    assert found["contract_id"] == 1002
    assert found["contract_sent_to_cp_datetime"] == "2026-01-04T15:00:00Z"
    assert found["contract_executed_datetime"] == "2026-01-10T15:00:00Z"
    assert found["contract_signed_by_signatory_list"][-1] == {
        "is_creator_party": True,
        "signed_datetime": "2026-01-10T15:00:00Z",
        "signatory_email": "henry@buyer.example",
    }
    assert found["type_of_workflow"] == "TEMPLATE"
    assert found["contract_status"] == "COMPLETED"
    assert "no_of_turns" in found["contract_turns"]


def test_metrics_of_a_draft_are_empty(api):
    """What has not happened is null."""
    found = api.get("/contracts/1001/process_metrics/").json

    assert found["contract_sent_to_cp_datetime"] is None
    assert found["contract_executed_datetime"] is None
    assert found["contract_signed_by_signatory_list"] == []


def test_a_recipient_who_signed(api):
    """Type, person, order and what they did."""
    first = api.get("/contracts/T-1002/recipients/").json["items"][0]

    assert first["recipient"]["recipient_type"] == "SIGNATORY"
    assert first["recipient"]["user"]["name"] == "Avery Stone"
    assert first["recipient"]["user"]["email"] == "avery@globex.ex"
    assert first["recipient"]["recipient_order"] == 1
    assert first["recipient_action"]["is_success"] is True
    assert first["status"] == "COMPLETED"


@pytest.mark.parametrize(
    ("id", "status"), [("T-1001", "PENDING"), ("T-1005", "IN_PROGRESS")]
)
def test_recipients_who_have_not_acted(api, id, status):
    """Not invited is pending, invited is in progress."""
    first = api.get(f"/contracts/{id}/recipients/").json["items"][0]

    assert first["status"] == status
    assert first["recipient_action"] is None


def test_a_refusal_stands_at_the_recipient(api):
    """The contract itself is still out for signature."""
    first = api.get("/contracts/T-1006/recipients/").json["items"][0]

    assert first["recipient_action"]["is_success"] is False
    assert (
        api.get("/contracts/1006/process_metrics/").json[
            "contract_signed_by_signatory_list"
        ]
        == []
    )


def test_an_amendment_is_related_both_ways(api):
    """The master has an amendment, and the amendment a parent."""
    down = api.get("/contracts/1002/related_contracts/").json
    up = api.get("/contracts/1009/related_contracts/").json

    assert down["total_results"] == 1
    assert down["results"][0]["relation_type"] == "AMENDMENT"
    assert down["results"][0]["contract"]["id"] == 1009
    assert up["results"][0]["relation_type"] == "PARENT"
    assert up["results"][0]["contract"] == {
        "id": 1002,
        "name": "Signed",
        "counter_party_list": ["Globex Ltd"],
        "display_status": "EXECUTED",
    }


def test_an_approval_that_is_pending(api):
    """It is a list of its own, not a status."""
    found = api.get("/contracts/approvals/T-1004/").json["results"]
    none = api.get("/contracts/approvals/T-1003/").json["results"]

    assert found[0]["approval"]["status"] == "PENDING"
    assert found[0]["approval"]["approval_type"] == "PRE_SIGN"
    assert none == []


def test_every_contract_of_the_portfolio_can_be_read():
    """No deal is too odd for any of the calls."""
    api = Api(portfolio())
    for page in (1, 2, 3):
        for row in api.get("/contracts/", page=page, limit=100).json["results"]:
            own, number = row["id"], row["id"][2:]
            link = api.post(f"/contracts/{own}/download_link").json

            assert api.status(own) == row["contract_status"]
            assert len(api.pointers(own)) == 16
            assert api.get(f"/contracts/{number}/process_metrics/").status_code == 200
            assert api.get(f"/contracts/{own}/recipients/").status_code == 200
            assert api.client.get(link["url"]).status_code == 200


def test_a_contract_type_may_be_unknown_to_the_portfolio():
    """A deal of a type of its own gets one."""
    api = Api([evolve(PLAIN, type="Lease", template="Lease (short)")])
    row = api.get("/contracts/").json["results"][0]
    templates = api.get("/templates/").json["items"]

    assert row["contract_type_name"] == "Lease"
    assert "Lease (short)" in [one["name"] for one in templates]
    assert f"{NDA} (standard)" in [one["name"] for one in templates]


def test_an_approvals_keys_of_either_year():
    """The document of 2024 had other names for three of them."""
    [old] = (
        Api(approval_keys="2024").get("/contracts/approvals/T-1004/").json["results"]
    )

    assert old["approval"]["current_status"] == "PENDING"
    assert old["approval"]["approver"]["name"] == "Contract Service"
    assert {"status", "org_user"}.isdisjoint(old["approval"])
