"""Making contracts, moving them, and writing their values and links."""

from __future__ import annotations

import re
from base64 import b64encode

import pytest

from clm_bridge.sandbox import pdf

from .sandbox_workspace import CREATION, PARTY, Api

PDF = pdf("Acme NDA", "signed elsewhere")
FILE = b64encode(PDF).decode()
EXECUTED_UPLOAD = {
    "contract_name": "Acme NDA (signed)",
    "file_name": "acme_nda.pdf",
    "file_content": FILE,
    "contract_type_id": 103,
    "organization_entity_id": 78,
    "external_metadata": {
        "id": "po-88",
        "integration_name": "ERP",
        "record_type": "PurchaseOrder",
        "record_data": {},
    },
    "counterparty_details": [
        {
            "is_individual": False,
            "organization_type": "Private Limited",
            "organization_name": "Globex Ltd",
            "organization_details": {},
            "poc_details": {
                "first_name": "Avery",
                "last_name": "Stone",
                "email": "legal@globex.example",
            },
        }
    ],
}
REVIEW_UPLOAD = {
    "contract_name": "Their paper",
    "file_name": "theirs.pdf",
    "file_base64": FILE,
    "contract_type_id": 101,
    "counterparty_organization_name": "Globex Ltd",
    "counterparty_poc_details": {
        "first_name": "Avery",
        "last_name": "Stone",
        "email": "legal@globex.example",
    },
}
UPLOADS = {
    "executed_contracts": (EXECUTED_UPLOAD, "file_content"),
    "upload_review_contracts": (REVIEW_UPLOAD, "file_base64"),
    "upload_sign_contracts": (REVIEW_UPLOAD, "file_base64"),
}


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


@pytest.mark.parametrize("id", ["T-1001", "T-1003", "T-1005", "T-1007"])
def test_what_is_not_executed_can_be_voided(api, id):
    """From any stage, also from a hold."""
    answer = api.post(f"/contracts/{id}/status/void", {"note": "no longer needed"})

    assert (answer.status_code, answer.data) == (204, b"")
    assert api.status(id) == "VOIDED"


def test_an_executed_contract_cannot_be_voided(api):
    """The sentence is documented."""
    answer = api.post("/contracts/T-1002/status/void", {"note": "no"})

    assert answer.status_code == 400
    assert answer.json == {"detail": "Cannot void an executed contract."}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "Field required"),
        ({"note": ""}, "String should have at least 1 character"),
    ],
)
def test_voiding_needs_a_note(api, body, said):
    """An empty one is none."""
    answer = api.post("/contracts/T-1001/status/void", body)

    assert answer.status_code == 400
    assert answer.json == {"note": [said]}


def test_sending_shares_a_draft(api):
    """An empty 200; the draft is in redlining, and has a time of sending."""
    body = {"attachment_formats": ["PDF"]}
    answer = api.post("/contracts/T-1001/send_to_counterparties", body)
    metrics = api.get("/contracts/1001/process_metrics/").json

    assert (answer.status_code, answer.data) == (200, b"")
    assert api.status("T-1001") == "REDLINING"
    assert _moment(metrics["contract_sent_to_cp_datetime"])


def test_the_playbooks_empty_sending_works(api):
    """The portal sends {} where the document requires formats."""
    answer = api.post("/contracts/T-1001/send_to_counterparties", {})

    assert answer.status_code == 200


@pytest.mark.parametrize("id", ["T-1002", "T-1007", "T-1008"])
def test_sending_is_refused_by_the_stage(api, id):
    """Executed, held and voided contracts are not sent."""
    answer = api.post(f"/contracts/{id}/send_to_counterparties", {})

    assert answer.status_code == 402
    assert answer.json["code"] == "SD_PUBLIC_EMU_402"


def test_marking_and_unmarking_for_execution(api):
    """To signing and back, with empty answers."""
    there = api.post("/contracts/T-1003/mark_for_execution/", {})
    signing = api.status("T-1003")
    back = api.post("/contracts/T-1003/unmark_for_execution", {"note": "wait"})

    assert (there.status_code, there.data, signing) == (200, b"", "SIGN")
    assert (back.status_code, api.status("T-1003")) == (200, "REDLINING")


def test_what_is_not_out_for_signature_cannot_be_unmarked(api):
    """The sentence is documented."""
    answer = api.post("/contracts/T-1003/unmark_for_execution", {})

    assert answer.status_code == 400
    assert answer.json == {"detail": "Unable to unmark the contract for execution."}


def test_key_pointers_are_written_in_bulk(api):
    """By definition id or by field name; the answer is what a GET says."""
    definitions = api.get("/key_pointers/", contract_type_id=102).json
    length = {"type": "MONTHS", "value": 6}
    body = {
        "key_pointers": [
            {"key_pointer_id": definitions[3]["id"], "value": length},
            {"key_pointer_field_name": "expiration_date", "value": "2027-06-30"},
        ]
    }
    answer = api.post("/contracts/T-1001/key_pointers/bulk", body)

    assert answer.status_code == 200
    assert answer.json == api.get("/contracts/T-1001/key_pointers").json
    assert api.pointers("T-1001")["term_length"]["value"] == length
    assert api.pointers("T-1001")["expiration_date"]["value"] == "2027-06-30"


def test_one_unknown_key_pointer_refuses_all(api):
    """Nothing is written, and the place of the fault is told."""
    body = {
        "key_pointers": [
            {"key_pointer_field_name": "effective_date", "value": "2026-12-01"},
            {"key_pointer_field_name": "colour", "value": "red"},
            {"value": 1},
        ]
    }
    answer = api.post("/contracts/T-1001/key_pointers/bulk", body)

    assert answer.status_code == 400
    assert list(answer.json["key_pointers"]) == ["1", "2"]
    assert api.pointers("T-1001")["effective_date"]["value"] is None


def test_one_key_pointer_is_patched_by_its_values_id(api):
    """The answer is the one row; the definition's id does not serve."""
    row = api.pointers("T-1001")["effective_date"]
    path = "/contracts/T-1001/key_pointers"
    answer = api.call("PATCH", f"{path}/{row['id']}", json={"value": "2026-12-01"})

    assert answer.json == row | {"value": "2026-12-01"}
    assert api.call("PATCH", f"{path}/10201", json={"value": 1}).status_code == 404
    assert api.call("PATCH", f"{path}/{row['id']}", json={}).status_code == 400


def test_a_date_that_was_written_can_be_filtered_by(api):
    """The index knows expiry from the key pointer."""
    value = {"key_pointer_field_name": "expiration_date", "value": "2031-01-01"}
    api.post("/contracts/T-1001/key_pointers/bulk", {"key_pointers": [value]})

    assert api.names(**{"filter__expiring_at[$gte]": "2030-01-01"}) == ["Draft"]


def test_a_write_moves_the_date_of_update(api):
    """It can be seen by filtering only."""
    before = api.names(**{"filter__last_updated_on[$gte]": "2026-11-02"})
    api.post("/contracts/T-1001/external_metadata", {"id": "x"})
    after = api.names(**{"filter__last_updated_on[$gte]": "2026-11-02"})

    assert (before, after) == ([], ["Draft"])


def test_external_metadata_is_replaced_as_a_whole(api):
    """GET and POST answer the same envelope; an id may be a number."""
    path = "/contracts/T-1002/external_metadata"
    told = {"id": 7, "integration_name": "ERP", "record_type": "PO"}
    answer = api.post(path, told)

    assert answer.json == {"external_metadata": told}
    assert api.get(path).json == {"external_metadata": told}
    assert [one["id"] for one in api.get("/contracts/by_external_metadata/7").json] == [
        1002
    ]


def test_a_contract_without_metadata_says_null(api):
    """It is no 404."""
    answer = api.get("/contracts/T-1001/external_metadata")

    assert (answer.status_code, answer.json) == (200, {"external_metadata": None})


@pytest.mark.parametrize(
    ("configuration", "record_type", "status", "code"),
    [
        ("00000000-0000-4000-8000-000000000000", "Deal", 404, "SD_INTEGRATIONS_00021"),
        (
            "2a2340fb-1af6-401e-a04c-c69a14c798b1",
            "Quote",
            400,
            "SD_INTEGRATIONS_00030",
        ),
    ],
)
def test_a_configuration_must_fit(api, configuration, record_type, status, code):
    """Both codes are documented."""
    body = {
        "id": "x",
        "record_type": record_type,
        "object_configuration_id": configuration,
    }
    answer = api.post("/contracts/T-1001/external_metadata", body)

    assert answer.status_code == answer.json["status_code"] == status
    assert answer.json["code"] == code


def test_a_configuration_that_fits_is_kept(api):
    """It comes back with the rest."""
    body = {
        "id": "x",
        "record_type": "Deal",
        "object_configuration_id": "2a2340fb-1af6-401e-a04c-c69a14c798b1",
    }
    answer = api.post("/contracts/T-1001/external_metadata", body)

    assert answer.json == {"external_metadata": body}


def test_a_configuration_needs_its_record_type(api):
    """One without the other is a 400 on the field."""
    body = {
        "id": "x",
        "object_configuration_id": "2a2340fb-1af6-401e-a04c-c69a14c798b1",
    }
    answer = api.post("/contracts/T-1001/external_metadata", body)

    assert answer.json == {"record_type": ["Field required"]}


def test_signing_executes(api):
    """Everybody signs, and the metrics know when."""
    api.sandbox.sign("T-1005")
    metrics = api.get("/contracts/1005/process_metrics/").json

    assert api.status("T-1005") == "EXECUTED"
    assert _moment(metrics["contract_executed_datetime"])
    assert len(metrics["contract_signed_by_signatory_list"]) == 2


def test_a_hold_ends_where_it_began(api):
    """The stage beneath comes back."""
    api.sandbox.hold("T-1003")
    held = api.status("T-1003")
    api.sandbox.resume("1003")

    assert (held, api.status("T-1003")) == ("ON_HOLD", "REDLINING")


@pytest.mark.parametrize(
    ("verb", "id"), [("sign", "T-1001"), ("hold", "T-1002"), ("resume", "T-1003")]
)
def test_a_stage_may_forbid_what_people_do(api, verb, id):
    """The control API is told why."""
    with pytest.raises(ValueError, match=id):
        getattr(api.sandbox, verb)(id)


@pytest.mark.parametrize("verb", ["sign", "hold", "resume", "delete"])
def test_nobody_moves_an_unknown_contract(api, verb):
    """The id is the error's only word."""
    with pytest.raises(KeyError) as caught:
        getattr(api.sandbox, verb)("T-9")

    assert caught.value.args == ("T-9",)


def test_reset_forgets_what_was_written(api):
    """The portfolio is there again, in the same application."""
    api.post("/contracts/", CREATION)
    api.post("/contracts/T-1001/status/void", {"note": "no"})
    api.sandbox.reset()

    assert len(api.names()) == 9
    assert api.status("T-1001") == "DRAFT"
