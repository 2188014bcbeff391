"""
Tests of what stands around a contract in Coupa's sandbox: documents, comments, tiers.

https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/resources/transactional-resources/contracts-api-(contracts)
"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from clm_bridge import Status

from .tenant import Tenant, id_of, the


@pytest.fixture
def tenant() -> Tenant:
    return Tenant()


def upload(tenant: Tenant, contract: int, content: bytes = b"%PDF-1.7 x") -> Any:
    sent = {"file": (BytesIO(content), "a.pdf")}
    return tenant.post(f"contracts/{contract}/legal_agreement", data=sent)


def test_an_agreement_has_a_legal_document(tenant: Tenant) -> None:
    """It tells since when there is a file; without a file there is none."""
    made = tenant.make()
    path = f"contracts/{made['id']}/legal_documents"
    before = tenant.get(path).json
    upload(tenant, made["id"])
    [first] = tenant.get(path).json
    tenant.clock.advance(timedelta(hours=2))
    upload(tenant, made["id"])
    [second] = tenant.get(path).json

    assert before == []
    assert (first["id"], first["negotiation-rounds"]) == (second["id"], 0)
    assert first["updated-at"] < second["updated-at"]
    assert tenant.get(f"{path}/{first['id']}").json == second


def test_a_legal_document_belongs_to_one_contract(tenant: Tenant) -> None:
    """Beneath another it is 404."""
    [document] = tenant.get("contracts/272/legal_documents").json

    assert (
        tenant.get(f"contracts/273/legal_documents/{document['id']}").status_code == 404
    )


def test_deleting_a_legal_document_deletes_the_agreement(tenant: Tenant) -> None:
    """What it told of is gone with it."""
    [document] = tenant.get("contracts/272/legal_documents").json
    answer = tenant.send("DELETE", f"contracts/272/legal_documents/{document['id']}")

    assert answer.status_code == 200
    assert tenant.get("contracts/272/legal_documents").json == []
    assert tenant.get("contracts/272/retrieve_legal_agreement").status_code == 404


def test_a_document_is_checked_out_and_in(tenant: Tenant) -> None:
    """The contract and its document say who edits; in, nobody does."""
    path, fields = "contracts/272", {"fields": '["locked-by-user-id"]'}
    tenant.put(f"{path}/check_out")
    held = tenant.get(path, fields).json
    [document] = tenant.get(f"{path}/legal_documents").json
    tenant.put(f"{path}/check_in")

    assert held == {"locked-by-user-id": document["locked-by-user-id"]} != {}
    assert document["locked-by-user-id"] is not None
    assert tenant.get(path, fields).json == {"locked-by-user-id": None}


def test_a_lock_is_kept_without_a_document(tenant: Tenant) -> None:
    """A contract can be checked out before it has a file; a new file is then locked."""
    made = tenant.make()
    tenant.put(f"contracts/{made['id']}/check_out")
    upload(tenant, made["id"])
    [document] = tenant.get(f"contracts/{made['id']}/legal_documents").json

    assert document["locked-by-user-id"] is not None


@pytest.fixture
def talking() -> Tenant:
    tenant = Tenant()
    scope = "core.contract.read core.comment.read core.comment.write"
    tenant.token = tenant.ask_token(scope=scope).json["access_token"]
    return tenant


def test_a_comment_is_made_and_listed(talking: Tenant) -> None:
    """Its text is ``comments``; the contract's updated-at stays."""
    before = talking.get("contracts/272").json["updated-at"]
    made = talking.post("contracts/272/comments", {"comments": "Please sign"})
    listed = talking.get("contracts/272/comments").json

    assert (made.status_code, made.json["comments"]) == (201, "Please sign")
    assert made.json["created-by"]["login"] == "integration"
    assert listed == [made.json]
    assert talking.get(f"contracts/272/comments/{made.json['id']}").json == made.json
    assert talking.get("contracts/272").json["updated-at"] == before


def test_a_comment_belongs_to_one_contract(talking: Tenant) -> None:
    """Beneath another it is 404, and so is a comment on nothing."""
    made = talking.post("contracts/272/comments", {"comments": "x"}).json

    assert talking.get(f"contracts/273/comments/{made['id']}").status_code == 404
    assert talking.get("contracts/1/comments").status_code == 404


def test_a_comment_says_something(talking: Tenant) -> None:
    """Without its text it is 400."""
    answer = talking.post("contracts/272/comments", {"text": "x"})

    assert answer.status_code == 400
    assert answer.json == {"errors": {"comment": ["Comments can't be blank"]}}


def test_comments_have_a_scope_of_their_own(tenant: Tenant) -> None:
    """A token for contracts does not open them."""
    assert tenant.get("contracts/272/comments").status_code == 403


@pytest.mark.parametrize("path", ["add", "{gid}/add"])
def test_a_business_group_is_added_once(tenant: Tenant, path: str) -> None:
    """It is named in the body or in the path; a second time changes nothing."""
    contract = f"contracts/{tenant.make(content_groups=[])['id']}"
    [group] = tenant.get("contracts/272").json["content-groups"]
    action = f"{contract}/business_groups/{path.format(gid=group['id'])}"
    answers = [tenant.put(action, {"name": "Everyone"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert tenant.get(f"{contract}/business_groups").json == [group]


@pytest.mark.parametrize("path", ["remove", "1/remove", "remove_all"])
def test_a_business_group_is_removed(tenant: Tenant, path: str) -> None:
    """One, or all of them."""
    answer = tenant.put(f"contracts/272/business_groups/{path}", {"id": 1})

    assert answer.json["content-groups"] == []


@pytest.mark.parametrize(("body", "status"), [({}, 400), ({"id": 77}, 400)])
def test_a_business_group_must_be_there(
    tenant: Tenant, body: dict[str, Any], status: int
) -> None:
    """One that is not named, or unknown, is refused."""
    assert tenant.put("contracts/272/business_groups/add", body).status_code == status


def test_an_unknown_business_group_may_be_passed_over() -> None:
    """Where unknown references are ignored, there is still none to add."""
    tenant = Tenant(unknown_reference="ignore")
    answer = tenant.put("contracts/272/business_groups/add", {"id": 77})

    assert answer.status_code == 400


TERM = {
    "name": "Tiers",
    "contract-term-type": "TotalAmtContractTerm",
    "tier-1-upper-bound": "1000",
    "tier-1-disc-pct": 2.5,
}


def test_a_price_tier_is_made_read_and_changed(tenant: Tenant) -> None:
    """It belongs to its contract, whose updated-at moves."""
    path = "contracts/272/contract_terms"
    made = tenant.post(path, TERM)
    one = f"{path}/{made.json['id']}"
    after = tenant.put(one, {"tier-1-disc-pct": "3"}).json

    assert (made.status_code, made.json["tier-1-disc-pct"]) == (201, "2.5")
    assert (after["tier-1-disc-pct"], after["tier-1-upper-bound"]) == ("3.0", "1000.0")
    assert tenant.get(path).json == [tenant.get(one).json] == [after]
    assert tenant.get("contracts/272").json["updated-at"].startswith("2026-11-02")
    assert tenant.get(f"contracts/273/contract_terms/{after['id']}").status_code == 404


def test_tiers_are_told_apart(tenant: Tenant) -> None:
    """A second one stands beside the first."""
    path = "contracts/272/contract_terms"
    ids = [tenant.post(path, TERM | {"name": n}).json["id"] for n in ("A", "B")]

    assert tenant.get(f"{path}/{ids[1]}").json["name"] == "B"
    assert tenant.get(f"{path}/1").status_code == 404


def test_a_price_tier_needs_a_name_and_a_bound(tenant: Tenant) -> None:
    """Both are said at once."""
    answer = tenant.post("contracts/272/contract_terms", {})

    assert answer.status_code == 400
    assert answer.json["errors"]["contract-term"] == [
        "Name can't be blank",
        "Tier 1 upper bound can't be blank",
    ]


def test_a_reason_is_told_by_the_contract(tenant: Tenant) -> None:
    """The event says whose it is and who gave it; the contract repeats the reason."""
    reason = {"reason-insight": {"name": "Other"}, "comment": "Moved away"}
    body = {"terminated": True, "reason-insight-events": [reason]}
    [event] = tenant.put("contracts/272", body).json["reason-insight-events"]
    fields = '["reason-insight-code","reason-insight-comment"]'
    told = tenant.get("contracts/272", {"fields": fields}).json

    assert (event["eventable-type"], event["eventable-id"]) == ("Contract", 272)
    assert event["user-full-name"] == "Integration Client"
    assert told == {
        "reason-insight-code": "Other",
        "reason-insight-comment": "Moved away",
    }


def test_the_last_reason_counts(tenant: Tenant) -> None:
    """A second event is added, and the first stays as it was."""
    events = [{"reason-insight": {"id": at}, "comment": f"{at}"} for at in (1, 2)]
    for event in events:
        after = tenant.put("contracts/272", {"reason-insight-events": [event]}).json
    told = tenant.get("contracts/272", {"fields": '["reason-insight-comment"]'}).json

    assert [each["comment"] for each in after["reason-insight-events"]] == ["1", "2"]
    assert told == {"reason-insight-comment": "2"}


def test_a_reason_needs_its_comment(tenant: Tenant) -> None:
    """Reason and comment are required of an event."""
    body = {"reason-insight-events": [{"reason-insight": {"id": 1}}]}
    answer = tenant.put("contracts/272", body)

    assert answer.status_code == 400
    assert answer.json["errors"]["reason-insight-event"] == ["Comment can't be blank"]


def submitted(tenant: Tenant) -> str:
    path = f"contracts/{tenant.make()['id']}"
    tenant.put(f"{path}/submit_for_approval")
    return path


@pytest.mark.parametrize(
    ("body", "query"),
    [
        ({"approver": {"id": 2}}, ""),
        ({"approver": {"login": "integration"}}, ""),
        ({"login": "integration"}, ""),
        (None, "?approver_id=2"),
    ],
)
def test_an_approver_is_added_and_removed(
    tenant: Tenant, body: dict[str, Any] | None, query: str
) -> None:
    """The new one is asked last, and may be taken away again."""
    path = submitted(tenant)
    asked = {"approvable-id": path.partition("/")[2]}
    answer = tenant.put(f"{path}/add_approver{query}", body)
    last = tenant.get("approvals", asked).json[-1]
    removed = tenant.put(f"{path}/remove_approval", {"approval_id": last["id"]})

    assert (answer.status_code, removed.status_code) == (200, 200)
    assert (last["position"], last["approver"]["id"]) == (3, 2)
    assert [row["position"] for row in tenant.get("approvals", asked).json] == [1, 2]


def test_the_last_one_asked_may_be_removed(tenant: Tenant) -> None:
    """Then nobody is left to ask, and the contract is approved."""
    path = submitted(tenant)
    tenant.put(f"{path}/add_approver", {"approver": {"id": 2}})
    for _ in range(2):
        approval = tenant.get(path).json["current-approval"]
        tenant.put(f"approvals/{approval['id']}/approve")
    last = tenant.get(path).json["current-approval"]["id"]
    answer = tenant.put(f"{path}/remove_approval?approval_id={last}")

    assert answer.json["status"] == "approved"


def test_only_who_was_added_by_hand_is_removed(tenant: Tenant) -> None:
    """The chain's own approvals, and what is none, stay as they are."""
    path = submitted(tenant)
    first = tenant.get(path).json["current-approval"]["id"]
    sent = [{"approval_id": first}, {"approval_id": 1}, {}]
    answers = [tenant.put(f"{path}/remove_approval", body) for body in sent]

    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert tenant.get(path).json["current-approval"]["id"] == first


def test_an_approver_is_somebody(tenant: Tenant) -> None:
    """Nobody, or an unknown user, is 400; so is a contract that waits for none."""
    path = submitted(tenant)
    bodies = [{}, {"approver": {"id": 999}}]
    codes = [tenant.put(f"{path}/add_approver", body).status_code for body in bodies]
    early = tenant.put("contracts/272/add_approver", {"approver": {"id": 2}})

    assert codes == [400, 400]
    assert early.status_code == 400


def test_an_unknown_approver_may_be_ignored() -> None:
    """Where unknown references are, nobody is added, with 200."""
    tenant = Tenant(unknown_reference="ignore")
    path = submitted(tenant)
    answer = tenant.put(f"{path}/add_approver", {"approver": {"id": 999}})
    asked = {"approvable-id": path.partition("/")[2]}

    assert answer.status_code == 200
    assert len(tenant.get("approvals", asked).json) == 2


def test_an_approval_is_held(tenant: Tenant) -> None:
    """The reason is kept, and it can be decided afterwards, after which not."""
    path = submitted(tenant)
    one = f"approvals/{tenant.get(path).json['current-approval']['id']}"
    held = tenant.put(f"{one}/hold?reason=Wait").json
    approved = tenant.put(f"{one}/approve")

    assert (held["note"], held["status"]) == ("Wait", "pending_approval")
    assert approved.status_code == 200
    assert tenant.put(f"{one}/hold").status_code == 400


def test_approvals_may_be_asked_in_parallel() -> None:
    """Then the contract shows all of them, and none as current."""
    tenant = Tenant(parallel_approvals=True)
    path = submitted(tenant)
    fields = {"fields": '["current-approval",{"current_parallel_approvals":["id"]}]'}
    told = tenant.get(path, fields).json

    assert told["current-approval"] is None
    assert len(told["current-parallel-approvals"]) == 2


def declined(tenant: Tenant, contract: int) -> str:
    tenant.sandbox.decline(str(contract))
    status: str = tenant.get(f"contracts/{contract}").json["status"]
    return status


def test_an_approver_declines(tenant: Tenant) -> None:
    """The contract is rejected, by the person who was asked."""
    path = submitted(tenant)
    asked = tenant.get(path).json["current-approval"]
    status = declined(tenant, int(path.partition("/")[2]))
    approval = tenant.get(f"approvals/{asked['id']}").json

    assert (status, approval["status"]) == ("rejected", "rejected")
    assert approval["approved-by"]["id"] == asked["approver"]["id"]


def test_a_party_declines_to_sign(tenant: Tenant) -> None:
    """What is pending signature is rejected too."""
    waiting = tenant.ids({"status": "pending_signature"})[0]

    assert declined(tenant, waiting) == "rejected"


def test_nobody_declines_what_waits_for_nobody(tenant: Tenant) -> None:
    """A draft is a ValueError that says why."""
    draft = id_of(the(status=Status.DRAFT))

    with pytest.raises(ValueError, match="is draft, and people decline what waits"):
        tenant.sandbox.decline(str(draft))


@pytest.mark.parametrize("online_signing", [True, False])
def test_everybody_signs_who_has_not(online_signing: bool) -> None:
    """Who was asked to approve does so, and then all parties sign."""
    tenant = Tenant(online_signing=online_signing)
    path = submitted(tenant)
    tenant.sandbox.sign(path.partition("/")[2])
    asked = {"approvable-id": path.partition("/")[2]}
    people = [
        row["approved-by"]["login"] for row in tenant.get("approvals", asked).json
    ]

    assert tenant.get(path).json["status"] == "completed"
    assert people == ["legal.desk", "olga.finance"]


def test_signing_keeps_the_agreement_that_is_there() -> None:
    """What was uploaded before is what is signed, byte for byte."""
    tenant = Tenant(raw_agreement=True)
    waiting = tenant.ids({"status": "pending_signature"})[0]
    upload(tenant, waiting, b"%PDF-1.7 ours")
    tenant.sandbox.sign(str(waiting))
    file = tenant.get(f"contracts/{waiting}/retrieve_legal_agreement")

    assert file.data == b"%PDF-1.7 ours"


def test_a_supplier_comments(talking: Tenant) -> None:
    """A user of the supplier says something, which is listed."""
    talking.sandbox.comment("272")
    [comment] = talking.get("contracts/272/comments").json
    supplier = talking.get("contracts/272").json["supplier"]

    assert comment["comments"]
    assert comment["created-by"]["email"] == supplier["primary-contact"]["email"]


def test_a_supplier_without_a_contact_comments(tenant: Tenant) -> None:
    """It has an address of its own then."""
    supplier = tenant.post("suppliers", {"name": "Bare Co"}).json
    made = tenant.make(supplier={"id": supplier["id"]})
    tenant.sandbox.comment(str(made["id"]))

    assert tenant.sandbox.counts()["comments"] == 1


def test_a_deleted_contract_is_gone(tenant: Tenant) -> None:
    """With its files and approvals; what referred to it does so no more."""
    parent = tenant.make()["id"]
    child = tenant.post(
        f"contracts/{parent}/create_published",
        {"name": "C", "number": "C", "supplier": {"id": 21}},
    ).json["id"]
    upload(tenant, parent)
    tenant.put(f"contracts/{parent}/submit_for_approval")
    before = tenant.sandbox.counts()
    tenant.sandbox.delete(str(parent))
    after = tenant.sandbox.counts()

    assert tenant.get(f"contracts/{parent}").status_code == 404
    assert tenant.get(f"contracts/{child}").json["parent"] is None
    assert before["approvals"] - after["approvals"] == 2
    assert before["contracts"] - after["contracts"] == 1
