"""What a contract tells beyond its row: status, values, dates, people, files."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from clm_bridge import ExternalLink
from clm_bridge.sandbox import portfolio

from .sandbox_workspace import NDA, PLAIN, SIGNED, Api


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


def test_key_pointers_are_a_bare_array_of_six_keys(api):
    """The id is the value's own, not the definition's."""
    rows = api.get("/contracts/T-1002/key_pointers").json

    assert rows[0] == {
        "id": 100201,
        "value": "2026-02-01",
        "label": "Effective Date",
        "field_name": "effective_date",
        "data_type": "date",
        "format_option": {},
    }
    assert len(rows) == 16


def test_key_pointers_hold_what_the_deal_says(api):
    """Dates are plain, lengths and amounts are objects."""
    found = {name: row["value"] for name, row in api.pointers("T-1002").items()}

    assert found | {"contract_value": None} == {
        "effective_date": "2026-02-01",
        "expiration_date": "2027-01-31",
        "renewal_date": None,
        "term_length": {"type": "MONTHS", "value": 12, "days": 365},
        "renewal_term": {"type": "MONTHS", "value": 6, "days": 180},
        "max_renewals": 3,
        "notice_period": {"type": "DAYS", "value": 30, "days": 30},
        "auto_renewal": True,
        "perpetual": False,
        "contract_value": None,
        "termination_date": "2026-09-30",
        "department": "Legal",
        "cost_centre": "CC-1",
        "risk_score": 3,
        "personal_data": False,
        "review_date": "2026-06-01",
    }


def test_amounts_keep_their_cents(api):
    """No float stands between the contract and the wire."""
    text = api.get("/contracts/T-1002/key_pointers").get_data(as_text=True)

    assert '"value":{"type":"INR","value":98765432109876.54}' in text


def test_data_types_are_the_template_kinds(api):
    """In lower case."""
    found = {name: row["data_type"] for name, row in api.pointers("T-1001").items()}

    assert found["effective_date"] == "date"
    assert found["term_length"] == "duration"
    assert found["contract_value"] == "currency"
    assert found["auto_renewal"] == "check-box"
    assert found["department"] == "dropdown"
    assert found["risk_score"] == "number"
    assert found["cost_centre"] == "string"


def test_a_switch_leaves_empty_key_pointers_out():
    """A row without a value may be absent instead of null."""
    api = Api(omit_empty_key_pointers=True)

    assert set(api.pointers("T-1001")) == {"term_length", "auto_renewal", "perpetual"}


def test_a_switch_makes_dates_instants():
    """A date key pointer may hold an ISO datetime."""
    api = Api(key_pointer_instants=True)

    assert api.pointers("T-1002")["effective_date"]["value"] == "2026-02-01T00:00:00Z"


def test_a_switch_makes_format_options_null():
    """What stands there is not documented."""
    api = Api(null_format_option=True)

    assert api.pointers("T-1002")["department"]["format_option"] is None


def test_the_lookup_is_a_bare_array_of_integers(api):
    """Several contracts may share an external id; the newest comes first."""
    rows = api.get("/contracts/by_external_metadata/PR-1").json

    assert [row["id"] for row in rows] == [1005, 1002]
    assert rows[0]["created_by"] == "jordan@buyer.example"
    assert rows[0]["external_metadata"]["id"] == "PR-1"


def test_the_lookup_finds_nothing_quietly(api):
    """No match is an empty array."""
    answer = api.get("/contracts/by_external_metadata/none")

    assert (answer.status_code, answer.json) == (200, [])


def test_the_lookup_answers_with_fifty_at_most():
    """It cannot be paged."""
    api = Api([evolve(SIGNED, index=place) for place in range(1, 61)])

    assert len(api.get("/contracts/by_external_metadata/PR-1").json) == 50


def test_the_lookup_takes_an_encoded_id():
    """An id may hold a slash, a blank and a letter of any alphabet."""
    link = ExternalLink("erp", "PO", "PO/7 ü#1")
    api = Api([evolve(PLAIN, link=link)])
    rows = api.get("/contracts/by_external_metadata/PO%2F7%20%C3%BC%231").json

    assert [row["id"] for row in rows] == [1001]


def test_switches_change_the_lookups_shape():
    """An array in an array, and composite ids, as in the vendor's examples."""
    api = Api(nested_lookup=True, composite_lookup_ids=True)
    answer = api.get("/contracts/by_external_metadata/PR-1").json

    assert [[row["id"] for row in rows] for rows in answer] == [["T-1005", "T-1002"]]


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


def test_a_link_leads_to_the_file(api):
    """It needs no credentials, lives on this host and is a PDF."""
    told = api.post("/contracts/T-1002/download_link", {"format": "PDF"}).json
    answer = api.client.get(told["url"])

    assert told["url"].startswith("http://localhost/")
    assert told["file_name"].startswith("Signed ")
    assert told["file_name"].endswith(".pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")


def test_a_link_needs_no_body_and_takes_any_case(api):
    """The format is PDF unless told, and a playbook writes it small."""
    assert api.call("POST", "/contracts/T-1002/download_link").status_code == 200
    answer = api.post("/contracts/T-1002/download_link", {"format": "pdf"})

    assert answer.status_code == 200


def test_a_file_comes_in_ranges(api):
    """A part is a 206."""
    url = api.post("/contracts/T-1002/download_link").json["url"]
    answer = api.client.get(url, headers={"Range": "bytes=0-4"})

    assert answer.status_code == 206
    assert answer.data == b"%PDF-"


def test_a_link_dies_after_fifteen_minutes(api):
    """Then it is a 403, and another can be had."""
    url = api.post("/contracts/T-1002/download_link").json["url"]
    api.clock.advance(timedelta(minutes=14))

    assert api.client.get(url).status_code == 200

    api.clock.advance(timedelta(minutes=2))

    assert api.client.get(url).status_code == 403


def test_a_link_must_be_signed(api):
    """Without its signature it is worth nothing."""
    url = api.post("/contracts/T-1002/download_link").json["url"]

    assert api.client.get(url.partition("?")[0]).status_code == 403


def test_there_is_no_docx(api):
    """Asking for it is a 400, unless a PDF will do."""
    path = "/contracts/T-1002/download_link"
    fallback = {"format": "DOCX_WITH_FALLBACK_TO_PDF"}

    assert api.post(path, {"format": "DOCX"}).status_code == 400
    assert api.post(path, {"format": "ODT"}).json["format"]
    assert api.post(path, fallback).json["file_name"].endswith(".pdf")


def test_the_latest_copy_can_be_had_at_once(api):
    """The same bytes as behind the link."""
    url = api.post("/contracts/T-1002/download_link").json["url"]
    answer = api.post("/contracts/T-1002/download")

    assert answer.mimetype == "application/pdf"
    assert answer.data == api.client.get(url).data


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
