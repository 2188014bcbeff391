"""SpotDraft's adapter reads its sandbox, whichever way the undocumented falls."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime

import pytest

import clm_bridge
from clm_bridge import NotFound, RateLimited, Status
from clm_bridge.sandbox import portfolio, start
from clm_bridge_spotdraft.sandbox import SpotDraftSandbox

DEALS = portfolio()
ZONE = "America/Los_Angeles"


def connect(switches=None, **settings):
    sandbox = start(
        SpotDraftSandbox, switches={"rate_limit": False, **(switches or {})}
    )
    return clm_bridge.connect(vendor="spotdraft", sandbox=sandbox, **settings)


SWITCHES = [
    {"integer_list_ids": True},
    {"composite_lookup_ids": True},
    {"nested_lookup": True},
    {"listed_metadata": "null"},
    {"listed_metadata": "never"},
    {"omit_empty_key_pointers": True},
    {"key_pointer_instants": True},
    {"null_format_option": True},
    {"approval_keys": "2024"},
    {"strict_filters": True},
    {"executed_upload_prefix": "T"},
    {"retry_after": True},
    {"index_lag": 60},
    {
        "integer_list_ids": True,
        "nested_lookup": True,
        "listed_metadata": "never",
        "omit_empty_key_pointers": True,
        "key_pointer_instants": True,
        "null_format_option": True,
        "strict_filters": True,
    },
]


def named(switches):
    return "-".join(f"{name}={value}" for name, value in switches.items())


@pytest.fixture(scope="module")
def expected():
    """What the sandbox says in its plain form, in a zone that loses days easily."""
    with connect(timezone=ZONE) as clm:
        return {one.id: one for one in clm.contracts.list()}


@pytest.mark.parametrize("switches", SWITCHES, ids=named)
def test_every_form_reads_the_same(switches, expected):
    """Ids, lookups, links, empty key pointers and dates in any documented form."""
    with connect(switches, timezone=ZONE) as clm:
        found = {one.id: one for one in clm.contracts.list()}

    assert len(found) == len(DEALS)
    assert found == expected


@pytest.mark.parametrize("switches", SWITCHES, ids=named)
def test_every_form_finds_the_same(switches):
    """By somebody else's id, by the own id, and by the bare number."""
    with connect() as plain, connect(switches) as other:
        expected = list(plain.contracts.find_by_external_id("PR-1148"))
        found = list(other.contracts.find_by_external_id("PR-1148"))
        bare = found[0].id.partition("-")[2]
        alone = [other.contracts.get(own) for own in (found[0].id, bare)]

    assert [one.id for one in found] == [one.id for one in expected]
    assert [one.external_links for one in found] == [
        one.external_links for one in expected
    ]
    assert [one.id for one in alone] == [found[0].id] * 2


def test_one_word_for_every_data_type_reads_the_same(expected):
    """The one documented word is "string"; dates, amounts and periods stay typed."""
    with connect({"string_data_types": True}, timezone=ZONE) as clm:
        found = {one.id: one for one in clm.contracts.list()}

    assert typed(found) == typed(expected)


def typed(contracts):
    return {
        own: (
            one.key_dates,
            one.term,
            one.value,
            {name: field.value for name, field in one.fields.items()},
        )
        for own, one in contracts.items()
    }


def test_a_prefix_is_never_guessed():
    """Uploads of executed contracts are H-, everything else is T-."""
    with connect({"integer_list_ids": True}) as clm:
        found = {one.id[0]: one.status for one in clm.contracts.list(status="executed")}

    assert set(found) == {"T", "H"}


def test_a_summary_of_integers_is_a_page_a_call():
    """The prefix is asked for only where a call needs it."""
    with connect({"integer_list_ids": True}) as clm:
        found = list(clm.contracts.list(detail="summary"))

    assert all(one.id.isdecimal() for one in found)
    assert len(found) == len(DEALS)


@pytest.mark.parametrize(
    ("name", "value"),
    [("status", "executed"), ("created_since", datetime(2026, 1, 1, tzinfo=UTC))],
)
def test_strict_filters_are_all_known(name, value):
    """Every filter that is sent is one that the document lists."""
    with connect() as plain, connect({"strict_filters": True}) as strict:
        expected = [one.id for one in plain.contracts.list(**{name: value})]
        found = [one.id for one in strict.contracts.list(**{name: value})]

    assert found == expected


def test_a_lagging_index_hides_no_change_from_get():
    """What was held a moment ago is on hold, whatever the list says."""
    sandbox = start(SpotDraftSandbox, switches={"rate_limit": False, "index_lag": 3600})
    with clm_bridge.connect(vendor="spotdraft", sandbox=sandbox) as clm:
        draft = clm.contracts.list(status="draft", detail="summary").first()
        sandbox.hold(draft.id)
        listed = clm.contracts.list(status="draft", detail="summary")
        stale = {one.id: one.status for one in listed}
        found = clm.contracts.get(draft.id)

    assert stale[draft.id] is Status.DRAFT
    assert (found.status, found.source.status) == (Status.ON_HOLD, "ON_HOLD")


def test_a_deleted_contract_is_gone_while_the_index_lists_it():
    """Full detail leaves it out, and get does not find it."""
    sandbox = start(SpotDraftSandbox, switches={"rate_limit": False, "index_lag": 3600})
    with clm_bridge.connect(vendor="spotdraft", sandbox=sandbox) as clm:
        one = clm.contracts.list(status="cancelled", detail="summary").first()
        sandbox.delete(one.id)
        left = {each.id for each in clm.contracts.list(status="cancelled")}
        with pytest.raises(NotFound):
            clm.contracts.get(one.id)

    assert one.id not in left != set()


@pytest.mark.parametrize(("sends", "seconds"), [(True, 1.0), (False, None)])
def test_the_limit_says_how_long_or_does_not(sends, seconds):
    """Whether a 429 carries Retry-After is not documented; both are read."""
    switches = {"rate_limit": True, "retry_after": sends}
    with (
        connect(switches, rate_limit=1000, max_attempts=1) as clm,
        pytest.raises(RateLimited, match="throttled") as caught,
    ):
        deque((clm.check() for _ in range(100)), maxlen=0)

    assert caught.value.retry_after == seconds


def test_counterparties_come_from_all_pages():
    """None is lost or repeated on the way."""
    names = {
        party.name
        for deal in DEALS
        for party in (deal.counterparty, *deal.other_parties)
    }
    with connect() as clm:
        found = [one.name for one in clm.counterparties.list()]

    assert sorted(found) == sorted(names)


def test_a_composite_definition_has_no_options_of_its_pieces():
    """The units of a duration are none of its options."""
    with connect() as clm:
        found = {one.id: one for one in clm.fields.list()}

    assert found["term_length"].options == ()
    assert found["term_length"].required is False
    assert "Legal" in found["department"].options
