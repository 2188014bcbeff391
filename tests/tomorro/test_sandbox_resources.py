"""Contract types, counterparties, smart fields, dynamic tables and members."""

from __future__ import annotations

import pytest

from clm_bridge_tomorro.sandbox._custom_objects import TABLE

from .workspace import DRAFT, SIGNED

UNKNOWN = "00000000-0000-4000-8000-000000000000"


def contract_type(api, name):
    """Return a row of the list of contract types."""
    types = api.get("/v2/contract-types?limit=50")["contractTypes"]
    return next(one for one in types if one["name"] == name)


def test_a_contract_type_has_its_templates(api):
    """Id, name and templates, each with its language in capitals."""
    row = contract_type(api, "Master services agreement")

    assert list(row) == ["id", "name", "templates"]
    assert [set(one) for one in row["templates"]] == 2 * [
        {"id", "language", "smartFields"}
    ]
    assert [one["language"] for one in row["templates"]] == ["GB", "FR"]


@pytest.mark.parametrize(("published", "count"), [("true", 6), ("false", 1)])
def test_contract_types_are_filtered_by_text(api, published, count):
    """The filter takes true and false as words."""
    answer = api.get(f"/v2/contract-types?isPublished={published}")

    assert len(answer["contractTypes"]) == count


def test_another_truth_is_refused(api):
    """Neither 1 nor yes."""
    api.get("/v2/contract-types?isPublished=1", status=400)


def test_templates_are_an_array(api):
    """Those of the type's row, with their smart fields."""
    row = contract_type(api, "Data processing agreement")
    templates = api.get(f"/v2/contract-types/{row['id']}/templates")

    assert templates == row["templates"]
    assert templates[0]["smartFields"] == [
        {
            "id": api.field("Personal data"),
            "name": "Personal data",
            "defaultValue": None,
            "isMandatory": True,
        }
    ]


def test_a_contract_s_template_is_one_of_its_type(api):
    """Their ids meet."""
    body = api.contract(SIGNED)
    templates = api.get(f"/v2/contract-types/{body['contractType']['id']}/templates")

    assert body["templateId"] in {one["id"] for one in templates}


def test_a_creation_form_names_what_is_required(api):
    """With the documented keys; the count is the length."""
    row = contract_type(api, "Data processing agreement")
    form = api.get(f"/v2/contract-types/{row['id']}/creation-form")
    [field] = form["fields"]

    assert list(form) == ["fields", "fieldsCount", "rules"]
    assert form["fieldsCount"] == 1
    assert field["smartFieldId"] == api.field("Personal data")
    assert field["typeAttributeId"] != field["smartFieldId"]
    assert (field["reasons"], field["required"]) == (["explicitMandatory"], True)


@pytest.mark.parametrize(("template", "status"), [(UNKNOWN, 404), ("x", 400)])
def test_a_creation_form_is_of_a_template_that_exists(api, template, status):
    """An unknown one is not found, a malformed one refused."""
    row = contract_type(api, "Data processing agreement")
    path = f"/v2/contract-types/{row['id']}/creation-form"

    api.get(f"{path}?templateId={row['templates'][0]['id']}")
    api.get(f"{path}?templateId={template}", status=status)


@pytest.mark.parametrize(
    "path",
    [
        "contract-types/{}/templates",
        "contract-types/{}/creation-form",
        "counterparties/{}",
        "smart-fields/{}/options",
        "custom-objects/{}",
        "members/{}",
        "contracts/{}/signed-files",
    ],
)
def test_an_unknown_id_is_not_found_anywhere(api, path):
    """404 for an id that nothing has, 400 for none at all."""
    api.get(f"/v2/{path.format(UNKNOWN)}", status=404)
    api.get(f"/v2/{path.format('x')}", status=400)


def test_counterparties_are_listed_with_three_keys(api):
    """The rest takes a call each."""
    rows = api.get("/v2/counterparties")["data"]

    assert {tuple(row) for row in rows} == {("id", "name", "status")}


def test_a_counterparty_s_fields_are_a_map(api):
    """By smart field id, where a contract has a list."""
    own = api.contract(SIGNED)["counterparty"]["id"]
    body = api.get(f"/v2/counterparties/{own}")
    fields = api.get("/v2/smart-fields?object=external_party")["data"]
    number = next(one for one in fields if one["name"] == "Registration number")

    assert list(body) == [
        "id",
        "name",
        "status",
        "logoUrl",
        "fields",
        "createdAt",
        "updatedAt",
    ]
    assert body["fields"][number["id"]] == "552 081 317"


def test_a_counterparty_is_made_with_attributes(api):
    """They go in as a list and come out as a map."""
    own = api.field("Registration number")
    told = {
        "name": "New Ltd",
        "attributes": [{"attributeDefinitionId": own, "value": "12"}],
    }
    made = api.post("/v2/counterparties", told)

    assert (made["status"], made["fields"]) == ("active", {own: "12"})
    assert api.get(f"/v2/counterparties/{made['id']}") == made


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"name": ""},
        {"name": "X", "status": "gone"},
        {"name": "X", "attributes": [{"attributeDefinitionId": UNKNOWN, "value": 1}]},
    ],
)
def test_a_wrong_counterparty_is_refused(api, told):
    """The name alone is required."""
    api.post("/v2/counterparties", told, status=400)


def test_an_archived_counterparty_stays_on_its_contracts(api):
    """And is found by its status."""
    known = api.contract(SIGNED)["counterparty"]
    api.patch(f"/v2/counterparties/{known['id']}", {"status": "archived"})
    [row] = api.get("/v2/counterparties?status=archived")["data"]

    assert row == {**known, "status": "archived"}
    assert api.contract(SIGNED)["counterparty"] == known


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("name=acme", 1),
        ("name=brûl", 1),
        ("name=zzz", 0),
        ("status=in:active,archived", 2),
    ],
)
def test_counterparties_are_filtered(api, query, count):
    """A part of the name is enough."""
    assert len(api.get(f"/v2/counterparties?{query}")["data"]) == count


def test_the_native_smart_fields_are_there(api):
    """With a type each; number and string are the words that are documented."""
    rows = api.get("/v2/smart-fields?object=contract&limit=50")["data"]
    types = {row["name"]: row["type"] for row in rows}

    assert {tuple(row) for row in rows} == {("id", "name", "type")}
    assert list(types)[:4] == [
        "Signature date",
        "Duration type",
        "Start date",
        "Initial duration",
    ]
    assert types["Initial duration"] == types["Contract value"] == "number"
    assert types["Contract identifier"] == "string"


@pytest.mark.parametrize(
    ("lang", "name"),
    [
        ("fr", "Date de signature"),
        ("gb", "Signature date"),
        ("de", "Signature date"),
        ("zh-cn", "Signature date"),
    ],
)
def test_names_follow_the_language(api, lang, name):
    """Or fall back to the default one."""
    assert api.get(f"/v2/smart-fields?lang={lang}")["data"][0]["name"] == name


@pytest.mark.parametrize(
    ("object", "count"),
    [("contract", 24), ("external_party", 3), ("in:contract,external_party", 27)],
)
def test_smart_fields_are_filtered_by_object(api, object, count):
    """Contracts and counterparties have their own."""
    answer = api.get(f"/v2/smart-fields?object={object}&limit=50")

    assert len(answer["data"]) == count


def test_smart_fields_come_in_pages(api):
    """The envelope is that of counterparties."""
    answer = api.get("/v2/smart-fields?limit=2")
    following = api.get(f"/v2{answer['links']['next']}")

    assert answer["pagination"]["has_next"] is True
    assert following["pagination"]["has_previous"] is True


def test_options_have_translations(api):
    """One for each language that has a label."""
    own = api.field("Personal data")
    first = api.get(f"/v2/smart-fields/{own}/options")["data"][0]

    assert first == {
        "id": first["id"],
        "translations": [
            {"language": "gb", "value": "Yes"},
            {"language": "fr", "value": "Oui"},
        ],
        "integrationMappings": [],
    }


@pytest.mark.parametrize(("term", "count"), [("LEG", 1), ("e", 4), ("zzz", 0)])
def test_options_are_found_by_a_part_of_their_label(api, term, count):
    """In any case."""
    own = api.field("Department")

    assert len(api.get(f"/v2/smart-fields/{own}/options?term={term}")["data"]) == count


def test_a_text_has_no_options(api):
    """The list is empty."""
    assert api.get(f"/v2/smart-fields/{api.field('Cost centre')}/options")["data"] == []


def test_a_dynamic_table_is_in_snake_case(api):
    """Unlike everything else."""
    body = api.get(f"/v2/custom-objects/{TABLE}")

    assert list(body) == ["id", "name", "smart_fields", "help_text"]
    assert set(body["smart_fields"][0]) == {"id", "name", "type"}


def test_records_are_made_and_changed(api):
    """No id makes one; its id changes it."""
    column = api.get(f"/v2/custom-objects/{TABLE}")["smart_fields"][0]["id"]
    path = f"/v2/custom-objects/{TABLE}/contract/{api.id(DRAFT)}/records"

    def put(own, value, status=200):
        cell = {"smartFieldId": column, "value": value}
        record = {"id": own, "fromCatalogRecordId": None, "fields": [cell]}
        return api.ask("PUT", path, {"records": [record]}, status=status).json

    [made] = put(None, "Chairs")["records"]
    [changed] = put(made["id"], "Tables")["records"]

    assert changed["id"] == made["id"]
    assert changed["fields"] == [{"smartFieldId": column, "value": "Tables"}]
    put(UNKNOWN, "Lamps", status=400)


def test_a_cell_has_its_column_s_type(api):
    """A text takes no number, and nothing takes an unknown column."""
    item, quantity, _ = api.get(f"/v2/custom-objects/{TABLE}")["smart_fields"]
    path = f"/v2/custom-objects/{TABLE}/contract/{api.id(DRAFT)}/records"

    def refused(own, value):
        cell = {"smartFieldId": own, "value": value}
        told = {"records": [{"id": None, "fields": [cell]}]}
        return api.ask("PUT", path, told, status=400).json["message"]

    assert refused(item["id"], 3) == ["records.0.fields.0.value is not a string"]
    assert refused(quantity["id"], "3") == ["records.0.fields.0.value is not a number"]
    assert refused(UNKNOWN, "x")[0].startswith("records.0.fields.0.smartFieldId")


def test_a_member_has_the_documented_keys(api):
    """Names have a lower-case n."""
    [member] = api.get("/v2/members?role=ADMIN")["data"]

    assert api.get(f"/v2/members/{member['id']}") == member
    assert list(member) == [
        "id",
        "role",
        "status",
        "user",
        "groupIds",
        "createdAt",
        "updatedAt",
    ]
    assert list(member["user"]) == ["email", "firstname", "lastname"]


@pytest.mark.parametrize(
    ("query", "count"),
    [("role=ADMIN", 1), ("role=ne:ADMIN", 2), ("status=in:active,pending", 3)],
)
def test_members_are_filtered(api, query, count):
    """By role and by status."""
    assert len(api.get(f"/v2/members?{query}")["data"]) == count


def test_a_member_is_made_with_a_capital_n(api):
    """And is pending unless invited."""
    user = {"email": "new@buyer.example", "firstName": "Nia", "lastName": "Obi"}
    made = api.post("/v2/members", {"user": user, "role": "MANAGER", "groupIds": []})

    assert (made["role"], made["status"]) == ("MANAGER", "pending")
    assert made["user"] == {
        "email": "new@buyer.example",
        "firstname": "Nia",
        "lastname": "Obi",
    }


def test_a_member_may_be_made_by_username(api):
    """As the quickstart does."""
    made = api.post("/v2/members", {"username": "quick@buyer.example"})

    assert made["user"]["email"] == "quick@buyer.example"


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({}, 400),
        ({"user": {"email": "nobody"}}, 400),
        ({"user": {"email": "a@buyer.example"}, "role": "admin"}, 400),
        ({"user": {"email": "LEGAL@buyer.example"}}, 409),
    ],
)
def test_a_wrong_member_is_refused(api, told, status):
    """An address is required, and serves once."""
    api.post("/v2/members", told, status=status)


def test_a_member_changes(api):
    """Groups are replaced; what is not sent stays."""
    [member] = api.get("/v2/members?role=USER")["data"]
    path = f"/v2/members/{member['id']}"
    changed = api.patch(path, {"firstname": "Maxi", "groupIds": [UNKNOWN]})

    assert changed["user"] == {**member["user"], "firstname": "Maxi"}
    assert changed["groupIds"] == [UNKNOWN]
    assert changed["role"] == "USER"


def test_an_address_serves_one_member(api):
    """A change to somebody else's is a conflict; to one's own it is none."""
    first, second, *_ = api.get("/v2/members")["data"]
    theirs = {"email": second["user"]["email"]}

    api.patch(f"/v2/members/{first['id']}", theirs, status=409)
    api.patch(f"/v2/members/{second['id']}", theirs)


def test_a_counterparty_may_be_renamed(api):
    """On its own path; its contracts show the new name."""
    own = api.contract(SIGNED)["counterparty"]["id"]
    api.patch(f"/v2/counterparties/{own}", {"name": "Acme Holding SAS"})

    assert api.contract(SIGNED)["counterparty"]["name"] == "Acme Holding SAS"
