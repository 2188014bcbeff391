"""One contract: by its id in all its forms, by somebody else's id, its status."""

from __future__ import annotations

import pytest

from clm_bridge import (
    Facet,
    NotFound,
    Status,
)
from clm_bridge.adapter import FULL, Query
from clm_bridge.testing import play, reply

from .reading import details, listed, one_row, payload


def test_get_finds_the_row_by_its_id(spotdraft):
    """There is no call for one contract."""
    told = reply({"contract_status": "REDLINING", "contract_name": "x"})

    played = play(
        spotdraft.get_contract("T-34211"), listed(one_row()), told, *details()
    )

    assert played.asked[0].params["filter__contract_id[$in]"] == "T-34211"
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


def test_a_bare_number_is_tried_as_t_then_as_h(spotdraft):
    """An integer maps to exactly one prefix within a workspace."""
    played = play(
        spotdraft.contract_status("2342"),
        reply({"detail": "Not Found"}, 404),
        reply({"contract_status": "EXECUTED", "contract_name": "x"}),
    )

    assert [request.target for request in played.asked] == [
        "contracts/T-2342/status",
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


STATUS = {"contract_status": "EXECUTED", "contract_name": "x"}


def test_get_trusts_the_status_call_more_than_the_search_index(spotdraft):
    """The list comes from an index that lags; a webhook may be faster."""
    told = {"contract_status": "EXECUTED", "contract_name": "Renamed"}

    found = play(
        spotdraft.get_contract("T-34211"), listed(one_row()), reply(told), *details()
    ).result

    assert (found.status, found.source.status) == (Status.EXECUTED, "EXECUTED")
    assert found.name == "Renamed"


def test_get_keeps_the_name_where_the_status_call_has_none(spotdraft):
    """The 2024 document has the status alone."""
    told = reply({"contract_status": "REDLINING"})

    found = play(
        spotdraft.get_contract("T-34211"), listed(one_row()), told, *details()
    ).result

    assert found.name == "Acme Standard NDA"


def test_a_deleted_contract_is_not_found_while_the_index_still_lists_it(spotdraft):
    """The status call decides."""
    with pytest.raises(NotFound):
        play(
            spotdraft.get_contract("T-34211"),
            listed(one_row()),
            reply({"detail": "Not Found"}, 404),
        )


def test_get_by_a_bare_number_asks_the_list_for_both_prefixes(spotdraft):
    """The list's filter takes composite ids."""
    played = play(
        spotdraft.get_contract("2342"),
        listed(one_row(id="H-2342")),
        reply({"detail": "Not Found"}, 404),
        reply(STATUS),
        *details(),
    )

    assert played.asked[0].params["filter__contract_id[$in]"] == "T-2342,H-2342"
    assert played.result.id == "H-2342"


def test_get_takes_no_other_row_for_the_one_it_asked_for(spotdraft):
    """A vendor that ignores the filter answers with any contract."""
    found = play(
        spotdraft.get_contract("T-9"),
        listed(one_row()),
        reply({"contract_status": "DRAFT", "contract_name": "New"}),
        *details(),
        reply({"external_metadata": None}),
    ).result

    assert (found.id, found.name, found.parties) == ("T-9", "New", ())


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


def test_the_documents_of_a_bare_number_have_the_composite_id(spotdraft):
    """The link is asked for by the composite id."""
    played = play(spotdraft.list_documents("12"), reply(STATUS))

    assert [one.contract_id for one in played.result] == ["T-12"]
