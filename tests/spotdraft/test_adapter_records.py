"""Documents, templates, counterparties, credentials and errors."""

from __future__ import annotations

import json

import pytest

from clm_bridge import (
    DocumentKind,
    PayloadError,
)
from clm_bridge.adapter import Response, Secret
from clm_bridge.testing import play, reply
from clm_bridge_spotdraft._config import Config

from .reading import adapter, listed


def test_the_latest_copy_of_an_executed_contract_is_the_signed_one(spotdraft):
    """Before that it is a draft."""
    executed = reply({"contract_status": "EXECUTED", "contract_name": "MSA"})

    [document] = play(spotdraft.list_documents("T-1"), executed).result

    assert (document.kind, document.name) == (DocumentKind.SIGNED, "MSA.pdf")


def test_a_download_asks_for_a_fresh_link_and_goes_there_bare(spotdraft):
    """The link is fetched without credentials; the format is in upper case."""
    executed = reply({"contract_status": "EXECUTED", "contract_name": "MSA"})
    [document] = play(spotdraft.list_documents("T-1"), executed).result
    link = {"url": "https://storage.example/x?signature=1", "file_name": "x.pdf"}

    played = play(spotdraft.download_document(document), reply(link))

    assert played.asked[0].json == {"format": "PDF"}
    assert played.result.url == "https://storage.example/x?signature=1"
    assert not played.result.signed


def test_templates_come_at_once(spotdraft):
    """The list is not paged."""
    told = {"items": [{"id": 1204, "name": "MSA", "contract_type_id": 10}]}

    [template] = play(spotdraft.list_templates(None), reply(told)).result.items

    assert (template.id, template.name, template.type.id) == ("1204", "MSA", "10")


def test_counterparties_are_paged_by_number(spotdraft):
    """An archived one is not active."""
    row = {
        "id": 5,
        "name": "Globex Ltd",
        "status": "ARCHIVED",
        "contacts": [{"id": 9, "name": "Avery", "email": "a@globex.example"}],
    }

    page = play(spotdraft.list_counterparties(None), listed(row, total=150)).result

    assert (page.items[0].id, page.items[0].active, page.more) == ("5", False, ["2"])
    assert page.items[0].contacts[0].email == "a@globex.example"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"detail": "Not Found"}, ("Not Found",)),
        (
            {"detail": "no", "status_code": 400, "code": "SD_1", "message": "no"},
            ("SD_1", "no"),
        ),
        ({"limit": ["too big"]}, ("limit: too big",)),
        (
            {"assignees": {"0": {"entity_id": ["Field required"]}}},
            ("assignees: 0: entity_id: Field required",),
        ),
        ({"error": "no flag"}, ("no flag",)),
    ],
)
def test_all_shapes_of_error_bodies_are_read(spotdraft, body, words):
    """Detail, code, per field, nested, and error."""
    said = spotdraft.complaints(Response(400, {}, json.dumps(body).encode()))

    assert said == words


def test_an_error_that_is_not_json_has_no_words(spotdraft):
    """A gateway's page says nothing about the contract."""
    assert spotdraft.complaints(Response(502, {}, b"<html>Bad gateway")) == ()


def test_the_region_chooses_the_host():
    """Credentials belong to one region."""
    assert adapter(Config("id", Secret("x"), region="in")).base_url == (
        "https://api.in.spotdraft.com/api/v2.1/public/"
    )


def test_the_user_is_sent_only_when_configured():
    """Without it the call acts as the credential's own user."""
    plain = adapter()
    acting = adapter(Config("id", Secret("x"), user_email="jo@acme.example"))

    assert "user-email" not in plain.auth.headers
    assert acting.auth.headers["user-email"] == "jo@acme.example"


def test_check_makes_the_cheapest_call(spotdraft):
    """One contract, one page."""
    played = play(spotdraft.check(), listed())

    assert played.asked[0].params == {"page": 1, "limit": 1}
    assert played.result.identity is None


def test_an_html_page_is_no_good_answer_to_the_check(spotdraft):
    """A login page says nothing about credentials, whatever its status."""
    with pytest.raises(PayloadError, match="HTML"):
        play(spotdraft.check(), reply(body=b"<html><body>Sign in</body></html>"))


@pytest.mark.parametrize(
    ("word", "active"),
    [("ACTIVE", True), ("ARCHIVED", False), ("MIGRATING", None), (None, None)],
)
def test_a_counterparty_that_migrates_is_neither(spotdraft, word, active):
    """Only two of the three words say it."""
    row = {"id": 5, "name": "Globex Ltd", "status": word}

    [found] = play(spotdraft.list_counterparties(None), listed(row)).result.items

    assert found.active is active


def test_counterparties_page_as_the_vendor_says(spotdraft):
    """The envelope says how many rows a page has."""
    told = {
        "page": 1,
        "limit": 50,
        "total_results": 120,
        "results": [{"id": 5, "name": "Globex Ltd"}],
    }

    page = play(spotdraft.list_counterparties(None), reply(told)).result

    assert page.more == ["2", "3"]


def test_an_address_without_an_id_harms_nothing(spotdraft):
    """The schema requires the id that the example leaves out."""
    row = {"id": 5, "name": "Globex Ltd", "primary_address": {"line_one": "1 Main St"}}

    [found] = play(spotdraft.list_counterparties(None), listed(row)).result.items

    assert found.name == "Globex Ltd"


def test_the_short_form_of_a_coded_error_is_read(spotdraft):
    """Some calls send detail and code alone."""
    body = b'{"detail": "no", "code": "SD_PUBLIC_00009"}'

    assert spotdraft.complaints(Response(400, {}, body)) == ("SD_PUBLIC_00009", "no")
