"""Reading Tomorro's contracts, against payloads as the vendor documents them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from clm_bridge import (
    ConfigError,
    ExternalLink,
    Facet,
    FieldKind,
    MemoryLinks,
    Money,
    NotFound,
    PartyRole,
    PayloadError,
    Period,
    PersonRole,
    Ref,
    Rejected,
    Status,
    TermKind,
    Unsupported,
)
from clm_bridge._operations import listing
from clm_bridge._workspace import Pointer
from clm_bridge.adapter import FULL, Query, Request, Secret, Workspace
from clm_bridge.testing import play, reply
from clm_bridge_tomorro import Tomorro
from clm_bridge_tomorro._config import Config

PAYLOADS = Path(__file__).parent / "payloads"
MSA = "0b9f8a52-3c1e-4d7a-9f55-2a6b7c8d9e10"
ACME = "4a1d7c0e-6f1b-4f0e-8f1a-0d5a7b9c1e22"


def payload(name):
    return json.loads((PAYLOADS / f"{name}.json").read_text())


def answer(name):
    return reply(body=(PAYLOADS / f"{name}.json").read_bytes())


def adapter(config=None, **workspace):
    chosen = config or Config(Secret("hush"))
    return Tomorro(chosen, Workspace("acme", **workspace))


def listed(*rows, **paging):
    return reply({"contracts": list(rows), "hasNext": False, **paging})


def got(name="contract", config=None, **workspace):
    return play(adapter(config, **workspace).get_contract(MSA), answer(name)).result


def read(**changes):
    body = {**payload("contract"), **changes}
    return play(adapter().get_contract(MSA), reply(body)).result


@pytest.fixture
def tomorro():
    return adapter()


def test_a_contract_is_one_call_to_its_own_path(tomorro):
    """A contract is read by one call under /v2."""
    played = play(tomorro.get_contract(MSA), answer("contract"))

    assert tomorro.base_url == "https://api.tomorro.com/v2/"
    assert [one.asked for one in played.asked] == ["GET contracts/{id}"]
    assert played.asked[0].target == f"contracts/{MSA}"


def test_every_request_carries_the_key_and_pins_the_version(tomorro):
    """Both go as headers, and the version is configuration."""
    signed = tomorro.auth.sign(Request("GET", "contracts"), None)

    assert signed.headers == {
        "x-api-key": "hush",
        "tomorro-version": "2025-01-29.alpha",
    }


def test_the_version_is_configuration():
    """Another version is pinned by the setting."""
    chosen = adapter(Config(Secret("hush"), version="2025-01-15.init"))

    signed = chosen.auth.sign(Request("GET", "contracts"), None)

    assert signed.headers["tomorro-version"] == "2025-01-15.init"


def test_the_demo_has_its_own_server():
    """The environment chooses the server."""
    chosen = adapter(Config(Secret("hush"), environment="demo"))

    assert chosen.base_url == "https://api.demo.tomorro.com/v2/"


def test_base_url_counts_more_than_the_environment():
    """A sandbox's origin replaces the vendor's."""
    chosen = adapter(Config(Secret("hush"), base_url="http://127.0.0.1:8102"))

    assert chosen.base_url == "http://127.0.0.1:8102/v2/"


def test_the_bodys_own_keys_reach_the_model():
    """Id, name, status, type and template are read from the body."""
    contract = got()

    assert (contract.id, contract.name) == (MSA, "MSA - Acme SAS")
    assert contract.status is Status.NEGOTIATION
    assert contract.source.status == "negotiating"
    assert contract.type == Ref(
        "7be0a1f2-90d4-4c55-b3b6-1f2e3d4c5b6a", "Master Services Agreement"
    )
    assert contract.template == Ref("2f6c9a10-5a77-4a0b-9d3e-6b8c7d9e0f11")


def test_the_counterparty_is_the_one_party():
    """A contract names its counterparty, and not our side."""
    (party,) = got().parties

    assert party.role is PartyRole.COUNTERPARTY
    assert (party.name, party.id) == ("Acme SAS", ACME)


def test_people_are_author_signatories_and_participants():
    """The author made the contract and is not its owner."""
    contract = got()

    assert contract.owner is None
    assert [(one.role, one.email) for one in contract.people] == [
        (PersonRole.AUTHOR, "legal@buyer.example"),
        (PersonRole.SIGNATORY, "ada@buyer.example"),
        (PersonRole.PARTICIPANT, "legal@buyer.example"),
    ]


def test_instants_are_read_in_utc():
    """The body's two instants are milliseconds with a Z."""
    dates = got().key_dates

    assert dates.created_at == datetime(2026, 1, 15, 10, 30, tzinfo=UTC)
    assert dates.updated_at == datetime(2026, 2, 20, 14, 45, tzinfo=UTC)


def test_the_integration_is_the_external_link():
    """Salesforce's record is the link."""
    assert got().external_link == ExternalLink(
        system="salesforce",
        record_type="Opportunity",
        id="0065g00000AbCdE",
        url="https://buyer.example/lightning/r/Opportunity/0065g00000AbCdE/view",
    )


@pytest.mark.parametrize("key", ["externalLink", "crm"])
def test_the_link_is_found_by_its_shape(key):
    """Whatever its key, the object with externalId and type is the link."""
    body = payload("contract")
    body[key] = body.pop("integration")

    contract = play(adapter().get_contract(MSA), reply(body)).result

    assert contract.external_link.id == "0065g00000AbCdE"


def test_a_contract_without_a_link_has_none():
    """Null is what a contract born in the app has."""
    contract = read(integration=None)

    assert contract.external_links == ()
    assert Facet.EXTERNAL_LINKS in contract.loaded


def test_everything_that_a_body_carries_counts_as_loaded():
    """A body has all facets of full detail, and neither relations nor documents."""
    assert got().loaded == FULL


def test_nothing_is_made_up_for_keys_that_are_missing(tomorro):
    """A body of three keys is read; all else is what the vendor did not say."""
    body = {"id": MSA, "name": "MSA", "status": "draft"}

    contract = play(tomorro.get_contract(MSA), reply(body)).result

    assert contract.parties == contract.people == contract.external_links == ()
    assert contract.type is contract.template is contract.term is contract.value is None
    assert contract.number is contract.url is contract.key_dates.created_at is None


@pytest.mark.parametrize(
    "key",
    ["counterparty", "contractType", "templateId", "author", "fields", "signatories"],
)
def test_null_is_the_same_as_missing(key):
    """A key that is null does not fail the contract."""
    assert read(**{key: None}).id == MSA


def test_a_prefix_before_an_id_is_left_out():
    """The contract, its people and its template are keyed on the plain UUID."""
    contract = got("contract_older")

    assert contract.id == MSA
    assert contract.people[1].id == "5e5e5e5e-1111-4222-8333-999999999999"


def test_ids_are_sent_plain(tomorro):
    """An id with a prefix is accepted, and sent without it."""
    played = play(tomorro.get_contract(f"ctr_{MSA}"), answer("contract"))

    assert played.asked[0].target == f"contracts/{MSA}"


def test_what_only_looks_like_a_prefix_stays():
    """Only a UUID loses what stands before it."""
    contract = read(counterparty={"id": "abc_12", "name": "Acme"})

    assert contract.counterparty.id == "abc_12"


def test_a_data_wrapper_is_taken_off(tomorro):
    """One page of the docs wraps single objects."""
    played = play(tomorro.get_contract(MSA), reply({"data": payload("contract")}))

    assert played.result.id == MSA
    assert "data" not in played.result.source.raw["contract"]


def test_older_bodies_name_template_and_referent():
    """The older body has an object where the newer one has an id."""
    contract = got("contract_older")

    assert contract.template == Ref(
        "2f6c9a10-5a77-4a0b-9d3e-6b8c7d9e0f11", "MSA standard"
    )
    assert contract.owner.role is PersonRole.OWNER
    assert contract.owner.email == "buyer@buyer.example"


def test_older_bodies_state_start_and_end():
    """The end is a millisecond before midnight in UTC, and is not cut further east."""
    dates = got("contract_older", zone=ZoneInfo("Europe/Paris")).key_dates

    assert dates.effective_on == date(2026, 1, 1)
    assert dates.expires_on == date(2026, 12, 31)


def test_a_field_without_a_name_is_labelled_by_its_id():
    """Older bodies do not name their fields."""
    (field,) = got("contract_older").fields.values()

    assert field.label == field.id == "9d0f3b1c-2222-4333-8444-555566667777"


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("draft", Status.DRAFT),
        ("negotiating", Status.NEGOTIATION),
        ("signing", Status.SIGNATURE),
        ("signed", Status.EXECUTED),
        ("canceled", Status.CANCELLED),
    ],
)
def test_every_status_word_is_mapped(word, status):
    """The vendor has five words."""
    assert read(status=word).status is status


def test_an_unknown_status_word_is_kept_and_counted(tomorro):
    """A word that the table lacks is no error."""
    body = {**payload("contract"), "status": "archived"}

    contract = play(tomorro.get_contract(MSA), reply(body)).result

    assert contract.status is Status.UNKNOWN
    assert contract.source.status == "archived"
    assert tomorro.unknown_words == {"archived": 1}


def test_unknown_keys_survive_in_raw():
    """What the model has no place for is in raw, and reported as unplaced."""
    contract = read(colour="blue")

    assert contract.source.raw["contract"]["colour"] == "blue"
    unplaced = [line.path for line in contract.source.report().unplaced]
    assert unplaced == ["contract.signatories.type", "contract.colour"]


def test_the_link_is_reported_as_mapped():
    """The report knows where the integration went."""
    mapped = {line.path: line.attribute for line in got().source.report().mapped}

    assert mapped["contract.integration.externalId"] == "external_links.id"


def test_raw_can_be_dropped():
    """keep_raw = false leaves nothing of the payload."""
    assert got(keep_raw=False).source.raw == {}


@pytest.mark.parametrize(
    ("id", "kind", "value"),
    [
        ("currency", FieldKind.TEXT, "EUR"),
        ("amount", FieldKind.NUMBER, Decimal("98765432109876.54")),
        ("duration", FieldKind.NUMBER, 12),
        ("start", FieldKind.DATE, date(2026, 1, 1)),
        ("signed", FieldKind.INSTANT, datetime(2025, 12, 20, 23, 30, tzinfo=UTC)),
        ("teams", FieldKind.OPTIONS, ("Legal", "IT")),
        ("odd", FieldKind.TEXT, "2026-02-31"),
    ],
)
def test_a_field_is_typed_by_the_form_of_its_value(id, kind, value):
    """A contract does not say a field's type; no digit is lost."""
    field = got("contract_fields").fields[id]

    assert (field.kind, field.value) == (kind, value)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("90 days", Period(days=90)),
        ("1 month", Period(months=1)),
        ("3 Months", Period(months=3)),
        ("2 ans", Period(years=2)),
    ],
)
def test_a_number_with_a_unit_is_a_duration(text, period):
    """The native notice has a unit of its own."""
    told = [{"attributeDefinitionId": "1", "name": "Notice", "value": text}]

    field = read(fields=told).fields["1"]

    assert (field.kind, field.value) == (FieldKind.DURATION, period)


@pytest.mark.parametrize("text", ["3", "3 parts", "three months", "3 months later"])
def test_other_text_is_no_duration(text):
    """Only a number and a unit, and nothing else."""
    told = [{"attributeDefinitionId": "1", "name": "Notice", "value": text}]

    assert read(fields=told).fields["1"].kind is FieldKind.TEXT


def test_true_and_false_are_no_numbers():
    """A yes is a yes, should a field hold one."""
    told = [{"attributeDefinitionId": "1", "name": "Personal data", "value": True}]

    field = read(fields=told).fields["1"]

    assert field.kind is FieldKind.BOOLEAN
    assert field.value is True


def test_rich_text_is_kept_as_received():
    """Slate JSON has no place in the model."""
    field = got("contract_fields").fields["story"]

    assert field.kind is FieldKind.OTHER
    assert field.value == [{"type": "paragraph", "children": [{"text": "Hi"}]}]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-31T00:00:00.000Z", date(2026, 12, 31)),
        ("2026-12-31T00:00:00Z", date(2026, 12, 31)),
        ("2026-12-31T23:59:59.999Z", date(2026, 12, 31)),
        ("2026-12-31T23:59:59Z", date(2026, 12, 31)),
    ],
)
@pytest.mark.parametrize(
    "zone", ["America/Los_Angeles", "Asia/Kolkata", "UTC", "Europe/Paris"]
)
def test_the_edges_of_a_day_are_that_day(text, day, zone):
    """The older body writes days so; a zone must not move them."""
    told = [{"attributeDefinitionId": "end", "name": "End", "value": text}]
    here = adapter(zone=ZoneInfo(zone), key_dates={"expires_on": Pointer("end")})

    body = {**payload("contract"), "fields": told}
    contract = play(here.get_contract(MSA), reply(body)).result

    assert contract.fields["end"].kind is FieldKind.DATE
    assert contract.key_dates.expires_on == day


@pytest.mark.parametrize("value", ["", "undefined", None])
def test_an_own_id_that_is_unset_is_no_link(value):
    """Neither in the smart field nor in the integration."""
    told = [{"attributeDefinitionId": "own", "name": "Own", "value": value}]
    body = {**payload("contract"), "fields": told, "integration": None}
    here = adapter(Config(Secret("hush"), external_id="field:own"))

    contract = play(here.get_contract(MSA), reply(body)).result

    assert contract.external_links == ()
    assert contract.fields == {}


def test_an_integration_without_an_id_is_no_link():
    """An empty id leads nowhere, and does not fail the contract."""
    assert (
        read(integration={"type": "salesforce", "externalId": ""}).external_links == ()
    )


@pytest.mark.parametrize(
    ("value", "amount"), [("1200.50", Decimal("1200.50")), ("1,200.50", None)]
)
def test_an_amount_may_come_as_text(value, amount):
    """How a number is written is not published; what is no plain number is none."""
    told = [
        {"attributeDefinitionId": "amount", "value": value},
        {"attributeDefinitionId": "currency", "value": "EUR"},
    ]
    pointers = {"amount": Pointer("amount"), "currency": Pointer("currency")}
    body = {**payload("contract"), "fields": told}

    found = play(adapter(value=pointers).get_contract(MSA), reply(body)).result.value

    assert found == (None if amount is None else Money(amount, "EUR"))


@pytest.mark.parametrize("id", ["notice-unit", "empty"])
def test_an_unset_field_is_left_out(id):
    """Null means unset, and so does the word "undefined"."""
    assert id not in got("contract_fields").fields


def test_dates_come_from_the_fields_that_the_settings_name():
    """An instant is cut into a day where the company is."""
    dates = got(
        "contract_fields",
        zone=ZoneInfo("Europe/Paris"),
        key_dates={"effective_on": Pointer("start"), "signed_on": Pointer("signed")},
    ).key_dates

    assert dates.effective_on == date(2026, 1, 1)
    assert dates.signed_on == date(2025, 12, 21)


def test_the_term_comes_from_the_fields_that_the_settings_name():
    """A number takes its unit from the settings, a label says yes or no."""
    term = got(
        "contract_fields",
        term={
            "length": Pointer("duration", unit="months"),
            "notice": Pointer("notice", unit="months"),
            "auto_renews": Pointer("renewal", equals="Tacit"),
        },
    ).term

    assert term.kind is TermKind.AUTO_RENEW
    assert term.length == Period(months=12)
    assert term.notice == Period(months=3)


def test_the_value_is_exact():
    """A number with more cents than a double can count keeps each of them."""
    contract = got(
        "contract_fields",
        value={"amount": Pointer("amount"), "currency": Pointer("currency")},
    )

    assert contract.value == Money(Decimal("98765432109876.54"), "EUR")


def test_the_number_is_the_smart_field_that_the_settings_name():
    """Tomorro's own contract identifier is a smart field."""
    config = Config(Secret("hush"), number_field="identifier")

    assert got("contract_fields", config).number == "2026010001"


def test_the_own_id_may_live_in_a_smart_field():
    """A link of our own has no system and no record type."""
    config = Config(Secret("hush"), external_id="field:own")

    assert got("contract_fields", config).external_link == ExternalLink(
        system=None, record_type=None, id="PR-1042"
    )


def test_the_own_id_goes_before_the_integration():
    """The integration stays the second link."""
    own = "9d0f3b1c-2222-4333-8444-555566667777"
    contract = got(config=Config(Secret("hush"), external_id=f"field:{own}"))

    ids = [link.id for link in contract.external_links]
    assert ids == ["Procurement", "0065g00000AbCdE"]


@pytest.mark.parametrize("code", ["en", "FR", "english"])
def test_a_language_that_tomorro_lacks_is_refused(code):
    """The vendor would fall back to another one without a word."""
    with pytest.raises(ConfigError, match="gb"):
        adapter(Config(Secret("hush"), language=code))


@pytest.mark.parametrize("told", ["field:", "smart field", "other:x"])
def test_a_wrong_place_for_the_own_id_is_refused(told):
    """The error says what can be written."""
    with pytest.raises(ConfigError, match=r"field:<smart field id>"):
        adapter(Config(Secret("hush"), external_id=told))


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"name": None}, "$.name"),
        ({"createdAt": "hush-yesterday"}, "$.createdAt"),
        ({"counterparty": "hush"}, "$.counterparty"),
        ({"counterparty": {"id": "hush"}}, "$.counterparty.name"),
        ({"signatories": [{"email": 5}]}, "$.signatories[0].email"),
        ({"fields": [{"name": "hush"}]}, "$.fields[0].attributeDefinitionId"),
        ({"contractType": {"id": 1.5}}, "$.contractType.id"),
    ],
)
def test_a_bad_payload_says_where_and_never_what(changes, path):
    """The path is in the vendor's own keys."""
    with pytest.raises(PayloadError) as caught:
        read(**changes)

    assert [one.partition(":")[0] for one in caught.value.problems] == [path]
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("missing", ["id", "name", "status"])
def test_a_body_without_what_it_must_have_is_refused(missing, tomorro):
    """The three keys that never fail to come."""
    body = payload("contract")
    del body[missing]

    with pytest.raises(PayloadError) as caught:
        play(tomorro.get_contract(MSA), reply(body))

    assert caught.value.problems == (f"$.{missing}: is missing",)


def test_the_status_alone_is_read_from_the_contract(tomorro):
    """There is no smaller call."""
    played = play(tomorro.contract_status(MSA), answer("contract"))

    assert (played.result.status, played.result.word) == (
        Status.NEGOTIATION,
        "negotiating",
    )
    assert [one.target for one in played.asked] == [f"contracts/{MSA}"]


def test_a_missing_contract_is_not_found(tomorro):
    """404 is what it says."""
    with pytest.raises(NotFound):
        play(tomorro.get_contract(MSA), reply({}, 404))


def test_410_tells_of_the_version_and_not_of_the_record(tomorro):
    """A sunset version must not look like a contract that was deleted."""
    with pytest.raises(Rejected) as caught:
        play(tomorro.get_contract(MSA), reply({}, 410))

    assert caught.value.status == 410
    assert tomorro.hints[410].startswith("set 'version'")


def test_a_row_carries_three_keys_and_no_facet(tomorro):
    """A listing's summary is id, name and status."""
    played = play(tomorro.list_contracts(Query(), None), answer("contracts"))

    first = played.result.items[0]
    assert (first.id, first.name) == (MSA, "MSA - Acme SAS")
    assert first.status is Status.NEGOTIATION
    assert first.loaded == frozenset()


def test_a_row_is_completed_by_one_call(tomorro):
    """Full detail is one more call for each contract."""
    row = play(tomorro.list_contracts(Query(), None), answer("contracts")).result

    played = play(tomorro.complete_contract(row.items[0]), answer("contract"))

    assert len(played.asked) == tomorro.calls_per_contract == 1
    assert played.result.loaded == FULL


def test_a_listing_without_filters_sends_its_size_and_order(tomorro):
    """A time of creation never changes, so nothing moves while pages are walked."""
    played = play(tomorro.list_contracts(Query(limit=25), None), listed())

    assert played.asked[0].path == "contracts"
    assert played.asked[0].params == {"limit": 25, "sort": "-createdAt"}


def test_one_status_is_an_equality(tomorro):
    """A single word needs no operator."""
    query = Query(status=frozenset({Status.EXECUTED}))

    played = play(tomorro.list_contracts(query, None), listed())

    assert played.asked[0].params["status"] == "signed"


def test_several_statuses_are_a_list_of_words(tomorro):
    """Statuses that the vendor lacks are left out."""
    query = Query(status=frozenset({Status.DRAFT, Status.SIGNATURE, Status.APPROVAL}))

    played = play(tomorro.list_contracts(query, None), listed())

    assert played.asked[0].params["status"] == "in:draft,signing"


def test_a_status_without_a_word_finds_nothing_without_a_call(tomorro):
    """Tomorro has no approvals in its API."""
    query = Query(status=frozenset({Status.APPROVAL}))

    played = play(tomorro.list_contracts(query, None))

    assert (played.result.items, played.asked) == ((), [])


def test_times_are_sent_as_utc_days(tomorro):
    """The documented form is a day; the one in UTC is never too late."""
    query = Query(
        created_since=datetime(2026, 1, 15, 0, 30, tzinfo=ZoneInfo("Europe/Paris")),
        updated_since=datetime(2026, 2, 1, tzinfo=UTC),
    )

    params = play(tomorro.list_contracts(query, None), listed()).asked[0].params

    assert params["createdAt"] == "gte:2026-01-14"
    assert params["updatedAt"] == "gte:2026-02-01"


def test_a_summary_by_time_is_refused(tomorro):
    """A day lets more through than was asked, and a row has no dates to tell by."""
    query = Query(updated_since=datetime(2026, 2, 1, 9, tzinfo=UTC))

    with pytest.raises(Unsupported, match='detail="full"'):
        listing(tomorro, MemoryLinks(), query, "summary")


def test_full_detail_by_time_is_exact(tomorro):
    """What changed earlier on that day is dropped once its dates are known."""
    query = Query(updated_since=datetime(2026, 2, 20, 15, tzinfo=UTC))
    page = listing(tomorro, MemoryLinks(), query, "full").page(None)
    row = {"id": MSA, "name": "MSA", "status": "negotiating"}

    played = play(page, listed(row), answer("contract"))

    assert played.asked[0].params["updatedAt"] == "gte:2026-02-20"
    assert played.result.items == []
