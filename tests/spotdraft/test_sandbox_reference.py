"""What stands around contracts: types, templates, definitions, people, webhooks."""

from __future__ import annotations

from base64 import b64decode

import pytest

from clm_bridge.sandbox import start
from clm_bridge_spotdraft.sandbox import SpotDraftSandbox
from clm_bridge_spotdraft.sandbox._webhooks import ACTIVITIES

WEBHOOK = {
    "title": "Acme sync",
    "url": "https://hooks.acme.example/spotdraft",
    "only_for_activities": ["CONTRACT_CREATED", "CONTRACT_EXECUTED"],
    "description": "Acme sync",
    "custom_headers": {" X-ACME-KEY ": "abc"},
}


def test_contract_types_are_a_bare_array(api):
    """Id and name."""
    rows = api.get("/contract_types/").json

    assert {"id": 102, "name": "Non-disclosure agreement"} in rows


def test_templates_are_not_paged(api):
    """All of them, under items."""
    answer = api.get("/templates/").json

    assert list(answer) == ["items"]
    assert set(answer["items"][0]) == {"id", "name", "contract_type_id"}


def test_a_template_and_its_variables(api):
    """One has its tags, the other the descriptors that contract_data follows."""
    assert api.get("/templates/1204/").json["id"] == 1204
    told = api.get("/templates/1204/metadata").json
    names = {one["parent_variable"] or one["variable"] for one in told["attributes"]}

    assert {"agreement_date", "billing_currency", "auto_renewal"} <= names
    assert told["counter_party_kind"] == "Both"
    assert api.get("/templates/9/").status_code == 404


def test_definitions_belong_to_a_contract_type(api):
    """The type is required; each definition has descriptors and a section."""
    rows = api.get("/key_pointers/", contract_type_id=102).json

    assert len(rows) == 16
    assert set(rows[0]) == {"id", "descriptors", "section"}
    assert rows[0]["descriptors"][0]["variable"] == "effective_date"
    assert rows[0]["descriptors"][0]["type"] == "date"
    assert rows[0]["section"]["section_type"] == "USER_DEFINED"
    assert api.get("/key_pointers/").json == {"contract_type_id": ["Field required"]}
    assert api.get("/key_pointers/", contract_type_id=9).status_code == 404


def test_composite_definitions_come_in_parts(api):
    """They share a parent, and the label says which part it is."""
    rows = api.get("/key_pointers/", contract_type_id=102).json
    parts = next(
        row["descriptors"]
        for row in rows
        if row["descriptors"][0]["parent_variable"] == "contract_value"
    )

    assert [one["variable"] for one in parts] == [
        "contract_value.type",
        "contract_value.value",
    ]
    assert parts[0]["display_label"] == "Contract Value > Type"
    assert {one["parent_type"] for one in parts} == {"currency"}


def test_a_dropdown_lists_its_options(api):
    """Label and value."""
    rows = api.get("/key_pointers/", contract_type_id=102).json
    found = next(
        one
        for row in rows
        for one in row["descriptors"]
        if one["variable"] == "department"
    )

    assert found["type"] == "enum"
    assert {"label": "Legal", "value": "Legal"} in found["options"]


def test_counterparties_are_paged(api):
    """A row has its contacts and its standing."""
    answer = api.get("/counter_parties/", limit=1).json

    assert (answer["total_results"], len(answer["results"])) == (2, 1)
    assert answer["results"][0]["name"] == "Globex Ltd"
    assert answer["results"][0]["status"] == "ACTIVE"
    assert answer["results"][0]["contacts"][0]["email"] == "avery@globex.ex"


def test_counterparties_are_found_by_address_or_custom_field(api):
    """The documented filters, both exact."""
    email = api.get("/counter_parties/", filter__client_email_address="avery@globex.ex")
    custom = api.get("/counter_parties/", filter_custom__registration_number="R-2")

    assert [one["name"] for one in email.json["results"]] == ["Globex Ltd"]
    assert [one["name"] for one in custom.json["results"]] == ["Übertal & Söhne"]


def test_a_counterparty_is_made_once(api):
    """Its name is unique in the workspace."""
    body = {"is_individual": False, "organization_name": "Initech Inc."}
    made = api.post("/counter_parties/", body)

    assert made.status_code == 201
    assert api.get(f"/counter_parties/{made.json['id']}").json == made.json
    assert api.post("/counter_parties/", body).status_code == 400
    assert api.post("/counter_parties/", {"is_individual": True}).json == {
        "contact_name": ["Field required"]
    }


def test_users_are_paged_and_found_by_address(api):
    """First and last name, as in the vendor's example."""
    answer = api.get("/auth/users/", user_email="jordan@buyer.example").json

    assert answer["total_results"] == 1
    assert answer["results"][0]["first_name"] == "Jordan"
    assert answer["results"][0]["is_active"] is True


def test_roles_and_entities(api):
    """Roles under active_roles, entities bare, the ISO key as in the examples."""
    roles = api.get("/auth/roles/").json["active_roles"]
    entities = api.get("/organizations/entities/").json

    assert {"id", "name", "description"} == set(roles[0])
    assert [one["is_primary"] for one in entities] == [True, False]
    assert entities[0]["jurisdiction"]["iso_code"] == "FR"


def test_the_key_that_signs_deliveries(api):
    """Base64 of sixty-four bytes, the same each time."""
    first, second = (api.get("/webhooks/hmac_key/").json for _ in range(2))

    assert first == second
    assert len(b64decode(first["hmac_key"], validate=True)) == 64


def test_a_webhook_is_made_and_deleted(api):
    """Both slashes are as documented, and header names are trimmed."""
    made = api.post("/webhooks/", WEBHOOK)
    path = f"/webhooks/{made.json['id']}"

    assert made.status_code == 201
    assert made.json["status"] == "ACTIVE"
    assert made.json["custom_headers"] == {"X-ACME-KEY": "abc"}
    assert made.json["created_by_user"]["email"] == "clm-service@buyer.example"
    assert api.call("DELETE", path).status_code == 204
    assert api.call("DELETE", path).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"url": "http://hooks.acme.example"},
        {"only_for_activities": []},
        {"only_for_activities": ["CONTRACT_EXPIRED"]},
        {"custom_headers": {"Authorization": "x"}},
        {"custom_headers": {"X-SD-KEY": "x"}},
    ],
)
def test_a_webhook_has_rules(api, change):
    """https, known activities, headers of one's own."""
    answer = api.post("/webhooks/", WEBHOOK | change)

    assert answer.status_code == 400
    assert answer.json["detail"] == answer.json["message"]


def test_there_is_no_list_of_webhooks(api):
    """Keep the id from the create call."""
    assert api.get("/webhooks/").status_code == 405


def test_all_activities_are_known():
    """The document names thirty-seven."""
    assert len(set(ACTIVITIES)) == 37


def test_the_sandbox_counts_what_it_holds(api):
    """By the vendor's own words."""
    assert api.sandbox.counts()["contracts"] == 9


def test_the_control_api_reaches_it():
    """What people do in SpotDraft is done outside of its paths."""
    sandbox = start(SpotDraftSandbox)
    client = sandbox.app.test_client()
    signing = next(one for one in sandbox.world.contracts() if one.status == "SIGN")
    answer = client.post(f"/__sandbox__/contracts/{signing.id}/sign")

    assert answer.status_code == 200
    assert sandbox.world.by_id(signing.id).status == "EXECUTED"


def test_settings_are_plain():
    """Text and tables of text, as a configuration file has them."""
    settings = start(SpotDraftSandbox).settings()

    assert settings["vendor"] == "spotdraft"
    assert settings["key_dates"]["expires_on"] == "expiration_date"
    assert settings["term"]["renewals_max"] == "max_renewals"
    assert settings["value"] == {"amount": "contract_value"}


@pytest.mark.parametrize(
    "asked",
    [
        {"include_archived": "true"},
        {"exclude_multi_party": "true"},
        {"cp_types": "Organisation"},
    ],
    ids=str,
)
def test_the_templates_filters_leave_all_of_them(api, asked):
    """None is archived or of several parties, and each takes both kinds."""
    every = api.get("/templates/").json

    assert api.get("/templates/", **asked).json == every
