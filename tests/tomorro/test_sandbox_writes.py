"""Creating contracts from templates, and changing them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from .workspace import (
    BARE,
    CANCELED,
    DRAFT,
    NEGOTIATING,
    RENEWING,
    SIGNED,
    SIGNING,
    Api,
    exact,
    named,
)

UNKNOWN = "00000000-0000-4000-8000-000000000000"
LINK = {
    "type": "hubspot",
    "externalId": "1234567890",
    "externalEntity": "Deal",
    "externalUrl": "https://app.hubspot.com/contacts/1/record/0-3/1234567890",
}


def origin(api, name="Master services agreement"):
    """Return a contract type's id and its first template's, as a body takes them."""
    types = api.get("/v2/contract-types?limit=50")["contractTypes"]
    kind = next(one for one in types if one["name"] == name)
    return {"contractTypeId": kind["id"], "templateId": kind["templates"][0]["id"]}


def body(api, **more):
    """Return the least that creating takes, and more."""
    return {**origin(api), "counterparty": {"name": "New Company Ltd"}, **more}


def field(api, name, value):
    """Return a smart field as a body writes it."""
    return {"fieldId": api.field(name), "value": value}


def create(api, **more):
    """Create a contract and return its body."""
    return api.post("/v2/contracts", body(api, **more))


def refusals(api, told):
    """Return the messages with which creating is refused."""
    return api.post("/v2/contracts", told, status=400)["message"]


def test_the_documented_body_makes_a_draft(api):
    """Every key of the published example is taken."""
    [member] = api.get("/v2/members?role=ADMIN")["data"]
    made = create(
        api,
        name="MSA - Acme SAS",
        signatories={
            "internalSignatoryMemberIds": [member["id"]],
            "externalSignatoryEmailList": ["ceo@new.example"],
        },
        fields=[field(api, "Department", "Procurement")],
        contractMembersIds=[{"memberId": member["id"]}],
        integration=LINK,
    )

    assert made["status"] == "draft"
    assert made["counterparty"]["name"] == "New Company Ltd"
    assert made["integration"] == LINK
    assert named(made)["Department"] == "Procurement"
    assert [one["email"] for one in made["signatories"]] == [
        "clm-service@buyer.example",
        "ceo@new.example",
    ]
    assert made["author"]["id"] == member["id"]
    assert made["contractMembers"] == [made["author"]]


def test_what_was_made_can_be_read(api):
    """GET answers the body that POST answered, and the list has it first."""
    made = create(api)

    assert api.get(f"/v2/contracts/{made['id']}") == made
    assert api.get("/v2/contracts")["contracts"][0]["id"] == made["id"]


def test_a_name_comes_from_the_template(api):
    """When none is sent."""
    assert create(api)["name"] == "Master services agreement (standard)"


def test_everything_that_is_missing_is_told_at_once(api):
    """A 400 lists its problems."""
    assert refusals(api, {}) == [
        "contractTypeId should not be empty",
        "templateId should not be empty",
        "counterparty must be one that exists, or have a name",
    ]


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"contractTypeId": UNKNOWN}, "contractTypeId"),
        ({"contractTypeId": "msa"}, "contractTypeId"),
        ({"templateId": UNKNOWN}, "templateId"),
        ({"counterparty": {"id": UNKNOWN}}, "counterparty.id"),
        ({"counterparty": "Acme"}, "counterparty"),
        ({"name": 7}, "name"),
        ({"fields": "Department"}, "fields"),
        ({"signatories": {"externalSignatoryEmailList": [7]}}, "signatories"),
        ({"fields": [{"fieldId": UNKNOWN, "value": 1}]}, "fields.0.fieldId"),
        ({"signatories": [{}]}, "signatories"),
        (
            {"signatories": {"externalSignatoryEmailList": ["nobody"]}},
            "signatories.externalSignatoryEmailList",
        ),
        (
            {"signatories": {"internalSignatoryMemberIds": [UNKNOWN]}},
            "signatories.internalSignatoryMemberIds",
        ),
        ({"contractMembersIds": [UNKNOWN]}, "contractMembersIds"),
        ({"contractMembersIds": [{"memberId": UNKNOWN}]}, "contractMembersIds.0"),
        ({"integration": {"type": "sap", "externalId": "1"}}, "integration.type"),
        ({"integration": {"type": "salesforce"}}, "integration.externalId"),
    ],
)
def test_a_wrong_value_is_refused_by_its_path(api, more, where):
    """And no contract is made."""
    before = api.sandbox.counts()
    first = refusals(api, body(api, **more))[0]

    assert first.startswith(where)
    assert api.sandbox.counts() == before


def test_a_template_must_be_of_the_type(api):
    """One of another type is refused."""
    other = origin(api, "Software licence")["templateId"]

    assert "templateId" in refusals(api, body(api, templateId=other))[0]


def test_the_id_of_a_counterparty_wins_over_its_name(api):
    """The published example sends both."""
    known = api.contract(SIGNED)["counterparty"]
    made = create(api, counterparty={"id": known["id"], "name": "Somebody else"})

    assert made["counterparty"] == known


def test_a_known_name_is_not_made_again(api):
    """It finds the active counterparty of that name, in any case."""
    known = api.contract(SIGNED)["counterparty"]

    assert create(api, counterparty={"name": "ACME sas"})["counterparty"] == known


def test_a_known_name_may_be_made_again():
    """Nothing says which of the two it is."""
    api = Api(reuse_counterparties=False)
    known = api.contract(SIGNED)["counterparty"]
    made = create(api, counterparty={"name": known["name"]})["counterparty"]

    assert made["name"] == known["name"]
    assert made["id"] != known["id"]


def test_an_archived_name_is_made_again(api):
    """The archived one is not found."""
    known = api.contract(SIGNED)["counterparty"]
    api.patch(f"/v2/counterparties/{known['id']}", {"status": "archived"})
    made = create(api, counterparty={"name": known["name"]})["counterparty"]

    assert made["id"] != known["id"]


def test_creating_is_not_idempotent(api):
    """The same body twice makes two contracts."""
    told = body(api)
    first, second = (api.post("/v2/contracts", told) for _ in range(2))

    assert first["id"] != second["id"]


def test_a_required_field_must_be_sent(api):
    """The creation form says which; the message names it."""
    told = {**body(api), **origin(api, "Data processing agreement")}
    [message] = refusals(api, told)
    made = api.post(
        "/v2/contracts", {**told, "fields": [field(api, "Personal data", "Yes")]}
    )

    assert message.startswith("fields must have Personal data")
    assert made["status"] == "draft"


def test_a_required_field_may_be_waived():
    """Whether the API insists is not documented."""
    api = Api(mandatory_fields=False)
    made = create(api, **origin(api, "Data processing agreement"))

    assert "Personal data" not in named(made)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Department", "Catering"),
        ("Department", ["Legal"]),
        ("Risk score", "3"),
        ("Risk score", True),
        ("Review date", "30/06/2026"),
        ("Review date", "2026-02-30"),
        ("Cost centre", 4711),
        ("Next renewal date", "2026-06-30"),
        ("Legal name of the counterparty", "Acme"),
    ],
)
def test_a_value_of_another_form_is_refused(api, name, value):
    """So are computed fields, and those of counterparties."""
    told = body(api, fields=[field(api, name, value)])

    assert refusals(api, told)[0].startswith("fields.0.")


SLATE = [
    {"type": "paragraph", "children": [{"text": "Net "}, {"text": "30", "bold": True}]}
]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Regions", ["Asia", "Europe"]),
        ("Special terms", SLATE),
        ("Department", "Legal"),
        ("Review date", "2026-06-30"),
        ("Notice", "90 days"),
    ],
)
def test_a_value_comes_back_as_it_was_written(api, name, value):
    """Labels, rich text and all."""
    made = create(api, fields=[field(api, name, value)])

    assert named(made)[name] == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Department", "légal"),
        ("Regions", "Europe"),
        ("Regions", ["Europe", "Mars"]),
        ("Special terms", "Net 30"),
        ("Special terms", []),
        ("Special terms", ["Net 30"]),
        ("Special terms", [{"type": "paragraph", "children": ["Net 30"]}]),
        ("Special terms", [{"text": 30}]),
    ],
)
def test_a_value_has_the_form_of_its_field(api, name, value):
    """Selections take labels, and rich text is Slate."""
    [message] = refusals(api, body(api, fields=[field(api, name, value)]))

    assert message.startswith("fields.0.value")


def test_no_option_is_no_value(api):
    """An empty selection takes the field away."""
    path = api.path(DRAFT)
    api.patch(path, {"fields": [field(api, "Regions", ["Asia"])]})

    assert api.values(DRAFT)["Regions"] == ["Asia"]
    assert "Regions" not in named(
        api.patch(path, {"fields": [field(api, "Regions", [])]})
    )


def test_every_wrong_field_is_told_at_once(api):
    """Each by its place in the list."""
    told = [field(api, "Risk score", "high"), {"value": 1}, field(api, "Notice", 3)]
    places = [line.split()[0] for line in refusals(api, body(api, fields=told))]

    assert places == [
        "fields.0.value",
        "fields.1.fieldId",
        "fields.1.fieldId",
        "fields.2.value",
    ]


@pytest.mark.parametrize("spelled", ["1234.50", "98765432109876.54", "0.10", "3"])
def test_a_number_comes_back_as_it_was_sent(api, spelled):
    """Digit for digit."""
    created = create(api)["id"]
    own = api.field("Contract value")
    text = f'{{"fields":[{{"fieldId":"{own}","value":{spelled}}}]}}'
    answer = api.client.patch(
        f"/v2/contracts/{created}",
        data=text,
        headers={"x-api-key": api.key, "content-type": "application/json"},
    )

    assert named(exact(answer.text))["Contract value"] == spelled


@pytest.mark.parametrize(
    ("sent", "media_type"),
    [
        ("{", "application/json"),
        ('{"name":NaN}', "application/json"),
        ('{"name":1e999999999}', "application/json"),
        (r'{"name":"\ud800"}', "application/json"),
        ("[]", "application/json"),
        ("name=x", "application/x-www-form-urlencoded"),
    ],
)
def test_a_body_that_is_no_json_object_is_refused(api, sent, media_type):
    """It is a 400 and not a 500."""
    headers = {"x-api-key": api.key, "content-type": media_type}
    answer = api.client.post("/v2/contracts", data=sent, headers=headers)

    assert answer.status_code == 400
    assert answer.json["error"] == "Bad Request"


def test_patch_changes_what_is_sent(api):
    """And nothing else but the time of the change."""
    before = api.contract(SIGNED)
    after = api.patch(api.path(SIGNED), {"name": "Another name", "colour": "red"})

    assert after == {
        **before,
        "name": "Another name",
        "updatedAt": after["updatedAt"],
    }
    assert after["updatedAt"] > before["updatedAt"]


@pytest.mark.parametrize(
    ("deal", "status"),
    [
        (DRAFT, "negotiating"),
        (DRAFT, "canceled"),
        (NEGOTIATING, "draft"),
        (NEGOTIATING, "canceled"),
        (SIGNING, "canceled"),
        (CANCELED, "negotiating"),
        (SIGNED, "signed"),
    ],
)
def test_a_status_may_move(api, deal, status):
    """What is not signed may be canceled; a canceled one is relaunched."""
    assert api.patch(api.path(deal), {"status": status})["status"] == status


@pytest.mark.parametrize(
    ("deal", "status"),
    [
        (SIGNED, "canceled"),
        (DRAFT, "signing"),
        (DRAFT, "signed"),
        (SIGNING, "signed"),
        (CANCELED, "draft"),
        (DRAFT, "cancelled"),
    ],
)
def test_a_status_may_not_move(api, deal, status):
    """A PATCH never signs, and what is signed stays."""
    api.patch(api.path(deal), {"status": status}, status=400)

    assert api.contract(deal)["status"] != status


def test_a_patch_may_sign():
    """With the date of the signature, if the switch says so."""
    api = Api(patch_signs=True)
    signed = {"status": "signed", "signatureDate": "2026-10-01T09:00:00Z"}
    body = api.patch(api.path(DRAFT), signed)

    assert body["status"] == "signed"
    assert named(body)["Signature date"] == "2026-10-01"


def test_what_has_no_document_may_be_signed_by_a_patch():
    """A PDF says what was agreed."""
    api = Api(patch_signs=True)
    signed = {"status": "signed", "signatureDate": "2026-10-01T09:00:00Z"}
    api.patch(api.path(BARE), signed)
    [file] = api.get(f"{api.path(BARE)}/signed-files")

    assert api.client.get(file["downloadUrl"]).data.startswith(b"%PDF-")


def test_a_signature_date_leaves_the_status(api):
    """It fills the native field."""
    told = {"signatureDate": "2026-10-01T09:00:00Z"}
    body = api.patch(api.path(DRAFT), told)

    assert body["status"] == "draft"
    assert named(body)["Signature date"] == "2026-10-01"


def test_fields_merge(api):
    """A field that is not sent stays; null takes a value away."""
    told = [field(api, "Risk score", 5), field(api, "Cost centre", None)]
    values = named(api.patch(api.path(SIGNED), {"fields": told}))

    assert values["Risk score"] == 5
    assert values["Department"] == "Procurement"
    assert "Cost centre" not in values


def test_a_new_duration_moves_the_end(api):
    """The documented computation runs on every write."""
    told = [field(api, "Initial duration", 24)]
    values = named(api.patch(api.path(RENEWING), {"fields": told}))

    assert values["Initial end date"] == "2027-12-31"


def test_a_new_end_moves_the_duration(api):
    """Whole months only."""
    path = api.path(RENEWING)
    whole = api.patch(path, {"fields": [field(api, "Initial end date", "2026-06-30")]})
    odd = api.patch(path, {"fields": [field(api, "Initial end date", "2026-06-29")]})

    assert named(whole)["Initial duration"] == 6
    assert "Initial duration" not in named(odd)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_dates(api, day):
    """Where nothing can be computed, nothing is."""
    told = [field(api, "Start date", day), field(api, "Initial end date", day)]

    assert named(api.patch(api.path(DRAFT), {"fields": told}))["Start date"] == day


def test_a_link_never_changes(api):
    """PATCH takes its type, which resolves labels, and nothing more."""
    told = {"integration": {"type": "hubspot", "externalId": "other"}}
    body = api.patch(api.path(SIGNED), told)

    assert body["integration"]["externalId"] == SIGNED.link.id
    api.patch(api.path(SIGNED), {"integration": {"type": "sap"}}, status=400)


@pytest.mark.parametrize("day", ["yesterday", "9999-12-31T23:59:59-05:00"])
def test_a_signature_date_is_an_instant(api, day):
    """Anything else is refused."""
    [message] = api.patch(api.path(DRAFT), {"signatureDate": day}, status=400)[
        "message"
    ]

    assert message.startswith("signatureDate")


def test_what_is_not_offered_is_not_done(api):
    """Unknown keys, a link, a status that is there already: 200, and no change."""
    before = api.contract(SIGNED)
    told = {
        "integration": {"type": "salesforce", "externalId": "other"},
        "status": "signed",
        "contractMembersIds": [],
        "templateId": UNKNOWN,
        "externalId": "PR-1",
    }
    after = api.patch(api.path(SIGNED), told)

    assert after == {**before, "updatedAt": after["updatedAt"]}


def test_a_folder_is_taken_and_not_shown(api):
    """A list can be filtered by it all the same."""
    body = api.patch(api.path(DRAFT), {"folderId": UNKNOWN})
    [row] = api.get(f"/v2/contracts?folderId={UNKNOWN}")["contracts"]

    assert "folderId" not in body
    assert row["id"] == body["id"]


def test_participants_are_added_by_plain_ids(api):
    """Strings on PATCH, where POST takes objects."""
    members = api.get("/v2/members")["data"]
    path, own = api.path(SIGNED), members[0]["id"]
    added = api.patch(path, {"contractMembersIds": [own, f"mem_{own}"]})

    assert [one["id"] for one in added["contractMembers"]].count(own) == 1
    api.patch(path, {"contractMembersIds": [{"memberId": own}]}, status=400)


def test_signatories_are_replaced(api):
    """Those that are not sent are gone."""
    told = {"signatories": {"externalSignatoryEmailList": ["new@acme.example"]}}
    [only] = api.patch(api.path(DRAFT), told)["signatories"]

    assert (only["email"], only["type"]) == ("new@acme.example", "external")


def test_a_counterparty_is_pointed_to(api):
    """A new name makes a new one, and renames none."""
    told = {"counterparty": {"name": "Renamed SAS"}}
    body = api.patch(api.path(DRAFT), told)

    assert body["counterparty"]["name"] == "Renamed SAS"
    assert api.contract(SIGNED)["counterparty"]["name"] == "Acme SAS"


def test_a_refused_patch_changes_nothing(api):
    """All of it, or nothing."""
    before = api.contract(DRAFT)
    api.clock.advance(timedelta(hours=1))
    told = {
        "name": "New",
        "counterparty": {"name": "New Company Ltd"},
        "status": "signed",
    }
    counts = api.sandbox.counts()
    api.patch(api.path(DRAFT), told, status=400)

    assert api.contract(DRAFT) == before
    assert api.sandbox.counts() == counts
