"""New versions of a paper, signed ones among them, and papers beside it."""

from __future__ import annotations

from base64 import b64encode

import pytest

from clm_bridge.sandbox import pdf

from .sandbox_payloads import FILE, REVIEW_UPLOAD
from .sandbox_workspace import Api

SECOND = pdf("Acme NDA", "second version")
WORD = b"PK\x03\x04 a word processor's file"
VERSION = {
    "document_name": "second.pdf",
    "document_base_64": b64encode(SECOND).decode(),
}
WORD_VERSION = {
    "document_name": "second.docx",
    "document_base_64": b64encode(WORD).decode(),
}
ATTACHMENT = {"name": "Annex", "file_name": "annex.pdf", "file_base64": FILE}


def _executed_at(api, number):
    metrics = api.get(f"/contracts/{number}/process_metrics/").json
    return metrics["contract_executed_datetime"]


def test_a_new_version_is_what_is_downloaded(api):
    """Byte for byte; the answer has no body, and the stage stays."""
    answer = api.post("/contracts/1003/contract_version/", VERSION)
    link = api.post("/contracts/T-1003/download_link").json

    assert (answer.status_code, answer.data) == (201, b"")
    assert api.post("/contracts/T-1003/download").data == SECOND
    assert api.client.get(link["url"]).data == SECOND
    assert link["current_version_id"] == 2
    assert api.status("T-1003") == "REDLINING"


def test_an_executed_version_executes(api):
    """The only way of the API to tell of a signature elsewhere (documented)."""
    body = VERSION | {"is_executed_version": True, "collect_approvals": False}
    answer = api.post("/contracts/1003/contract_version/", body)

    assert answer.status_code == 201
    assert api.status("T-1003") == "EXECUTED"
    assert _executed_at(api, 1003)
    assert api.post("/contracts/T-1003/download").data == SECOND


def test_a_redlined_template_contract_has_a_kind_of_its_own(api):
    """The internal word changes with the first version of somebody's own."""
    api.post("/contracts/1003/contract_version/", VERSION)
    metrics = api.get("/contracts/1003/process_metrics/").json

    assert metrics["type_of_workflow"] == "TEMPLATE_EDITABLE"


@pytest.mark.parametrize(
    "change",
    [
        {"document_name": "second.txt"},
        {"document_name": None},
        {"document_base_64": ""},
        {"document_base_64": "no base64!"},
        {"document_base_64": b64encode(WORD).decode()},
        WORD_VERSION | {"is_executed_version": True},
    ],
    ids=str,
)
def test_a_wrong_version_is_refused(api, change):
    """By its field, and the contract has the paper that it had."""
    before = api.post("/contracts/T-1003/download").data
    answer = api.post("/contracts/1003/contract_version/", VERSION | change)

    assert answer.status_code == 400
    assert set(answer.json) <= {"document_name", "document_base_64"}
    assert api.post("/contracts/T-1003/download").data == before
    assert api.status("T-1003") == "REDLINING"


@pytest.mark.parametrize("number", [1002, 1007, 1008])
def test_a_stage_may_forbid_a_version(api, number):
    """Executed, held and voided contracts stay as they are."""
    answer = api.post(f"/contracts/{number}/contract_version/", VERSION)

    assert answer.status_code == 402


def test_the_call_takes_the_bare_integer(api):
    """The composite id belongs to other calls (documented)."""
    path = "/contracts/T-1003/contract_version/"

    assert api.post(path, VERSION).status_code == 404


def test_a_version_that_is_a_docx_is_given_as_one(api):
    """Asked for by its format or by its own call; the PDF is made from it."""
    api.post("/contracts/1003/contract_version/", WORD_VERSION)
    link = api.post("/contracts/T-1003/download_link", {"format": "DOCX"}).json
    either = {"format": "DOCX_WITH_FALLBACK_TO_PDF"}
    fallback = api.post("/contracts/T-1003/download_link", either).json

    assert link["file_name"].endswith(".docx")
    assert api.client.get(link["url"]).data == WORD
    assert api.client.get(fallback["url"]).data == WORD
    assert api.post("/contracts/1003/download_docx/", {}).data == WORD
    assert api.post("/contracts/T-1003/download").data.startswith(b"%PDF-")


def test_an_older_docx_may_stand_in(api):
    """Only where fallback_to_last_available_docx says so (documented)."""
    api.post("/contracts/1003/contract_version/", WORD_VERSION)
    api.post("/contracts/1003/contract_version/", VERSION)
    body = {"fallback_to_last_available_docx": True}

    assert api.post("/contracts/1003/download_docx/", {}).status_code == 400
    assert api.post("/contracts/1003/download_docx/", body).data == WORD
    assert api.post("/contracts/1001/download_docx/", body).status_code == 400


def test_third_party_paper_may_be_a_docx(api):
    """Executed paper may not: it takes PDF only (documented)."""
    body = REVIEW_UPLOAD | {
        "file_name": "theirs.docx",
        "file_base64": WORD_VERSION["document_base_64"],
    }
    made = api.post("/contracts/upload_review_contracts/", body)

    assert made.status_code == 201
    assert api.post("/contracts/1010/download_docx/", {}).data == WORD


def test_an_uploaded_file_outlives_its_signatures(api):
    """What was sent for signature is what can be read once everybody signed."""
    api.post("/contracts/upload_sign_contracts/", REVIEW_UPLOAD)
    api.sandbox.sign("T-1010")
    link = api.post("/contracts/T-1010/download_link").json

    assert b64encode(api.client.get(link["url"]).data).decode() == FILE


def test_a_supporting_document_is_kept(api):
    """Id, name and time; the integer as in the schema."""
    answer = api.post("/supported_documents/T-1003/", ATTACHMENT)

    assert answer.status_code == 201
    assert set(answer.json) == {"id", "name", "created"}
    assert answer.json["name"] == "Annex"
    assert type(answer.json["id"]) is int


def test_a_supporting_documents_id_may_be_text():
    """As in the vendor's example."""
    answer = Api(text_document_ids=True).post(
        "/supported_documents/T-1003/", ATTACHMENT
    )

    assert isinstance(answer.json["id"], str)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"name": ""}, "name"), ({"file_base64": "?"}, "file_base64")],
)
def test_a_wrong_supporting_document_is_refused(api, change, field):
    """By its field."""
    answer = api.post("/supported_documents/T-1003/", ATTACHMENT | change)

    assert (answer.status_code, list(answer.json)) == (400, [field])
