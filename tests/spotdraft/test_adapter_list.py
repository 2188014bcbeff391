"""What SpotDraft's list says, and how it is asked."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from clm_bridge import (
    Facet,
    InvalidInput,
    PayloadError,
    PersonRole,
    Status,
)
from clm_bridge.adapter import Query
from clm_bridge.testing import play, reply

from .reading import adapter, first_row, listed, one_row, payload


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


def test_an_invented_status_is_unknown_and_kept(spotdraft):
    """A word outside the table never raises."""
    page = play(
        spotdraft.list_contracts(Query(), None),
        listed(one_row(contract_status="PAUSED")),
    ).result

    assert page.items[0].status is Status.UNKNOWN
    assert page.items[0].source.status == "PAUSED"
    assert spotdraft.unknown_words == {"PAUSED": 1}


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


def test_a_vendor_that_gives_fewer_rows_than_asked_loses_none(spotdraft):
    """The envelope says how many rows a page has; 25 rows at 10 a page are 3 pages."""
    told = {"page": 1, "limit": 10, "total_results": 25, "results": [one_row()]}

    page = play(spotdraft.list_contracts(Query(limit=100), None), reply(told)).result

    assert page.more == ["2", "3"]


def test_a_vendor_that_says_a_larger_page_is_not_believed(spotdraft):
    """No page holds more rows than were asked for."""
    told = {"page": 1, "limit": 500, "total_results": 150, "results": [one_row()]}

    page = play(spotdraft.list_contracts(Query(limit=100), None), reply(told)).result

    assert page.more == ["2"]


def test_an_instant_of_another_zone_is_asked_for_in_utc(spotdraft):
    """Datetimes are documented in UTC."""
    noon = datetime(2026, 1, 31, 12, tzinfo=ZoneInfo("Europe/Paris"))

    [asked] = play(
        spotdraft.list_contracts(Query(updated_since=noon), None), listed()
    ).asked

    assert asked.params["filter__last_updated_on[$gte]"] == "2026-01-31T11:00:00Z"


def test_microseconds_are_read(spotdraft):
    """Some instants have them."""
    row = first_row(spotdraft, one_row(created="2024-05-24T05:45:34.478802Z"))

    assert row.key_dates.created_at == datetime(
        2024, 5, 24, 5, 45, 34, 478802, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "metadata", [None, {}, {"id": None}, {"id": "", "integration_name": "HubSpot"}]
)
def test_metadata_without_an_id_is_no_link(spotdraft, metadata):
    """One record that nobody linked does not spoil a page."""
    row = first_row(spotdraft, one_row(external_metadata=metadata))

    assert row.external_links == ()
    assert Facet.EXTERNAL_LINKS in row.loaded


@pytest.mark.parametrize(("id", "text"), [(122, "122"), ("0122", "0122")])
def test_an_external_id_may_be_a_number(spotdraft, id, text):
    """The id is untyped in the vendor's schema; text keeps its zeros."""
    row = first_row(spotdraft, one_row(external_metadata={"id": id}))

    assert row.external_link.id == text


@pytest.mark.parametrize("name", [None, ""])
def test_a_contract_without_a_counterparty_has_no_party(spotdraft, name):
    """An empty name is nobody."""
    row = first_row(spotdraft, one_row(counter_party_name=name))

    assert row.parties == ()


def test_an_author_is_taken_from_an_address_where_the_user_is_not_told(spotdraft):
    """The lookup's ``created_by`` is an e-mail address."""
    bare = one_row(created_by="jordan@acme.example", created_by_user_name=None)
    row = first_row(spotdraft, {**bare, "created_by_user_email": None})

    [author] = row.people
    assert (author.name, author.email) == (None, "jordan@acme.example")


def test_an_organisation_is_no_author(spotdraft):
    """The list's ``created_by`` is an organisation's name."""
    bare = one_row(created_by="Acme", created_by_user_name=None)
    row = first_row(spotdraft, {**bare, "created_by_user_email": None})

    assert row.people == ()
