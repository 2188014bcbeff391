"""What an upload may say beside its paper, and what is refused."""

from __future__ import annotations

import pytest

from .sandbox_payloads import CREATION, EXECUTED_UPLOAD, FILE, REVIEW_UPLOAD, UPLOADS
from .sandbox_workspace import Api

PLAYBOOK = {
    "contract_name": "Acme Executed MSA",
    "contract_type_id": 103,
    "file_name": "executed-msa.pdf",
    "file_base64": FILE,
    "creator_organization_entity_id": 78,
    "counterparty_organization_name": "Acme Corporation",
    "counterparty_is_individual": False,
    "external_metadata": {"id": "envelope-1", "integration_name": "DocuSign"},
}
SUPPLY, SECOND_ENTITY = 106, 79


def test_the_playbooks_executed_upload_works(api):
    """The portal sends the other uploads' keys, against the schema."""
    answer = api.post("/contracts/executed_contracts/", PLAYBOOK)

    assert answer.status_code == 201
    assert answer.json["counter_party_name"] == "Acme Corporation"
    assert len(api.get("/contracts/by_external_metadata/envelope-1").json) == 1


def test_a_switch_takes_the_schemas_keys_only():
    """Then the playbook's body lacks what is required."""
    api = Api(playbook_uploads=False)
    answer = api.post("/contracts/executed_contracts/", PLAYBOOK)

    assert answer.status_code == 400
    assert set(answer.json) == {"file_content", "organization_entity_id"}


@pytest.mark.parametrize("call", UPLOADS)
def test_what_was_uploaded_is_found_by_its_own_id(api, call):
    """External metadata of an upload is that of a contract."""
    body, _ = UPLOADS[call]
    link = {"id": "po-7", "integration_name": "ERP", "record_type": "PurchaseOrder"}
    api.post(f"/contracts/{call}/", body | {"external_metadata": link})
    [found] = api.get("/contracts/by_external_metadata/po-7").json

    assert found["id"] == 1010
    assert found["external_metadata"] == link


def test_an_upload_may_name_its_owner(api):
    """business_user_email is a member's address."""
    body = REVIEW_UPLOAD | {"business_user_email": "jordan@buyer.example"}
    api.post("/contracts/upload_review_contracts/", body)
    people = api.get("/contracts/1010/authorized_users/").json["results"]

    assert [one["email"] for one in people][-1] == "jordan@buyer.example"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"business_user_email": "former@buyer.example"}, "business_user_email"),
        ({"reviewer": {"org_user_email": "nobody@x.ex"}}, "reviewer"),
        ({"reviewer": {"role_id": 9}}, "reviewer"),
        ({"reviewer": {"description": "please"}}, "reviewer"),
        ({"creator_signatories": [{"title": "CFO"}]}, "creator_signatories"),
        ({"contract_type_id": 999}, "contract_type_id"),
        ({"creator_organization_entity_id": 5}, "creator_organization_entity_id"),
        ({"file_name": "theirs"}, "file_name"),
        ({"file_base64": ""}, "file_base64"),
    ],
    ids=str,
)
def test_a_wrong_upload_is_refused_by_field(api, change, field):
    """Nothing is made."""
    answer = api.post("/contracts/upload_review_contracts/", REVIEW_UPLOAD | change)

    assert (answer.status_code, list(answer.json)) == (400, [field])
    assert len(api.names()) == 9


@pytest.mark.parametrize(
    "reviewer", [{"role_id": 3}, {"org_user_email": "jordan@buyer.example"}]
)
def test_an_upload_may_name_its_reviewer(api, reviewer):
    """A member or a role."""
    body = REVIEW_UPLOAD | {"reviewer": reviewer}

    assert api.post("/contracts/upload_review_contracts/", body).status_code == 201


def test_a_type_may_be_for_some_entities_only(api):
    """The portal names it among the causes; the type's own list says which may."""
    rows = api.get(f"/contract_types/{SUPPLY}/entities").json
    upload = EXECUTED_UPLOAD | {
        "contract_type_id": SUPPLY,
        "organization_entity_id": SECOND_ENTITY,
    }
    creation = CREATION | {"contract_template_id": 1206, "entity_reference_id": "EU2"}
    answers = [
        api.post("/contracts/executed_contracts/", upload),
        api.post("/contracts/", creation),
    ]

    assert [one["entity_id"] for one in rows] == [78]
    assert [one.status_code for one in answers] == [400, 400]
    assert list(answers[0].json) == ["organization_entity_id"]
    assert list(answers[1].json) == ["entity_reference_id"]
