"""A contract as GET shows it, and how deals look in Tomorro."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from clm_bridge import Money, Term, TermKind

from .workspace import (
    APPROVAL,
    BARE,
    CANCELED,
    DECLINED,
    DRAFT,
    HELD,
    NEGOTIATING,
    OPEN_ENDED,
    RENEWING,
    SIGNED,
    SIGNING,
    YEAR,
    Api,
    exact,
    named,
)


def test_a_list_shows_three_keys(api):
    """The published example of the list has no more."""
    rows = api.get("/v2/contracts")["contracts"]

    assert {tuple(row) for row in rows} == {("id", "name", "status")}


def test_a_contract_has_the_documented_keys(api):
    """In the documented order, and bare."""
    assert list(api.contract(SIGNED)) == [
        "id",
        "name",
        "status",
        "counterparty",
        "contractType",
        "templateId",
        "author",
        "fields",
        "signatories",
        "integration",
        "createdAt",
        "updatedAt",
        "contractMembers",
    ]


def test_parts_have_the_documented_keys(api):
    """Ids and one more word each."""
    body = api.contract(SIGNED)

    assert body["counterparty"]["name"] == "Acme SAS"
    assert set(body["counterparty"]) == set(body["contractType"]) == {"id", "name"}
    assert set(body["author"]) == {"id", "email"}
    assert set(body["contractMembers"][0]) == {"id", "email"}
    assert set(body["signatories"][0]) == {"id", "name", "email", "type"}
    assert set(body["fields"][0]) == {"attributeDefinitionId", "name", "value"}


def test_instants_have_milliseconds(api):
    """ISO 8601 in UTC."""
    body = api.contract(SIGNED)

    assert body["createdAt"] == "2026-01-01T10:30:00.000Z"
    assert body["updatedAt"] == "2026-02-01T14:45:00.000Z"


def test_the_author_takes_part(api):
    """So does the key's owner, whom the contract type's rules add."""
    body = api.contract(SIGNED)
    emails = [one["email"] for one in body["contractMembers"]]

    assert body["author"] == body["contractMembers"][0]
    assert emails == ["legal@buyer.example", "clm-service@buyer.example"]


def test_an_external_link_is_an_object(api):
    """With the four documented keys."""
    assert api.contract(SIGNED)["integration"] == {
        "type": "salesforce",
        "externalId": "0065g00000AbCdE",
        "externalEntity": "Opportunity",
        "externalUrl": SIGNED.link.url,
    }


def test_no_external_link_is_null(api):
    """The key is there all the same."""
    assert api.contract(DRAFT)["integration"] is None


def test_the_link_may_have_another_key():
    """Its key is not visible in the documentation."""
    body = Api(link_key="externalLink").contract(SIGNED)

    assert body["externalLink"]["type"] == "salesforce"
    assert "integration" not in body


def test_a_single_object_may_be_wrapped():
    """The introduction claims it; lists and arrays stay as they are."""
    api = Api(wrapped=True)
    body = api.contract(SIGNED)

    assert body["data"]["name"] == SIGNED.name
    assert isinstance(api.get(f"{api.path(SIGNED)}/signed-files"), list)


def test_ids_may_have_prefixes():
    """Those of the published bodies; a path takes both forms."""
    api = Api(prefixed_ids=True)
    body = api.contract(SIGNED)

    assert body["id"] == f"ctr_{api.id(SIGNED)}"
    assert body["signatories"][0]["id"].startswith("sig_")
    assert body["author"]["id"].startswith("mem_")
    assert api.get(f"/v2/contracts/{body['id']}") == body


def test_ids_are_the_same_on_every_run():
    """They depend on the portfolio alone."""
    assert Api().contract(SIGNED) == Api().contract(SIGNED)


@pytest.mark.parametrize(
    ("deal", "status"),
    [
        (DRAFT, "draft"),
        (NEGOTIATING, "negotiating"),
        (SIGNING, "signing"),
        (SIGNED, "signed"),
        (CANCELED, "canceled"),
        (APPROVAL, "negotiating"),
        (DECLINED, "canceled"),
        (HELD, "signing"),
    ],
)
def test_statuses_are_the_five_words(api, deal, status):
    """What Tomorro has no word for shows as the stage that it stands in."""
    assert api.contract(deal)["status"] == status


def test_values_have_the_form_of_their_type(api):
    """Text, number, date and label; yes and no are labels too."""
    values = api.values(SIGNED)

    assert values["Department"] == "Procurement"
    assert values["Cost centre"] == "CC-4711"
    assert values["Risk score"] == 3
    assert values["Personal data"] == "No"
    assert values["Review date"] == "2026-06-30"
    assert values["Currency"] == "EUR"


def test_dates_and_terms_are_smart_fields(api):
    """The native ones, by their English names."""
    values = api.values(SIGNED)

    assert values["Signature date"] == "2026-02-01"
    assert values["Start date"] == "2026-01-01"
    assert values["Initial end date"] == "2026-12-31"
    assert values["Duration type"] == "Fixed-term"
    assert values["Initial duration"] == 12
    assert values["Renewal type"] == "None"


def test_an_unset_field_is_omitted(api):
    """It is not null."""
    values = api.values(BARE)

    assert list(values) == [
        "Counterparty country of registration",
        "Contract identifier",
    ]


@pytest.mark.parametrize(
    "amount", ["1234.50", "98765432109876.54", "0.00", "7", "1E+3"]
)
def test_an_amount_keeps_its_spelling(amount):
    """It is a JSON number with every digit that was agreed."""
    deal = evolve(SIGNED, value=Money(Decimal(amount), "EUR"))
    api = Api([deal])
    body = exact(api.ask("GET", api.path(deal)).text)

    assert named(body)["Contract value"] == format(Decimal(amount), "f")


@pytest.mark.parametrize(
    ("deal", "notice"), [(RENEWING, "3 months"), (OPEN_ENDED, "90 days")]
)
def test_a_notice_is_a_number_and_a_unit(api, deal, notice):
    """How the native field is written is assumed."""
    assert api.values(deal)["Notice"] == notice


def test_a_notice_may_be_two_number_fields():
    """A workspace that keeps its own fields, one for each unit."""
    api = Api(notice="number")
    told = api.sandbox.settings()["term"]["notice"]

    assert api.values(RENEWING)["Notice (months)"] == 3
    assert api.values(OPEN_ENDED)["Notice (days)"] == 90
    assert "Notice" not in api.values(RENEWING)
    assert told == {"field": api.field("Notice (days)"), "unit": "days"}


def test_an_open_ended_contract_says_so(api):
    """It has no end and does not renew."""
    values = api.values(OPEN_ENDED)

    assert values["Duration type"] == "Open-ended"
    assert "Renewal type" not in values
    assert "Initial end date" not in values


@pytest.mark.parametrize(
    ("today", "renewal"),
    [
        (date(2026, 12, 31), "2026-12-31"),
        (date(2027, 1, 1), "2027-03-31"),
        (date(2027, 4, 1), "2027-06-30"),
        (date(2030, 6, 30), "2030-06-30"),
    ],
)
def test_the_next_renewal_follows_the_documented_rule(api, today, renewal):
    """31 December and three months: 31 March, 30 June, and so on."""
    api.clock.advance(timedelta(days=(today - api.clock.now().date()).days))

    assert api.values(RENEWING)["Next renewal date"] == renewal


def test_a_start_and_a_duration_give_the_end():
    """Tomorro computes what nobody stated."""
    term = Term(TermKind.FIXED, length=YEAR)
    deal = evolve(SIGNED, term=term, effective_on=date(2024, 2, 29), expires_on=None)

    assert Api([deal]).values(deal)["Initial end date"] == "2025-02-27"


def test_a_start_and_an_end_give_the_duration():
    """And the duration type is fixed."""
    deal = evolve(SIGNED, term=Term())
    values = Api([deal]).values(deal)

    assert values["Initial duration"] == 12
    assert values["Duration type"] == "Fixed-term"


def test_the_native_identifier_counts_in_the_month(api):
    """Year, month and a number that begins again each month."""
    assert api.values(SIGNED)["Contract identifier"] == "2026010001"
    assert api.values(NEGOTIATING)["Contract identifier"] == "2026010003"


def test_who_signs_is_a_member_or_external(api):
    """Somebody of the other side has no name until they sign."""
    unsigned = api.contract(SIGNING)["signatories"]
    signed = api.contract(SIGNED)["signatories"]

    assert [one["type"] for one in unsigned] == ["external", "member"]
    assert unsigned[0]["name"] is None
    assert signed[0]["name"] == "Ada Martin"


def test_a_contract_without_a_template_has_no_template_id(api):
    """The key is there, and null."""
    assert api.contract(BARE)["templateId"] is None


def test_settings_name_fields_that_exist(api):
    """Every id that the settings map is a smart field of contracts."""
    told = api.sandbox.settings()
    tables = (told["key_dates"], told["term"], told["value"])
    mapped = [place for table in tables for place in table.values()]
    ids = {one["field"] if isinstance(one, dict) else one for one in mapped}
    known = api.get("/v2/smart-fields?object=contract&limit=50")["data"]

    assert ids <= {field["id"] for field in known}
