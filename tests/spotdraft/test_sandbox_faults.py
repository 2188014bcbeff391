"""What is wrong with a request is told by field, and never breaks the sandbox."""

from __future__ import annotations

from base64 import b64encode

import pytest
from attrs import evolve

from clm_bridge import Term
from clm_bridge_spotdraft.sandbox import _papers

from .sandbox_payloads import CREATION, EXECUTED_UPLOAD, PARTY, REVIEW_UPLOAD
from .sandbox_workspace import PLAIN, Api

SIGNATORY = {"name": "A", "email": "a@x.ex", "is_counterparty_signatory": True}


@pytest.mark.parametrize("body", [[], "text", 7])
def test_a_body_must_be_an_object(api, body):
    """Anything else is a 400."""
    answer = api.post("/contracts/", body)

    assert answer.json == {"body": ["Input should be a valid dictionary"]}


@pytest.mark.parametrize("text", ['{"note": NaN}', '{"note": 1e999}', "{", "[" * 9999])
def test_what_json_does_not_know_is_refused(api, text):
    """NaN, endless numbers and broken text are one 400."""
    path = "/contracts/T-1001/status/void"
    answer = api.call("POST", path, data=text, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json == {"detail": "JSON parse error"}


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("contract_template_id", "twelve", "Input should be a valid integer"),
        ("contract_template_id", "9" * 40, "Input should be a valid integer"),
        ("contract_data", 1, "Input should be a valid dictionary"),
        ("counter_party_details", {}, "Input should be a valid list"),
        ("is_embedded_contract", "yes", "Input should be a valid boolean"),
        ("contract_name", 1, "Input should be a valid string"),
        (
            "counter_party_details",
            [],
            "List should have at least 1 item after validation, not 0",
        ),
    ],
)
def test_each_kind_of_value_is_checked(api, key, value, said):
    """In the words of pydantic."""
    assert api.post("/contracts/", CREATION | {key: value}).json == {key: [said]}


def test_an_external_id_is_text_or_a_number(api):
    """An object is neither."""
    answer = api.post(
        "/contracts/T-1001/external_metadata", {"external_metadata": {"id": {}}}
    )

    said = {"external_metadata": {"id": ["Input should be a valid string"]}}
    assert answer.json == said


def test_unknown_keys_are_ignored(api):
    """They change nothing."""
    answer = api.post("/contracts/T-1001/status/void", {"note": "no", "colour": "red"})

    assert answer.status_code == 204


def test_an_order_of_signing_is_for_all_or_none(api):
    """Half an order is none."""
    people = [SIGNATORY | {"sign_order": 1}, SIGNATORY]
    answer = api.post("/contracts/", CREATION | {"signatories": people})

    assert answer.json == {"signatories": ["sign_order is needed for all or none"]}


def test_a_signatorys_party_must_be_on_the_contract(api):
    """Its name is one of the counterparties'."""
    people = [SIGNATORY | {"counterparty_name": "Hooli"}]
    known = [SIGNATORY | {"counterparty_name": PARTY["organization_name"]}]
    answer = api.post("/contracts/", CREATION | {"signatories": people})

    assert "counterparty_name" in answer.json["signatories"]["0"]
    assert api.post("/contracts/", CREATION | {"signatories": known}).status_code == 201


def test_an_individual_needs_no_organisation(api):
    """The contact's name is the party's."""
    party = {"is_individual": True, "poc_details": PARTY["poc_details"]}
    answer = api.post("/contracts/", CREATION | {"counter_party_details": [party]})

    assert answer.json["counter_party_name"] == "Avery Stone"


def test_a_name_is_derived_from_template_and_party(api):
    """Where the caller gives none."""
    body = {key: value for key, value in CREATION.items() if key != "contract_name"}
    answer = api.post("/contracts/", body)

    assert answer.json["contract_name"] == "Software licence (standard) - Initech Inc."


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"contract_type_id": 9}, "contract_type_id"),
        ({"organization_entity_id": 9}, "organization_entity_id"),
        ({"file_name": "nda.docx"}, "file_name"),
    ],
)
def test_a_wrong_upload_is_refused_by_field(api, change, field):
    """The API takes PDFs, of a known type, for a company of ours."""
    answer = api.post("/contracts/executed_contracts/", EXECUTED_UPLOAD | change)

    assert answer.status_code == 400
    assert list(answer.json) == [field]


def test_paper_for_review_may_have_no_party_yet(api):
    """The name of the other side is optional there, and required for signature."""
    key = "counterparty_organization_name"
    body = {name: value for name, value in REVIEW_UPLOAD.items() if name != key}
    review = api.post("/contracts/upload_review_contracts/", body)
    sign = api.post("/contracts/upload_sign_contracts/", body)

    assert review.json["counter_party_name"] == ""
    assert sign.json == {key: ["Field required"]}


def test_a_file_may_be_too_large(api):
    """More than thirty megabytes is a 413."""
    file = b64encode(b"%PDF-" + bytes(_papers.MAX_UPLOAD)).decode()
    answer = api.post(
        "/contracts/executed_contracts/", EXECUTED_UPLOAD | {"file_content": file}
    )

    assert answer.status_code == 413
    assert len(api.names()) == 9


def test_a_voided_contract_cannot_be_voided_again(api):
    """It says so."""
    answer = api.post("/contracts/T-1008/status/void", {"note": "again"})

    assert answer.json == {"detail": "Contract is already voided."}


def test_sending_again_keeps_the_stage(api):
    """Only a draft moves, and the first time of sending stays."""
    api.post("/contracts/T-1005/send_to_counterparties", {})
    metrics = api.get("/contracts/1005/process_metrics/").json

    assert api.status("T-1005") == "SIGN"
    assert metrics["contract_sent_to_cp_datetime"] == "2026-01-06T15:00:00Z"


@pytest.mark.parametrize("id", ["T-1002", "T-1005", "T-1007", "T-1008"])
def test_marking_is_refused_by_the_stage(api, id):
    """It works before signature only."""
    answer = api.post(f"/contracts/{id}/mark_for_execution/", {})

    assert answer.status_code == 402


def test_a_value_that_is_no_date_is_not_filtered_by(api):
    """What somebody wrote into a key pointer may be anything."""
    values = [
        {"key_pointer_field_name": "expiration_date", "value": "soon"},
        {"key_pointer_field_name": "review_date", "value": "later"},
    ]
    api.post("/contracts/T-1001/key_pointers/bulk", {"key_pointers": values})
    soon = api.names(**{"filter__expiring_at[$gt]": "2000-01-01"})
    later = api.names(**{"filter_metadata__review_date[$gt]": "2000-01-01"})

    assert "Draft" not in soon
    assert "Draft" not in later


def test_check_boxes_are_filtered_by_truth(api):
    """Anything but true and false cannot be read."""
    ticked = api.names(filter_metadata__auto_renewal="true")
    wrong = api.get("/contracts/", filter_metadata__auto_renewal="perhaps")

    assert ticked == ["Uploaded", "Signed"]
    assert wrong.status_code == 400


@pytest.mark.parametrize("value", ["many", "1e"])
def test_numbers_are_filtered_by_numbers(api, value):
    """A text is a 400."""
    answer = api.get("/contracts/", **{"filter_metadata__risk_score[$gt]": value})

    assert answer.status_code == 400


def test_a_type_says_who_may_use_it(api):
    """All of our companies, and nobody for a type that is not there."""
    rows = api.get("/contract_types/101/entities").json

    assert [row["entity_id"] for row in rows] == [78, 79]
    assert api.get("/contract_types/9/entities").status_code == 404


@pytest.mark.parametrize("path", ["/counter_parties/9", "/templates/9/metadata"])
def test_an_unknown_record_is_not_found(api, path):
    """One 404 for all."""
    assert api.get(path).status_code == 404


def test_a_definition_id_must_be_a_number(api):
    """A text or an endless number is a 400."""
    for wrong in ("ten", "9" * 40):
        answer = api.get("/key_pointers/", contract_type_id=wrong)

        assert answer.status_code == 400


def test_a_deal_of_unknown_term_leaves_the_boxes_empty():
    """Nobody said whether it renews."""
    api = Api([evolve(PLAIN, term=Term())])
    found = api.pointers("T-1001")

    assert found["auto_renewal"]["value"] is None
    assert found["perpetual"]["value"] is None
