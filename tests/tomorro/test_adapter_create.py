"""Creating a contract in Tomorro, as its reference has it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from email.utils import format_datetime

import pytest

from clm_bridge import (
    Contact,
    ExternalLink,
    InvalidInput,
    NewCounterparty,
    NotFound,
    PayloadError,
    Period,
    Signatory,
    Term,
    Upload,
)
from clm_bridge.adapter import Field, FieldKind
from clm_bridge.testing import play, reply

from .wire import (
    ACME,
    BODY,
    CONTRACT,
    FIELD,
    LINK,
    MEMBER,
    TEMPLATE,
    TYPE,
    adapter,
    counterparties,
    members,
    new,
)

MADE = reply(BODY, 201)
SINCE = datetime(2026, 1, 15, 10, 32, tzinfo=UTC)
SIGNING = (Signatory("Legal@buyer.example", ours=True), Signatory("ceo@acme.example"))


@pytest.fixture
def tomorro():
    return adapter()


def created(tomorro, told, *replies, fields=()):
    """Play a creation whose only write answers with a contract."""
    return play(tomorro.create_contract(told, fields), *replies, MADE)


def sent(tomorro, told, fields=()):
    """Return the body that is sent where nothing needs to be asked."""
    [request] = created(tomorro, told, fields=fields).asked
    return request.json


def problems(tomorro, told):
    return {one.path: one for one in tomorro.check_contract(told)}


def text(value, kind=FieldKind.TEXT):
    return Field(FIELD, "Department", kind, value)


def test_the_documented_body_is_sent(tomorro):
    """Key for key, after the name and the addresses were looked up."""
    told = new(
        name="MSA - Acme SAS",
        counterparty=NewCounterparty(name="Acme SAS"),
        signatories=SIGNING,
        owner="legal@buyer.example",
        external_link=LINK,
    )
    played = created(
        tomorro,
        told,
        counterparties(),
        members("legal@buyer.example"),
        fields=[text("Procurement", FieldKind.OPTION)],
    )

    assert played.result == CONTRACT
    assert [one.asked for one in played.asked] == [
        "GET counterparties",
        "GET members",
        "POST contracts",
    ]
    assert played.asked[-1].json == {
        "contractTypeId": TYPE,
        "templateId": TEMPLATE,
        "counterparty": {"name": "Acme SAS"},
        "name": "MSA - Acme SAS",
        "signatories": {
            "internalSignatoryMemberIds": [MEMBER],
            "externalSignatoryEmailList": ["ceo@acme.example"],
        },
        "fields": [{"fieldId": FIELD, "value": "Procurement"}],
        "contractMembersIds": [{"memberId": MEMBER}],
        "integration": {
            "type": "hubspot",
            "externalId": "1234567890",
            "externalEntity": "Deal",
            "externalUrl": LINK.url,
        },
    }


def test_what_is_not_said_is_not_sent(tomorro):
    """The least that a contract needs."""
    assert sent(tomorro, new()) == {
        "contractTypeId": TYPE,
        "templateId": TEMPLATE,
        "counterparty": {"id": ACME},
    }


def test_the_only_write_is_the_last_request(tomorro):
    """It is not repeated, and a dry run has words for its answer."""
    [request] = created(tomorro, new()).asked

    assert request.safe is False
    assert request.dry == {"id": "<id of the new contract>"}


@pytest.mark.parametrize(
    "answer", [{"id": CONTRACT}, {"id": f"ctr_{CONTRACT}"}, {"data": {"id": CONTRACT}}]
)
def test_the_id_is_read_in_every_form(answer, tomorro):
    """Plain, with a prefix, or in the wrapper of an older page."""
    assert play(tomorro.create_contract(new(), ()), reply(answer)).result == CONTRACT


def test_an_answer_without_an_id_is_an_error(tomorro):
    """It says where."""
    with pytest.raises(PayloadError, match="id"):
        play(tomorro.create_contract(new(), ()), reply({"name": "MSA"}))


def test_a_known_name_is_sent_by_its_id(tomorro):
    """So the address book gets no second entry; archived ones do not count."""
    told = new(counterparty=NewCounterparty(name="Acme SAS"))
    known = counterparties(
        ("4a1d7c0e-0001-4f0e-8f1a-0d5a7b9c1e22", "Acme SAS", "archived"),
        ("4a1d7c0e-0002-4f0e-8f1a-0d5a7b9c1e22", "Acme SASU", "active"),
        (ACME, "Acme SAS", "active"),
    )
    played = created(tomorro, told, known)

    assert played.asked[0].params["name"] == "Acme SAS"
    assert played.asked[-1].json["counterparty"] == {"id": ACME}


def test_a_name_of_two_is_refused(tomorro):
    """The error names the ids to choose from."""
    told = new(counterparty=NewCounterparty(name="Acme SAS"))
    other = "4a1d7c0e-0002-4f0e-8f1a-0d5a7b9c1e22"
    known = counterparties((ACME, "Acme SAS", "active"), (other, "Acme SAS", "active"))

    with pytest.raises(InvalidInput, match=f"{ACME}, {other}") as caught:
        play(tomorro.create_contract(told, ()), known)
    assert [one.path for one in caught.value.problems] == ["counterparty.name"]


def test_the_id_of_a_counterparty_wins(tomorro):
    """Nothing is looked up for it; a prefix is dropped."""
    told = new(counterparty=NewCounterparty("Acme", id=f"cpt_{ACME}"))

    assert sent(tomorro, told)["counterparty"] == {"id": ACME}


def test_the_type_is_that_of_the_template(tomorro):
    """It is looked up if it is not said."""
    row = {"id": TYPE, "name": "MSA", "templates": [{"id": TEMPLATE}]}
    types = reply({"contractTypes": [row], "hasNext": False, "hasPrevious": False})
    played = created(tomorro, new(type=None), types)

    assert played.asked[0].asked == "GET contract-types"
    assert played.asked[-1].json["contractTypeId"] == TYPE


def test_a_type_without_its_templates_is_asked_for_them(tomorro):
    """The list of types may leave them out."""
    types = reply({"contractTypes": [{"id": TYPE, "name": "MSA"}], "hasNext": False})
    played = created(tomorro, new(type=None), types, reply([{"id": TEMPLATE}]))

    assert played.asked[1].named == f"GET contract-types/{TYPE}/templates"


def test_an_unknown_template_is_refused(tomorro):
    """Where its type would have to be looked up; nothing is written."""
    types = reply({"contractTypes": [], "hasNext": False, "hasPrevious": False})

    with pytest.raises(InvalidInput, match="is of no contract type") as caught:
        play(tomorro.create_contract(new(type=None), ()), types)
    assert [one.path for one in caught.value.problems] == ["template"]


def test_members_are_read_once(tomorro):
    """And again for an address that was not among them."""
    first, second = new(owner="a@buyer.example"), new(owner="b@buyer.example")
    created(tomorro, first, members("a@buyer.example"))
    again = created(tomorro, first)
    other = created(tomorro, second, members("a@buyer.example", "b@buyer.example"))

    assert [one.asked for one in again.asked] == ["POST contracts"]
    assert [one.asked for one in other.asked] == ["GET members", "POST contracts"]


@pytest.mark.parametrize(
    "known", [members(), members("x@b.example", status="disabled")]
)
def test_a_stranger_does_not_sign_for_us(known, tomorro):
    """Every address that is no active member's is named, and nothing is written."""
    told = new(owner="o@b.example", signatories=[Signatory("x@b.example", ours=True)])

    with pytest.raises(InvalidInput) as caught:
        play(tomorro.create_contract(told, ()), known)
    assert [one.path for one in caught.value.problems] == [
        "signatories[0].email",
        "owner",
    ]


@pytest.mark.parametrize("prefix", ["", "mem_"])
def test_an_owner_may_be_told_by_id(prefix, tomorro):
    """Nobody is looked up; the prefix of the vendor's examples is dropped."""
    told = sent(tomorro, new(owner=prefix + MEMBER))

    assert told["contractMembersIds"] == [{"memberId": MEMBER}]


def test_ids_are_sent_plain(tomorro):
    """Whatever stands before them in the vendor's examples."""
    told = sent(tomorro, new(type=f"typ_{TYPE}", template=f"tpl_{TEMPLATE}"))

    assert (told["contractTypeId"], told["templateId"]) == (TYPE, TEMPLATE)


@pytest.mark.parametrize(
    ("value", "spelled"),
    [
        ("Procurement", "Procurement"),
        (3, 3),
        (Decimal("125000.50"), Decimal("125000.50")),
        (True, True),
        (date(2026, 1, 31), "2026-01-31"),
        (datetime(2026, 1, 31, 9, 30, tzinfo=UTC), "2026-01-31T09:30:00.000Z"),
        (("Europe", "Asia"), ["Europe", "Asia"]),
        (Period(years=1, months=3), "15 months"),
        (Period(months=1), "1 month"),
        (Period(days=90), "90 days"),
        ([{"children": [{"text": "Net 30"}]}], [{"children": [{"text": "Net 30"}]}]),
        (None, None),
    ],
)
def test_a_value_is_spelled_as_it_is_read(value, spelled, tomorro):
    """Labels for selections, days for dates, a number and its unit for a length."""
    told = sent(tomorro, new(), [text(value, FieldKind.OTHER)])

    assert told["fields"] == [{"fieldId": FIELD, "value": spelled}]


def test_a_length_of_two_units_is_refused(tomorro):
    """There is one number and one unit; nothing is asked."""
    length = text(Period(months=1, days=3), FieldKind.DURATION)

    with pytest.raises(InvalidInput, match="1 month 3 days"):
        play(tomorro.create_contract(new(), [length]))


def test_extra_is_put_over_the_body(tomorro):
    """Last, and object by object."""
    extra = {"folderId": TYPE, "counterparty": {"name": "Acme"}, "name": "Other"}
    told = sent(tomorro, new(name="MSA", extra=extra))

    assert told["folderId"] == TYPE
    assert told["counterparty"] == {"id": ACME, "name": "Acme"}
    assert told["name"] == "Other"


def test_the_own_id_may_be_a_field():
    """Then any system's will do, and the integration link stays free."""
    tomorro = adapter(external_id=f"field:{FIELD}")
    told = new(external_link=ExternalLink("ariba", "Requisition", "PR-1"))
    body = sent(tomorro, told)

    assert not problems(tomorro, told)
    assert body["fields"] == [{"fieldId": FIELD, "value": "PR-1"}]
    assert "integration" not in body


@pytest.mark.parametrize("system", ["ariba", None])
def test_the_integration_link_is_of_a_crm(system, tomorro):
    """Another system is refused, with the way out."""
    told = new(external_link=ExternalLink(system, None, "PR-1"))
    [problem] = problems(tomorro, told).values()

    assert problem.path == "external_link.system"
    assert "field:<smart field id>" in problem.accepts


@pytest.mark.parametrize(
    ("told", "path"),
    [
        ({"template": None}, "template"),
        ({"counterparty": None}, "counterparty"),
        (
            {"counterparty": NewCounterparty(contact=Contact("a@b.example"))},
            "counterparty",
        ),
        ({"document": Upload("draft", b"%PDF")}, "document"),
        ({"term": Term(notice=Period(years=1, days=1))}, "term.notice"),
    ],
)
def test_what_cannot_be_is_refused_before_any_request(told, path, tomorro):
    """Each by its path."""
    assert list(problems(tomorro, new(**told))) == [path]


def test_everything_that_is_missing_is_told_at_once(tomorro):
    """Not one problem after the other."""
    told = new(template=None, counterparty=None)

    assert list(problems(tomorro, told)) == ["template", "counterparty"]


def test_a_document_follows_as_a_version(tomorro):
    """A place is asked for, the file is put there with no credentials, then named."""
    place = {
        "url": "https://s3.example/put?X-Amz-Signature=abc",
        "key": "signedFiles/1",
    }
    told = new(document=Upload("msa.pdf", b"%PDF-1.7"))
    operation = tomorro.furnish_contract(CONTRACT, told, ())
    ask, put, version = play(operation, reply(place), reply(), reply({}, 201)).asked

    assert ask.asked == "POST files/upload-url"
    assert ask.json == {"name": "msa.pdf", "contentType": "application/pdf"}
    assert (put.method, put.url, put.signed) == ("PUT", place["url"], False)
    assert put.content == b"%PDF-1.7"
    assert put.headers == {"content-type": "application/pdf"}
    assert version.named == f"POST contracts/{CONTRACT}/versions"
    assert version.json == {
        "key": "signedFiles/1",
        "name": "msa.pdf",
        "contentType": "application/pdf",
    }


def test_without_a_document_nothing_follows(tomorro):
    """The document is the template's."""
    assert play(tomorro.furnish_contract(CONTRACT, new(), ())).asked == []


@pytest.mark.parametrize("key", ["url", "uploadUrl", "signedUrl"])
def test_the_place_of_a_file_is_found_by_its_form(key, tomorro):
    """Its key is not documented."""
    place = {"key": "signedFiles/1", key: "https://s3.example/put"}
    operation = tomorro.furnish_contract(
        CONTRACT, new(document=Upload("a.pdf", b"%PDF")), ()
    )
    _, put, _ = play(operation, reply(place), reply(), reply({})).asked

    assert put.url == "https://s3.example/put"


@pytest.mark.parametrize("place", [{"key": "k"}, {"url": "https://s3.example"}, ["k"]])
def test_a_file_without_a_place_is_an_error(place, tomorro):
    """Neither half of the answer can be done without."""
    told = new(document=Upload("a.pdf", b"%PDF"))

    with pytest.raises(PayloadError):
        play(tomorro.furnish_contract(CONTRACT, told, ()), reply(place))


def row(id=CONTRACT, name="MSA - Acme SAS"):
    return {"id": id, "name": name, "status": "draft"}


def rows(*found):
    return reply({"contracts": found, "hasNext": False, "hasPrevious": False})


def body(at="2026-01-15T10:32:01.000Z", **more):
    return reply({**BODY, "createdAt": at, **more})


def linked(own=LINK.id):
    return {"integration": {"type": "hubspot", "externalId": own}}


def test_a_lost_creation_is_looked_for_by_its_link(tomorro):
    """Among the contracts of that name created since, the newest first."""
    other = "1c0e9b63-4d2f-4e8b-8066-3b7c8d9e0f21"
    told = new(name="MSA - Acme SAS", external_link=LINK)
    found = play(
        tomorro.find_created(told, SINCE),
        rows(),
        rows(row(), row(name="Other"), row(other)),
        body(**linked()),
        body(**linked("else"), id=other),
    )

    assert found.asked[1].params == {
        "sort": "-createdAt",
        "createdAt": "gte:2026-01-15",
        "counterpartyId": ACME,
        "limit": 50,
    }
    assert [one.target for one in found.asked[2:]] == [
        f"contracts/{CONTRACT}",
        f"contracts/{other}",
    ]
    assert [one.id for one in found.result] == [CONTRACT]


def test_an_older_contract_ends_the_search(tomorro):
    """A minute is allowed for the way of an answer; what follows is older still."""
    told = new(name="MSA - Acme SAS", external_link=LINK)
    found = play(
        tomorro.find_created(told, SINCE),
        rows(),
        rows(row(), row(), row()),
        body("2026-01-15T10:31:00.000Z", **linked()),
        body("2026-01-15T10:30:59.999Z", **linked()),
    )

    assert len(found.result) == 1


def test_without_a_link_the_counterparty_tells(tomorro):
    """By its id or its name; the name of the contract is compared as well."""
    told = new(name="MSA - Acme SAS", counterparty=NewCounterparty(name="Acme SAS"))
    other = {"counterparty": {"id": TYPE, "name": "Acme"}}
    found = play(
        tomorro.find_created(told, SINCE),
        rows(),
        rows(row(), row(), row()),
        body(),
        body(**other),
        body(counterparty=None),
    )
    by_id = play(
        tomorro.find_created(new(name="MSA - Acme SAS"), SINCE),
        rows(),
        rows(row(), row()),
        body(),
        body(**other),
    )

    assert len(found.result) == len(by_id.result) == 1
    assert "counterpartyId" not in found.asked[1].params


def test_a_contract_that_is_gone_meanwhile_is_not_it(tomorro):
    """The search goes on."""
    told = new(name="MSA - Acme SAS", external_link=LINK)
    gone = NotFound("gone", status=404)
    found = play(
        tomorro.find_created(told, SINCE),
        rows(),
        rows(row(), row()),
        gone,
        body(**linked()),
    )

    assert len(found.result) == 1


def test_the_search_reads_every_page(tomorro):
    """As long as nothing older is met."""
    told = new(name="MSA - Acme SAS", external_link=LINK)
    first = {"contracts": [row(name="Other")], "hasNext": True, "nextCursor": "c"}
    found = play(
        tomorro.find_created(told, SINCE),
        rows(),
        reply(first),
        rows(row()),
        body(**linked()),
    )

    assert found.asked[2].params["after"] == "c"
    assert len(found.result) == 1


def test_nothing_tells_a_contract_that_has_neither_link_nor_name(tomorro):
    """Nobody can say which it is, and nothing is asked."""
    assert play(tomorro.find_created(new(), SINCE)).result is None


def test_the_search_goes_by_the_vendors_clock(tomorro):
    """Ours is ten days ahead, and the contract is found all the same."""
    told = new(name="MSA - Acme SAS", external_link=LINK)
    now = tomorro.workspace.now()
    theirs = {"date": format_datetime(SINCE, usegmt=True)}
    probe = reply({"contracts": [], "hasNext": False}, headers=theirs)
    found = play(tomorro.find_created(told, now), probe, rows(row()), body(**linked()))

    assert found.asked[1].params["createdAt"] == "gte:2026-01-15"
    assert len(found.result) == 1
