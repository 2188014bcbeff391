"""What is around a contract in Tomorro: files, the address book, people."""

from __future__ import annotations

import pytest

from clm_bridge import (
    Contact,
    DocumentKind,
    FieldKind,
    InvalidInput,
    NewCounterparty,
    PersonRole,
    TimedOut,
    Upload,
)
from clm_bridge._workspace import Pointer
from clm_bridge.adapter import Secret, Workspace
from clm_bridge.testing import play, reply
from clm_bridge_tomorro import Tomorro
from clm_bridge_tomorro._config import Config

from .wire import ACME, BODY, CONTRACT, FIELD, MEMBER, adapter, counterparties

PLACE = {"url": "https://s3.example/put", "key": "signedFiles/1"}
VAT = "ff093e5d-39af-4cf6-8920-c07c9e3f5921"
ENTRY = {
    "id": ACME,
    "name": "Acme SAS",
    "status": "active",
    "logoUrl": None,
    "fields": {VAT: "FR12345678901"},
    "createdAt": "2026-01-01T00:00:00.000Z",
    "updatedAt": "2026-01-02T00:00:00.000Z",
}


@pytest.fixture
def tomorro():
    return adapter()


def uploaded(tomorro, *replies, name="msa.pdf"):
    file = Upload(name, b"%PDF-1.7")
    return play(
        tomorro.upload_document(f"ctr_{CONTRACT}", file, DocumentKind.DRAFT), *replies
    )


def smart_fields(*rows):
    data = [{"id": own, "name": name, "type": "string"} for own, name in rows]
    return reply({"data": data, "pagination": {"has_next": False}})


def test_a_file_becomes_a_version(tomorro):
    """After it was put into the storage; a dry run has words for the place."""
    asked = uploaded(tomorro, reply(PLACE), reply(), reply({}, 201)).asked

    assert [one.asked for one in asked] == [
        "POST files/upload-url",
        "PUT upload link",
        "POST contracts/{id}/versions",
    ]
    assert asked[0].dry["key"] == "<key of the file>"
    assert asked[2].ids == {"id": CONTRACT}
    assert asked[2].json["key"] == "signedFiles/1"


def test_a_file_has_an_ending(tomorro):
    """The vendor wants it; nothing is asked."""
    with pytest.raises(InvalidInput, match="has no ending"):
        uploaded(tomorro, name="msa")


@pytest.mark.parametrize(("answered", "in_doubt"), [(0, False), (1, False), (2, True)])
def test_only_the_last_request_can_leave_doubt(answered, in_doubt, tomorro):
    """Before it, the contract has not seen the file."""
    replies = [reply(PLACE), reply()][:answered]

    with pytest.raises(TimedOut) as caught:
        uploaded(tomorro, *replies, TimedOut("no answer"))
    assert caught.value.in_doubt is in_doubt


def test_only_drafts_are_taken(tomorro):
    """What a signed upload does to a contract is not documented."""
    assert tomorro.uploads == {DocumentKind.DRAFT}


def test_counterparties_are_found_by_their_whole_name(tomorro):
    """The filter takes parts of it; archived entries come last."""
    other = "4a1d7c0e-0002-4f0e-8f1a-0d5a7b9c1e22"
    known = counterparties(
        (other, "Acme SAS", "archived"),
        (VAT, "Acme SAS Lyon", "active"),
        (ACME, "Acme SAS", "active"),
    )
    played = play(tomorro.find_counterparties("Acme SAS"), known)

    assert played.asked[0].params["status"] == "in:active,archived"
    assert [(one.id, one.active) for one in played.result] == [
        (ACME, True),
        (other, False),
    ]


def test_a_counterparty_is_added(tomorro):
    """Its name is all that is required."""
    operation = tomorro.create_counterparty(NewCounterparty(name="Acme SAS"))
    played = play(operation, reply(ENTRY, 201))

    assert played.asked[0].json == {"name": "Acme SAS"}
    assert (played.result.id, played.result.active) == (ACME, True)


@pytest.mark.parametrize("key", [VAT, "VAT number", "vat NUMBER"])
def test_identifiers_are_smart_fields(key, tomorro):
    """By id or name; they go in as a list of attributes."""
    told = NewCounterparty(name="Acme SAS", identifiers={key: "FR12345678901"})
    known = smart_fields((FIELD, "Legal name"), (VAT, "VAT number"))
    asked = play(tomorro.create_counterparty(told), known, reply(ENTRY, 201)).asked

    assert asked[0].params["object"] == "external_party"
    assert asked[1].json == {
        "name": "Acme SAS",
        "attributes": [{"attributeDefinitionId": VAT, "value": "FR12345678901"}],
    }


def test_an_unknown_identifier_is_refused(tomorro):
    """With the names that there are; nothing is written."""
    told = NewCounterparty(name="Acme SAS", identifiers={"DUNS": "1"})

    with pytest.raises(InvalidInput, match=r"'DUNS'.*VAT number"):
        play(tomorro.create_counterparty(told), smart_fields((VAT, "VAT number")))


def test_a_country_has_no_place(tomorro):
    """A contact has none either, and is left out as declared."""
    with pytest.raises(InvalidInput, match=r"counterparty\.country"):
        play(tomorro.create_counterparty(NewCounterparty("Acme SAS", country="FR")))
    told = NewCounterparty(name="Acme SAS", contact=Contact("ceo@acme.example"))
    [request] = play(tomorro.create_counterparty(told), reply(ENTRY, 201)).asked

    assert request.json == {"name": "Acme SAS"}


def test_people_are_those_of_the_contract(tomorro):
    """Author, signatories and participants come with its body."""
    author = {"id": f"mem_{MEMBER}", "email": "legal@buyer.example"}
    body = reply({**BODY, "author": author, "contractMembers": [author]})
    people = play(tomorro.list_people(CONTRACT), body).result

    assert [one.role for one in people] == [PersonRole.AUTHOR, PersonRole.PARTICIPANT]


@pytest.mark.parametrize(
    ("pointer", "kind"),
    [
        (Pointer(FIELD), FieldKind.DURATION),
        (Pointer(FIELD, unit="months"), FieldKind.TEXT),
        (Pointer(VAT), FieldKind.TEXT),
    ],
)
def test_a_text_that_holds_a_length_is_defined_as_one(pointer, kind):
    """The settings say so, and it is read as one."""
    workspace = Workspace("acme", term={"notice": pointer})
    tomorro = Tomorro(Config(Secret("hush")), workspace)
    found = play(tomorro.list_fields(None), smart_fields((FIELD, "Notice"))).result

    assert [one.kind for one in found.items] == [kind]
