"""Tests for legal agreements and attachments in Coupa's sandbox."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from clm_bridge import Status

from .tenant import Tenant, id_of, the

AGREEMENT = "contracts/272/retrieve_legal_agreement"


@pytest.fixture
def tenant() -> Tenant:
    return Tenant()


def upload(name: str = "signed.pdf", part: str = "file", **more: str) -> dict[str, Any]:
    """Return a multipart form with one file."""
    return {"data": {part: (BytesIO(b"%PDF-1.4 new"), name), **more}}


def test_the_agreement_comes_as_a_zip_of_one_pdf(tenant: Tenant) -> None:
    """The bytes are an archive, offered as an attachment."""
    answer = tenant.get(AGREEMENT)
    archive = ZipFile(BytesIO(answer.data))

    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert archive.namelist() == ["CT-0042.pdf"]
    assert archive.read("CT-0042.pdf").startswith(b"%PDF")


def test_the_agreement_may_come_as_itself() -> None:
    """Switched, the bytes are the PDF."""
    answer = Tenant(raw_agreement=True).get(AGREEMENT)

    assert answer.data.startswith(b"%PDF")
    assert answer.mimetype == "application/pdf"


def test_the_same_agreement_is_the_same_bytes(tenant: Tenant) -> None:
    """A client may tell a change by a hash."""
    assert tenant.get(AGREEMENT).data == Tenant().get(AGREEMENT).data


def test_a_file_does_not_ask_what_is_accepted(tenant: Tenant) -> None:
    """Any Accept gets the bytes."""
    assert tenant.get(AGREEMENT, accept="application/pdf").status_code == 200


def test_what_is_not_executed_has_no_agreement(tenant: Tenant) -> None:
    """It is 404."""
    draft = id_of(the(status=Status.DRAFT))

    assert tenant.get(f"contracts/{draft}/retrieve_legal_agreement").status_code == 404


@pytest.mark.parametrize(("verb", "status"), [("POST", 201), ("PUT", 200)])
def test_an_agreement_is_replaced(tenant: Tenant, verb: str, status: int) -> None:
    """The new file is the one that is read, and the contract has changed."""
    answer = tenant.send(verb, "contracts/272/legal_agreement", **upload())
    archive = ZipFile(BytesIO(tenant.get(AGREEMENT).data))

    assert (answer.status_code, answer.json["id"]) == (status, 272)
    assert answer.json["updated-at"].startswith("2026-11-02")
    assert archive.read("signed.pdf") == b"%PDF-1.4 new"


def test_an_agreement_may_leave_the_contract_untouched() -> None:
    """Whether a file changes updated-at is a switch."""
    tenant = Tenant(files_touch_contract=False)
    answer = tenant.put("contracts/272/legal_agreement", **upload())

    assert answer.json["updated-at"].startswith("2026-10-13")


def test_an_agreement_needs_its_part(tenant: Tenant) -> None:
    """The multipart part is named ``file``."""
    answer = tenant.post("contracts/272/legal_agreement", **upload(part="document"))

    assert answer.status_code == 400


def test_a_published_agreement_has_its_own_action(tenant: Tenant) -> None:
    """It is for completed and published contracts only."""
    path = "update_legal_agreement_published"
    draft = tenant.make()["id"]

    assert tenant.put(f"contracts/272/{path}", **upload()).status_code == 200
    assert tenant.put(f"contracts/{draft}/{path}", **upload()).status_code == 400


def attach(tenant: Tenant, **more: str) -> Any:
    form = {f"attachment[{name}]": value for name, value in more.items()}
    sent = upload(name="Vertrag Köln.pdf", part="attachment[file]", **form)
    return tenant.post("contracts/272/attachments", **sent)


def test_a_file_is_attached_and_read(tenant: Tenant) -> None:
    """The answer describes it; reading it gives the bytes."""
    made = attach(tenant, type="file", intent="Internal")
    path = f"contracts/272/attachments/{made.json['id']}"
    read = tenant.get(path)

    assert made.status_code == 201
    assert made.json["file-file-size"] == "12"
    assert made.json["file-url"].endswith(path)
    assert read.data == b"%PDF-1.4 new"
    assert (
        "filename*=UTF-8''Vertrag%20K%C3%B6ln.pdf"
        in read.headers["Content-Disposition"]
    )


def test_a_link_is_attached_and_read_as_an_object(tenant: Tenant) -> None:
    """Text and links have no bytes."""
    form = {"attachment[type]": "url", "attachment[url]": "https://buyer.example/x"}
    made = tenant.post("contracts/272/attachments", data=form)
    read = tenant.get(f"contracts/272/attachments/{made.json['id']}").json

    assert (read["type"], read["url"]) == ("url", "https://buyer.example/x")


def test_attachments_are_listed(tenant: Tenant) -> None:
    """Each belongs to its contract, and the contract is not touched."""
    made = attach(tenant)
    mine = tenant.get("contracts/272/attachments").json

    assert [row["id"] for row in mine] == [made.json["id"]]
    assert tenant.get("contracts/273/attachments").json == []
    assert tenant.get("contracts/272").json["updated-at"].startswith("2026-10-13")


def test_an_attachment_is_read_without_its_contract(tenant: Tenant) -> None:
    """It says of what it is."""
    path = f"attachments/{attach(tenant).json['id']}"

    assert tenant.get(path, {"attachable_type": "Contract"}).status_code == 200
    assert tenant.get(path).status_code == 404


def test_an_attachment_belongs_to_one_contract(tenant: Tenant) -> None:
    """Beneath another one it is 404."""
    path = f"contracts/273/attachments/{attach(tenant).json['id']}"

    assert tenant.get(path).status_code == 404


def test_an_attachment_is_deleted(tenant: Tenant) -> None:
    """After that it is 404."""
    path = f"contracts/272/attachments/{attach(tenant).json['id']}"

    assert tenant.send("DELETE", path).status_code == 200
    assert tenant.get(path).status_code == 404


@pytest.mark.parametrize(
    "form",
    [
        {"attachment[type]": "text"},
        {"attachment[type]": "picture"},
        {
            "attachment[type]": "text",
            "attachment[text]": "x",
            "attachment[intent]": "y",
        },
        {},
    ],
)
def test_an_attachment_that_is_none_is_refused(
    tenant: Tenant, form: dict[str, str]
) -> None:
    """Type, intent and content are checked."""
    answer = tenant.post("contracts/272/attachments", data=form)

    assert (answer.status_code, list(answer.json["errors"])) == (400, ["attachment"])
