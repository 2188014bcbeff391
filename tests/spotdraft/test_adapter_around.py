"""What stands around a contract, read and written: people, approvals, papers, talk."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from clm_bridge import (
    ApprovalStatus,
    Contact,
    DocumentKind,
    InvalidInput,
    NewCounterparty,
    PersonRole,
    RelationKind,
    Upload,
)
from clm_bridge.testing import play, reply

from .reading import payload
from .writing import BASE64, ENTRY, PDF, configured, paged, written

DOCX = Upload("second.docx", b"PK\x03\x04")
ACTION = {
    "status": "REJECTED",
    "notes": "too long",
    "created": "2026-02-03T10:00:00Z",
    "latest": True,
}
APPROVAL = {
    "id": 5,
    "contract_id": 1234,
    "approval_name": "Finance",
    "approval_type": "PRE_SIGN",
    "org_user": {"id": 17258, "name": "Jordan Lee", "email": "jordan@acme.example"},
    "sent_for_approval": True,
    "last_sent_at": "2026-02-01T10:00:00Z",
    "notes": "please",
    "created_by_org_user": None,
    "status": "REJECTED",
}


def test_people_are_the_recipients(spotdraft):
    """Signatories, approvers and receivers."""
    played = play(spotdraft.list_people("T-1"), reply(payload("recipients")))

    assert played.asked[0].target == "contracts/T-1/recipients/"
    assert played.result[0].role is PersonRole.SIGNATORY
    assert played.result[0].name == "Avery Stone"


def test_an_approval_is_read(spotdraft):
    """Who, how it stands, and what the last action said and when."""
    told = {"results": [{"approval_actions": [ACTION], "approval": APPROVAL}]}
    played = play(spotdraft.list_approvals("T-1"), reply(told))
    [one] = played.result

    assert played.asked[0].target == "contracts/approvals/T-1/"
    assert (one.id, one.name, one.word) == ("5", "Finance", "REJECTED")
    assert one.status is ApprovalStatus.REJECTED
    assert one.approver.email == "jordan@acme.example"
    assert one.note == "too long"
    assert one.decided_at == datetime(2026, 2, 3, 10, tzinfo=UTC)


def test_an_approval_of_the_older_document_reads_the_same(spotdraft):
    """Four keys had other names in 2024."""
    old = {"org_user": "approver", "status": "current_status"}
    action = {{"notes": "action_notes"}.get(k, k): v for k, v in ACTION.items()}
    approval = {old.get(key, key): value for key, value in APPROVAL.items()}
    newer = {"results": [{"approval_actions": [ACTION], "approval": APPROVAL}]}
    older = {"results": [{"approval_actions": [action], "approval": approval}]}

    assert (
        play(spotdraft.list_approvals("T-1"), reply(older)).result
        == play(spotdraft.list_approvals("T-1"), reply(newer)).result
    )


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("NOT_STARTED", ApprovalStatus.NOT_STARTED),
        ("PENDING", ApprovalStatus.PENDING),
        ("APPROVED", ApprovalStatus.APPROVED),
        ("SKIPPED", ApprovalStatus.SKIPPED),
        ("SUGGESTED", ApprovalStatus.UNKNOWN),
    ],
)
def test_every_word_of_an_approval_has_its_place(spotdraft, word, status):
    """A suggestion is no decision, and its word is kept."""
    approval = {**APPROVAL, "status": word, "org_user": None}
    told = {"results": [{"approval_actions": [], "approval": approval}]}
    [one] = play(spotdraft.list_approvals("T-1"), reply(told)).result

    assert (one.status, one.word) == (status, word)
    assert (one.approver, one.note, one.decided_at) == (None, "please", None)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("PARENT", RelationKind.PARENT),
        ("CHILD", RelationKind.CHILD),
        ("AMENDMENT", RelationKind.AMENDED_BY),
        ("ADDENDUM", RelationKind.AMENDED_BY),
        ("SIBLING", RelationKind.OTHER),
    ],
)
def test_a_relation_is_what_the_other_is_to_this(spotdraft, word, kind):
    """By the bare number, and with the vendor's own word."""
    row = {
        "id": 3,
        "contract": {
            "id": 2342,
            "name": "Hosting",
            "counter_party_list": ["Initech Inc."],
            "display_status": "EXECUTED",
        },
        "relation_type": word,
    }
    played = play(spotdraft.list_relations("T-1234"), reply(paged(row)))
    [one] = played.result

    assert played.asked[0].target == "contracts/1234/related_contracts/"
    assert (one.kind, one.vendor_kind) == (kind, word)
    assert (one.ref.id, one.ref.name) == ("2342", "Hosting")


def test_comments_are_the_oldest_first_of_all_pages(spotdraft):
    """The vendor's newest come first; a reply follows what it answers."""
    rows = [
        {"id": 3, "contract_id": 1, "comment": "c", "replies": []},
        {
            "id": 1,
            "contract_id": 1,
            "comment": "a",
            "replies": [{"id": 2, "comment": "b"}],
        },
    ]
    pages = [
        {"page": page, "limit": 1, "total_results": 2, "results": [row]}
        for page, row in enumerate(rows, start=1)
    ]
    played = play(spotdraft.list_comments("T-1"), *map(reply, pages))

    assert [one.target for one in played.asked] == ["contracts/1/comments/"] * 2
    assert [one.params["page"] for one in played.asked] == [1, 2]
    assert [(one.id, one.text) for one in played.result] == [
        ("1", "a"),
        ("2", "b"),
        ("3", "c"),
    ]


def test_a_comment_is_posted(spotdraft):
    """Its text as it is, mentions too."""
    answer = {"id": 4, "contract_id": 1, "comment": "x", "replies": []}
    played = play(spotdraft.add_comment("H-1", "ok !!@1234!!"), reply(answer, 201))

    assert written(played) == [
        ("POST", "contracts/1/comments/", {"comment": "ok !!@1234!!"})
    ]


@pytest.mark.parametrize(
    ("file", "kind", "path", "told"),
    [
        (
            PDF,
            DocumentKind.DRAFT,
            "contracts/1/contract_version/",
            {
                "document_name": "acme_nda.pdf",
                "document_base_64": BASE64,
                "is_executed_version": False,
            },
        ),
        (
            DOCX,
            DocumentKind.DRAFT,
            "contracts/1/contract_version/",
            {
                "document_name": "second.docx",
                "document_base_64": "UEsDBA==",
                "is_executed_version": False,
            },
        ),
        (
            PDF,
            DocumentKind.SIGNED,
            "contracts/1/contract_version/",
            {
                "document_name": "acme_nda.pdf",
                "document_base_64": BASE64,
                "is_executed_version": True,
            },
        ),
        (
            PDF,
            DocumentKind.ATTACHMENT,
            "supported_documents/T-1/",
            {
                "name": "acme_nda.pdf",
                "file_name": "acme_nda.pdf",
                "file_base64": BASE64,
            },
        ),
    ],
)
def test_a_file_is_added_as_what_it_is(spotdraft, file, kind, path, told):
    """A version, the signed one that executes, or a paper beside it."""
    played = play(
        spotdraft.upload_document("T-1", file, kind), reply(status=201, body=b"")
    )

    assert written(played) == [("POST", path, told)]


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (Upload("notes.txt", b"hello"), DocumentKind.DRAFT),
        (Upload("notes.pdf", b"hello"), DocumentKind.DRAFT),
        (DOCX, DocumentKind.SIGNED),
    ],
)
def test_a_file_that_the_call_does_not_take_is_refused_before(spotdraft, file, kind):
    """A version is a PDF or a DOCX, the signed one a PDF."""
    with pytest.raises(InvalidInput, match="document"):
        play(spotdraft.upload_document("T-1", file, kind))


def test_a_counterparty_is_found_by_walking(spotdraft):
    """The vendor's list has no filter by name; all pages are read, names exactly."""
    other = {**ENTRY, "id": 103, "name": "Globex Limited"}
    pages = [
        {"page": page, "limit": 1, "total_results": 2, "results": [row]}
        for page, row in enumerate((other, ENTRY), start=1)
    ]
    played = play(spotdraft.find_counterparties("Globex Ltd"), *map(reply, pages))

    assert [one.target for one in played.asked] == ["counter_parties/"] * 2
    assert [one.id for one in played.result] == ["102"]


def test_a_counterparty_is_added():
    """An organisation with one contact; identifiers are custom fields."""
    new = NewCounterparty(
        name="Globex Ltd",
        contact=Contact("legal@globex.example", "Avery Stone"),
        identifiers={"vendor_id": "V-1"},
    )
    chosen = configured(organization_type="company")
    played = play(chosen.create_counterparty(new), reply(ENTRY, 201))

    assert written(played) == [
        (
            "POST",
            "counter_parties/",
            {
                "is_individual": False,
                "organization_name": "Globex Ltd",
                "organization_type": "company",
                "contact_name": "Avery Stone",
                "contact_email": "legal@globex.example",
                "custom_fields": {"vendor_id": "V-1"},
            },
        )
    ]
    assert played.result.id == "102"


def test_a_counterparty_needs_no_more_than_a_name(spotdraft):
    """What is not said is left out."""
    played = play(
        spotdraft.create_counterparty(NewCounterparty(name="Globex Ltd")),
        reply(ENTRY, 201),
    )

    assert written(played)[0][2] == {
        "is_individual": False,
        "organization_name": "Globex Ltd",
    }


@pytest.mark.parametrize("more", [{"country": "US"}, {"id": "7"}])
def test_an_entry_has_no_place_for_some_things(spotdraft, more):
    """An address is more than a country, and ids are the vendor's."""
    new = NewCounterparty(name="Globex Ltd", **more)
    with pytest.raises(InvalidInput, match=f"counterparty.{next(iter(more))}"):
        play(spotdraft.create_counterparty(new))
