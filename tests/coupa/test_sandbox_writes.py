"""Tests for creating and changing contracts and suppliers in Coupa's sandbox."""

from __future__ import annotations

from typing import Any

import pytest

from .tenant import MINIMAL, Tenant


@pytest.fixture
def tenant() -> Tenant:
    return Tenant()


def test_the_documented_create_makes_a_contract(tenant: Tenant) -> None:
    """POST answers 201 with the new id, and the contract can be read."""
    made = tenant.make()

    assert tenant.get(f"contracts/{made['id']}").json == made
    assert (made["status"], made["supplier"]["id"]) == ("draft", 21)
    assert made["created-by"]["login"] == "integration"


def test_underscores_are_accepted_in_a_body(tenant: Tenant) -> None:
    """Input takes both spellings, nested ones and custom fields too."""
    body = {
        "name": "N",
        "number": "U-1",
        "status": "draft",
        "supplier": {"name": "Marks' Tools & Dies"},
        "term_type": "perpetual",
        "custom_fields": {"cost_centre": "CC-1"},
    }
    made = tenant.post("contracts", body).json

    assert made["term-type"] == "perpetual"
    assert made["custom-fields"]["cost-centre"] == "CC-1"


def test_a_bare_date_is_midnight_utc(tenant: Tenant) -> None:
    """In California it reads as the day before."""
    made = tenant.make(start_date="2026-01-01")

    assert made["start-date"] == "2025-12-31T16:00:00-08:00"


def test_the_external_id_is_kept_and_hidden(tenant: Tenant) -> None:
    """It is written, not in the default answer, and found again."""
    made = tenant.make(external_contract_id="PR-9")

    assert "external-contract-id" not in made
    assert tenant.ids({"external-contract-id": "PR-9"}) == [made["id"]]


def test_decimals_may_be_numbers_or_text(tenant: Tenant) -> None:
    """Both are exact."""
    made = tenant.make(maximum_value=1234.56, minimum_value="0.10")

    assert (made["maximum-value"], made["minimum-value"]) == ("1234.56", "0.1")


@pytest.mark.parametrize("name", ["name", "number", "status", "supplier"])
def test_the_small_set_is_required(tenant: Tenant, name: str) -> None:
    """A create without one of the four says which."""
    body = {key: value for key, value in MINIMAL.items() if key != name}
    answer = tenant.post("contracts", body)

    assert answer.status_code == 400
    assert answer.json["errors"]["contract"] == [f"{name.capitalize()} can't be blank"]


def test_no_more_is_required(tenant: Tenant) -> None:
    """Name, number, status and supplier make a contract."""
    body = {name: MINIMAL[name] for name in ("name", "number", "status", "supplier")}

    assert tenant.post("contracts", body).status_code == 201


def test_a_second_post_is_refused(tenant: Tenant) -> None:
    """There is no upsert: number and name are taken."""
    tenant.make()
    answer = tenant.post("contracts", MINIMAL)

    assert (answer.status_code, answer.json) == (
        400,
        {
            "errors": {
                "contract": [
                    "Number has already been taken",
                    "Name has already been taken",
                ]
            }
        },
    )


def test_a_number_is_unique_for_its_supplier_only(tenant: Tenant) -> None:
    """Another supplier may have a contract of the same number."""
    first = tenant.make()

    assert tenant.make(supplier={"id": 22})["number"] == first["number"]


def test_uniqueness_may_be_switched_off() -> None:
    """Then a second contract has the same number and name."""
    tenant = Tenant(unique=False)

    assert tenant.make()["id"] != tenant.make()["id"]


def test_an_empty_value_unsets(tenant: Tenant) -> None:
    """Null and, for a number, empty text leave nothing."""
    made = tenant.make(maximum_value="", currency=None)

    assert (made["maximum-value"], made["currency"]) == (None, None)


def test_a_letter_that_is_none_harms_no_list(tenant: Tenant) -> None:
    """Half of a surrogate pair is replaced on the way out."""
    made = tenant.make(description="\ud800")

    assert tenant.get(f"contracts/{made['id']}").json["description"] == "?"


def test_a_reference_to_nothing_is_explained(tenant: Tenant) -> None:
    """The sentence is the documented one."""
    answer = tenant.post("contracts", MINIMAL | {"supplier": {"name": "Nobody"}})

    assert answer.status_code == 400
    assert list(answer.json["errors"].values()) == [
        [
            'Unable to find valid Supplier record for supplier with keys {"name"=>'
            '"Nobody"}. Possible keys are ["id","name","number"]. Please verify your'
            " xml."
        ]
    ]


def test_a_reference_to_nothing_may_be_ignored() -> None:
    """Switched, the value stays as it was."""
    tenant = Tenant(unknown_reference="ignore")
    answer = tenant.put("contracts/272", {"contract-owner": {"login": "nobody"}})

    assert answer.status_code == 200
    assert answer.json["contract-owner"]["login"] == "dara.oshea"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"term-type": "weekly"}, "Term type must be one of fixed, auto_renew, perpet"),
        ({"maximum-value": "much"}, "Maximum value is not a number"),
        ({"no-of-renewals": True}, "No of renewals is not a number"),
        ({"maximum-value": "1E+40"}, "Maximum value is not a number"),
        ({"maximum-value": []}, "Maximum value is not a number"),
        ({"start-date": "soon"}, "Start date is invalid"),
        ({"start-date": "9999-12-31T23:59:59+00:00"}, "Start date is invalid"),
        ({"supplier": "V-10021"}, "Supplier is invalid"),
        ({"contract-parties": ["A"]}, "Contract parties is invalid"),
        ({"status": "completed"}, "Status must be one of draft, inactive, published."),
        ({"status": 5}, "Status is invalid"),
        ({"name": "x" * 101}, "Name is too long (maximum is 100 characters)"),
        ({"term-type": "auto_renew"}, "Renewal length unit can't be blank"),
        ({"no-of-renewals": 101}, "No of renewals must be between 0 and 100"),
        ({"savings-pct": "100.5"}, "Savings pct must be between 0 and 100"),
        ({"end-date": "2025-12-31"}, "End date can't be before start date"),
        ({"contract-parties": {}}, "Contract parties is invalid"),
    ],
)
def test_a_value_that_does_not_fit_is_a_sentence(
    tenant: Tenant, body: dict[str, Any], sentence: str
) -> None:
    """Validation is 400, with sentences under the model's name."""
    answer = tenant.post("contracts", MINIMAL | body)

    assert answer.status_code == 400
    assert answer.json["errors"]["contract"][0].startswith(sentence)


@pytest.mark.parametrize("verb", ["PUT", "PATCH"])
def test_an_update_is_partial(tenant: Tenant, verb: str) -> None:
    """Only what is sent changes, whichever the verb."""
    made = tenant.make()
    path = f"contracts/{made['id']}"
    after = tenant.send(verb, path, {"description": "New"}).json

    assert after["description"] == "New"
    assert (after["name"], after["start-date"]) == (made["name"], made["start-date"])


def test_unknown_and_read_only_keys_are_ignored(tenant: Tenant) -> None:
    """They are not refused either."""
    made = tenant.make()
    body = {"colour": "red", "type": "MasterContract", "created-at": "2001-01-01"}
    after = tenant.put(f"contracts/{made['id']}", body).json

    assert (after["type"], after["created-at"]) == ("Contract", made["created-at"])


def test_a_refused_update_changes_nothing(tenant: Tenant) -> None:
    """One fault keeps the rest of the body out."""
    before = tenant.get("contracts/272").json
    answer = tenant.put(
        "contracts/272", {"custom-fields": {"cost-centre": 1}, "id": "x"}
    )

    assert answer.status_code == 400
    assert tenant.get("contracts/272").json == before


def test_an_id_in_the_body_is_a_number(tenant: Tenant) -> None:
    """As text it is refused."""
    body = {"id": "272", "custom-fields": {"cost-centre": "CC-1"}}

    assert tenant.put("contracts/272", body).status_code == 400
    assert tenant.put("contracts/272", body | {"id": 272}).status_code == 200


def test_an_update_tells_when_and_who(tenant: Tenant) -> None:
    """updated-at is now and updated-by is the client's user."""
    after = tenant.put("contracts/272", {}).json

    assert after["updated-at"].startswith("2026-11-02T01:00:")
    assert after["updated-by"]["login"] == "integration"


def test_a_published_contract_keeps_what_it_says(tenant: Tenant) -> None:
    """A plain update sets custom fields, and leaves the rest as it was with 200."""
    body = {"description": "New", "custom-fields": {"cost-centre": "CC-1"}}
    answer = tenant.put("contracts/272", body)

    assert answer.status_code == 200
    assert answer.json["description"] != "New"
    assert answer.json["custom-fields"]["cost-centre"] == "CC-1"
    assert answer.json["custom-fields"]["risk-score"] == 3


def test_update_published_changes_all_but_the_status(tenant: Tenant) -> None:
    """The version grows, and the contract stays published."""
    body = {"description": "New", "status": "draft"}
    after = tenant.put("contracts/272/update_published", body).json

    assert (after["description"], after["status"]) == ("New", "published")
    assert after["version"] == 2


def test_update_published_needs_hierarchy_and_a_published_contract() -> None:
    """With hierarchy off, or on a draft, it is 400."""
    flat, tenant = Tenant(hierarchy=False), Tenant()
    made = tenant.make()
    draft = tenant.put(f"contracts/{made['id']}/update_published", {})

    assert flat.put("contracts/272/update_published", {}).status_code == 400
    assert draft.status_code == 400


def test_create_published_makes_a_revision(tenant: Tenant) -> None:
    """POST on an existing id answers 201 with a new contract whose parent it is."""
    answer = tenant.post("contracts/272/create_published", MINIMAL)

    assert answer.status_code == 201
    assert (answer.json["status"], answer.json["parent"]["id"]) == ("published", 272)
    assert answer.json["published-date"] is not None


def test_collections_merge_by_id(tenant: Tenant) -> None:
    """Elements with an id change, others are added, absent ones stay."""
    made = tenant.make(contract_parties=[{"entity-name": "A"}, {"entity-name": "B"}])
    first = made["contract-parties"][0]["id"]
    body = {"contract-parties": [{"id": first, "email": "a@x"}, {"entity-name": "C"}]}
    parties = tenant.put(f"contracts/{made['id']}", body).json["contract-parties"]

    assert [party["entity-name"] for party in parties] == ["A", "B", "C"]
    assert parties[0]["email"] == "a@x"


def test_custom_fields_take_references_and_values(tenant: Tenant) -> None:
    """A lookup is named by a key; what is not editable stays as it is."""
    own = {
        "department": {"name": "Legal"},
        "review-date": "2027-02-28",
        "legacy-id": "x",
    }
    after = tenant.put("contracts/272", {"custom-fields": own}).json["custom-fields"]

    assert (after["department"]["name"], after["review-date"]) == (
        "Legal",
        "2027-02-28",
    )
    assert after["legacy-id"] is None


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": b"<contract>", "content_type": "application/xml"}, 400),
        ({"data": b"<!DOCTYPE c><c/>", "content_type": "application/xml"}, 400),
        ({"data": b"{}", "content_type": "text/plain"}, 415),
        ({"data": b"{", "content_type": "application/json"}, 400),
        ({"data": b"[]", "content_type": "application/json"}, 400),
    ],
)
def test_a_body_that_is_no_object_is_refused(
    tenant: Tenant, sent: dict[str, Any], status: int
) -> None:
    """Broken ones are 400, other types 415."""
    answer = tenant.client.post("/api/contracts", headers=tenant.headers(), **sent)

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("verb", "path"),
    [
        ("GET", "contracts/1"),
        ("GET", "contracts/none"),
        ("PUT", "contracts/1"),
        ("DELETE", "contracts/272"),
        ("GET", "suppliers/1"),
        ("GET", "nothing"),
    ],
)
def test_what_is_not_there_is_404(tenant: Tenant, verb: str, path: str) -> None:
    """Unknown ids, paths and verbs say the same; contracts cannot be deleted."""
    answer = tenant.send(verb, path)

    assert (answer.status_code, answer.json) == (
        404,
        {"errors": {"base": ["No results match your search criteria."]}},
    )


def test_a_404_may_be_plain_text() -> None:
    """Some error bodies are no JSON."""
    answer = Tenant(not_found_body="text").get("contracts/1")

    assert (answer.status_code, answer.mimetype) == (404, "text/plain")


def test_a_closed_custom_field_may_be_refused() -> None:
    """One that is not API editable cannot be written; how it says so is a switch."""
    tenant = Tenant(closed_custom_field="refuse")
    answer = tenant.put("contracts/272", {"custom-fields": {"legacy-id": "x"}})

    assert answer.status_code == 400
    assert answer.json["errors"]["custom-field"] == [
        "Legacy id cannot be changed through the API"
    ]


@pytest.mark.parametrize(
    ("sent", "status"),
    [("2027-02-28", 200), ("2027-02-28T00:00:00+05:30", 200), ("soon", 400)],
)
def test_a_custom_field_that_is_a_day(tenant: Tenant, sent: str, status: int) -> None:
    """It takes a day, and the day of an instant with that instant's own offset."""
    path = "contracts/272"
    answer = tenant.put(path, {"custom-fields": {"review-date": sent}})
    kept = tenant.get(path).json["custom-fields"]["review-date"]

    assert answer.status_code == status
    assert (kept == "2027-02-28") is (status == 200)


@pytest.mark.parametrize("key", ["id", "login", "email"])
def test_an_owner_is_named_by_any_key_of_a_user(tenant: Tenant, key: str) -> None:
    """What nested users show names one."""
    owner = tenant.get("contracts/272").json["contract-owner"]
    made = tenant.make(contract_owner={key: owner[key]})

    assert made["contract-owner"]["fullname"] == owner["fullname"]


@pytest.mark.parametrize("body", [{"code": "XTS"}, {"id": 1}])
def test_a_currency_that_does_not_exist_is_refused(
    tenant: Tenant, body: dict[str, Any]
) -> None:
    """Currencies are found by id or code."""
    answer = tenant.post("contracts", MINIMAL | {"currency": body})

    assert answer.status_code == 400
    assert answer.json["errors"]["currency"][0].startswith(
        "Unable to find valid Currency record for currency"
    )


def test_the_official_xml_create_makes_a_contract(tenant: Tenant) -> None:
    """A body in XML is read by its types; an association is an element."""
    body = """<?xml version="1.0" encoding="UTF-8"?>
    <contract>
      <name>By XML</name>
      <number>XML-1</number>
      <start-date type="datetime">2026-01-01T00:00:00-08:00</start-date>
      <end-date type="datetime">2026-12-31T00:00:00-08:00</end-date>
      <status>inactive</status>
      <description/>
      <maximum-value type="decimal">250000.00</maximum-value>
      <no-of-renewals type="integer">0</no-of-renewals>
      <supplier-invoiceable type="boolean">true</supplier-invoiceable>
      <version nil="true"/>
      <supplier><name>Marks' Tools &amp; Dies</name></supplier>
      <content-groups><content-group><name>Everyone</name></content-group></content-groups>
      <contract-terms type="array"/>
    </contract>"""
    headers = tenant.headers() | {"Content-Type": "application/xml"}
    answer = tenant.client.post("/api/contracts", data=body, headers=headers)
    made = answer.json

    assert (answer.status_code, made["status"]) == (201, "inactive")
    assert (made["supplier"]["id"], made["maximum-value"]) == (41, "250000.0")
    assert (made["supplier-invoiceable"], made["description"]) == (True, "")
    assert [group["name"] for group in made["content-groups"]] == ["Everyone"]


def test_a_supplier_is_created_and_used(tenant: Tenant) -> None:
    """A new supplier is a draft; a contract may name it at once."""
    body = {"name": "New Co", "primary-contact": {"email": "n@new.example"}}
    made = tenant.post("suppliers", body)

    assert (made.status_code, made.json["status"]) == (201, "draft")
    assert tenant.make(supplier={"name": "New Co"})["supplier"]["id"] == made.json["id"]


def test_a_supplier_is_changed(tenant: Tenant) -> None:
    """Contracts show the new name, and stay untouched."""
    before = tenant.get("contracts/272").json["updated-at"]
    tenant.put("suppliers/21", {"name": "Renamed"})
    after = tenant.get("contracts/272").json

    assert (after["supplier"]["name"], after["updated-at"]) == ("Renamed", before)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "Name can't be blank"),
        ({"name": "N", "status": "x"}, "Supplier status must be one of draft, active,"),
        ({"name": "Marks' Tools & Dies"}, "Name has already been taken"),
    ],
)
def test_a_supplier_that_does_not_fit_is_refused(
    tenant: Tenant, body: dict[str, Any], sentence: str
) -> None:
    """Sentences stand under the supplier."""
    answer = tenant.post("suppliers", body)

    assert answer.status_code == 400
    assert answer.json["errors"]["supplier"][0].startswith(sentence)
