"""One contract: by its id in all its forms, its status, its documents."""

from __future__ import annotations

import pytest

from clm_bridge import (
    Facet,
    NotFound,
    Status,
)
from clm_bridge.adapter import FULL, Query
from clm_bridge.testing import play, reply

from .reading import details, listed, one_row


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


def test_the_documents_of_a_bare_number_have_the_composite_id(spotdraft):
    """The link is asked for by the composite id."""
    played = play(spotdraft.list_documents("12"), reply(STATUS))

    assert [one.contract_id for one in played.result] == ["T-12"]
