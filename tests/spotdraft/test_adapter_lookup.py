"""Contracts by somebody else's id."""

from __future__ import annotations

import pytest

from clm_bridge.testing import play, reply

from .reading import details, payload


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


@pytest.mark.parametrize("id", ["T-1234", "H-1234"])
def test_find_takes_composite_ids_too(spotdraft, id):
    """The lookup's older example has them; no probe is needed then."""
    [[row]] = payload("by_external_metadata")

    played = play(
        spotdraft.find_contracts("deal-122"), reply([{**row, "id": id}]), *details()
    )

    assert [one.id for one in played.result] == [id]


def test_find_takes_a_plain_array(spotdraft):
    """As the schema and the playbook have it."""
    [[row]] = payload("by_external_metadata")
    told = [{**row, "id": "T-1"}, {**row, "id": "T-2"}]

    found = play(
        spotdraft.find_contracts("deal-122"), reply(told), *details(), *details()
    ).result

    assert [one.id for one in found] == ["T-1", "T-2"]


def test_find_looks_again_where_a_row_did_not_tell_the_link(spotdraft):
    """What turns out to carry another id was not asked for."""
    [[row]] = payload("by_external_metadata")
    bare = {key: row[key] for key in row if key != "external_metadata"}

    found = play(
        spotdraft.find_contracts("deal-122"),
        reply([{**bare, "id": "T-1"}]),
        *details(),
        reply({"external_metadata": {"id": "deal-7"}}),
    ).result

    assert list(found) == []


def test_find_leaves_out_what_was_deleted_meanwhile(spotdraft):
    """One contract that is gone does not hide the others."""
    [[row]] = payload("by_external_metadata")
    told = [{**row, "id": "T-1"}, {**row, "id": "T-2"}]

    found = play(
        spotdraft.find_contracts("deal-122"),
        reply(told),
        reply({"detail": "Not Found"}, 404),
        *details(),
    ).result

    assert [one.id for one in found] == ["T-2"]


@pytest.mark.parametrize(("count", "warned"), [(49, False), (50, True)])
def test_find_says_that_fifty_may_not_be_all(spotdraft, caplog, count, warned):
    """The lookup ends at fifty contracts and has no second page."""
    [[row]] = payload("by_external_metadata")
    told = [{**row, "id": f"T-{n}"} for n in range(count)]
    answers = [answer for _ in range(count) for answer in details()]

    found = play(spotdraft.find_contracts("deal-122"), reply(told), *answers).result

    assert len(found) == count
    assert ("at most 50" in caplog.text) is warned
