"""What a row of SpotDraft's list says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from clm_bridge import (
    Facet,
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
        "$[0].contract_name: expected text, got a whole number",
        "$[0].created: expected an ISO 8601 instant, got text",
        "$[0].id: expected an id, got null",
    )
    assert "hush-hush" not in str(caught.value)


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
