"""Files, templates, suppliers, the check, and what errors say."""

from __future__ import annotations

import json
from typing import Any

import pytest

from clm_bridge import DocumentKind, NotFound, PayloadError, PersonRole
from clm_bridge.adapter import ClientCredentials, Response
from clm_bridge.testing import play, reply

from .reading import adapter, payload, row


def standing(**changes: Any) -> Response:
    return reply(
        {"name": "Acme", "status": "published", "published-date": None} | changes
    )


def test_documents_of_an_executed_contract() -> None:
    """The legal agreement, and the attachments that are files."""
    played = play(
        adapter().list_documents("232"), standing(), reply(payload("attachments"))
    )

    signed, annex = played.result
    assert (signed.kind, signed.name) == (DocumentKind.SIGNED, "Acme.pdf")
    assert (annex.kind, annex.name) == (DocumentKind.ATTACHMENT, "annex.pdf")
    assert annex.media_type == "application/pdf"
    assert [request.target for request in played.asked] == [
        "contracts/232",
        "contracts/232/attachments",
    ]


def test_documents_of_a_draft() -> None:
    """Nothing is signed before a contract is executed; it may have a draft."""
    draft = standing(status="draft")
    coupa, document = adapter(), {"id": 4, "negotiation-rounds": 0}
    none = play(coupa.list_documents("232"), draft, reply([]), reply([]))
    one = play(coupa.list_documents("232"), draft, reply([]), reply([document]))

    assert none.result == []
    assert [(d.kind, d.id) for d in one.result] == [
        (DocumentKind.DRAFT, "legal-agreement")
    ]
    assert one.asked[-1].target == "contracts/232/legal_documents"


def test_an_instance_without_legal_documents() -> None:
    """Their path is there with CLM Standard alone; 404 says that no draft is known."""
    replies = (standing(status="draft"), reply([]), reply({}, status=404))

    assert play(adapter().list_documents("232"), *replies).result == []


def test_more_attachments_than_a_page() -> None:
    """The cap of 50 records does not hide attachments."""
    many = [{"id": number, "file-file-name": "a.pdf"} for number in range(1, 52)]

    played = play(
        adapter().list_documents("232"), standing(), reply(many[:50]), reply(many[50:])
    )

    assert len(played.result) == 52


def test_attachments_in_an_order_of_their_own() -> None:
    """A page that is not full has no successor, so its order does not matter."""
    files = [{"id": number, "file-file-name": "a.pdf"} for number in (9, 7, 8)]

    played = play(adapter().list_documents("232"), standing(), reply(files))

    assert [one.id for one in played.result][1:] == ["9", "7", "8"]


def test_documents_where_an_empty_text_stands_for_unset() -> None:
    """The few fields that tell the status are read as leniently as a contract."""
    told = standing(terminated="", status="draft")

    replies = (told, reply([]), reply([]))

    assert play(adapter().list_documents("232"), *replies).result == []


def download(place: int) -> str:
    coupa = adapter()
    listed = play(
        coupa.list_documents("232"), standing(), reply(payload("attachments"))
    ).result
    target: str = play(coupa.download_document(listed[place])).result.target
    return target


def test_download_of_the_agreement() -> None:
    """The legal agreement has a call of its own, which answers bytes."""
    assert download(0) == "contracts/232/retrieve_legal_agreement"


def test_download_of_an_attachment() -> None:
    """An attachment's show call answers the file."""
    assert download(1) == "contracts/232/attachments/88"


def test_documents_of_no_contract() -> None:
    """A contract that is not there has no documents."""
    with pytest.raises(NotFound):
        play(adapter().list_documents("9"), reply(status=404, body=b"no"), reply([]))


def test_suppliers() -> None:
    """A supplier's numbers are identifiers, its first contact a person."""
    played = play(adapter().list_counterparties(None), reply(payload("suppliers")))

    first, *_ = played.result.items
    assert (first.id, first.name, first.active) == ("20", "Acme Hosting BV", True)
    assert first.identifiers == {
        "number": "V-10020",
        "duns": "150483782",
        "tax-id": "NL8200.98.395.B.01",
    }
    [contact] = first.contacts
    assert (contact.role, contact.name) == (PersonRole.CONTACT, "Pat Doe")


def test_suppliers_that_are_not_active() -> None:
    """Only 'active' is active; empty numbers are no identifiers."""
    played = play(adapter().list_counterparties(None), reply(payload("suppliers")))

    _, inactive, onboarding = played.result.items
    assert (inactive.active, onboarding.active) == (False, False)
    assert (inactive.identifiers, inactive.contacts) == ({}, ())


def test_suppliers_are_walked_by_id() -> None:
    """Suppliers are as many as contracts, and are paged alike."""
    played = play(adapter().list_counterparties("19"), reply(payload("suppliers")))

    [request] = played.asked
    assert request.target == "suppliers"
    assert (request.params["id[gt]"], request.params["order_by"]) == ("19", "id")
    assert json.loads(str(request.params["fields"]))[:3] == ["id", "name", "status"]


def test_templates() -> None:
    """A template that is not active cannot be used, and is left out."""
    played = play(adapter().list_templates(None), reply(payload("templates")))

    [template] = played.result.items
    assert (template.id, template.name) == ("7", "Services, our paper")
    assert [request.target for request in played.asked] == ["contracts/templates"]


def test_a_page_of_inactive_templates_is_not_the_end() -> None:
    """The next page is found by what came, not by what is left of it."""
    many = [{"id": number, "active": False} for number in range(1, 51)]

    page = play(adapter().list_templates(None), reply(many)).result

    assert (page.items, page.next) == ([], "50")


def test_check() -> None:
    """One id is asked for; the scopes are those asked for, and nobody is named."""
    played = play(adapter().check(), reply([{"id": 1}]))

    assert played.result.identity is None
    assert played.result.scopes == (
        "core.contract.read",
        "core.supplier.read",
        "core.common.read",
    )
    [request] = played.asked
    assert request.params == {"limit": 1, "fields": '["id","created_at"]'}


def test_check_sees_a_login_page() -> None:
    """An HTML page with status 200 is no good answer."""
    with pytest.raises(PayloadError, match="HTML page"):
        play(adapter().check(), reply(body=b"<!DOCTYPE html><html>"))


def test_the_token_is_asked_for_beside_the_api() -> None:
    """/oauth2/token lies outside /api; 20 of 24 hours are used, and 5 s waited."""
    coupa = adapter()

    assert coupa.base_url == "https://acme.coupahost.com/api/"
    assert isinstance(coupa.auth, ClientCredentials)
    assert coupa.auth.token_url == "/oauth2/token"
    assert (coupa.auth.lifetime, coupa.auth.settle) == (20 / 24, 5.0)


def test_the_token_request() -> None:
    """Client credentials and scope go as a form, and nothing is signed."""
    coupa = adapter(token_settle=0.0)
    granted = {"access_token": "jwt", "token_type": "bearer", "expires_in": 86399}

    renewal = coupa.auth.renew(100.0)
    assert renewal is not None
    played = play(renewal, reply(granted))

    [request] = played.asked
    assert request.form == {
        "grant_type": "client_credentials",
        "client_id": "app",
        "client_secret": "s3",
        "scope": "core.contract.read core.supplier.read core.common.read",
    }
    assert not request.signed
    assert played.result.usable_at == 100.0
    assert played.result.renew_at == pytest.approx(100 + 86399 * 20 / 24)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (
            {
                "errors": {
                    "contract": [
                        "Number has already been taken",
                        "Supplier can't be blank",
                    ]
                }
            },
            ("Number has already been taken", "Supplier can't be blank"),
        ),
        ({"errors": {"warnings": ["Check the dates"]}}, ("Check the dates",)),
        ({"error": "invalid_token"}, ("invalid_token",)),
        ({"errors": {"base": []}, "status": 404}, ()),
        ("not allowed", ("not allowed",)),
    ],
)
def test_errors_in_json(told: Any, said: tuple[str, ...]) -> None:
    """Sentences are read from under whichever key they are filed."""
    assert adapter().complaints(reply(told, status=400)) == said


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"Couldn't find\nContract\n", ("Couldn't find Contract",)),
        (b"<html><body>Bad gateway</body></html>", ()),
        (b"<?xml version='1.0'?><errors/>", ()),
        (b"<errors><error>No &amp; no.</error></errors>", ("No & no.",)),
        (
            b'<errors>\n<error><![CDATA["a" < b]]></error><error>c </error></errors>',
            ('"a" < b', "c"),
        ),
        (b"\xff\xfe", ("\ufffd\ufffd",)),
        (b"", ()),
    ],
)
def test_errors_that_are_not_json(body: bytes, said: tuple[str, ...]) -> None:
    """Plain text and errors of XML are complaints; a page or nothing is none."""
    assert adapter().complaints(Response(502, {}, body)) == said


def test_the_report_names_keys_with_question_marks() -> None:
    """What has no place in the model is told, and not an error."""
    coupa = adapter()
    contract = play(coupa.get_contract("232"), reply(row())).result

    report = contract.source.report()

    unplaced = {line.path for line in report.unplaced}
    assert {"row.is-default?", "row.department.name", "row.consent"} <= unplaced
    assert "row.start-date" in {line.path for line in report.coerced}
    assert "row.name" in {line.path for line in report.mapped}
