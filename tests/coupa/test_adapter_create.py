"""
Creating contracts, from the documented minimal create.

…/contracts-api-(contracts)/contract-api-example-calls
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from clm_bridge import (
    ExternalLink,
    InvalidInput,
    KeyDates,
    Money,
    NewContract,
    NewCounterparty,
    Period,
    Rejected,
    Signatory,
    Status,
    Term,
    TermKind,
    Upload,
)
from clm_bridge.adapter import Contact, Field, FieldKind, PayloadError, Response
from clm_bridge.testing import Played, play, reply

from .reading import adapter, row
from .telling import faults, new, paths, supplier, suppliers

MADE = reply({"id": 232}, status=201)


def create(told: NewContract, *fields: Field, **settings: Any) -> Played:
    coupa = adapter(**settings)
    return play(coupa.create_contract(told, fields), suppliers(), MADE)


def sent(told: NewContract, *fields: Field, **settings: Any) -> dict[str, Any]:
    """Return the body with which a contract is created."""
    body: dict[str, Any] = create(told, *fields, **settings).asked[-1].json
    return body


def test_the_documented_minimal_create() -> None:
    """Neutral renewal fields, midnights with the company's offset, decimals as text."""
    played = create(new())
    looked, posted = played.asked

    assert played.result == "232"
    assert (looked.target, looked.params["number"]) == ("suppliers", "V-10020")
    assert (posted.method, posted.target) == ("POST", "contracts")
    assert posted.params == {"fields": '["id"]'}
    assert posted.json == {
        "name": "Acme master services",
        "number": "ACME-2026-001",
        "status": "draft",
        "start-date": "2026-01-01T00:00:00-08:00",
        "end-date": "2026-12-31T00:00:00-08:00",
        "supplier": {"id": 20},
        "currency": {"code": "EUR"},
        "maximum-value": "250000.00",
        "max-commit": "250000.00",
        "term-type": "fixed",
        "no-of-renewals": 0,
        "renewal-length-unit": "",
        "renewal-length-value": 0,
        "reason-insight-events": [],
        "external-contract-id": "PR-9001",
    }


def test_only_the_creation_is_no_read() -> None:
    """The supplier is looked up first, and the one write is the last request."""
    assert [request.safe for request in create(new()).asked] == [True, False]


def test_the_offset_is_that_of_the_day() -> None:
    """In summer the company's midnight has another offset."""
    dates = KeyDates(effective_on=date(2026, 7, 1))

    assert sent(new(key_dates=dates))["start-date"] == "2026-07-01T00:00:00-07:00"


def test_what_renews() -> None:
    """Renewals and notice are a unit and a whole number."""
    term = Term(
        TermKind.AUTO_RENEW,
        renewal_length=Period(years=1, months=6),
        renewals_max=2,
        notice=Period(days=90),
    )
    body = sent(new(term=term))

    assert {key: body[key] for key in body if "renew" in key or "notice" in key} == {
        "no-of-renewals": 2,
        "renewal-length-unit": "months",
        "renewal-length-value": 18,
        "termination-notice": "yes",
        "termination-notice-length-unit": "days",
        "termination-notice-length-value": 90,
    }
    assert body["term-type"] == "auto_renew"


def test_a_term_of_no_known_kind() -> None:
    """What is said of it is written, and the kind is not."""
    body = sent(new(term=Term(notice=Period(months=3))))

    assert "term-type" not in body
    assert body["termination-notice-length-unit"] == "months"


def test_years_stay_years() -> None:
    """A whole number of years is not said in months."""
    body = sent(new(term=Term(TermKind.AUTO_RENEW, renewal_length=Period(years=2))))

    assert (body["renewal-length-unit"], body["renewal-length-value"]) == ("years", 2)


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.DRAFT, "draft"),
        (Status.EXECUTED, "published"),
        (Status.CANCELLED, "inactive"),
    ],
)
def test_a_contract_begins_in_three_ways(status: Status, word: str) -> None:
    """Coupa's pages show all three."""
    assert sent(new(status=status))["status"] == word


def test_days_that_an_executed_contract_has() -> None:
    """Execution and publishing are written if they are told."""
    dates = KeyDates(executed_on=date(2026, 1, 20), published_on=date(2026, 1, 21))
    body = sent(new(status=Status.EXECUTED, key_dates=dates))

    assert body["execution-date"] == "2026-01-20T00:00:00-08:00"
    assert body["published-date"] == "2026-01-21T00:00:00-08:00"


@pytest.mark.parametrize(
    ("owner", "told"),
    [
        ("pdoe@buyer.example", {"email": "pdoe@buyer.example"}),
        ("16", {"id": 16}),
        ("pdoe", {"login": "pdoe"}),
    ],
)
def test_an_owner_is_named_by_a_natural_key(owner: str, told: dict[str, Any]) -> None:
    """E-mail, id and login each name a user."""
    assert sent(new(owner=owner))["contract-owner"] == told


def test_a_type_is_an_id() -> None:
    """Contract types are referred to by a number."""
    assert sent(new(type="4"))["contract-type"] == {"id": 4}


def test_the_own_id_serves_as_number() -> None:
    """A number is needed, and a record always has an id."""
    assert sent(new(number=None))["number"] == "PR-9001"


@pytest.mark.parametrize(
    ("where", "placed"),
    [
        ("external-contract-id", {"external-contract-id": "PR-9001"}),
        ("source-id", {"source-id": "PR-9001", "source-type": "salesforce"}),
        ("custom-field:erp-agreement", {"custom-fields": {"erp-agreement": "PR-9001"}}),
    ],
)
def test_the_own_id_goes_where_the_settings_say(
    where: str, placed: dict[str, Any]
) -> None:
    """It is written where it is looked for."""
    body = sent(new(), external_id=where)

    assert {key: body[key] for key in placed} == placed
    assert body["number"] == "ACME-2026-001"


def test_the_own_id_as_number() -> None:
    """Then the number is the link, and there is nothing besides."""
    body = sent(new(number=None), external_id="number")

    assert body["number"] == "PR-9001"
    assert "external-contract-id" not in body


def test_fields_of_every_kind() -> None:
    """Lookups by name, days as midnights, decimals as text."""
    fields = [
        Field("erp-agreement", "", FieldKind.TEXT, "4600001234"),
        Field("share", "", FieldKind.NUMBER, Decimal("0.10")),
        Field("risk-score", "", FieldKind.NUMBER, 3),
        Field("personal-data", "", FieldKind.BOOLEAN, False),
        Field("review-date", "", FieldKind.DATE, date(2027, 2, 28)),
        Field(
            "seen", "", FieldKind.INSTANT, datetime(2026, 3, 1, 9, 30, 5, 7, tzinfo=UTC)
        ),
        Field("business-unit", "", FieldKind.OPTION, "EMEA"),
        Field("regions", "", FieldKind.OPTIONS, ("EMEA", "APAC")),
        Field("second-owner", "", FieldKind.OPTION, None),
    ]

    assert sent(new(), *fields)["custom-fields"] == {
        "erp-agreement": "4600001234",
        "share": "0.10",
        "risk-score": 3,
        "personal-data": False,
        "review-date": "2027-02-28T00:00:00-08:00",
        "seen": "2026-03-01T09:30:05+00:00",
        "business-unit": {"name": "EMEA"},
        "regions": [{"name": "EMEA"}, {"name": "APAC"}],
        "second-owner": None,
    }


def test_an_attribute_that_is_read_as_a_field() -> None:
    """What ``fields`` asks for is an attribute beside the custom fields."""
    fields = [
        Field("department", "", FieldKind.OPTION, "IT"),
        Field("erp-agreement", "", FieldKind.TEXT, "1"),
    ]
    body = sent(new(), *fields, fields=("department",))

    assert body["department"] == {"name": "IT"}
    assert body["custom-fields"] == {"erp-agreement": "1"}


def test_extra_is_put_over_everything() -> None:
    """Object by object, and last."""
    fields = Field("erp-agreement", "", FieldKind.TEXT, "1")
    extra = {
        "savings-pct": "4.0",
        "currency": {"id": 14},
        "custom-fields": {"other": "2"},
        "content-groups": [{"name": "Everyone"}],
    }
    body = sent(new(extra=extra), fields)

    assert body["savings-pct"] == "4.0"
    assert body["currency"] == {"code": "EUR", "id": 14}
    assert body["custom-fields"] == {"erp-agreement": "1", "other": "2"}


@pytest.mark.parametrize(
    ("told", "target", "params"),
    [
        (NewCounterparty(id="20"), "suppliers/20", {}),
        (NewCounterparty("Acme Hosting BV"), "suppliers", {"name": "Acme Hosting BV"}),
        (
            NewCounterparty("Acme Hosting BV", identifiers={"number": "V-10020"}),
            "suppliers",
            {"number": "V-10020"},
        ),
    ],
)
def test_a_supplier_is_looked_up(
    told: NewCounterparty, target: str, params: dict[str, str]
) -> None:
    """By id, number or name, in this order; the write names it by id."""
    found = reply(supplier()) if told.id else suppliers()
    asked = play(
        adapter().create_contract(new(counterparty=told), ()), found, MADE
    ).asked

    assert asked[0].target == target
    assert params.items() <= asked[0].params.items()
    assert asked[1].json["supplier"] == {"id": 20}


@pytest.mark.parametrize(
    ("told", "answer", "path"),
    [
        (NewCounterparty("Nobody"), reply([]), "counterparty.name"),
        (
            NewCounterparty("acme hosting bv"),
            reply([supplier()]),
            "counterparty.name",
        ),
        (NewCounterparty(id="7"), reply({}, status=404), "counterparty.id"),
        (
            NewCounterparty(identifiers={"number": "V-1"}),
            reply([]),
            "counterparty.identifiers['number']",
        ),
        (
            NewCounterparty("Acme Hosting BV"),
            reply([supplier(), supplier(id=21)]),
            "counterparty.name",
        ),
        (NewCounterparty("Acme", id="20"), reply(supplier()), "counterparty.name"),
    ],
)
def test_an_unknown_supplier_is_refused_before_anything_is_written(
    told: NewCounterparty, answer: Response, path: str
) -> None:
    """None, several, or another of that name: one error, and no write."""
    with pytest.raises(InvalidInput) as caught:
        play(adapter().create_contract(new(counterparty=told), ()), answer)

    assert [one.path for one in caught.value.problems] == [path]
    assert caught.value.hint == "nothing was written"


def test_coupa_refuses() -> None:
    """What only Coupa knows, such as a taken number, is its own error."""
    with pytest.raises(Rejected):
        play(
            adapter().create_contract(new(), ()),
            suppliers(),
            reply(
                {"errors": {"contract": ["Number has already been taken"]}}, status=400
            ),
        )


def test_an_answer_without_an_id() -> None:
    """It cannot be read, so that the contract is looked for."""
    with pytest.raises(PayloadError):
        play(adapter().create_contract(new(), ()), suppliers(), reply({}, status=201))


PDF = Upload("agreement.pdf", b"%PDF-1.7")


@pytest.mark.parametrize(
    ("status", "hierarchy", "asked"),
    [
        (Status.DRAFT, True, "POST contracts/232/legal_agreement"),
        (Status.EXECUTED, True, "PUT contracts/232/update_legal_agreement_published"),
        (Status.EXECUTED, False, "POST contracts/232/legal_agreement"),
        (Status.CANCELLED, True, "POST contracts/232/legal_agreement"),
    ],
)
def test_a_document_becomes_the_legal_agreement(
    status: Status, hierarchy: bool, asked: str
) -> None:
    """One multipart part named ``file``; what is published has an action of its own."""
    told = new(status=status, document=PDF)
    coupa = adapter(hierarchy=hierarchy)
    [request] = play(coupa.furnish_contract("232", told, ()), reply({})).asked

    assert f"{request.method} {request.target}" == asked
    assert request.files == {"file": PDF}


def test_without_a_document_nothing_is_furnished() -> None:
    """The creating request takes all the rest."""
    assert play(adapter().furnish_contract("232", new(), ())).asked == []


LINKED = {"external_contract_id": "PR-9001"}


def found(told: NewContract, *rows: dict[str, Any]) -> Played:
    since = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    return play(adapter().find_created(told, since), reply(list(rows)))


def test_a_lost_creation_is_looked_for_by_its_number() -> None:
    """It is the one with the own id and the supplier."""
    played = found(new(), row(**LINKED))

    assert [one.id for one in played.result] == ["232"]
    assert played.asked[0].params["number"] == "ACME-2026-001"
    assert "created-at[gt_or_eq]" not in played.asked[0].params


def test_without_an_own_id_it_was_made_since() -> None:
    """Some minutes are allowed for between two clocks."""
    played = found(new(external_link=None), row())

    assert [one.id for one in played.result] == ["232"]
    assert played.asked[0].params["created-at[gt_or_eq]"] == "2026-03-01T08:55:00+00:00"


@pytest.mark.parametrize(
    "one",
    [
        row(external_contract_id=None),
        row(external_contract_id="PR-1"),
        row(**LINKED, supplier=supplier(number="V-1")),
        row(**LINKED, supplier=None),
    ],
)
def test_another_contract_is_not_what_was_created(one: dict[str, Any]) -> None:
    """A number is unique for its supplier only, and somebody else may have used it."""
    assert found(new(), one).result == []


def test_no_supplier_is_nobodys_contract() -> None:
    """Without a counterparty nothing is claimed."""
    assert found(new(counterparty=None), row(**LINKED)).result == []


def test_nothing_is_wrong_with_the_minimal_create() -> None:
    """All of it has a place."""
    assert faults(new()) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": None}, ["name"]),
        ({"name": " "}, ["name"]),
        ({"name": 7}, ["name"]),
        ({"number": None, "external_link": None}, ["number"]),
        ({"counterparty": None}, ["counterparty"]),
        ({"counterparty": NewCounterparty()}, ["counterparty"]),
        ({"counterparty": NewCounterparty(id="Acme")}, ["counterparty.id"]),
        (
            {"counterparty": NewCounterparty(identifiers={"duns": "1"})},
            ["counterparty.identifiers['duns']", "counterparty"],
        ),
        ({"counterparty": NewCounterparty("A", contact=Contact("a@b.example"))}, []),
        (
            {"counterparty": NewCounterparty("A", country="NL")},
            ["counterparty.country"],
        ),
        ({"type": "Services"}, ["type"]),
        ({"template": "3"}, ["template"]),
        ({"signatories": [Signatory("a@b.example")]}, ["signatories"]),
        ({"status": Status.SIGNATURE}, ["status"]),
        ({"term": Term(TermKind.OPTION)}, ["term.kind"]),
        ({"term": Term(TermKind.FIXED, Period(years=1))}, []),
        ({"term": Term(TermKind.FIXED, Period(years=2))}, ["term.length"]),
        (
            {"term": Term(TermKind.FIXED, Period(years=1)), "key_dates": KeyDates()},
            ["term.length"],
        ),
        ({"term": Term(TermKind.AUTO_RENEW)}, ["term.renewal_length"]),
        (
            {"term": Term(TermKind.FIXED, notice=Period(months=1, days=3))},
            ["term.notice"],
        ),
        (
            {
                "term": Term(
                    TermKind.AUTO_RENEW, renewal_length=Period(months=1, days=1)
                )
            },
            ["term.renewal_length"],
        ),
        ({"term": Term(renewals_max=0)}, ["term.renewals_max"]),
        ({"term": Term(renewals_max=101)}, ["term.renewals_max"]),
        ({"value": Money(Decimal("0.00001"), "EUR")}, ["value.amount"]),
        ({"value": Money(Decimal("NaN"), "EUR")}, ["value.amount"]),
        ({"value": Money(Decimal(1), "XYZ")}, ["value.currency"]),
        ({"key_dates": KeyDates(signed_on=date(2026, 1, 1))}, ["key_dates.signed_on"]),
        (
            {"key_dates": KeyDates(published_on=date(2026, 1, 1))},
            ["key_dates.published_on"],
        ),
        (
            {
                "key_dates": KeyDates(
                    effective_on=date(2026, 2, 1), expires_on=date(2026, 1, 1)
                )
            },
            ["key_dates.expires_on"],
        ),
        ({"fields": {"fee": Money(Decimal(1), "EUR")}}, ["fields['fee']"]),
        ({"fields": {"wait": Period(days=1)}}, ["fields['wait']"]),
        ({"document": Upload("a.pdf", b"")}, ["document"]),
        ({"document": Upload("a.pdf", bytes(1 + (1 << 20)))}, ["document"]),
        (
            {"external_link": ExternalLink(None, None, "PR-1", data={"a": 1})},
            ["external_link.data"],
        ),
        ({"name": None, "counterparty": None, "type": "x"}, None),
    ],
)
def test_what_cannot_be_said_is_refused(
    changes: dict[str, Any], expected: list[str] | None
) -> None:
    """Each problem with its path, all at once, and no request is made."""
    wanted = ["name", "counterparty", "type"] if expected is None else expected

    assert paths(new(**changes)) == wanted


def test_a_number_and_an_own_id_in_one_place() -> None:
    """Where the number is the own id, they cannot differ."""
    assert paths(new(), external_id="number") == ["number"]
    assert paths(new(number="PR-9001"), external_id="number") == []


@pytest.mark.parametrize("amount", ["250000.0000", "1E+5", "0", "-1.5"])
def test_amounts_that_have_a_place(amount: str) -> None:
    """Four decimals at most, trailing zeros aside."""
    assert faults(new(value=Money(Decimal(amount), "EUR"))) == []
