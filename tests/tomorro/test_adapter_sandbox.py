"""Tomorro's adapter reads its sandbox, whichever way the undocumented falls."""

from __future__ import annotations

import pytest

import clm_bridge
from clm_bridge import NotFound, Rejected, Unsupported
from clm_bridge.sandbox import portfolio, start
from clm_bridge_tomorro.sandbox import TomorroSandbox
from clm_bridge_tomorro.sandbox._workspace import USER_KEY

DEALS = {deal.name: deal for deal in portfolio()}


def connect(switches=None, **settings):
    sandbox = start(TomorroSandbox, switches={"rate_limit": False, **(switches or {})})
    return clm_bridge.connect(vendor="tomorro", sandbox=sandbox, **settings)


@pytest.mark.parametrize(
    "switches",
    [
        {"prefixed_ids": True},
        {"wrapped": True},
        {"link_key": "externalLink"},
        {"lists": "documented"},
        {"lists": "pagination"},
        {"lists": "introduction"},
    ],
    ids=lambda switches: "-".join(map(str, *switches.items())),
)
def test_every_form_reads_the_same(switches):
    """Ids, wrappers, the link's key and the cursor may come in any documented form."""
    with connect() as plain, connect(switches) as other:
        expected = {one.id: one for one in plain.contracts.list()}
        found = {one.id: one for one in other.contracts.list()}

    assert len(found) == len(DEALS)
    assert found == expected


def test_a_summary_is_one_call_a_page():
    """A row says id, name and status."""
    with connect() as clm:
        found = list(clm.contracts.list(status="executed", detail="summary"))

    assert {one.status.value for one in found} == {"executed"}
    assert all(not one.loaded for one in found)


def test_a_name_that_nobody_has_finds_nothing():
    """A counterparty that does not exist has no contracts."""
    with connect() as clm:
        assert list(clm.contracts.list(counterparty="Nobody & Sons")) == []


def test_a_counterparty_may_be_named_by_its_id():
    """The id finds what the name finds."""
    with connect() as clm:
        one = clm.counterparties.list().first()
        by_name = {each.id for each in clm.contracts.list(counterparty=one.name)}
        by_id = {each.id for each in clm.contracts.list(counterparty=one.id)}

    assert by_id == by_name != set()


def test_a_summary_by_time_is_refused():
    """The documented form of the filter is a day."""
    with connect() as clm, pytest.raises(Unsupported):
        clm.contracts.list(
            created_since=next(iter(DEALS.values())).created_at, detail="summary"
        )


def test_a_sunset_version_is_no_missing_record():
    """410 says what to set."""
    version = "2025-01-29.alpha"
    with (
        connect({"sunset_versions": (version,)}) as clm,
        pytest.raises(Rejected, match="set 'version'"),
    ):
        clm.check()


def test_a_deprecated_version_is_told_of():
    """The check passes the vendor's warning on."""
    with connect(version="2025-01-15.init") as clm:
        assert any("Tomorro warns" in note for note in clm.check().notes)


def test_an_unknown_contract_is_not_found():
    """The vendor's own words are in the error."""
    with connect() as clm, pytest.raises(NotFound, match="Contract not found"):
        clm.contracts.get("0b9f8a52-3c1e-4d7a-9f55-2a6b7c8d9e10")


def test_a_personal_key_sees_what_its_owner_does():
    """The same code finds fewer contracts, and no error says so: the check does."""
    with connect() as admin, connect(api_key=USER_KEY) as user:
        every = {one.id for one in admin.contracts.list(detail="summary")}
        own = {one.id for one in user.contracts.list(detail="summary")}
        notes = user.check().notes

    assert own < every
    assert any("its owner sees" in note for note in notes)


def test_the_contracts_of_an_archived_counterparty_are_found():
    """It is in nobody's picker any more, and still on its contracts."""
    sandbox = start(TomorroSandbox, switches={"rate_limit": False})
    with clm_bridge.connect(vendor="tomorro", sandbox=sandbox) as clm:
        party = next(iter(clm.contracts.list())).counterparty
        sandbox._world.state.counterparties[party.id].status = "archived"
        found = list(clm.contracts.list(counterparty=party.name))

    assert {one.counterparty.id for one in found} == {party.id}
