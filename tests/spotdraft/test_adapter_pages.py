"""How SpotDraft's lists are asked: filters, pages, cursors."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from clm_bridge import (
    InvalidInput,
    Status,
)
from clm_bridge.adapter import Query
from clm_bridge.testing import play, reply

from .reading import listed, one_row

MADE = ("2026-01-01T08:00:00Z", "2026-01-02T08:00:00Z", "2026-01-03T08:00:00Z")


def made(*instants):
    """Rows that were made then."""
    return [
        one_row(id=f"T-{number}", created=when)
        for number, when in enumerate(instants, start=1)
    ]


def test_a_page_is_followed_by_what_was_made_since(spotdraft):
    """The next one begins with the last two rows, which prove where it is."""
    page = play(
        spotdraft.list_contracts(Query(limit=50), None), listed(*made(*MADE), total=151)
    ).result
    [asked] = play(
        spotdraft.list_contracts(Query(limit=50), page.next),
        listed(*made(*MADE)[1:]),
    ).asked

    assert asked.params["page"] == 1
    assert asked.params["filter__created_at[$gte]"] == "2026-01-02T08:00:00Z"


def test_the_last_page_is_the_last(spotdraft):
    """Nothing follows when page times limit reaches the total."""
    page = play(
        spotdraft.list_contracts(Query(limit=50), None), listed(*made(*MADE), total=50)
    ).result

    assert page.more == ()


def test_rows_that_do_not_go_up_are_walked_by_number(spotdraft):
    """A vendor that ignores the order gives its pages by their numbers."""
    rows = made(*reversed(MADE))
    page = play(
        spotdraft.list_contracts(Query(limit=50), None), listed(*rows, total=151)
    ).result

    assert page.more == ("2",)


def test_as_many_as_a_page_of_one_instant_are_walked_by_number(spotdraft):
    """The instant does not lead on, so the page among those of it does."""
    cursor = f"2 1 {MADE[0]} T-1 T-2"
    page = play(
        spotdraft.list_contracts(Query(limit=2), cursor),
        listed(*made(MADE[0], MADE[0]), total=9),
    ).result

    assert page.more == ("3 2 2026-01-01T08:00:00+00:00 T-1 T-2",)


def test_a_page_that_does_not_begin_as_asked_is_read_by_its_number(spotdraft):
    """Neither of the rows seen comes again: from here a page back, by number."""
    played = play(
        spotdraft.list_contracts(Query(limit=50), f"4 1 {MADE[0]} T-8 T-9"),
        listed(*made(*MADE), total=300),
        listed(*made(*MADE), total=300),
    )

    assert [asked.params["page"] for asked in played.asked] == [1, 3]
    assert "filter__created_at[$gte]" not in {
        key for key, told in played.asked[1].params.items() if told is not None
    }
    assert played.result.more == ("4",)


@pytest.mark.parametrize(
    "cursor", ["garbage", "0", "-1", "1.5", "", "2 x y", f"2 x {MADE[0]}"]
)
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


def test_a_vendor_that_gives_fewer_rows_than_asked_loses_none(spotdraft):
    """The envelope says how many rows a page has: 25 rows at 10 are several pages."""
    told = {"page": 1, "limit": 10, "total_results": 25, "results": [one_row()]}

    page = play(spotdraft.list_contracts(Query(limit=100), None), reply(told)).result

    assert page.more


def test_a_vendor_that_says_a_larger_page_is_not_believed(spotdraft):
    """No page holds more rows than were asked for."""
    told = {"page": 1, "limit": 500, "total_results": 150, "results": [one_row()]}

    page = play(spotdraft.list_contracts(Query(limit=100), None), reply(told)).result

    assert page.more


def test_an_instant_of_another_zone_is_asked_for_in_utc(spotdraft):
    """Datetimes are documented in UTC."""
    noon = datetime(2026, 1, 31, 12, tzinfo=ZoneInfo("Europe/Paris"))

    [asked] = play(
        spotdraft.list_contracts(Query(updated_since=noon), None), listed()
    ).asked

    assert asked.params["filter__last_updated_on[$gte]"] == "2026-01-31T11:00:00Z"
