"""What a listing asks ahead: what has changed, and dates in bulk."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve

from clm_bridge import (
    FULL,
    ExternalLink,
    Facet,
    InvalidInput,
    KeyDates,
    MemoryLinks,
    from_dict,
    to_dict,
)
from clm_bridge._ahead import MARGIN
from clm_bridge._limits import Rate
from clm_bridge._operations import listing
from clm_bridge._plan import plan
from clm_bridge._queries import build
from clm_bridge.adapter import Dated, Page, get
from clm_bridge.testing import play, reply

from .paper import Paper, rows

READ = datetime(2026, 6, 1, 3, tzinfo=UTC)
LATER = READ + timedelta(days=1)


class Told(Paper):
    """The vendor filters by the time of change; the whole contract costs a call."""

    filters = frozenset({"status", "updated_since"})
    row_answers = frozenset({"status", "name_contains"})
    calls_per_contract = 1
    tells_changes = True
    page_size = 100
    at = LATER

    async def list_contracts(self, query, cursor):
        params = {"page": cursor, "since": query.updated_since, "limit": query.limit}
        told = (await get("contracts", params)).json()
        return Page([self.row(row) for row in told["rows"]], tuple(told["more"]))

    def source(self, raw, status=None, at=None):
        return super().source(raw, status, self.at)


class Silent(Told):
    """What moves the vendor's time of change is not known."""

    tells_changes = False


def known(*ids, at=READ, adapter=None, **every):
    """Contracts as an earlier run read them, whole."""
    told = adapter or Told()
    found = [told.row({"id": one, **every}) for one in ids]
    return [
        evolve(one, source=evolve(one.source, fetched_at=at), loaded=FULL)
        for one in found
    ]


def walked(known, *replies, adapter=None, detail="full", links=None, **filters):
    """Play what is asked ahead, then one page."""
    found = listing(
        adapter or Told(), links or MemoryLinks(), build(**filters), detail, known
    )

    async def both():
        if found.ahead is None:
            return await found.page(None)
        return await found.after([await found.ahead.page(None)]).page(None)

    return play(both(), *replies)


def asked(played):
    return [request.asked for request in played.asked]


def test_what_has_not_changed_is_not_read_again():
    """One call asks what has, one brings the rows, and one the contract that has."""
    played = walked(
        known("1", "2", "3"),
        reply(rows("2")),
        reply(rows("1", "2", "3")),
        reply({"id": "2", "name": "Renewed"}),
    )

    assert asked(played) == ["GET contracts", "GET contracts", "GET contracts/{id}"]
    assert [one.name for one in played.result.items] == ["Deal", "Renewed", "Deal"]


def test_changes_are_asked_for_since_the_oldest_reading_less_a_margin():
    """Clocks differ, indexes lag, and a walk takes its time."""
    old = known("1") + known("2", at=READ + timedelta(days=9))
    played = walked(old, reply(rows()), reply(rows("1", "2")))

    assert played.asked[0].params["since"] == READ - MARGIN


def test_a_later_filter_of_the_users_is_kept():
    """Nothing older is asked for."""
    played = walked(
        known("1"), reply(rows()), reply(rows("1")), updated_since=LATER, detail="full"
    )

    assert played.asked[0].params["since"] == LATER


def test_what_is_kept_is_known_to_be_so_until_now():
    """By the vendor's clock: the next run asks from here, and not from the first."""
    [kept] = walked(known("1"), reply(rows()), reply(rows("1"))).result.items

    assert kept == known("1")[0]
    assert kept.source.fetched_at == LATER


def test_what_is_kept_may_come_out_of_a_file():
    """from_dict gives back all that is needed."""
    read = [from_dict(to_dict(one)) for one in known("1")]
    played = walked(read, reply(rows()), reply(rows("1")))

    assert played.result.items == known("1")


def test_a_contract_that_nobody_knew_is_read():
    """It is new, whether or not the vendor counts that as a change."""
    played = walked(
        known("1"), reply(rows()), reply(rows("1", "2")), reply({"id": "2"})
    )

    assert asked(played)[2:] == ["GET contracts/{id}"]


def test_a_contract_that_is_gone_is_gone():
    """Only what the rows still hold is listed."""
    played = walked(known("1", "2"), reply(rows()), reply(rows("2")))

    assert [one.id for one in played.result.items] == ["2"]


@pytest.mark.parametrize(
    "row", [{"name": "Other"}, {"status": "done"}, {"links": ["po-2"]}]
)
def test_a_row_that_differs_is_read_whatever_the_vendor_says(row):
    """Its filter by time may be behind the row."""
    played = walked(
        known("1"), reply(rows()), reply(rows("1", **row)), reply({"id": "1"})
    )

    assert asked(played)[2:] == ["GET contracts/{id}"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: evolve(one, loaded=FULL - {Facet.TERM}),
        lambda one: evolve(one, source=evolve(one.source, vendor="stone")),
        lambda one: evolve(one, source=evolve(one.source, connection="globex")),
        lambda one: evolve(one, source=evolve(one.source, fetched_at=None)),
        lambda one: evolve(
            one, source=evolve(one.source, fetched_at=READ.replace(tzinfo=None))
        ),
    ],
)
def test_what_this_connection_did_not_read_whole_is_read(spoil):
    """A part, another vendor's, another connection's, or nobody knows when."""
    one, other = known("1", "2")
    played = walked(
        [spoil(one), other], reply(rows()), reply(rows("1", "2")), reply({"id": "1"})
    )

    assert asked(played)[2:] == ["GET contracts/{id}"]


def test_nothing_is_asked_ahead_where_nothing_can_be_kept():
    """No contract is known, or the vendor does not tell what has changed."""
    assert listing(Told(), MemoryLinks(), build(), "full", []).ahead is None
    told = known("1", adapter=Silent())
    assert listing(Silent(), MemoryLinks(), build(), "full", told).ahead is None


def test_a_summary_needs_nothing_that_is_known():
    """A row is what it asks for."""
    found = listing(Told(), MemoryLinks(), build(), "summary", known("1"))

    assert found.ahead is None


def test_what_is_no_contract_is_refused():
    """Before any call, with what to pass instead."""
    with pytest.raises(InvalidInput, match="known holds what is no contract; pass"):
        listing(Told(), MemoryLinks(), build(), "full", ["1"])


def test_what_is_kept_passes_the_filters_too():
    """By the whole contract, as if it had been read."""
    read = known("1", **{"with": ["Globex"]}) + known("2", **{"with": ["Initech"]})
    played = walked(read, reply(rows()), reply(rows("1", "2")), counterparty="Globex")

    assert [one.id for one in played.result.items] == ["1"]


class Indexed(Told):
    """The vendor cannot be asked for an external id."""

    searches_links = False


def test_a_link_that_only_the_index_kept_must_still_be_there():
    """What was unlinked meanwhile is read, for the vendor does not tell of it."""
    links, order = MemoryLinks(), ExternalLink("erp", "order", "po-1")
    linked = [evolve(one, external_links=[order]) for one in known("1")]
    links.state("1", order)
    kept = walked(
        linked, reply(rows()), reply(rows("1")), adapter=Indexed(), links=links
    )
    assert kept.result.items[0].external_links == (order,)

    links.unstate("1")
    read = walked(
        linked,
        reply(rows()),
        reply(rows("1")),
        reply({"id": "1"}),
        adapter=Indexed(),
        links=links,
    )
    assert read.result.items[0].external_links == ()


def test_what_is_asked_ahead_has_its_own_time():
    """As many pages as are in flight, at the vendor's pace."""
    found = listing(Told(), MemoryLinks(), build(), "full", known("1")).ahead

    assert found.pace(Rate(10, margin=0)) == pytest.approx(found.window / 10)
    assert found.pace(None) == 0.0


class Bulk(Told):
    """The vendor tells dates of three contracts a call; two calls tell them of one."""

    calls_for_dates = 2
    dates_in_bulk = 3

    async def survey_dates(self, cursor):
        told = (await get("dates", {"after": cursor})).json()
        found = [
            Dated(own, KeyDates(expires_on=date.fromisoformat(day)))
            for own, day in told["rows"].items()
        ]
        return Page(found, tuple(told.get("more", ())))

    def dated(self, contract, told):
        if contract.id not in told:
            return None
        return evolve(contract, key_dates=told[contract.id].key_dates)

    async def date_contract(self, contract):
        await get("contracts/{id}/dates", id=contract.id)
        return contract


def test_dates_in_bulk_go_into_the_rows():
    """What was not told of is asked for by itself, and of what is known nothing."""
    played = walked(
        known("1"),
        reply({"rows": {"1": "2027-01-31"}}),
        reply(rows("1", "2")),
        reply({}),
        adapter=Bulk(),
        detail="dates",
    )

    assert asked(played) == ["GET dates", "GET contracts", "GET contracts/{id}/dates"]
    assert played.result.items[0].key_dates.expires_on == date(2027, 1, 31)


def test_dates_alone_are_asked_for_by_their_own_calls():
    """An adapter without any completes the contract instead."""
    read = reply({"rows": {}}), reply(rows("1")), reply({})
    few = walked([], *read, adapter=Bulk(), detail="dates")
    assert asked(few)[2:] == ["GET contracts/{id}/dates"]

    whole = walked([], reply(rows("1")), reply({"id": "1"}), detail="dates")
    assert asked(whole)[1:] == ["GET contracts/{id}"]


def test_a_survey_is_walked_page_by_page():
    """One in flight: a page tells where the next begins."""
    found = listing(Bulk(), MemoryLinks(), build(), "dates").ahead

    assert found.window == 1
    assert found.pace(Rate(10, margin=0)) == pytest.approx(0.1)
    assert found.pace(None) == 0.0


@pytest.mark.parametrize(
    ("adapter", "count", "detail", "kept", "calls"),
    [
        (Told, 250, "full", 0, 10 + 250),
        (Told, 250, "full", 250, 3 + 1),
        (Told, 250, "full", 999, 3 + 1),
        (Told, 1000, "full", 850, 10 + 2 + 150),
        (Told, 250, "summary", 250, 3),
        (Told, 250, "dates", 250, 3 + 1),
        (Silent, 250, "full", 250, 10 + 250),
        (Bulk, 250, "dates", 0, 3 + 84),
        (Bulk, 0, "dates", 0, 1 + 1),
    ],
)
def test_a_plan_counts_what_is_asked_ahead(adapter, count, detail, kept, calls):
    """And leaves out the calls that it saves."""
    assert plan(adapter(), None, count, detail, kept).calls == calls
