"""Answers to the template's questions and to the intake form's, and the owner."""

from __future__ import annotations

import pytest

from .sandbox_payloads import CREATION, REVIEW_UPLOAD


def _patch(api, path, body):
    return api.call("PATCH", path, json=body)


def _saved(api, number, kind):
    path = f"/contracts/{number}/questionnaire/responses/"
    return api.get(path, questionnaire_type=kind).json["questionnaire_response_data"]


def test_data_is_merged_and_fills_key_pointers(api):
    """What was not told stays; variables that are key pointers fill them."""
    made = api.post("/contracts/", CREATION).json["id"]
    told = {"notice_period_days": 60, "expiration_date": "2027-06-30"}
    answer = _patch(api, f"/contracts/{made}/contract_data", {"data": told})

    assert answer.json == {"data": CREATION["contract_data"] | told}
    assert api.pointers(made)["expiration_date"]["value"] == "2027-06-30"
    assert api.pointers(made)["auto_renewal"]["value"] is True
    assert _saved(api, 1010, "TEMPLATE") == answer.json["data"]


def test_data_is_frozen_once_executed(api):
    """The sentence and the code are documented, in the short shape."""
    body = {"data": {"customer_name": "x"}}
    answer = _patch(api, "/contracts/T-1002/contract_data", body)

    assert answer.status_code == 400
    assert answer.json == {
        "detail": "Contract cannot be updated because it has been executed.",
        "code": "SD_PUBLIC_00009",
    }


def test_historic_contracts_have_no_data(api):
    """What was uploaded has no template to ask (documented for historic ones)."""
    api.post("/contracts/upload_review_contracts/", REVIEW_UPLOAD)
    for own in ("H-1009", "T-1010"):
        answer = _patch(api, f"/contracts/{own}/contract_data", {"data": {}})

        assert (answer.status_code, list(answer.json)) == (400, ["detail"])


@pytest.mark.parametrize(
    ("id", "body", "code"),
    [
        ("T-1001", {"data": {"colour": "red"}}, 400),
        ("T-1001", {"data": []}, 400),
        ("T-1001", {}, 400),
        ("T-1008", {"data": {}}, 402),
        ("T-9", {"data": {}}, 404),
    ],
)
def test_wrong_data_is_refused(api, id, body, code):
    """An unknown variable, no data, a voided contract, none at all."""
    answer = _patch(api, f"/contracts/{id}/contract_data", body)

    assert answer.status_code == code


def test_intake_answers_are_merged(api):
    """Unknown keys are kept too (documented), and the first time is told."""
    first = _patch(api, "/contracts/T-1003/intake_form/response", {"a": 1, "b": 2})
    answer = _patch(api, "/contracts/T-1003/intake_form/response", {"b": 3})

    assert answer.json["data"] == {"a": 1, "b": 3}
    assert answer.json["created"] == first.json["created"]
    assert _saved(api, 1003, "INTAKE_FORM") == {"a": 1, "b": 3}


def test_an_upload_may_bring_its_answers(api):
    """intake_form_data is what the questionnaire holds afterwards."""
    body = REVIEW_UPLOAD | {"intake_form_data": {"department": "Legal"}}
    api.post("/contracts/upload_review_contracts/", body)

    assert _saved(api, 1010, "INTAKE_FORM") == {"department": "Legal"}


def test_an_intake_answer_is_an_object(api):
    """A list is none."""
    answer = _patch(api, "/contracts/T-1003/intake_form/response", [1])

    assert answer.status_code == 400


@pytest.mark.parametrize("asked", [{}, {"questionnaire_type": "POLL"}])
def test_responses_are_those_of_one_questionnaire(api, asked):
    """The type is required, and one of two."""
    answer = api.get("/contracts/1003/questionnaire/responses/", **asked)

    assert (answer.status_code, list(answer.json)) == (400, ["questionnaire_type"])


def test_nobody_responded_yet(api):
    """Without answers there is no respondent."""
    answer = api.get(
        "/contracts/1003/questionnaire/responses/", questionnaire_type="INTAKE_FORM"
    )

    assert answer.json == {"questionnaire_response_data": {}, "respondents": []}


def test_a_contract_types_questionnaire(api):
    """Descriptors, as an array."""
    rows = api.get("/contract_types/102/intake_form/questionnaire/").json

    assert {"display_label", "variable", "type", "question"} <= set(rows[0])
    assert api.get("/contract_types/9/intake_form/questionnaire/").status_code == 404


def test_the_owner_can_be_changed(api):
    """An active member becomes the business user, and the list finds it by them."""
    [jordan] = api.get("/auth/users/", user_name="Jordan").json["results"]
    made = api.post("/contracts/", CREATION).json["contract_id"]
    answer = _patch(api, f"/contracts/{made}/business_user/", {"user_id": jordan["id"]})
    access = api.get(f"/contracts/{made}/authorized_users/").json

    assert answer.json == {
        "user_id": jordan["id"],
        "type": "BUSINESS",
        "contract_id": made,
    }
    assert "Acme MSA with Initech" in api.names(filter__business_user_id=jordan["id"])
    assert [one["first_name"] for one in access["results"]] == ["Contract", "Jordan"]


def test_nobody_who_left_becomes_the_owner(api):
    """Neither a former member nor an unknown one."""
    [former] = api.get("/auth/users/", user_name="Former").json["results"]
    for user in (former["id"], 9, None):
        answer = _patch(api, "/contracts/1003/business_user/", {"user_id": user})

        assert (answer.status_code, list(answer.json)) == (400, ["user_id"])
