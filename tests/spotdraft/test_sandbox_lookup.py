"""Finding contracts by somebody else's id."""

from __future__ import annotations

from attrs import evolve

from clm_bridge import ExternalLink

from .sandbox_workspace import PLAIN, SIGNED, Api


def test_the_lookup_is_a_bare_array_of_integers(api):
    """Several contracts may share an external id; the newest comes first."""
    rows = api.get("/contracts/by_external_metadata/PR-1").json

    assert [row["id"] for row in rows] == [1005, 1002]
    assert rows[0]["created_by"] == "jordan@buyer.example"
    assert rows[0]["external_metadata"]["id"] == "PR-1"


def test_the_lookup_finds_nothing_quietly(api):
    """No match is an empty array."""
    answer = api.get("/contracts/by_external_metadata/none")

    assert (answer.status_code, answer.json) == (200, [])


def test_the_lookup_answers_with_fifty_at_most():
    """It cannot be paged."""
    api = Api([evolve(SIGNED, index=place) for place in range(1, 61)])

    assert len(api.get("/contracts/by_external_metadata/PR-1").json) == 50


def test_the_lookup_takes_an_encoded_id():
    """An id may hold a slash, a blank and a letter of any alphabet."""
    link = ExternalLink("erp", "PO", "PO/7 ü#1")
    api = Api([evolve(PLAIN, link=link)])
    rows = api.get("/contracts/by_external_metadata/PO%2F7%20%C3%BC%231").json

    assert [row["id"] for row in rows] == [1001]


def test_switches_change_the_lookups_shape():
    """An array in an array, and composite ids, as in the vendor's examples."""
    api = Api(nested_lookup=True, composite_lookup_ids=True)
    answer = api.get("/contracts/by_external_metadata/PR-1").json

    assert [[row["id"] for row in rows] for rows in answer] == [["T-1005", "T-1002"]]
