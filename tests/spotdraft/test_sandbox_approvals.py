"""Asking somebody of the workspace to agree."""

from __future__ import annotations

import pytest

from .sandbox_workspace import Api

JORDAN = 17259
ASKED = {"name": "Finance", "approver_user_id": JORDAN, "notes": "please", "order": 1}


def _approvals(api, id="T-1003"):
    return api.get(f"/contracts/approvals/{id}/").json["results"]


def test_jordan_is_who_is_asked(api):
    """The id in these tests is that of an active member."""
    [jordan] = api.get("/auth/users/", user_name="Jordan").json["results"]

    assert (jordan["id"], jordan["is_active"]) == (JORDAN, True)


def test_an_approval_is_asked_for(api):
    """The answer is a bare array, and the approval is pending afterwards."""
    answer = api.post("/contracts/approvals/T-1003/", {"approvals": [ASKED]})
    [one] = answer.json
    [listed] = _approvals(api)

    assert answer.status_code == 201
    assert one == {
        "id": one["id"],
        "contract_id": 1003,
        "name": "Finance",
        "approver_user_id": JORDAN,
        "approver_role_id": None,
        "is_sent": True,
        "notes": "please",
        "order": 1,
    }
    assert listed["approval"]["id"] == one["id"]
    assert listed["approval"]["status"] == "PENDING"
    assert listed["approval"]["approval_type"] == "AD_HOC"
    assert listed["approval"]["org_user"]["name"] == "Jordan Lee"
    assert listed["approval"]["created_by_org_user"]["name"] == "Contract Service"


def test_the_list_can_be_asked_who_approves(api):
    """A filter of the list, and whose turn it is."""
    api.post("/contracts/approvals/T-1003/", {"approvals": [ASKED]})
    metrics = api.get("/contracts/1003/process_metrics/").json

    assert api.names(filter__approvals_pending="Jordan Lee") == ["Negotiated"]
    assert metrics["pending_with"] == "CREATOR_PARTY"


def test_a_role_may_be_asked(api):
    """A role in place of a person."""
    body = {"approvals": [{"name": "Legal", "approver_role_id": 3}]}
    [one] = api.post("/contracts/approvals/T-1003/", body).json

    assert (one["approver_role_id"], one["approver_user_id"]) == (3, None)
    assert _approvals(api)[0]["approval"]["org_user"] is None


@pytest.mark.parametrize(
    ("approvals", "fault"),
    [
        ([], ["List should have at least 1 item after validation, not 0"]),
        ([{"name": "x"}], {"0": None}),
        ([ASKED | {"approver_role_id": 3}], {"0": None}),
        (
            [ASKED | {"approver_user_id": 9}],
            {"0": {"approver_user_id": ["Unknown approver"]}},
        ),
        ([{"name": "x", "approver_role_id": 9}], {"0": None}),
        ([{"approver_user_id": JORDAN}], {"0": {"name": ["Field required"]}}),
    ],
    ids=str,
)
def test_a_wrong_approval_is_refused(api, approvals, fault):
    """One of person and role, and somebody who is there."""
    answer = api.post("/contracts/approvals/T-1003/", {"approvals": approvals})
    told = answer.json["approvals"]

    assert answer.status_code == 400
    assert told == fault or fault == {"0": None}
    assert _approvals(api) == []


def test_one_group_at_a_time(api):
    """The documented code, in shape B."""
    answer = api.post("/contracts/approvals/T-1004/", {"approvals": [ASKED]})

    assert answer.json["code"] == "SD_CONTRACTS_00152"
    assert answer.json["detail"] == answer.json["message"]


def test_approvals_v5_are_not_asked_for():
    """The documented code, where the workspace has the newer ones."""
    api = Api(approvals_v5=True)
    answer = api.post("/contracts/approvals/T-1003/", {"approvals": [ASKED]})

    assert answer.json["code"] == "SD_CONTRACT_APPROVALS_00001"


def test_an_executed_contract_needs_no_approval(api):
    """The stage refuses."""
    answer = api.post("/contracts/approvals/T-1002/", {"approvals": [ASKED]})

    assert answer.status_code == 402


def test_marking_skips_what_is_pending(api):
    """The approval is listed, and nobody waits for it."""
    api.post("/contracts/T-1004/mark_for_execution/", {})

    assert _approvals(api, "T-1004")[0]["approval"]["status"] == "SKIPPED"
    assert api.names(filter__approvals_pending="Contract Service") == []
