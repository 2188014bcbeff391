"""Writing a contract's key pointers and its link."""

from __future__ import annotations

import pytest


def test_key_pointers_are_written_in_bulk(api):
    """By definition id or by field name; the answer is what a GET says."""
    definitions = api.get("/key_pointers/", contract_type_id=102).json
    length = {"type": "MONTHS", "value": 6}
    body = {
        "key_pointers": [
            {"key_pointer_id": definitions[3]["id"], "value": length},
            {"key_pointer_field_name": "expiration_date", "value": "2027-06-30"},
        ]
    }
    answer = api.post("/contracts/T-1001/key_pointers/bulk", body)

    assert answer.status_code == 200
    assert answer.json == api.get("/contracts/T-1001/key_pointers").json
    assert api.pointers("T-1001")["term_length"]["value"] == length
    assert api.pointers("T-1001")["expiration_date"]["value"] == "2027-06-30"


def test_one_unknown_key_pointer_refuses_all(api):
    """Nothing is written, and the place of the fault is told."""
    body = {
        "key_pointers": [
            {"key_pointer_field_name": "effective_date", "value": "2026-12-01"},
            {"key_pointer_field_name": "colour", "value": "red"},
            {"value": 1},
        ]
    }
    answer = api.post("/contracts/T-1001/key_pointers/bulk", body)

    assert answer.status_code == 400
    assert list(answer.json["key_pointers"]) == ["1", "2"]
    assert api.pointers("T-1001")["effective_date"]["value"] is None


def test_one_key_pointer_is_patched_by_its_values_id(api):
    """The answer is the one row; the definition's id does not serve."""
    row = api.pointers("T-1001")["effective_date"]
    path = "/contracts/T-1001/key_pointers"
    answer = api.call("PATCH", f"{path}/{row['id']}", json={"value": "2026-12-01"})

    assert answer.json == row | {"value": "2026-12-01"}
    assert api.call("PATCH", f"{path}/10201", json={"value": 1}).status_code == 404
    assert api.call("PATCH", f"{path}/{row['id']}", json={}).status_code == 400


def test_a_date_that_was_written_can_be_filtered_by(api):
    """The index knows expiry from the key pointer."""
    value = {"key_pointer_field_name": "expiration_date", "value": "2031-01-01"}
    api.post("/contracts/T-1001/key_pointers/bulk", {"key_pointers": [value]})

    assert api.names(**{"filter__expiring_at[$gte]": "2030-01-01"}) == ["Draft"]


def test_a_write_moves_the_date_of_update(api):
    """It can be seen by filtering only."""
    before = api.names(**{"filter__last_updated_on[$gte]": "2026-11-02"})
    told = {"external_metadata": {"id": "x"}}
    api.post("/contracts/T-1001/external_metadata", told)
    after = api.names(**{"filter__last_updated_on[$gte]": "2026-11-02"})

    assert (before, after) == ([], ["Draft"])


def test_external_metadata_is_replaced_as_a_whole(api):
    """GET and POST answer the same envelope; an id may be a number."""
    path = "/contracts/T-1002/external_metadata"
    told = {"id": 7, "integration_name": "ERP", "record_type": "PO"}
    answer = api.post(path, {"external_metadata": told})

    assert answer.json == {"external_metadata": told}
    assert api.get(path).json == {"external_metadata": told}
    assert [one["id"] for one in api.get("/contracts/by_external_metadata/7").json] == [
        1002
    ]


def test_a_contract_without_metadata_says_null(api):
    """It is no 404."""
    answer = api.get("/contracts/T-1001/external_metadata")

    assert (answer.status_code, answer.json) == (200, {"external_metadata": None})


@pytest.mark.parametrize(
    ("configuration", "record_type", "status", "code"),
    [
        ("00000000-0000-4000-8000-000000000000", "Deal", 404, "SD_INTEGRATIONS_00021"),
        (
            "2a2340fb-1af6-401e-a04c-c69a14c798b1",
            "Quote",
            400,
            "SD_INTEGRATIONS_00030",
        ),
    ],
)
def test_a_configuration_must_fit(api, configuration, record_type, status, code):
    """Both codes are documented."""
    body = {
        "id": "x",
        "record_type": record_type,
        "object_configuration_id": configuration,
    }
    answer = api.post(
        "/contracts/T-1001/external_metadata", {"external_metadata": body}
    )

    assert answer.status_code == answer.json["status_code"] == status
    assert answer.json["code"] == code


def test_a_configuration_that_fits_is_kept(api):
    """It comes back with the rest."""
    body = {
        "id": "x",
        "record_type": "Deal",
        "object_configuration_id": "2a2340fb-1af6-401e-a04c-c69a14c798b1",
    }
    answer = api.post(
        "/contracts/T-1001/external_metadata", {"external_metadata": body}
    )

    assert answer.json == {"external_metadata": body}


def test_a_configuration_needs_its_record_type(api):
    """One without the other is a 400 on the field."""
    body = {
        "id": "x",
        "object_configuration_id": "2a2340fb-1af6-401e-a04c-c69a14c798b1",
    }
    answer = api.post(
        "/contracts/T-1001/external_metadata", {"external_metadata": body}
    )

    assert answer.json == {"external_metadata": {"record_type": ["Field required"]}}
