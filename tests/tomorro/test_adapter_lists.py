"""Tomorro's other lists, its envelopes and cursors, its files and its errors."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path

import pytest

from clm_bridge import (
    DocumentKind,
    FieldKind,
    NotFound,
    PayloadError,
    Ref,
    Rejected,
    Unsupported,
)
from clm_bridge.adapter import Query, Response, Secret, Workspace
from clm_bridge.testing import play, reply
from clm_bridge_tomorro import Tomorro
from clm_bridge_tomorro._config import Config

PAYLOADS = Path(__file__).parent / "payloads"
MSA = "0b9f8a52-3c1e-4d7a-9f55-2a6b7c8d9e10"
NDA = "1c0e9b63-4d2f-4e8b-8066-3b7c8d9e0f21"
ACME = "4a1d7c0e-6f1b-4f0e-8f1a-0d5a7b9c1e22"
CURSOR = "eyJpZCI6IjEyMyJ9"
ROWS = [
    {"id": MSA, "name": "MSA", "status": "draft"},
    {"id": NDA, "name": "NDA", "status": "signed"},
]


def payload(name):
    return json.loads((PAYLOADS / f"{name}.json").read_text())


def answer(name):
    return reply(body=(PAYLOADS / f"{name}.json").read_bytes())


def adapter(**settings):
    return Tomorro(Config(Secret("hush"), **settings), Workspace("acme"))


@pytest.fixture
def tomorro():
    return adapter()


def contracts(tomorro, payload, cursor=None):
    return play(tomorro.list_contracts(Query(), cursor), reply(payload)).result


def called(*names, after=None):
    data = [
        {"id": f"4a1d7c0e-000{n}-4f0e-8f1a-0d5a7b9c1e22", "name": name}
        for n, name in enumerate(names)
    ]
    paging = {"next_cursor": after, "has_next": after is not None}
    return reply({"data": data, "pagination": paging})


def named(name):
    return Query(counterparty=name)


@pytest.mark.parametrize(
    "envelope",
    [
        {"contracts": ROWS, "hasNext": False},
        {"data": ROWS, "pagination": {"has_next": False}, "links": {"next": None}},
        {"data": ROWS},
        ROWS,
    ],
)
def test_rows_come_in_four_envelopes(envelope, tomorro):
    """The documentation shows all four."""
    page = contracts(tomorro, envelope)

    assert [one.id for one in page.items] == [MSA, NDA]
    assert page.next is None


@pytest.mark.parametrize(
    "paging",
    [
        {"pagination": {"next_cursor": CURSOR, "has_next": True}},
        {"pagination": {"nextCursor": CURSOR, "hasNext": True}},
        {"pagination": {"next": CURSOR, "hasNext": True}},
        {"next_cursor": CURSOR},
        {"nextCursor": CURSOR, "hasNext": True},
        {"next": CURSOR},
        {"links": {"next": f"/contracts?limit=50&after={CURSOR}"}},
        {"pagination": {"next": f"/contracts?after={CURSOR}&limit=50"}},
    ],
)
def test_the_cursor_is_found_in_every_spelling(paging, tomorro):
    """Under pagination, at the top, or in the next link."""
    assert contracts(tomorro, {"data": ROWS, **paging}).more == [CURSOR]


def test_a_cursor_in_a_link_keeps_its_plus(tomorro):
    """Base64 has a sign that a query would read as a blank."""
    links = {"next": "/contracts?after=eyJp+ZCI6"}

    assert contracts(tomorro, {"data": ROWS, "links": links}).next == "eyJp+ZCI6"


def test_a_cursor_on_the_last_page_is_not_followed(tomorro):
    """has_next counts more than the cursor of the last row."""
    paging = {"next_cursor": CURSOR, "has_next": False}

    assert contracts(tomorro, {"data": ROWS, "pagination": paging}).more == []


def test_the_cursor_is_built_where_none_is_told(tomorro):
    """The documented list says that more follows and shows no cursor."""
    page = contracts(tomorro, payload("contracts"))

    assert json.loads(b64decode(page.next)) == {"id": NDA}
    assert b64decode(page.next).decode() == f'{{"id":"{NDA}"}}'


def test_a_built_cursor_holds_the_plain_id(tomorro):
    """A prefix is never sent back."""
    rows = [{"id": f"ctr_{MSA}", "name": "MSA", "status": "draft"}]

    page = contracts(tomorro, {"contracts": rows, "hasNext": True})

    assert json.loads(b64decode(page.next)) == {"id": MSA}


def test_more_after_an_empty_page_is_refused(tomorro):
    """A listing never ends early without saying so."""
    with pytest.raises(PayloadError, match="more follows"):
        contracts(tomorro, {"contracts": [], "hasNext": True})


def test_a_cursor_is_sent_as_after(tomorro):
    """Paging goes forward."""
    played = play(tomorro.list_contracts(Query(limit=25), CURSOR), answer("contracts"))

    assert played.asked[0].params["after"] == CURSOR


def test_a_list_without_rows_says_where(tomorro):
    """The path is in the vendor's own keys."""
    with pytest.raises(PayloadError) as caught:
        contracts(tomorro, {"contracts": {"hush": 1}})

    assert caught.value.problems == ("$.contracts: expected a list",)
    assert "hush" not in str(caught.value)


def test_a_row_that_is_no_object_is_refused(tomorro):
    """A row is read as strictly as a contract."""
    with pytest.raises(PayloadError, match="expected an object, got text"):
        contracts(tomorro, {"contracts": ["hush"]})


def test_a_counterparty_is_looked_up_by_its_exact_name(tomorro):
    """The vendor matches parts of names; only the whole name counts here."""
    played = play(
        tomorro.list_contracts(named("Acme SAS"), None),
        answer("counterparties"),
        answer("contracts"),
    )

    assert [one.path for one in played.asked] == ["counterparties", "contracts"]
    assert played.asked[0].params["name"] == "Acme SAS"
    assert played.asked[1].params["counterpartyId"] == ACME


@pytest.mark.parametrize("prefix", ["", "cpt_"])
def test_a_counterpartys_id_needs_no_look_up(prefix, tomorro):
    """A UUID is an id and not a name, with a prefix or without."""
    asked = named(prefix + ACME)

    played = play(tomorro.list_contracts(asked, None), answer("contracts"))

    assert [one.params.get("counterpartyId") for one in played.asked] == [ACME]


def test_a_counterparty_that_does_not_exist_has_no_contracts(tomorro):
    """A part of a name is not a name."""
    played = play(tomorro.list_contracts(named("Acme"), None), answer("counterparties"))

    assert played.result.items == ()


def test_a_counterparty_is_looked_up_to_the_end_of_the_list(tomorro):
    """The exact name may come after many that only contain it."""
    played = play(
        tomorro.list_contracts(named("Acme"), None),
        called("Acme One", after=CURSOR),
        called("Acme"),
        answer("contracts"),
    )

    assert played.asked[1].params["after"] == CURSOR
    assert played.asked[2].params["counterpartyId"].startswith("4a1d7c0e-0000")


def test_a_look_up_that_goes_round_in_circles_ends(tomorro):
    """A vendor that ignores its cursor does not hang the caller."""
    with pytest.raises(PayloadError, match="earlier page"):
        play(
            tomorro.list_contracts(named("Acme"), None),
            called("Acme One", after=CURSOR),
            called("Acme One", after=CURSOR),
        )


def test_a_name_that_several_counterparties_share_is_refused(tomorro):
    """Nothing makes a counterparty's name unique."""
    with pytest.raises(Unsupported, match="2 counterparties are called 'Acme'; pass"):
        play(tomorro.list_contracts(named("Acme"), None), called("Acme", "Acme"))


def test_the_next_page_does_not_look_up_the_name_again(tomorro):
    """The cursor carries the counterparty's id."""
    query = named("Acme SAS")
    first = play(
        tomorro.list_contracts(query, None),
        answer("counterparties"),
        reply({"contracts": ROWS, "hasNext": True, "nextCursor": CURSOR}),
    ).result

    played = play(tomorro.list_contracts(query, first.next), answer("contracts"))

    (asked,) = played.asked
    assert (asked.params["counterpartyId"], asked.params["after"]) == (ACME, CURSOR)


def test_archived_counterparties_are_asked_for(tomorro):
    """They stay on contracts, and a list may leave them out unless asked."""
    lookup = play(tomorro.list_contracts(named("Nobody"), None), called())
    whole = play(tomorro.list_counterparties(None), called())

    for played in (lookup, whole):
        assert played.asked[0].params["status"] == "in:active,archived"


def test_counterparties_are_active_or_archived(tomorro):
    """The vendor's two words become yes and no."""
    page = play(tomorro.list_counterparties(None), answer("counterparties")).result

    assert [(one.name, one.active) for one in page.items] == [
        ("Acme SAS", True),
        ("Acme SAS Holding", False),
    ]


def test_a_counterpartys_map_of_fields_identifies_it(tomorro):
    """Counterparties have a map where contracts have a list; its texts are told."""
    row = payload("counterparty")
    row["fields"] |= {"9d0f3b1c-3333-4333-8444-555566667777": 3}

    page = play(tomorro.list_counterparties(None), reply({"data": [row]})).result

    assert page.items[0].id == ACME
    assert page.items[0].identifiers == {
        "ff093e5d-39af-4cf6-8920-c07c9e3f5921": "FR12345678901"
    }
    assert page.items[0].source.raw["counterparty"] == row


def test_templates_come_with_their_type(tomorro):
    """One call is enough; a template has a language and no name."""
    played = play(tomorro.list_templates(None), answer("contract_types"))

    (template,) = played.result.items
    assert [one.asked for one in played.asked] == ["GET contract-types"]
    assert (template.name, template.language) == (None, "FR")
    assert template.type == Ref(
        "7be0a1f2-90d4-4c55-b3b6-1f2e3d4c5b6a", "Master Services Agreement"
    )


def test_templates_are_asked_for_where_the_type_lacks_them(tomorro):
    """The type's own list is a bare array."""
    types = payload("contract_types")
    del types["contractTypes"][0]["templates"]

    played = play(tomorro.list_templates(None), reply(types), answer("templates"))

    assert played.asked[1].target == (
        "contract-types/7be0a1f2-90d4-4c55-b3b6-1f2e3d4c5b6a/templates"
    )
    assert [one.id for one in played.result.items] == [
        "2f6c9a10-5a77-4a0b-9d3e-6b8c7d9e0f11"
    ]


def test_fields_have_kinds_and_options(tomorro):
    """Only a select is asked for its options; an unknown type is OTHER."""
    played = play(tomorro.list_fields(None), answer("smart_fields"), answer("options"))

    assert [(one.label, one.kind) for one in played.result.items] == [
        ("Department", FieldKind.OPTION),
        ("Amount", FieldKind.NUMBER),
        ("Signed copy", FieldKind.OTHER),
    ]
    assert played.result.items[0].options == ("Procurement",)
    assert played.asked[1].target == (
        "smart-fields/9d0f3b1c-2222-4333-8444-555566667777/options"
    )


def test_fields_are_those_of_contracts(tomorro):
    """Fields of counterparties are no use to the settings' tables."""
    played = play(
        tomorro.list_fields(CURSOR), answer("smart_fields"), answer("options")
    )

    assert played.asked[0].params == {
        "limit": 50,
        "after": CURSOR,
        "object": "contract",
    }
    assert played.result.more == [CURSOR]


def test_labels_come_in_the_language_of_the_settings():
    """Names are translated by the vendor, options by their own list."""
    played = play(
        adapter(language="fr").list_fields(None),
        answer("smart_fields"),
        answer("options"),
    )

    assert played.asked[0].params["lang"] == "fr"
    assert played.result.items[0].options == ("Achats",)


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("string", FieldKind.TEXT),
        ("NUMBER", FieldKind.NUMBER),
        ("multi-select", FieldKind.OPTIONS),
        ("single select", FieldKind.OPTION),
        (None, FieldKind.OTHER),
    ],
)
def test_types_are_read_however_they_are_written(told, kind, tomorro):
    """The vendor publishes two of the words."""
    rows = {"data": [{"id": "1", "name": "F", "type": told}]}
    chosen = (FieldKind.OPTION, FieldKind.OPTIONS)
    options = [reply([])] if kind in chosen else []

    page = play(tomorro.list_fields(None), reply(rows), *options).result

    assert page.items[0].kind is kind


def test_documents_are_the_signed_files(tomorro):
    """A draft cannot be had."""
    played = play(tomorro.list_documents(f"ctr_{MSA}"), answer("signed_files"))

    (document,) = played.result
    assert played.asked[0].target == f"contracts/{MSA}/signed-files"
    assert document.kind is DocumentKind.SIGNED
    assert document.contract_id == MSA
    assert document.name == "MSA - Acme SAS - signed.pdf"
    assert document.media_type == "application/pdf"


def test_before_signature_there_is_no_document(tomorro):
    """An empty list is an answer."""
    assert play(tomorro.list_documents(MSA), reply([])).result == []


def test_a_download_asks_for_a_fresh_link(tomorro):
    """The link lives for minutes, and is called without credentials."""
    (document,) = play(tomorro.list_documents(MSA), answer("signed_files")).result

    played = play(tomorro.download_document(document), answer("signed_files"))

    assert [one.target for one in played.asked] == [f"contracts/{MSA}/signed-files"]
    assert played.result.url == "https://s3.example/bucket/path?X-Amz-Signature=abc"
    assert played.result.signed is False
    assert "X-Amz" not in repr(played.result)


def test_a_download_is_told_from_the_other_files(tomorro):
    """The signed set may hold a certificate as well."""
    (document,) = play(tomorro.list_documents(MSA), answer("signed_files")).result
    (file,) = payload("signed_files")
    other = {**file, "id": "other", "downloadUrl": "https://s3.example/certificate"}

    played = play(tomorro.download_document(document), reply([other, file]))

    assert played.result.url == file["downloadUrl"]


def test_a_file_that_is_gone_is_not_found(tomorro):
    """The contract may have been signed anew."""
    (document,) = play(tomorro.list_documents(MSA), answer("signed_files")).result

    with pytest.raises(NotFound, match="no longer has this signed file"):
        play(tomorro.download_document(document), reply([]))


def test_a_check_is_the_smallest_list(tomorro):
    """Tomorro does not say who is asking, and no identity is made up."""
    played = play(tomorro.check(), answer("contracts"))

    assert [(one.path, one.params) for one in played.asked] == [
        ("contracts", {"limit": 1})
    ]
    assert (played.result.identity, played.result.scopes) == (None, None)


def test_a_check_tells_of_a_key_that_sees_nothing(tomorro):
    """A personal key sees what its owner does, which may be no contract at all."""
    empty = reply({"contracts": [], "hasNext": False})

    notes = play(tomorro.check(), empty).result.notes

    assert any("no contract" in one for one in notes)


def test_a_check_tells_of_a_deprecated_version(tomorro):
    """The vendor warns in a header, and says in another until when."""
    told = {
        "x-api-deprecation-warning": "2025-01-15.init is deprecated",
        "sunset": "2026-12-31",
    }

    played = play(tomorro.check(), reply(payload("contracts"), headers=told))

    notes = " ".join(played.result.notes)
    assert "2025-01-15.init is deprecated" in notes
    assert "until 2026-12-31" in notes


def test_a_check_refuses_an_answer_that_is_no_list(tomorro):
    """A login page with status 200 is not a yes."""
    with pytest.raises(PayloadError, match="HTML page"):
        play(tomorro.check(), reply(body=b"<!doctype html><title>Sign in</title>"))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            (PAYLOADS / "error.json").read_bytes(),
            ("limit must not be greater than 50", "limit must be a number"),
        ),
        (b'{"message": "Contract not found"}', ("Contract not found",)),
        (b'{"error": "Not Found"}', ("Not Found",)),
        (b'{"message": {"code": 1}}', ()),
        (b'{"message": 5}', ()),
        (b'["no"]', ("no",)),
        (b"<html>", ()),
        (b"", ()),
    ],
)
def test_an_errors_words_are_read_where_there_are_any(body, words, tomorro):
    """The shape of errors is not published; nothing here raises."""
    assert tomorro.complaints(Response(400, {}, body)) == words


def test_all_operations_but_the_search_are_offered(tomorro):
    """The search for an external id goes through the link index."""
    assert tomorro.searches_links is False
    assert tomorro.capabilities() == {
        "check",
        "contracts.cancel",
        "contracts.create",
        "contracts.find_by_external_id",
        "contracts.get",
        "contracts.link",
        "contracts.list",
        "contracts.people",
        "contracts.request_signature",
        "contracts.send_to_counterparty",
        "contracts.status",
        "contracts.unlink",
        "contracts.update",
        "counterparties.create",
        "counterparties.find",
        "counterparties.list",
        "documents.download",
        "documents.list",
        "documents.upload",
        "events.receive",
        "fields.list",
        "fields.set",
        "templates.list",
    }


def test_a_cursor_whose_row_is_gone_gives_way_to_an_earlier_one(tomorro):
    """Some rows come again, and none is hidden."""
    page = {"contracts": [], "hasNext": False, "hasPrevious": True}
    gone = reply({"message": "the cursor is not known"}, status=400)

    played = play(tomorro.list_contracts(Query(), "new,old"), gone, reply(page))

    assert [asked.params["after"] for asked in played.asked] == ["new", "old"]


def test_a_refusal_of_everything_is_told(tomorro):
    """What is refused at the beginning, too, is not about a cursor."""
    gone = reply({"message": "no"}, status=400)

    with pytest.raises(Rejected):
        play(tomorro.list_contracts(Query(), "new,old"), gone, gone, gone)
