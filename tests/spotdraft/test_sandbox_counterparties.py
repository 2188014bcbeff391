"""Writing the address book, and the words that it takes."""

from __future__ import annotations

import pytest

NEW = {
    "is_individual": False,
    "organization_type": "company",
    "organization_name": "Initech Inc.",
    "contact_name": "Avery Stone",
    "contact_email": "legal@initech.example",
    "primary_address": {"line_one": "1 Main St", "city_name": "New York"},
    "custom_fields": {"vendor_id": "V-1"},
}


def _made(api):
    return api.post("/counter_parties/", NEW).json["id"]


def test_a_counterparty_is_changed_in_part(api):
    """What was not told stays."""
    path = f"/counter_parties/{_made(api)}"
    body = {"contact_email": "new@initech.example", "custom_fields": {"tier": 1}}
    answer = api.call("PATCH", path, json=body).json

    assert answer["name"] == "Initech Inc."
    assert answer["contacts"][0]["name"] == "Avery Stone"
    assert answer["contacts"][0]["email"] == "new@initech.example"
    assert answer["custom_fields"] == {"vendor_id": "V-1", "tier": 1}
    assert api.get(path).json == answer


def test_a_name_stays_unique(api):
    """Its own name may be told again, another's may not."""
    path = f"/counter_parties/{_made(api)}"
    same = api.call("PATCH", path, json={"organization_name": "Initech Inc."})
    taken = api.call("PATCH", path, json={"organization_name": "Globex Ltd"})

    assert same.status_code == 200
    assert (taken.status_code, list(taken.json)) == (400, ["organization_name"])


def test_a_new_counterparty_is_found_by_its_address_and_fields(api):
    """By the filters of the list."""
    _made(api)
    email = {"filter__client_email_address": "legal@initech.example"}
    found = api.get("/counter_parties/", **email).json["results"]
    custom = api.get("/counter_parties/", filter_custom__vendor_id="V-1").json

    assert [one["name"] for one in found] == ["Initech Inc."]
    assert custom["total_results"] == 1


@pytest.mark.parametrize(
    ("method", "path", "body", "code"),
    [
        ("PATCH", "/counter_parties/9999", {}, 404),
        ("PATCH", "/counter_parties/501", {"organization_type": "guild"}, 400),
        ("POST", "/counter_parties/", NEW | {"organization_type": "guild"}, 400),
        ("POST", "/counter_parties/", NEW | {"organization_name": ""}, 400),
    ],
)
def test_a_wrong_counterparty_is_refused(api, method, path, body, code):
    """Unknown ones, and a kind of company that the workspace does not have."""
    assert api.call(method, path, json=body).status_code == code


def test_the_workspaces_kinds_of_companies(api):
    """The words that organization_type takes."""
    rows = api.get("/organizations/types/", jurisdiction_iso_code="US").json

    assert {"id": 1, "name": "company", "jurisdiction": "US"} in rows
