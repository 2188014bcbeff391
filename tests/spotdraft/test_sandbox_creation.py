"""Making contracts: from a template, and from paper that exists."""

from __future__ import annotations

import re
from base64 import b64encode

import pytest

from .sandbox_payloads import (
    CREATION,
    EXECUTED_UPLOAD,
    PARTY,
    PDF,
    REVIEW_UPLOAD,
    UPLOADS,
)
from .sandbox_workspace import Api


def _moment(text):
    """Return *text* if it is the sandbox's own hour, in whole seconds."""
    return text if re.fullmatch(r"2026-11-02T09:\d\d:\d\dZ", text) else None


def test_the_documented_creation_works(api):
    """It answers with both forms of the id and every documented key."""
    answer = api.post("/contracts/", CREATION)

    assert answer.status_code == 201
    assert answer.json == {
        "id": "T-1010",
        "contract_id": 1010,
        "created": _moment(answer.json["created"]),
        "contract_name": "Acme MSA with Initech",
        "contract_link": "https://app.spotdraft.com/contracts/v2/1010",
        "contract_status": "DRAFT",
        "created_by": "clm-service@buyer.example",
        "counter_party_name": "Initech Inc.",
        "contract_type_name": "Software licence",
        "contract_type_id": 104,
        "created_by_workspace": 1,
        "external_metadata": CREATION["external_metadata"],
        "reference_id": "SD-1010",
    }


def test_a_new_contract_is_found_everywhere(api):
    """In the list, by its external id, and in the address book."""
    number = api.post("/contracts/", CREATION).json["contract_id"]
    found = api.get("/contracts/by_external_metadata/deal-122").json
    book = api.get("/counter_parties/", limit=100).json["results"]

    assert api.names()[0] == "Acme MSA with Initech"
    assert [one["id"] for one in found] == [number]
    assert book[-1]["name"] == "Initech Inc."
    assert book[-1]["contacts"][0]["email"] == "legal@initech.example"


def test_creating_twice_makes_two(api):
    """Nothing is de-duplicated."""
    for _ in range(2):
        api.post("/contracts/", CREATION)

    assert len(api.get("/contracts/by_external_metadata/deal-122").json) == 2


def test_creation_acts_as_the_named_user(api):
    """The user-email header names who made it."""
    headers = {"user-email": "jordan@buyer.example"}
    answer = api.call("POST", "/contracts/", headers=headers, json=CREATION)

    assert answer.json["created_by"] == "jordan@buyer.example"


def test_creation_without_metadata_says_null(api):
    """The key is there all the same."""
    body = {k: v for k, v in CREATION.items() if k != "external_metadata"}

    assert api.post("/contracts/", body).json["external_metadata"] is None


def test_a_variable_fills_the_key_pointer_of_its_name(api):
    """Other variables are the template's own."""
    data = {"effective_date": "2026-12-01", "customer_name": "Initech Inc."}
    made = api.post("/contracts/", CREATION | {"contract_data": data}).json["id"]

    assert api.pointers(made)["effective_date"]["value"] == "2026-12-01"


def test_creation_may_send_at_once(api):
    """auto_send_to_counterparty leaves the draft stage behind."""
    body = CREATION | {"workflow_config": {"auto_send_to_counterparty": True}}

    assert api.post("/contracts/", body).json["contract_status"] == "REDLINING"


def test_signatories_of_a_new_contract_are_its_recipients(api):
    """In the order that was told."""
    people = [
        {"name": "A", "email": "a@x.ex", "is_counterparty_signatory": True},
        {"name": "B", "email": "b@x.ex", "is_counterparty_signatory": False},
    ]
    made = api.post("/contracts/", CREATION | {"signatories": people}).json["id"]
    items = api.get(f"/contracts/{made}/recipients/").json["items"]

    assert [one["recipient"]["user"]["name"] for one in items] == ["A", "B"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"contract_template_id": 9}, {"contract_template_id": ["Unknown template"]}),
        ({"contract_template_id": None}, {"contract_template_id": None}),
        ({"contract_data": {"no": 1}}, {"contract_data": {"no": ["Unknown variable"]}}),
        ({"contract_data": []}, {"contract_data": None}),
        ({"counter_party_details": []}, {"counter_party_details": None}),
        (
            {"counter_party_details": [PARTY | {"organization_name": None}]},
            {"counter_party_details": {"0": {"organization_name": ["Field required"]}}},
        ),
        (
            {"counter_party_details": [PARTY | {"poc_details": {"first_name": "A"}}]},
            {
                "counter_party_details": {
                    "0": {"poc_details": {"email": ["Field required"]}}
                }
            },
        ),
        (
            {"counter_party_details": [PARTY | {"organization_type": "guild"}]},
            {"counter_party_details": None},
        ),
        ({"external_metadata": {"record_type": "Deal"}}, {"external_metadata": None}),
        ({"entity_reference_id": "XX"}, {"entity_reference_id": ["Unknown entity"]}),
        (
            {
                "signatories": [
                    {
                        "name": "A",
                        "email": "a@x.ex",
                        "is_counterparty_signatory": False,
                        "sign_order": 1,
                    }
                ]
            },
            {"signatories": ["A counterparty signatory is needed"]},
        ),
    ],
)
def test_a_wrong_creation_is_refused_by_field(api, change, fault):
    """The answer names the field, and nothing is made."""
    answer = api.post("/contracts/", CREATION | change)

    assert answer.status_code == 400
    assert answer.json.keys() == fault.keys()
    assert all(answer.json[name] == told for name, told in fault.items() if told)
    assert len(api.names()) == 9


def test_an_executed_upload_is_executed(api):
    """It is historical, and its file is the one that was sent."""
    answer = api.post("/contracts/executed_contracts/", EXECUTED_UPLOAD)

    assert answer.status_code == 201
    assert answer.json["id"] == "H-1010"
    assert answer.json["contract_status"] == "EXECUTED"
    assert api.post("/contracts/H-1010/download").data == PDF


def test_a_switch_changes_an_executed_uploads_prefix():
    """The vendor's example says T."""
    api = Api(executed_upload_prefix="T")
    answer = api.post("/contracts/executed_contracts/", EXECUTED_UPLOAD)

    assert answer.json["id"] == "T-1010"


@pytest.mark.parametrize(
    ("call", "status"),
    [("upload_review_contracts", "REDLINING"), ("upload_sign_contracts", "SIGN")],
)
def test_third_party_paper(api, call, status):
    """It starts where it is needed, as T-n."""
    answer = api.post(f"/contracts/{call}/", REVIEW_UPLOAD)

    assert answer.status_code == 201
    assert answer.json["id"] == "T-1010"
    assert answer.json["contract_status"] == status
    assert answer.json["counter_party_name"] == "Globex Ltd"


@pytest.mark.parametrize("call", UPLOADS)
@pytest.mark.parametrize(
    "file", ["no base64!", b64encode(b"PK\x03\x04").decode(), None]
)
def test_an_upload_that_is_no_pdf_is_refused(api, call, file):
    """The fault is told on the file's field."""
    body, field = UPLOADS[call]
    answer = api.post(f"/contracts/{call}/", body | {field: file})

    assert answer.status_code == 400
    assert list(answer.json) == [field]


def test_an_upload_needs_a_workflow(api):
    """A type without one has a code of its own."""
    types = {one["name"]: one["id"] for one in api.get("/contract_types/").json}
    body = REVIEW_UPLOAD | {"contract_type_id": types["Website terms"]}
    answer = api.post("/contracts/upload_review_contracts/", body)

    assert answer.json["code"] == "SD_CONTRACTS_00289"
    assert answer.json["detail"] == answer.json["message"]
    assert answer.json["status_code"] == answer.status_code == 400
