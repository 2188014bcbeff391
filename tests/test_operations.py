"""What the bridge does around an adapter's operations."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from attrs import evolve

from clm_bridge import (
    InvalidInput,
    MemoryLinks,
    NotFound,
    NotIndexed,
    Rejected,
    Status,
    Unsupported,
)
from clm_bridge._limits import Rate
from clm_bridge._operations import (
    FULL_PAGE,
    find_contracts,
    get_contract,
    listing,
)
from clm_bridge._plan import plan
from clm_bridge._queries import FILTERS, Query, build
from clm_bridge.adapter import FULL, Adapter
from clm_bridge.testing import play, reply

from .paper import Paper, Script, answer, rows

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
THEN = "2026-06-01T00:00:00Z"
BEFORE = "2025-06-01T00:00:00Z"
ALL = {
    "status": Status.EXECUTED,
    "updated_since": NEW_YEAR,
    "created_since": NEW_YEAR,
    "counterparty": "Globex",
    "name_contains": "deal",
}


class Plain(Paper):
    """A row is all there is, and the vendor filters by status alone."""

    filters = frozenset({"status"})
    row_answers = frozenset(FILTERS)


class Thin(Paper):
    """A row holds id and status; the rest costs a call for each contract."""

    filters = frozenset({"status", "updated_since"})
    row_answers = frozenset({"status"})
    calls_per_contract = 1
    page_size = 100
    searches_links = False


def listed(adapter, *replies, detail="full", links=None, **filters):
    """Play one page of a listing."""
    found = listing(adapter, links or MemoryLinks(), build(**filters), detail)
    return play(found.page(None), *replies)


def ids(played):
    return [one.id for one in played.result.items]


@pytest.mark.parametrize("name", ALL)
def test_each_filter_is_counted_as_asked(name):
    """A query knows which of its filters are set."""
    assert build(**{name: ALL[name]}).asked() == {name}


def test_the_vendor_sees_only_the_filters_that_it_has():
    """The others are kept for the rows."""
    query = build(**ALL).only({"status"})

    assert query.asked() == {"status"}
    assert Query().asked() == frozenset()


@pytest.mark.parametrize("told", ["executed", Status.EXECUTED, ["executed"]])
def test_a_status_may_be_written_as_text(told):
    """Words or members, one or several."""
    assert build(status=told).status == {Status.EXECUTED}


def test_a_status_that_is_none_is_refused():
    """The error lists those that are."""
    with pytest.raises(InvalidInput, match="draft, negotiation"):
        build(status="signed")


@pytest.mark.parametrize("told", ["2026-01-31", date(2026, 1, 31), 0])
def test_what_is_no_instant_is_refused(told):
    """The error shows how to write one."""
    with pytest.raises(InvalidInput, match="updated_since is not a datetime; write"):
        build(updated_since=told)


@pytest.mark.parametrize("name", ["updated_since", "created_since"])
def test_an_instant_without_a_zone_is_refused(name):
    """Nobody knows when it was."""
    with pytest.raises(InvalidInput, match=f"{name} has no time zone"):
        build(**{name: datetime(2026, 1, 1)})  # noqa: DTZ001


def test_what_the_vendor_filters_is_asked_of_it():
    """The status goes into the request as the vendor's word."""
    played = listed(Plain(), reply(rows("1", status="done")), status="executed")

    assert played.asked[0].params == {"limit": 3, "is": "done"}
    assert ids(played) == ["1"]


MATCHING = {
    "status": "done",
    "updated_at": THEN,
    "created_at": THEN,
    "with": ["Globex"],
    "name": "Big DEAL",
}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("updated_since", {"updated_at": BEFORE}),
        ("created_since", {"created_at": BEFORE}),
        ("counterparty", {"with": ["Initech"]}),
        ("name_contains", {"name": "Other"}),
    ],
)
def test_what_the_vendor_cannot_filter_the_row_answers(name, other):
    """The rows that pass are kept, and the vendor is not asked."""
    page = rows("1", **MATCHING)
    page["rows"].append({**MATCHING, "id": "2", **other})
    played = listed(Plain(), reply(page), **{name: ALL[name]})

    assert ids(played) == ["1"]
    assert played.asked[0].params == {"limit": 3}


@pytest.mark.parametrize("name", ["updated_since", "created_since", "counterparty"])
def test_a_row_that_does_not_say_does_not_pass(name):
    """What cannot be decided is not taken for yes."""
    assert ids(listed(Plain(), reply(rows("1")), **{name: ALL[name]})) == []


def test_a_row_that_is_all_there_is_answers_every_filter():
    """Also one that the adapter forgot to declare: none is dropped in silence."""

    class Bare(Paper):
        """Declares nothing."""

    page = rows("1", "2")
    page["rows"][0]["name"] = "Deal"
    page["rows"][1]["name"] = "Other"
    played = listed(Bare(), reply(page), name_contains="deal")

    assert ids(played) == ["1"]


def test_unknown_is_a_word_of_no_vendor():
    """Rows of any word are asked for, and those that nobody knows are kept."""
    page = rows("1", "2", status="done")
    page["rows"][1]["status"] = "archived"
    played = listed(Plain(), reply(page), status=["unknown"])

    assert ids(played) == ["2"]
    assert played.asked[0].params == {"limit": 3}


@pytest.mark.parametrize("name", ["counterparty", "created_since"])
def test_a_summary_refuses_what_needs_a_call_for_each(name):
    """Before anything is sent, with the way out."""
    with pytest.raises(Unsupported, match=f"cannot filter by {name}.*full"):
        listing(Thin(), MemoryLinks(), build(**{name: ALL[name]}), "summary")


def test_a_summary_trusts_the_vendors_own_filter():
    """A row without the date came because the vendor says that it passes."""
    played = listed(Thin(), reply(rows("1")), detail="summary", updated_since=NEW_YEAR)

    assert ids(played) == ["1"]


def test_full_detail_completes_each_row():
    """One more call for each contract, after the rows that do not pass are gone."""
    page = rows("1", "2", status="done")
    page["rows"].append({"id": "3", "status": "open"})
    played = listed(
        Thin(), reply(page), reply({"id": "1"}), reply({"id": "2"}), status="executed"
    )

    assert [request.asked for request in played.asked] == [
        "GET contracts",
        "GET contracts/{id}",
        "GET contracts/{id}",
    ]


def test_full_detail_filters_by_the_whole_contract():
    """What a row does not tell, the contract does."""
    whole = [{"id": "1", "with": ["Globex"]}, {"id": "2", "with": ["Initech"]}]
    played = listed(
        Thin(), reply(rows("1", "2")), *map(reply, whole), counterparty="Globex"
    )

    assert ids(played) == ["1"]


def test_a_trusted_filter_is_not_undone_by_a_silent_contract():
    """The vendor filtered by a date that it does not return."""
    played = listed(
        Thin(), reply(rows("1")), reply({"id": "1"}), updated_since=NEW_YEAR
    )

    assert ids(played) == ["1"]


def test_a_contract_deleted_between_page_and_detail_is_left_out():
    """It is not there any more, and that is no error."""
    played = listed(
        Thin(), reply(rows("1", "2")), reply(status=404), reply({"id": "2"})
    )

    assert ids(played) == ["2"]


def test_full_detail_asks_for_smaller_pages():
    """So that a page ends in good time."""
    found = listing(Thin(), MemoryLinks(), build(), "full")

    assert found.query.limit == FULL_PAGE
    assert listing(Thin(), MemoryLinks(), build(), "summary").query.limit == 100


@pytest.mark.parametrize(
    ("adapter", "detail", "calls", "window"),
    [(Thin, "full", 26, 2), (Thin, "summary", 1, 8), (Plain, "full", 1, 8)],
)
def test_a_page_is_given_the_time_that_its_calls_take(adapter, detail, calls, window):
    """A deadline does not count the vendor's own pace."""
    found = listing(adapter(), MemoryLinks(), build(), detail)

    assert (found.calls_a_page, found.window) == (calls, window)
    assert found.pace(Rate(10, margin=0)) == pytest.approx(calls * window / 10)
    assert found.pace(None) == 0.0


@pytest.mark.parametrize(
    ("adapter", "count", "detail", "calls"),
    [
        (Plain, 0, "full", 1),
        (Plain, 10, "full", 4),
        (Thin, 10, "full", 11),
        (Thin, 250, "full", 260),
        (Thin, 250, "summary", 3),
    ],
)
def test_a_plan_counts_the_calls(adapter, count, detail, calls):
    """Beforehand, and without a call."""
    found = plan(adapter(), Rate(10, margin=0), count, detail)

    assert found.calls == calls
    assert found.seconds == round(Rate(10, margin=0).time_for(calls), 1)
    assert plan(adapter(), None, count, detail).seconds == 0


LINKED = {"id": "7", "links": ["po-1"]}


def test_what_is_read_goes_into_the_index():
    """Where the vendor cannot be asked, every reading counts."""
    links = MemoryLinks()
    play(get_contract(Thin(), links, "7"), reply(LINKED))
    listed(Thin(), reply(rows("8", links=["po-2"])), detail="summary", links=links)

    assert (links.find("po-1"), links.find("po-2")) == (["7"], ["8"])


def test_a_vendor_that_can_be_asked_needs_no_index():
    """It is asked, and nothing is kept."""
    links = MemoryLinks()
    played = play(find_contracts(Plain(), links, "po-1"), reply({"rows": [LINKED]}))
    play(get_contract(Plain(), links, "7"), reply(LINKED))
    listed(Plain(), reply({"rows": [LINKED]}), links=links)

    assert played.asked[0].params == {"link": "po-1"}
    assert links.find("po-1") == []


def test_the_index_leads_to_the_contract():
    """The contract itself is read afresh."""
    links = MemoryLinks()
    play(get_contract(Thin(), links, "7"), reply(LINKED))
    played = play(find_contracts(Thin(), links, "po-1"), reply(LINKED))

    assert [one.id for one in played.result] == ["7"]
    assert [request.asked for request in played.asked] == ["GET contracts/{id}"]


@pytest.mark.parametrize(
    "now", [reply({"id": "7", "links": []}), reply(status=404)], ids=["off", "gone"]
)
def test_a_stale_entry_is_not_an_answer(now):
    """The link was taken off, or the contract deleted; the index learns it."""
    links = MemoryLinks()
    play(get_contract(Thin(), links, "7"), reply(LINKED))
    with pytest.raises(NotIndexed):
        play(find_contracts(Thin(), links, "po-1"), now)

    assert links.find("po-1") == []


def test_an_api_that_is_gone_leaves_the_index_alone():
    """410 tells of the API: the contract that it was asked for may well be there."""
    links = MemoryLinks()
    play(get_contract(Thin(), links, "7"), reply(LINKED))

    with pytest.raises(Rejected):
        play(find_contracts(Thin(), links, "po-1"), reply(status=410))
    assert links.find("po-1") == ["7"]


def test_a_bound_between_two_seconds_loses_nothing():
    """Vendors tell whole seconds of instants that have more."""
    watermark = NEW_YEAR.replace(microsecond=500_000)
    row = {"id": "7", "updated_at": NEW_YEAR.isoformat()}

    played = listed(Paper(), reply({"rows": [row]}), updated_since=watermark)

    assert [one.id for one in played.result.items] == ["7"]


def test_a_miss_says_what_to_do():
    """The vendor cannot be asked, the index was never built, and how to build it."""
    with pytest.raises(NotIndexed) as caught:
        play(find_contracts(Thin(), MemoryLinks(), "po-1"))

    assert str(caught.value).startswith(
        "paper cannot be asked for external id 'po-1', and the link index, which was "
        "never built, does not know it; run 'clm-bridge links build'"
    )


def test_a_miss_says_how_old_the_index_is():
    """An index that was built yesterday does not know today's contracts."""
    links = MemoryLinks()
    links.mark_built(datetime(2026, 1, 31, 12, 5, tzinfo=UTC))

    with pytest.raises(NotIndexed, match="was built 2026-01-31 12:05 UTC"):
        play(find_contracts(Thin(), links, "po-1"))


def test_building_the_index_reads_everything(connect):
    """It counts the contracts with a link, and notes when it was begun."""
    links, seen = MemoryLinks(), []
    script = Script(
        answer(rows("1", "2", more=["2"])),
        answer({"id": "1", "links": ["po-1"]}),
        answer({"id": "2", "links": []}),
        answer(rows("3")),
        answer({"id": "3", "links": ["po-3"]}),
    )
    before = datetime.now(UTC)
    bridge = connect(script, OneByOne(), links=links)
    linked = bridge.do(
        lambda clm: clm.links.build(seen=lambda one: seen.append(one.id))
    )

    assert (linked, seen) == (2, ["1", "2", "3"])
    assert links.find("po-3") == ["3"]
    assert before <= links.built_at() <= datetime.now(UTC)


def test_building_the_index_need_not_be_watched(connect):
    """Progress is for those who ask."""
    script = Script(answer(rows("1")), answer({"id": "1", "links": ["po-1"]}))

    assert connect(script, OneByOne()).do(lambda clm: clm.links.build()) == 1


class OneByOne(Thin):
    """Completes its rows one after another, so that a script can answer."""

    async def list_contracts(self, query, cursor):
        found = await super().list_contracts(query, cursor)
        return type(found)(
            [await self.get_contract(one.id) for one in found.items], found.more
        )

    async def complete_contract(self, contract):
        return contract


def test_a_stale_index_never_breaks_a_listing():
    """Rows without links leave the index as it is."""
    links = MemoryLinks()
    play(get_contract(Thin(), links, "7"), reply(LINKED))
    listed(Thin(), reply(rows("7")), detail="summary", links=links)

    assert links.find("po-1") == ["7"]


class Nothing(Adapter):
    """Offers nothing."""

    name = "nothing"
    statuses = {}  # noqa: RUF012


def bare():
    return Nothing(Paper().workspace)


@pytest.mark.parametrize(
    "ask",
    [
        lambda one: one.check(),
        lambda one: one.list_contracts(Query(), None),
        lambda one: one.get_contract("7"),
        lambda one: one.contract_status("7"),
        lambda one: one.find_contracts("po-1"),
        lambda one: one.list_documents("7"),
        lambda one: one.download_document(None),
        lambda one: one.list_templates(None),
        lambda one: one.list_counterparties(None),
        lambda one: one.list_fields(None),
    ],
)
def test_what_an_adapter_does_not_define_is_refused(ask):
    """Before any request, with what it does offer."""
    with pytest.raises(Unsupported, match=r"nothing does not offer .*; it offers "):
        play(ask(bare()))


def test_capabilities_are_what_is_defined():
    """Nobody keeps a list by hand."""
    assert Nothing.capabilities() == frozenset()
    assert "contracts.list" in Paper.capabilities()


def test_the_index_counts_as_a_capability():
    """What the vendor cannot search, the bridge finds."""

    class Indexed(Nothing):
        """Reads contracts, and cannot search."""

        searches_links = False
        get_contract = Paper.get_contract

    assert Indexed.capabilities() == {
        "contracts.get",
        "contracts.find_by_external_id",
        "contracts.link",
        "contracts.unlink",
    }


def test_a_row_is_whole_unless_said():
    """The base completes nothing."""
    contract = Paper().row({"id": "7"})

    assert play(bare().complete_contract(contract)).result is contract
    assert bare().complaints(reply()) == ()


def test_an_unknown_word_is_kept_and_counted(caplog):
    """It maps to UNKNOWN, and is logged once."""
    adapter = Paper()
    found = [adapter.row({"id": "7", "status": "archived"}) for _ in range(3)]

    assert {(one.status, one.source.status) for one in found} == {
        (Status.UNKNOWN, "archived")
    }
    assert adapter.unknown_words == {"archived": 3}
    assert caplog.text.count("archived") == 1


@pytest.mark.parametrize("word", [None, ""])
def test_no_word_is_unknown_and_not_counted(word):
    """The vendor said nothing."""
    adapter = Paper()

    assert adapter.status(word) is Status.UNKNOWN
    assert not adapter.unknown_words


def test_raw_is_kept_by_part():
    """Further parts of the API go beside the first."""
    adapter = Paper()
    source = adapter.source({"row": {"id": "7"}}, "done")

    assert adapter.add_raw(source, {"people": []}).raw == {
        "row": {"id": "7"},
        "people": [],
    }


def test_raw_can_be_dropped():
    """keep_raw = false keeps no payload."""
    adapter = Paper(evolve(Paper().workspace, keep_raw=False))
    source = adapter.source({"row": {"id": "7"}})

    assert source.raw == {}
    assert adapter.add_raw(source, {"people": []}).raw == {}


def test_a_missing_contract_is_not_found():
    """The bridge adds nothing to it."""
    with pytest.raises(NotFound):
        play(get_contract(Paper(), MemoryLinks(), "7"), reply(status=404))


def test_facets_of_a_full_reading():
    """get loads them all."""
    found = play(get_contract(Paper(), MemoryLinks(), "7"), reply(LINKED)).result

    assert found.loaded == FULL


def test_another_detail_is_refused():
    """There are three, and none is guessed."""
    with pytest.raises(
        InvalidInput, match='\'whole\'; it is "full", "dates" or "summary"'
    ):
        listing(Paper(), MemoryLinks(), Query(), "whole")
