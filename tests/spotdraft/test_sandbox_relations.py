"""Relating contracts, and what each is to the other."""

from __future__ import annotations

import pytest


def _relate(api, number, other, kind):
    body = {"related_contract_id": other, "relation_type": kind}
    return api.post(f"/contracts/{number}/contract_relation/", body)


def _related(api, number):
    rows = api.get(f"/contracts/{number}/related_contracts/").json["results"]
    return [(row["contract"]["id"], row["relation_type"]) for row in rows]


@pytest.mark.parametrize(
    ("kind", "back"),
    [
        ("CHILD", "PARENT"),
        ("ADDENDUM", "PARENT"),
        ("AMENDMENT", "PARENT"),
        ("PARENT", "CHILD"),
    ],
)
def test_two_contracts_are_related(api, kind, back):
    """Each sees what the other is to it."""
    answer = _relate(api, 1001, 1003, kind)

    assert answer.status_code == 201
    assert answer.json.pop("created").endswith("Z")
    assert answer.json["related_contract_id"] == 1003
    assert answer.json["relation_type"] == kind
    assert _related(api, 1001) == [(1003, kind)]
    assert _related(api, 1003) == [(1001, back)]


@pytest.mark.parametrize(
    ("number", "other", "kind"),
    [(1003, 1001, "CHILD"), (1001, 1003, "PARENT"), (1001, 1001, "CHILD")],
)
def test_a_circle_is_refused(api, number, other, kind):
    """The documented code, in the short shape."""
    _relate(api, 1001, 1002, "CHILD")
    _relate(api, 1002, 1003, "AMENDMENT")
    answer = _relate(api, number, other, kind)

    assert answer.status_code == 400
    assert set(answer.json) == {"detail", "code"}
    assert answer.json["code"] == "SD_CONTRACTS_00093"


def test_a_pair_is_related_once(api):
    """Asking again answers with what there is."""
    first = _relate(api, 1001, 1003, "CHILD").json
    again = _relate(api, 1001, 1003, "CHILD").json

    assert again["id"] == first["id"]
    assert _related(api, 1001) == [(1003, "CHILD")]


def test_a_deleted_contract_is_related_to_nothing(api):
    """It vanishes from the other's list."""
    api.sandbox.delete("H-1009")

    assert _related(api, 1002) == []


@pytest.mark.parametrize(
    ("other", "kind", "field"),
    [
        (9, "CHILD", "related_contract_id"),
        (None, "CHILD", "related_contract_id"),
        (1003, "RENEWAL", "relation_type"),
    ],
)
def test_a_wrong_relation_is_refused(api, other, kind, field):
    """There is no renewal among the four words."""
    answer = _relate(api, 1001, other, kind)

    assert (answer.status_code, list(answer.json)) == (400, [field])
