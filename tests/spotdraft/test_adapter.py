"""SpotDraft's operations, against payloads from the vendor's own documentation."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from clm_bridge import (
    DocumentKind,
    Facet,
    FieldKind,
    InvalidInput,
    Money,
    NotFound,
    PayloadError,
    Period,
    PersonRole,
    Status,
    TermKind,
)
from clm_bridge._workspace import Pointer
from clm_bridge.adapter import FULL, Query, Response, Secret, Workspace
from clm_bridge.testing import play, reply
from clm_bridge_spotdraft import SpotDraft
from clm_bridge_spotdraft._config import Config

PAYLOADS = Path(__file__).parent / "payloads"


def payload(name):
    return json.loads((PAYLOADS / f"{name}.json").read_text())


def adapter(config=None, **workspace):
    chosen = config or Config("id", Secret("hush"))
    return SpotDraft(chosen, Workspace("acme", **workspace))


@pytest.fixture
def spotdraft():
    return adapter(
        key_dates={
            "effective_on": Pointer("effective_date"),
            "expires_on": Pointer("expiration_date"),
        },
        term={
            "length": Pointer("term_length"),
            "auto_renews": Pointer("auto_renewal"),
        },
        value={"amount": Pointer("contract_value")},
    )


def details(metrics=None):
    """Key pointers, metrics and recipients, in the order they are asked for."""
    answered = reply(metrics if metrics else payload("process_metrics"))
    return reply(payload("key_pointers")), answered, reply(payload("recipients"))


def one_row(**changes):
    listed = payload("contracts")
    return {**listed["results"][0], **changes}


def listed(*rows, total=None):
    return reply(
        {"page": 1, "limit": 10, "total_results": total or len(rows), "results": rows}
    )


def first_row(adapter, row):
    return play(adapter.list_contracts(Query(), None), listed(row)).result.items[0]


def test_a_row_becomes_a_contract(spotdraft):
    """What the list carries reaches the model."""
    page = play(
        spotdraft.list_contracts(Query(), None), reply(payload("contracts"))
    ).result

    first = page.items[0]
    assert (first.id, first.number) == ("T-34211", "SD-34211")
    assert first.name == "Acme Standard NDA"
    assert first.status is Status.NEGOTIATION
    assert first.source.status == "REDLINING"
    assert first.counterparty.name == "Globex Ltd"
    assert (first.type.id, first.type.name) == ("100", "Standard NDA")
    assert first.key_dates.created_at == datetime(2026, 2, 10, 4, 52, 4, tzinfo=UTC)
    assert first.url == "https://app.spotdraft.com/contracts/v2/34211"


def test_external_metadata_becomes_the_external_link(spotdraft):
    """System, record type and id come from the row."""
    page = play(
        spotdraft.list_contracts(Query(), None), reply(payload("contracts"))
    ).result

    link = page.items[0].external_link
    assert (link.system, link.record_type, link.id) == ("HubSpot", "Deal", "deal-122")


def test_a_row_without_the_key_says_nothing_about_links(spotdraft):
    """A missing key is not an empty facet."""
    page = play(
        spotdraft.list_contracts(Query(), None), reply(payload("contracts"))
    ).result

    assert Facet.EXTERNAL_LINKS in page.items[0].loaded
    assert Facet.EXTERNAL_LINKS not in page.items[1].loaded


def test_the_author_is_the_user_and_not_the_organisation(spotdraft):
    """``created_by`` may hold the organisation's name and is not read."""
    page = play(
        spotdraft.list_contracts(Query(), None), reply(payload("contracts"))
    ).result

    [author] = page.items[0].people
    assert (author.role, author.name) == (PersonRole.AUTHOR, "Jordan Lee")


def test_the_total_tells_all_pages(spotdraft):
    """151 results at 50 a page leave pages 2, 3 and 4."""
    page = play(
        spotdraft.list_contracts(Query(limit=50), None), listed(one_row(), total=151)
    ).result

    assert page.more == ["2", "3", "4"]


def test_the_last_page_is_the_last(spotdraft):
    """Nothing follows when page times limit reaches the total."""
    page = play(
        spotdraft.list_contracts(Query(limit=50), "4"), listed(one_row(), total=151)
    ).result

    assert page.more == []


def test_filters_are_spelled_as_documented(spotdraft):
    """Status words by ``$in``, instants in ISO 8601 with Z."""
    query = Query(
        status=frozenset({Status.EXECUTED, Status.CANCELLED}),
        updated_since=datetime(2026, 1, 31, 12, tzinfo=UTC),
        created_since=datetime(2026, 1, 1, tzinfo=UTC),
        limit=100,
    )

    [asked] = play(spotdraft.list_contracts(query, None), listed()).asked

    assert asked.target == "contracts/"
    assert asked.params == {
        "page": 1,
        "limit": 100,
        "sort": "+filter__created_at",
        "filter__display_status[$in]": "EXECUTED,VOIDED",
        "filter__last_updated_on[$gte]": "2026-01-31T12:00:00Z",
        "filter__created_at[$gte]": "2026-01-01T00:00:00Z",
    }


def test_a_status_without_a_word_asks_nothing(spotdraft):
    """No contract can be in APPROVAL here, so no call is made."""
    played = play(
        spotdraft.list_contracts(Query(status=frozenset({Status.APPROVAL})), None)
    )

    assert (list(played.result.items), played.asked) == ([], [])


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("DRAFT", Status.DRAFT),
        ("REDLINING", Status.NEGOTIATION),
        ("SIGN", Status.SIGNATURE),
        ("EXECUTED", Status.EXECUTED),
        ("ON_HOLD", Status.ON_HOLD),
        ("VOIDED", Status.CANCELLED),
    ],
)
def test_every_documented_status_has_its_place(spotdraft, word, status):
    """The six display states are the whole public vocabulary."""
    played = play(
        spotdraft.contract_status("T-1"),
        reply({"contract_status": word, "contract_name": "MSA"}),
    )

    assert (played.result.status, played.result.word) == (status, word)


def test_an_invented_status_is_unknown_and_kept(spotdraft):
    """A word outside the table never raises."""
    page = play(
        spotdraft.list_contracts(Query(), None),
        listed(one_row(contract_status="PAUSED")),
    ).result

    assert page.items[0].status is Status.UNKNOWN
    assert page.items[0].source.status == "PAUSED"
    assert spotdraft.unknown_words == {"PAUSED": 1}


def test_full_detail_asks_for_three_more_parts(spotdraft):
    """Key pointers and recipients take the composite id, metrics the bare number."""
    row = play(spotdraft.list_contracts(Query(), None), listed(one_row())).result.items[
        0
    ]

    played = play(spotdraft.complete_contract(row), *details())

    assert [request.target for request in played.asked] == [
        "contracts/T-34211/key_pointers",
        "contracts/34211/process_metrics/",
        "contracts/T-34211/recipients/",
    ]
    assert played.result.loaded == FULL


def test_full_detail_asks_for_the_link_that_a_row_lacks(spotdraft):
    """A row without the metadata key costs a fourth call."""
    bare = one_row()
    del bare["external_metadata"]
    row = first_row(spotdraft, bare)
    told = {"external_metadata": {"id": 7, "integration_name": "ERP"}}

    played = play(spotdraft.complete_contract(row), *details(), reply(told))

    assert played.asked[-1].target == "contracts/T-34211/external_metadata"
    assert played.result.external_link.id == "7"


def test_no_link_at_all_is_an_empty_facet(spotdraft):
    """The answer null means that there is none."""
    bare = one_row()
    del bare["external_metadata"]
    row = first_row(spotdraft, bare)

    played = play(
        spotdraft.complete_contract(row), *details(), reply({"external_metadata": None})
    )

    assert played.result.external_links == ()
    assert Facet.EXTERNAL_LINKS in played.result.loaded


@pytest.fixture
def whole(spotdraft):
    row = play(spotdraft.list_contracts(Query(), None), listed(one_row())).result.items[
        0
    ]
    return play(spotdraft.complete_contract(row), *details()).result


def test_mapped_key_pointers_become_key_dates(whole):
    """Dates without a zone stay what they are."""
    assert whole.key_dates.effective_on == date(2026, 1, 15)
    assert whole.key_dates.expires_on == date(2027, 1, 14)


def test_process_metrics_become_key_dates(whole):
    """Sent is an instant; signed and executed are days."""
    assert whole.key_dates.sent_at == datetime(2026, 2, 1, 14, 15, 22, tzinfo=UTC)
    assert whole.key_dates.signed_on == date(2026, 2, 9)
    assert whole.key_dates.executed_on == date(2026, 2, 10)


def test_an_instant_is_cut_in_the_companys_zone():
    """23:30 UTC is the next day in Calcutta."""
    kolkata = adapter(zone=ZoneInfo("Asia/Kolkata"))
    row = first_row(kolkata, one_row())
    metrics = {**payload("process_metrics")}
    metrics["contract_executed_datetime"] = "2026-02-10T23:30:00Z"

    found = play(kolkata.complete_contract(row), *details(metrics)).result

    assert found.key_dates.executed_on == date(2026, 2, 11)


def test_a_mapped_execution_date_counts_more_than_the_metrics():
    """The workspace's own key pointer is what its people maintain."""
    mapped = adapter(key_dates={"executed_on": Pointer("effective_date")})
    row = first_row(mapped, one_row())

    found = play(mapped.complete_contract(row), *details()).result

    assert found.key_dates.executed_on == date(2026, 1, 15)


def test_mapped_key_pointers_become_the_term(whole):
    """``days`` beside a duration is not computed with."""
    assert whole.term.kind is TermKind.AUTO_RENEW
    assert whole.term.length == Period(months=12)


def test_a_mapped_currency_pointer_becomes_the_value(whole):
    """The amount carries its currency."""
    assert whole.value == Money(Decimal(12000), "USD")


def test_recipients_become_people(whole):
    """The author comes first, then whom the recipients list names."""
    assert [(person.role, person.name) for person in whole.people] == [
        (PersonRole.AUTHOR, "Jordan Lee"),
        (PersonRole.SIGNATORY, "Avery Stone"),
    ]


def test_missing_metrics_are_no_error(spotdraft):
    """A contract without a process answers 404 there."""
    row = play(spotdraft.list_contracts(Query(), None), listed(one_row())).result.items[
        0
    ]
    pointers, _, recipients = details()

    found = play(
        spotdraft.complete_contract(row),
        pointers,
        reply({"detail": "Not Found"}, 404),
        recipients,
    ).result

    assert found.key_dates.executed_on is None
    assert found.key_dates.effective_on == date(2026, 1, 15)


def test_get_finds_the_row_by_its_id(spotdraft):
    """There is no call for one contract."""
    played = play(spotdraft.get_contract("T-34211"), listed(one_row()), *details())

    assert played.asked[0].params["filter__contract_id[$eq]"] == "T-34211"
    assert (played.result.id, played.result.loaded) == ("T-34211", FULL)


def test_get_reads_what_the_search_index_does_not_know_yet(spotdraft):
    """The list may lag; status and details answer by id."""
    told = {"contract_status": "DRAFT", "contract_name": "New MSA"}

    played = play(
        spotdraft.get_contract("T-9"),
        listed(),
        reply(told),
        *details(),
        reply({"external_metadata": None}),
    )

    assert (played.result.name, played.result.status) == ("New MSA", Status.DRAFT)
    assert Facet.PARTIES not in played.result.loaded


def test_get_of_an_unknown_id_is_not_found(spotdraft):
    """The vendor's own 404 is raised at the status call."""
    with pytest.raises(NotFound, match="status answered 404"):
        play(
            spotdraft.get_contract("T-9"), listed(), reply({"detail": "Not Found"}, 404)
        )


def test_a_bare_number_is_tried_as_t_then_as_h(spotdraft):
    """An integer maps to exactly one prefix within a workspace."""
    played = play(
        spotdraft.contract_status("2342"),
        reply({"detail": "Not Found"}, 404),
        reply({"contract_status": "EXECUTED", "contract_name": "x"}),
        reply({"contract_status": "EXECUTED", "contract_name": "x"}),
    )

    assert [request.target for request in played.asked] == [
        "contracts/T-2342/status",
        "contracts/H-2342/status",
        "contracts/H-2342/status",
    ]


def test_integer_ids_in_the_list_become_composite_in_full(spotdraft):
    """The list's example shows integers where its schema says text."""
    row = play(
        spotdraft.list_contracts(Query(), None), listed(one_row(id=1234))
    ).result.items[0]
    known = reply({"contract_status": "SIGN", "contract_name": "x"})

    played = play(spotdraft.complete_contract(row), known, *details())

    assert (row.id, played.result.id) == ("1234", "T-1234")


def test_find_accepts_an_array_in_an_array(spotdraft):
    """The vendor's example wraps the list once more; ids are integers there."""
    known = reply({"contract_status": "DRAFT", "contract_name": "x"})

    played = play(
        spotdraft.find_contracts("deal-122"),
        reply(payload("by_external_metadata")),
        known,
        *details(),
    )

    [found] = played.result
    assert (found.id, found.external_link.id) == ("T-1234", "deal-122")


def test_an_external_id_is_encoded_in_the_path(spotdraft):
    """A slash in an id does not become a path."""
    [asked] = play(spotdraft.find_contracts("PR/10 42"), reply([])).asked

    assert asked.target == "contracts/by_external_metadata/PR%2F10%2042"


def test_find_leaves_out_what_does_not_match(spotdraft):
    """A row that carries another id was not asked for."""
    played = play(
        spotdraft.find_contracts("deal-999"), reply(payload("by_external_metadata"))
    )

    assert list(played.result) == []


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


def test_field_definitions_are_asked_for_each_contract_type(spotdraft):
    """A field of two types is named once, for neither alone."""
    definition = {
        "id": 1,
        "section": {"id": 1, "section_type": "USER_DEFINED", "name": "x"},
        "descriptors": [
            {"display_label": "Start", "variable": "start", "type": "date"}
        ],
    }

    played = play(
        spotdraft.list_fields(None),
        reply([{"id": 1, "name": "NDA"}, {"id": 2, "name": "MSA"}]),
        reply([definition]),
        reply([definition]),
    )

    [field] = played.result.items
    assert (field.id, field.label, field.kind) == ("start", "Start", FieldKind.DATE)
    assert field.applies_to is None


def test_a_composite_definition_is_one_field(spotdraft):
    """Currency and duration come as several pieces that share a parent."""
    pieces = [
        {
            "display_label": f"Contract Value > {part}",
            "variable": f"contract_value.{part.lower()}",
            "type": "string",
            "parent_variable": "contract_value",
            "parent_type": "currency",
        }
        for part in ("Type", "Value")
    ]

    played = play(
        spotdraft.list_fields(None),
        reply([{"id": 1, "name": "NDA"}]),
        reply([{"id": 1, "descriptors": pieces}]),
    )

    [field] = played.result.items
    assert (field.id, field.label) == ("contract_value", "Contract Value")
    assert field.kind is FieldKind.MONEY


@pytest.mark.parametrize(
    ("data_type", "value", "kind", "typed"),
    [
        ("string", "x", FieldKind.TEXT, "x"),
        ("date", "2026-01-15", FieldKind.DATE, date(2026, 1, 15)),
        ("date", "2026-01-15T00:00:00Z", FieldKind.DATE, date(2026, 1, 15)),
        ("date", "soon", FieldKind.TEXT, "soon"),
        ("number", 3, FieldKind.NUMBER, 3),
        ("dropdown", "Legal", FieldKind.OPTION, "Legal"),
        ("multi-dropdown", ["a", "b"], FieldKind.OPTIONS, ("a", "b")),
        ("duration", {"type": "WEEK", "value": 2}, FieldKind.DURATION, Period(days=14)),
        (
            "duration",
            {"type": "YEARS", "value": 1},
            FieldKind.DURATION,
            Period(years=1),
        ),
        ("address", {"city": "Pune"}, FieldKind.OTHER, {"city": "Pune"}),
    ],
)
def test_values_are_typed_by_their_form(spotdraft, data_type, value, kind, typed):
    """The one documented data type is "string", so the value itself decides."""
    row = play(spotdraft.list_contracts(Query(), None), listed(one_row())).result.items[
        0
    ]
    pointer = {"id": 1, "field_name": "f", "label": "F"}
    told = reply([{**pointer, "data_type": data_type, "value": value}])
    _, metrics, recipients = details()

    found = play(spotdraft.complete_contract(row), told, metrics, recipients).result

    assert (found.fields["f"].kind, found.fields["f"].value) == (kind, typed)


def test_an_amount_keeps_its_cents_exactly(spotdraft):
    """1.10 is not 1.1, and never a float."""
    row = play(spotdraft.list_contracts(Query(), None), listed(one_row())).result.items[
        0
    ]
    body = (
        b'[{"id": 1, "field_name": "contract_value", "label": "V", '
        b'"value": {"type": "EUR", "value": 1234567890123.10}}]'
    )
    _, metrics, recipients = details()

    found = play(
        spotdraft.complete_contract(row), reply(body=body), metrics, recipients
    ).result

    assert str(found.value.amount) == "1234567890123.10"


def test_unknown_keys_stay_in_raw(spotdraft):
    """A key that nobody knows yet harms nothing and is kept."""
    page = play(
        spotdraft.list_contracts(Query(), None), listed(one_row(brand_new=[1]))
    ).result

    assert page.items[0].source.raw["row"]["brand_new"] == [1]
    assert "row.brand_new" in [
        line.path for line in page.items[0].source.report().unplaced
    ]


def test_keep_raw_false_drops_the_payload():
    """Nothing of the vendor's answer stays."""
    lean = adapter(keep_raw=False)

    page = play(lean.list_contracts(Query(), None), listed(one_row())).result

    assert page.items[0].source.raw == {}


def test_optional_keys_may_be_missing(spotdraft):
    """Only id, name and status are needed."""
    row = {"id": "T-1", "contract_name": "x", "contract_status": "DRAFT"}

    [contract] = play(spotdraft.list_contracts(Query(), None), listed(row)).result.items

    assert (contract.parties, contract.number, contract.type) == ((), None, None)


def test_a_bad_payload_says_where_and_never_what(spotdraft):
    """The path is in the vendor's own keys."""
    with pytest.raises(PayloadError) as caught:
        play(
            spotdraft.list_contracts(Query(), None),
            listed(one_row(id=None, created="hush-hush", contract_name=7)),
        )

    assert caught.value.problems == (
        "$.contract_name: expected text, got a whole number",
        "$.created: expected an ISO 8601 instant, got text",
        "$.id: expected an id, got null",
    )
    assert "hush-hush" not in str(caught.value)


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


@pytest.mark.parametrize("cursor", ["garbage", "0", "-1", "1.5", ""])
@pytest.mark.parametrize("listing", ["contracts", "counterparties"])
def test_a_cursor_of_something_else(spotdraft, listing, cursor):
    """A cursor that is no page's number is refused before anything is sent."""
    operation = {
        "contracts": lambda: spotdraft.list_contracts(Query(), cursor),
        "counterparties": lambda: spotdraft.list_counterparties(cursor),
    }[listing]

    with pytest.raises(InvalidInput, match="not a cursor"):
        play(operation())
