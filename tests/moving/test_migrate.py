"""Moving between the vendors' sandboxes: each contract once, and as it was."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

import clm_bridge
from clm_bridge import ConfigError, DocumentKind, DownloadError, NotFound, Status
from clm_bridge.moving import Journal, Names, migrate, plan, rehearse
from clm_bridge.moving._house import address

from .homes import left, lived_in, names

pytestmark = pytest.mark.heavy
VENDORS = ("coupa", "spotdraft", "tomorro")
PAIRS = [(a, b) for a in VENDORS for b in VENDORS if a != b]
COUNT = 24
SOON = timedelta(seconds=1)


@pytest.fixture
def houses(tmp_path):
    """Return a function that opens the house that is left, and the new one."""
    opened = []

    def open_both(source, target, count=COUNT, **given):
        old = clm_bridge.connect(vendor=source, sandbox=left(source, count, target))
        new = clm_bridge.connect(vendor=target, sandbox=lived_in(target), **given)
        opened.extend((old, new))
        return old, new

    yield open_both
    for clm in opened:
        clm.close()


def called(target):
    """Name types and templates, and whom to write to where nobody is told."""
    return evolve(names(target), contacts={"*": "Ada Lind <ada@acme.example>"})


def reach(path, new, before):
    """The new contracts, by the old ids, after a look at the journal."""
    told = [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]
    made = {one["id"]: one["target"] for one in told if one["fact"] == "created"}
    there = {one.id: one for one in new.contracts.list() if one.id not in before}
    assert sorted(made.values()) == sorted(there)
    return {key: there[target] for key, target in made.items()}


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_each_contract_moves_once_and_as_it_was(source, target, houses, tmp_path):
    """All but what is declared as lost is equal, and a second run does nothing."""
    old, new = houses(source, target, links=tmp_path / "links.sqlite")
    path, how = tmp_path / "journal", called(new)
    before = {one.id for one in new.contracts.list()}
    wanted = {one.id: one for one in old.contracts.list()}

    results = migrate(old, new, path, names=how, late=SOON)

    there = reach(path, new, before)
    assert {one.key for one in results} == set(wanted)
    assert {one.outcome for one in results} <= {"created", "refused"}
    assert len(there) >= 10
    for one in results:
        if one.outcome == "created":
            assert unlike(wanted[one.key], there[one.key], one.lost) == []
        else:
            assert one.why
    held = path.read_bytes()
    again = migrate(old, new, path, names=how, late=SOON)
    assert [one for one in again if one.outcome == "created"] == [
        one for one in results if one.outcome == "created"
    ]
    assert held == path.read_bytes() or target == "tomorro"  # refused again
    assert reach(path, new, before).keys() == there.keys()


def unlike(was, now, lost):
    """Return what differs and was not told."""
    told = {sentence.partition(":")[0].partition(" ")[0] for sentence in lost}
    parts = {
        "name": (was.name, now.name),
        "status": (was.status, now.status),
        "value": (was.value, now.value),
        "counterparty.name": (was.counterparty.name, now.counterparty.name),
        "key_dates.effective_on": (
            was.key_dates.effective_on,
            now.key_dates.effective_on,
        ),
    }
    if was.external_link and not told & {"external_link", "external_link.system"}:
        parts["external_link.id"] = (was.external_link.id, now.external_link.id)
    return [
        (path, *both)
        for path, both in parts.items()
        if both[0] != both[1] and both[0] is not None and path not in told
    ]


def test_the_signed_file_moves_with_what_is_executed(houses, tmp_path):
    """Byte for byte."""
    old, new = houses("spotdraft", "coupa")
    results = migrate(old, new, tmp_path / "journal", status="executed", limit=3)

    for one in results:
        assert one.outcome == "created"
        assert signed(old, one.key, tmp_path) == signed(new, one.target, tmp_path)


def signed(clm, id, folder):
    [document, *_] = [
        one for one in clm.documents.list(id) if one.kind is DocumentKind.SIGNED
    ]
    return clm.documents.download(document, folder / f"{id}.pdf").sha256


def test_contracts_that_share_a_link_stay_several(houses, tmp_path):
    """Each is told from its siblings by its name."""
    old, new = houses("spotdraft", "coupa", 240)
    links = [one.external_link.id for one in old.contracts.list() if one.external_link]
    shared = {link for link in links if links.count(link) > 1}
    several = [
        one.id
        for one in old.contracts.list(status=["negotiation", "draft", "cancelled"])
        if one.external_link and one.external_link.id in shared
    ]
    assert several

    results = migrate(
        old, new, tmp_path / "j", status=["negotiation", "draft", "cancelled"]
    )

    made = {one.key: one.target for one in results if one.outcome == "created"}
    assert set(several) <= set(made)
    assert len(set(made.values())) == len(made)


def test_without_its_journal_a_second_run_finds_what_is_there(houses, tmp_path):
    """By link and name; contracts that exist are not made again."""
    old, new = houses("spotdraft", "coupa", 8)
    migrate(old, new, tmp_path / "first")
    count = len([*new.contracts.list()])

    results = migrate(old, new, tmp_path / "second")

    assert {one.outcome for one in results} == {"existed"}
    assert len([*new.contracts.list()]) == count


def test_what_is_cancelled_is_given_up_there_too(houses, tmp_path):
    """It is created earlier, and then cancelled."""
    old, new = houses("coupa", "tomorro", 60)
    results = migrate(
        old, new, tmp_path / "j", names=called(new), status=["cancelled", "declined"]
    )

    made = [one.target for one in results if one.outcome == "created"]
    assert made
    assert {new.contracts.get(one).status for one in made} == {Status.CANCELLED}


def test_a_rehearsal_writes_nothing(houses, tmp_path):
    """It says what each contract would come to."""
    old, new = houses("tomorro", "coupa", 12)
    before = sorted(one.id for one in new.contracts.list())

    results = rehearse(old, new, limit=5)

    assert [one.outcome for one in results] == ["dry_run"] * 5
    assert sorted(one.id for one in new.contracts.list()) == before


def test_a_limit_counts_what_is_dealt_with(houses, tmp_path):
    """So that a move can be made in batches."""
    old, new = houses("spotdraft", "coupa", 8)

    assert len(migrate(old, new, tmp_path / "j", limit=3)) == 3
    assert len(migrate(old, new, tmp_path / "j", limit=3)) == 6


def test_a_journal_is_of_one_way(houses, tmp_path):
    """The way back is another."""
    old, new = houses("spotdraft", "coupa", 3)
    migrate(old, new, tmp_path / "j", limit=1)

    with pytest.raises(ConfigError, match="is of something else"):
        migrate(new, new, tmp_path / "j")


def test_a_plan_says_what_moving_does(houses, tmp_path):
    """What it counts as moving is created, and nothing was written for it."""
    old, new = houses("coupa", "tomorro", 30)
    before = sorted(one.id for one in new.contracts.list())

    told = plan(old, new, names=called(new))
    between = sorted(one.id for one in new.contracts.list())
    results = migrate(old, new, tmp_path / "j", names=called(new))

    assert between == before
    assert told.contracts == len(results)
    created = sum(one.outcome == "created" for one in results)
    late = [one for one in results if "answered 400" in " ".join(one.why)]
    assert created + len(late) == told.movable  # the vendor alone knew of those
    assert told.writing.calls > 2 * told.movable
    assert told.writing.seconds > 0
    assert json.dumps(told.to_dict())


def test_a_plan_groups_its_reasons(houses):
    """A path, a reason, and how many contracts it is true of."""
    old, new = houses("coupa", "tomorro", 30)

    told = plan(old, new, names=Names(), sample=0)

    assert told.movable == 0
    assert {one.path for one in told.refused} == {"status", "template"}
    assert sum(one.contracts for one in told.refused) == told.contracts
    assert {kind.status for kind in told.kinds} >= {"draft", "executed"}


def test_a_plan_may_ask_which_documents_there_are(houses):
    """Where a draft cannot be had, what is under review begins as a draft."""
    old, new = houses("tomorro", "spotdraft", 30)

    taken = plan(old, new, names=called(new), status="negotiation")
    asked = plan(old, new, names=called(new), status="negotiation", documents=True)

    assert [kind.begins_as for kind in taken.kinds] == [("negotiation",)]
    assert [kind.begins_as for kind in asked.kinds] == [("draft",)]


def test_who_is_not_known_there_is_left_out(houses, tmp_path):
    """The vendor says so when it is asked, and the contract moves without the owner."""
    old, new = houses("coupa", "spotdraft", 6)
    how = evolve(called(new), owners={"*": "ghost@nowhere.example"})

    planned = plan(old, new, names=how)
    rehearsed = rehearse(old, new, names=how, limit=2)
    results = migrate(old, new, tmp_path / "j", names=how, late=SOON)

    assert "owner" in {one.path for one in planned.lost}
    assert all(any("owner" in lost for lost in one.lost) for one in rehearsed)
    assert {one.outcome for one in results} == {"created"}
    assert all(any("owner" in lost for lost in one.lost) for one in results)


def test_who_must_be_known_is_refused(tmp_path):
    """A supplier that the new vendor does not know, whoever asks."""
    with (
        clm_bridge.connect(vendor="spotdraft", sandbox=left("spotdraft", 12)) as old,
        clm_bridge.connect(vendor="coupa", sandbox=lived_in("coupa", 1)) as new,
    ):
        planned = plan(old, new)
        rehearsed = rehearse(old, new)
        results = migrate(old, new, tmp_path / "j", late=SOON)

    assert "counterparty.name" in {one.path for one in planned.refused}
    for found in (rehearsed, results):
        reasons = [why for one in found if one.outcome == "refused" for why in one.why]
        assert reasons
        assert {why.partition(" ")[0] for why in reasons} == {"counterparty.name"}


@pytest.mark.parametrize(
    ("error", "outcome"),
    [(NotFound("gone", status=404), "created"), (DownloadError("torn"), "refused")],
)
def test_a_file_that_cannot_be_had_is_told(
    houses, tmp_path, monkeypatch, error, outcome
):
    """Where there is none the contract moves without; one that broke off is missing."""
    old, new = houses("spotdraft", "coupa", 12)

    def fails(document, to):
        raise error

    monkeypatch.setattr(old.documents, "download", fails)

    [result] = migrate(old, new, tmp_path / "j", status="executed", limit=1)

    assert result.outcome == outcome
    told = {*result.lost, *result.why}
    assert any("document: has no file" in one or "torn" in one for one in told)


def test_what_is_open_and_gone_stays_open(houses, tmp_path):
    """Nobody can say whether it was created."""
    old, new = houses("spotdraft", "coupa", 3)
    about = {"from": address(old), "to": address(new)}
    with Journal.open(tmp_path / "j", about) as journal:
        journal.began("T-1", datetime(2026, 11, 2, tzinfo=UTC))

    results = migrate(old, new, tmp_path / "j", limit=1, late=SOON)

    assert ("T-1", "open") in {(one.key, one.outcome) for one in results}
