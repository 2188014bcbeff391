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
    played = play(spotdraft.get_contract("T-34211"), listed(one_row()), *details())

    assert played.asked[0].params["filter__contract_id[$eq]"] == "T-34211"
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
        reply({"contract_status": "EXECUTED", "contract_name": "x"}),
    )

    assert [request.target for request in played.asked] == [
        "contracts/T-2342/status",
        "contracts/H-2342/status",
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
