"""What SpotDraft is told when a contract is created, in its four beginnings."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from attrs import evolve

from clm_bridge import (
    ConfigError,
    Contact,
    ContractChanges,
    InvalidInput,
    Money,
    NewCounterparty,
    Period,
    Status,
    Term,
    Upload,
)
from clm_bridge.adapter import Field, FieldKind
from clm_bridge.testing import play, reply

from .reading import payload
from .writing import (
    BASE64,
    CREATED,
    DRAFT,
    ENTITIES,
    ENTRY,
    GLOBEX,
    MEMBER,
    METADATA,
    OURS,
    PAPER,
    POC,
    SIGNED,
    SIGNING,
    THEIRS,
    configured,
    paged,
    written,
)

UPLOADED = {
    "contract_name": "Acme NDA",
    "contract_type_id": 103,
    "file_name": "acme_nda.pdf",
    "external_metadata": METADATA,
}
THEM = {
    "counterparty_organization_name": "Globex Ltd",
    "counterparty_is_individual": False,
    "counterparty_poc_details": POC,
}


def create(spotdraft, new, *replies):
    return play(spotdraft.create_contract(new, ()), *replies, reply(CREATED, 201))


def test_a_draft_is_the_vendors_own_example(spotdraft):
    """One request; contract_data is required, though nothing needs to be in it."""
    played = create(spotdraft, DRAFT)

    assert played.result == "T-1234"
    assert written(played) == [
        (
            "POST",
            "contracts/",
            {
                "contract_template_id": 1204,
                "contract_data": {},
                "counter_party_details": [
                    {
                        "is_individual": False,
                        "organization_name": "Globex Ltd",
                        "poc_details": POC,
                    }
                ],
                "contract_name": "Acme MSA with Globex",
                "external_metadata": METADATA,
            },
        )
    ]
    assert len(played.asked) == 1


def test_signatories_are_of_either_side(spotdraft):
    """Theirs are of the party that the contract is with; no order is told."""
    [(_, _, told)] = written(
        create(spotdraft, evolve(DRAFT, signatories=[THEIRS, OURS]))
    )

    assert told["signatories"] == [
        {
            "name": "Avery Stone",
            "email": "avery@globex.example",
            "is_counterparty_signatory": True,
            "counterparty_name": "Globex Ltd",
        },
        {
            "name": "Sam Okafor",
            "email": "sam@acme.example",
            "is_counterparty_signatory": False,
        },
    ]


def test_extra_is_put_over_the_payload(spotdraft):
    """It is how a template's own questions are answered."""
    extra = {
        "contract_data": {"agreement_date": "2026-03-28"},
        "workflow_config": {"auto_send_to_counterparty": True},
    }
    [(_, _, told)] = written(create(spotdraft, evolve(DRAFT, extra=extra)))

    assert told["contract_data"] == {"agreement_date": "2026-03-28"}
    assert told["workflow_config"] == {"auto_send_to_counterparty": True}
    assert told["contract_template_id"] == 1204


def test_settings_say_who_we_are_and_what_they_are():
    """Our company by its reference, theirs by a word of the workspace's list."""
    chosen = configured(entity="79", organization_type="company")
    played = create(chosen, DRAFT, reply(ENTITIES))
    [(_, _, told)] = written(played)

    assert played.asked[0].target == "organizations/entities/"
    assert told["entity_reference_id"] == "DE1"
    assert told["counter_party_details"][0]["organization_type"] == "company"


def test_an_entry_of_the_address_book_is_told_by_its_name(spotdraft):
    """With its first contact; the API takes no id there."""
    new = evolve(DRAFT, counterparty=NewCounterparty(id="102"))
    played = create(spotdraft, new, reply(ENTRY))
    [(_, _, told)] = written(played)

    assert played.asked[0].target == "counter_parties/102"
    assert told["counter_party_details"][0]["organization_name"] == "Globex Ltd"
    assert told["counter_party_details"][0]["poc_details"] == POC


def test_an_entry_may_be_a_person(spotdraft):
    """Then there is no organisation."""
    new = evolve(DRAFT, counterparty=NewCounterparty(id="102"))
    played = create(spotdraft, new, reply({**ENTRY, "is_individual": True}))
    [(_, _, told)] = written(played)

    assert told["counter_party_details"] == [
        {"is_individual": True, "poc_details": POC}
    ]


@pytest.mark.parametrize(
    ("party", "answer", "path"),
    [
        (NewCounterparty(id="9"), reply({"detail": "Not Found"}, 404), "id"),
        (NewCounterparty(id="102", name="Initech"), reply(ENTRY), "name"),
        (NewCounterparty(id="102"), reply({**ENTRY, "contacts": []}), "contact"),
        (
            NewCounterparty(id="102", contact=Contact("a@b.example")),
            reply(ENTRY),
            "contact",
        ),
    ],
)
def test_what_the_address_book_does_not_say_is_refused(spotdraft, party, answer, path):
    """Before anything is written."""
    with pytest.raises(InvalidInput, match=rf"counterparty\.{path}") as caught:
        play(spotdraft.create_contract(evolve(DRAFT, counterparty=party), ()), answer)

    assert [one.path for one in caught.value.problems] == [f"counterparty.{path}"]


@pytest.mark.parametrize(
    ("new", "path"),
    [
        (PAPER, "contracts/upload_review_contracts/"),
        (SIGNING, "contracts/upload_sign_contracts/"),
    ],
)
def test_third_party_paper_is_one_request(spotdraft, new, path):
    """The file in base64, the counterparty flat, our signatories by their address."""
    new = evolve(new, owner="jordan@acme.example", signatories=[OURS])
    played = create(spotdraft, new)

    assert written(played) == [
        (
            "POST",
            path,
            {
                **UPLOADED,
                **THEM,
                "file_base64": BASE64,
                "business_user_email": "jordan@acme.example",
                "creator_signatories": [{"email": "sam@acme.example"}],
            },
        )
    ]
    assert len(played.asked) == 1


def test_paper_for_review_needs_no_counterparty():
    """The company of ours is the one of the settings."""
    played = create(configured(entity="79"), evolve(PAPER, counterparty=None))
    [(_, _, told)] = written(played)

    assert told == {
        **UPLOADED,
        "file_base64": BASE64,
        "creator_organization_entity_id": 79,
    }


def test_executed_paper_is_told_by_the_schemas_names(spotdraft):
    """Not by the playbook's, which are another upload's; it needs a company of ours."""
    played = create(spotdraft, SIGNED, reply(ENTITIES))

    assert played.asked[0].target == "organizations/entities/"
    assert written(played) == [
        (
            "POST",
            "contracts/executed_contracts/",
            {
                **UPLOADED,
                "file_content": BASE64,
                "organization_entity_id": 78,
                "counterparty_details": [
                    {
                        "is_individual": False,
                        "organization_name": "Globex Ltd",
                        "organization_details": {},
                        "poc_details": POC,
                    }
                ],
            },
        )
    ]


def test_a_company_in_the_settings_is_not_asked_for():
    """Nor is a counterparty needed."""
    played = create(configured(entity="79"), evolve(SIGNED, counterparty=None))
    [(_, _, told)] = written(played)

    assert len(played.asked) == 1
    assert told["organization_entity_id"] == 79
    assert "counterparty_details" not in told


@pytest.mark.parametrize(
    ("settings", "new", "answer"),
    [({"entity": "5"}, DRAFT, ENTITIES), ({}, SIGNED, [])],
)
def test_a_company_that_is_not_there_is_refused(settings, new, answer):
    """The setting is named."""
    with pytest.raises(InvalidInput, match="entity"):
        play(configured(**settings).create_contract(new, ()), reply(answer))


def test_an_owner_who_is_no_member_is_refused_before(spotdraft):
    """A former member is none."""
    new = evolve(DRAFT, owner="jordan@acme.example")
    left = paged({**MEMBER, "is_active": False})
    with pytest.raises(InvalidInput, match="owner is no active member"):
        play(spotdraft.create_contract(new, ()), reply(left))


def test_key_pointers_and_the_owner_are_written_after(spotdraft):
    """By field name, in the documented forms; amounts keep their digits."""
    fields = [
        Field("expires", "Expires", FieldKind.DATE, date(2027, 6, 30)),
        Field("term", "Term", FieldKind.DURATION, Period(months=6)),
        Field("value", "Value", FieldKind.MONEY, Money(Decimal("12000.50"), "USD")),
        Field("auto", "Auto", FieldKind.BOOLEAN, True),
        Field("tags", "Tags", FieldKind.OPTIONS, ("a", "b")),
    ]
    new = evolve(DRAFT, owner="jordan@acme.example")
    played = play(
        spotdraft.furnish_contract("T-1234", new, fields),
        reply(paged(MEMBER)),
        reply(payload("key_pointers")),
        reply({"user_id": 17258, "type": "BUSINESS", "contract_id": 1234}),
    )

    assert played.asked[0].params["user_email"] == "jordan@acme.example"
    assert written(played) == [
        (
            "POST",
            "contracts/T-1234/key_pointers/bulk",
            {
                "key_pointers": [
                    {"key_pointer_field_name": "expires", "value": "2027-06-30"},
                    {
                        "key_pointer_field_name": "term",
                        "value": {"type": "MONTHS", "value": 6},
                    },
                    {
                        "key_pointer_field_name": "value",
                        "value": {"type": "USD", "value": Decimal("12000.50")},
                    },
                    {"key_pointer_field_name": "auto", "value": True},
                    {"key_pointer_field_name": "tags", "value": ["a", "b"]},
                ]
            },
        ),
        ("PATCH", "contracts/1234/business_user/", {"user_id": 17258}),
    ]


@pytest.mark.parametrize(
    ("kind", "value", "told"),
    [
        (FieldKind.DURATION, Period(years=2), {"type": "YEARS", "value": 2}),
        (
            FieldKind.DURATION,
            Period(years=1, months=6),
            {"type": "MONTHS", "value": 18},
        ),
        (FieldKind.DURATION, Period(days=30), {"type": "DAYS", "value": 30}),
        (
            FieldKind.MONEY,
            Money(Decimal(12000), "USD"),
            {"type": "USD", "value": 12000},
        ),
        (
            FieldKind.INSTANT,
            datetime(2026, 9, 15, 10, 30, tzinfo=UTC),
            "2026-09-15T10:30:00Z",
        ),
        (FieldKind.NUMBER, 3, 3),
        (FieldKind.OPTION, "Legal", "Legal"),
        (FieldKind.TEXT, None, None),
    ],
    ids=str,
)
def test_values_have_the_documented_forms(spotdraft, kind, value, told):
    """Those of contract data; null empties."""
    field = Field("own", "Own", kind, value)
    played = play(spotdraft.furnish_contract("T-1", DRAFT, [field]), reply([]))
    [(_, _, body)] = written(played)

    assert body["key_pointers"] == [{"key_pointer_field_name": "own", "value": told}]


def test_there_may_be_nothing_to_furnish(spotdraft):
    """What the creating request took is not told again."""
    new = evolve(PAPER, owner="jordan@acme.example")

    assert play(spotdraft.furnish_contract("T-1", new, ())).asked == []
    assert play(spotdraft.furnish_contract("T-1", DRAFT, ())).asked == []


def test_a_lost_contract_is_looked_up_by_its_external_id(spotdraft):
    """The lookup's integers become the ids that the other calls take."""
    row, *_ = payload("by_external_metadata")[0]
    row = {**row, "id": 1234, "external_metadata": METADATA}
    status = {"contract_status": "DRAFT", "contract_name": "x"}
    played = play(
        spotdraft.find_created(DRAFT, datetime(2026, 3, 28, tzinfo=UTC)),
        reply([row]),
        reply(status),
    )

    assert played.asked[0].target == "contracts/by_external_metadata/deal-122"
    assert [one.id for one in played.result] == ["T-1234"]
    assert played.result[0].external_link.id == "deal-122"


def test_without_an_external_id_nobody_can_tell(spotdraft):
    """Names are not unique."""
    new = evolve(DRAFT, external_link=None)

    assert play(spotdraft.find_created(new, datetime.now(UTC))).result is None


@pytest.mark.parametrize(
    ("new", "paths"),
    [
        (
            evolve(DRAFT, template=None, counterparty=None),
            [
                "template",
                "counterparty.name",
                "counterparty.contact.email",
                "counterparty.contact.name",
            ],
        ),
        (evolve(DRAFT, template="MSA"), ["template"]),
        (evolve(DRAFT, type="103", document=PAPER.document), ["type", "document"]),
        (
            evolve(DRAFT, counterparty=NewCounterparty(name="Globex Ltd")),
            ["counterparty.contact.email", "counterparty.contact.name"],
        ),
        (evolve(DRAFT, counterparty=NewCounterparty(id="X")), ["counterparty.id"]),
        (
            evolve(DRAFT, signatories=[evolve(THEIRS, name=None)]),
            ["signatories[0].name"],
        ),
        (evolve(DRAFT, owner="somebody"), ["owner"]),
        (
            evolve(DRAFT, term=Term(length=Period(months=1, days=3))),
            ["term.length"],
        ),
        (
            evolve(DRAFT, fields={"Term": Period(months=1, days=3)}),
            ["fields['Term']"],
        ),
        (
            evolve(PAPER, name=None, type=None, document=None),
            ["name", "type", "document"],
        ),
        (evolve(PAPER, template="1204"), ["template"]),
        (evolve(PAPER, document=Upload("a.pdf", b"PK\x03\x04")), ["document"]),
        (evolve(PAPER, document=Upload("a.docx", b"%PDF-")), ["document"]),
        (evolve(PAPER, signatories=[THEIRS]), ["signatories[0]"]),
        (evolve(SIGNING, counterparty=None), ["counterparty.name"]),
        (evolve(SIGNED, signatories=[OURS]), ["signatories[0]"]),
        (
            evolve(SIGNED, counterparty=NewCounterparty(name="Globex Ltd")),
            ["counterparty.contact.email", "counterparty.contact.name"],
        ),
        (
            evolve(PAPER, counterparty=evolve(GLOBEX, contact=Contact("a@b.example"))),
            ["counterparty.contact.name"],
        ),
        (evolve(DRAFT, status=Status.CANCELLED, owner="x"), ["owner"]),
    ],
    ids=str,
)
def test_what_can_be_seen_without_asking_is_told_at_once(spotdraft, new, paths):
    """All of it, each with the path into the input and what would do."""
    found = list(spotdraft.check_contract(new))

    assert [one.path for one in found] == paths
    assert all(one.why for one in found)


COMPLETE = [DRAFT, PAPER, SIGNING, SIGNED, evolve(SIGNED, counterparty=None)]


@pytest.mark.parametrize("new", COMPLETE)
def test_what_is_complete_is_taken(spotdraft, new):
    """Each of the four beginnings."""
    assert list(spotdraft.check_contract(new)) == []


def test_paper_may_have_a_counterparty_without_a_contact(spotdraft):
    """Who is written to there is the vendor's to ask."""
    new = evolve(SIGNING, counterparty=NewCounterparty(name="Globex Ltd"))
    [(_, _, told)] = written(create(spotdraft, new))

    assert list(spotdraft.check_contract(new)) == []
    assert told["counterparty_organization_name"] == "Globex Ltd"
    assert "counterparty_poc_details" not in told


def test_a_template_has_data_and_fields_can_be_emptied(spotdraft):
    """Both are changes that can be told."""
    changes = ContractChanges(extra={"contract_data": {}}, clear=["value"])

    assert list(spotdraft.check_contract(changes)) == []


def test_the_company_of_ours_is_named_by_its_number():
    """What is no number is refused when the settings are read."""
    with pytest.raises(ConfigError, match="entity is no number"):
        configured(entity="Acme Inc.")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        (ContractChanges(extra={"contract_name": "x"}), "extra['contract_name']"),
        (ContractChanges(clear=["owner"]), "clear[0]"),
    ],
)
def test_some_changes_cannot_be_told(spotdraft, changes, path):
    """The API has no call for them."""
    assert [one.path for one in spotdraft.check_contract(changes)] == [path]
