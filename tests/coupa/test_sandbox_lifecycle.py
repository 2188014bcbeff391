"""Tests for statuses, approvals, expiry and the control verbs of Coupa's sandbox."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from clm_bridge import Status

from .tenant import Tenant, deals, id_of, the

ALLOWED = [
    ("draft", "published"),
    ("draft", "inactive"),
    ("completed", "published"),
    ("published", "inactive"),
    ("inactive", "published"),
]
STATUSES = ["draft", "in_negotiation", "pending_approval", "approved", "expired"]
STATUSES += ["pending_signature", "completed", "published", "inactive", "rejected"]


@pytest.fixture
def tenant() -> Tenant:
    return Tenant()


def one_in(tenant: Tenant, status: str) -> int:
    """Return the id of the last contract in a status."""
    return tenant.ids({"status": status, "order_by": "id", "dir": "desc"})[0]


@pytest.mark.parametrize("status", STATUSES)
def test_a_put_moves_a_status_only_as_allowed(tenant: Tenant, status: str) -> None:
    """Every other target is refused with a sentence that names both."""
    for target in STATUSES:
        contract = one_in(tenant, status)
        answer = tenant.put(f"contracts/{contract}", {"status": target})
        tenant.sandbox.reset()
        if target == status or (status, target) in ALLOWED:
            assert (answer.status_code, answer.json["status"]) == (200, target)
            continue
        sentence = f"Status cannot be changed from {status} to {target}"
        assert answer.status_code == 400
        assert answer.json["errors"]["contract"] == [sentence]


def test_publishing_and_a_custom_field_go_in_one_put(tenant: Tenant) -> None:
    """The published date is set by the server."""
    contract = one_in(tenant, "completed")
    body = {
        "id": contract,
        "status": "published",
        "custom-fields": {"cost-centre": "1"},
    }
    after = tenant.put(f"contracts/{contract}", body).json

    assert (after["status"], after["custom-fields"]["cost-centre"]) == (
        "published",
        "1",
    )
    assert after["published-date"].startswith("2026-11-02")


def test_a_contract_goes_from_draft_to_published(tenant: Tenant) -> None:
    """The sequence of the published integration works step by step."""
    path = f"contracts/{tenant.make()['id']}"
    seen = [tenant.put(f"{path}/submit_for_approval").json["status"]]
    while (approval := tenant.get(path).json["current-approval"]) is not None:
        tenant.put(f"approvals/{approval['id']}/approve?reason=ok")
    seen.append(tenant.get(path).json["status"])
    seen.append(tenant.put(f"{path}/ccc_signature_created").json["status"])
    seen.append(tenant.put(f"{path}/complete").json["status"])
    seen.append(tenant.put(path, {"status": "published"}).json["status"])

    assert seen == [
        "pending_approval",
        "approved",
        "pending_signature",
        "completed",
        "published",
    ]


def test_an_action_answers_the_fields_that_are_asked_for(tenant: Tenant) -> None:
    """``fields`` works on the action PUTs too."""
    path = f"contracts/{tenant.make()['id']}/submit_for_approval"
    answer = tenant.put(f'{path}?fields=["status"]')

    assert answer.json == {"status": "pending_approval"}


def test_without_a_chain_a_contract_is_approved_at_once() -> None:
    """Nobody has to be asked."""
    tenant = Tenant(approvals=0)
    path = f"contracts/{tenant.make()['id']}"

    assert tenant.put(f"{path}/submit_for_approval").json["status"] == "approved"


def test_with_online_signing_approval_leads_to_signature() -> None:
    """The last approval goes straight on."""
    tenant = Tenant(online_signing=True, approvals=1)
    path = f"contracts/{tenant.make()['id']}"
    approval = tenant.put(f"{path}/submit_for_approval").json["current-approval"]
    answer = tenant.put(f"approvals/{approval['id']}/approve")

    assert answer.json["status"] == "pending_signature"


@pytest.mark.parametrize(
    ("action", "statuses"),
    [
        ("submit_for_approval", {"draft", "in_negotiation", "rejected"}),
        ("complete", {"approved", "pending_signature"}),
        ("ccc_signature_created", {"approved", "pending_signature"}),
        ("withdraw_signatures", {"pending_signature"}),
    ],
)
def test_an_action_has_its_statuses(
    tenant: Tenant, action: str, statuses: set[str]
) -> None:
    """From any other status it is 400."""
    answers = {
        status: tenant.put(f"contracts/{one_in(tenant, status)}/{action}").status_code
        for status in STATUSES
    }

    assert {status for status, code in answers.items() if code == 200} == statuses
    assert {code for code in answers.values() if code != 200} == {400}


def test_completing_sets_the_execution_date(tenant: Tenant) -> None:
    """It is midnight of today in the company's zone."""
    contract = one_in(tenant, "pending_signature")
    after = tenant.put(f"contracts/{contract}/complete").json

    assert after["execution-date"] == "2026-11-02T00:00:00-08:00"


def test_a_rejected_contract_can_be_submitted_again(tenant: Tenant) -> None:
    """Reject takes a reason, and drops who else was to be asked."""
    path = f"contracts/{tenant.make()['id']}"
    approval = tenant.put(f"{path}/submit_for_approval").json["current-approval"]
    rejected = tenant.put(f"approvals/{approval['id']}/reject?reason=No").json
    again = tenant.put(f"{path}/submit_for_approval").json

    assert (rejected["status"], rejected["current-approval"]) == ("rejected", None)
    assert tenant.get(f"approvals/{approval['id']}").json["note"] == "No"
    assert again["current-approval"]["position"] == 1


def test_an_approval_is_decided_once(tenant: Tenant) -> None:
    """What is not pending is 400."""
    deal = the(status=Status.DECLINED)
    query = {"approvable-id": id_of(deal), "approvable-type": "Contract"}
    approval = tenant.get("approvals", query).json[0]
    answer = tenant.put(f"approvals/{approval['id']}/approve")

    assert (approval["status"], answer.status_code) == ("rejected", 400)
    assert list(answer.json["errors"]) == ["approval"]


def test_the_answer_to_approve_may_be_the_approval() -> None:
    """The page and the OpenAPI file differ; it is a switch."""
    tenant = Tenant(approve_answers="own")
    approval = tenant.get("approvals", {"status": "pending_approval"}).json[0]

    assert (
        tenant.put(f"approvals/{approval['id']}/approve").json["status"] == "approved"
    )


def test_termination_needs_a_reason(tenant: Tenant) -> None:
    """With one, the contract is inactive and terminated."""
    bare = tenant.put("contracts/272", {"terminated": True})
    event = {"reason-insight": {"id": 1}, "comment": "Ended"}
    body = {"terminated": True, "reason-insight-events": [event]}
    after = tenant.put("contracts/272", body).json

    assert bare.json["errors"]["contract"] == ["Reason insight events can't be blank"]
    assert (after["status"], after["terminated"]) == ("inactive", True)
    assert after["reason-insight-events"][0]["comment"] == "Ended"


def test_the_daily_job_expires_what_has_ended(tenant: Tenant) -> None:
    """At five past midnight after its last day, a contract is expired."""
    made = tenant.make(status="published", end_date="2026-11-02T00:00:00-08:00")
    before = tenant.get(f"contracts/{made['id']}").json["status"]
    tenant.clock.advance(timedelta(hours=23, minutes=4))
    tenant.token = tenant.ask_token().json["access_token"]
    early = tenant.get(f"contracts/{made['id']}").json["status"]
    tenant.clock.advance(timedelta(minutes=2))
    after = tenant.get(f"contracts/{made['id']}").json

    assert (before, early, after["status"]) == ("published", "published", "expired")
    assert after["updated-at"] == "2026-11-03T00:05:00-08:00"
    assert after["updated-by"]["login"] == "support"


def test_every_contract_expires_on_its_own_day(tenant: Tenant) -> None:
    """After sixty days, those that ended meanwhile say when they did."""
    tenant.clock.advance(timedelta(days=60))
    tenant.token = tenant.ask_token().json["access_token"]
    rows = tenant.all(["end-date", "updated-at"], status="expired")
    ended = [row for row in rows if row["end-date"] > "2026-11-02"]

    assert ended
    for row in ended:
        assert row["updated-at"] > row["end-date"]
        assert row["updated-at"].endswith("T00:05:00-08:00")


def test_a_perpetual_contract_never_expires() -> None:
    """Nor does a draft."""
    tenant = Tenant()
    tenant.make(status="published", term_type="perpetual")
    tenant.make(number="2", name="2", status="draft")
    tenant.clock.advance(timedelta(days=900))
    tenant.token = tenant.ask_token().json["access_token"]
    rows = tenant.all(["status"], **{"id[gt_or_eq]": 10_000})

    assert [row["status"] for row in rows] == ["published", "draft"]


@pytest.mark.parametrize(
    "ending",
    [
        {"end_date": "9999-12-31T00:00:00-08:00"},
        {
            "term_type": "auto_renew",
            "renewal_length_unit": "years",
            "renewal_length_value": 9000,
            "no_of_renewals": 99,
        },
    ],
)
def test_an_end_beyond_the_calendar_never_comes(
    tenant: Tenant, ending: dict[str, Any]
) -> None:
    """What people write for "for ever" stays published, and harms no other call."""
    made = tenant.make(status="published", **ending)
    tenant.clock.advance(timedelta(days=900))
    tenant.token = tenant.ask_token().json["access_token"]

    assert tenant.get(f"contracts/{made['id']}").json["status"] == "published"


def test_all_parties_sign(tenant: Tenant) -> None:
    """The control verb completes what is pending signature, with its file."""
    contract = one_in(tenant, "pending_signature")
    tenant.sandbox.sign(str(contract))
    file = tenant.get(f"contracts/{contract}/retrieve_legal_agreement")

    assert tenant.get(f"contracts/{contract}").json["status"] == "completed"
    assert file.status_code == 200


def test_nobody_signs_what_is_not_there(tenant: Tenant) -> None:
    """An unknown id is a KeyError of it, a wrong status a ValueError."""
    with pytest.raises(KeyError, match="'7'"):
        tenant.sandbox.sign("7")
    with pytest.raises(ValueError, match="contract 272 is published"):
        tenant.sandbox.sign("272")


def test_reset_forgets_what_was_written(tenant: Tenant) -> None:
    """The portfolio is as it was, and tokens stay good."""
    made = tenant.make()
    tenant.sandbox.reset()

    assert tenant.get(f"contracts/{made['id']}").status_code == 404
    assert tenant.sandbox.counts()["contracts"] == len(deals())
