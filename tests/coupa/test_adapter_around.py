"""What stands around a contract: people, approvals, comments, files, suppliers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from clm_bridge import (
    ApprovalStatus,
    Contact,
    DocumentKind,
    InvalidInput,
    NewCounterparty,
    PersonRole,
    Rejected,
    RelationKind,
    Upload,
)
from clm_bridge.testing import play, reply
from clm_bridge_coupa import Coupa

from .reading import adapter, row
from .telling import supplier

PDF = Upload("agreement.pdf", b"%PDF-1.7")


def approval(id: int, **changes: Any) -> dict[str, Any]:
    """Return a documented approval, as far as it is asked for."""
    return {
        "id": id,
        "status": "approved",
        "position": id,
        "approver": {"id": 16, "fullname": "Pat Doe", "email": "pdoe@buyer.example"},
        "note": None,
        "approval-date": None,
        "type": "ManagementHierarchyApproval",
    } | changes


def test_approvals_are_those_of_the_contract() -> None:
    """They are queried by what they are for, and come by position."""
    told = [
        approval(7, position=2, note="Signed")
        | {"approval-date": "2026-03-01T01:00:00-08:00"},
        approval(8, position=1, status="rejected"),
    ]
    played = play(adapter().list_approvals("232"), reply(told))
    first, second = played.result

    assert played.asked[0].target == "approvals"
    assert {"approvable-type": "Contract", "approvable-id": "232"}.items() <= (
        played.asked[0].params.items()
    )
    assert (first.id, first.status) == ("8", ApprovalStatus.REJECTED)
    assert (second.status, second.note) == (ApprovalStatus.APPROVED, "Signed")
    assert second.decided_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert second.name == "ManagementHierarchyApproval"
    assert second.approver is not None
    assert (second.approver.role, second.approver.email, second.approver.id) == (
        PersonRole.APPROVER,
        "pdoe@buyer.example",
        "16",
    )


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("pending_approval", ApprovalStatus.PENDING),
        ("escalated", ApprovalStatus.UNKNOWN),
        (None, ApprovalStatus.UNKNOWN),
    ],
)
def test_the_word_of_an_approval_is_kept(
    word: str | None, status: ApprovalStatus
) -> None:
    """Coupa names a few of them; another is no error."""
    told = reply([approval(7, status=word, position=None, approver=None)])
    [one] = play(adapter().list_approvals("232"), told).result

    assert (one.word, one.status, one.approver) == (word, status, None)


def test_a_group_approves() -> None:
    """It has a name, and no address."""
    told = reply([approval(7, approver={"id": 3, "name": "Legal"})])
    [one] = play(adapter().list_approvals("232"), told).result

    assert (one.approver.name, one.approver.email) == ("Legal", None)


def test_comments_come_by_age() -> None:
    """Who made one, and when, is told."""
    told = {
        "id": 4,
        "comments": "Please sign",
        "created-at": "2026-03-01T01:00:00-08:00",
        "created-by": {"id": 16, "fullname": "Pat Doe"},
    }
    bare = {"id": 5, "comments": "Thanks"}
    played = play(adapter().list_comments("232"), reply([told, bare]))
    first, second = played.result

    assert played.asked[0].target == "contracts/232/comments"
    assert (first.text, first.author.name) == ("Please sign", "Pat Doe")
    assert first.created_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert (second.text, second.author, second.created_at) == ("Thanks", None, None)


def test_more_comments_than_a_page() -> None:
    """All of them are read."""
    many = [{"id": number, "comments": "x"} for number in range(1, 52)]
    played = play(adapter().list_comments("232"), reply(many[:50]), reply(many[50:]))

    assert len(played.result) == 51
    assert played.asked[1].params["id[gt]"] == "50"


def test_a_comment_is_posted() -> None:
    """Its text is ``comments``."""
    [asked] = play(adapter().add_comment("232", "Hello"), reply({}, status=201)).asked

    assert (asked.method, asked.target) == ("POST", "contracts/232/comments")
    assert asked.json == {"comments": "Hello"}


def test_people_are_the_owner_and_the_contacts_of_parties() -> None:
    """One request carries them."""
    party = {
        "entity-name": "Third BV",
        "contract-party-contacts": [
            {
                "fullname": "Sam",
                "email": "s@third.example",
                "signatory-action": "signer",
            }
        ],
    }
    played = play(adapter().list_people("232"), reply(row(contract_parties=[party])))

    assert [(one.role, one.name) for one in played.result] == [
        (PersonRole.OWNER, "Pat Doe"),
        (PersonRole.SIGNATORY, "Sam"),
    ]


def test_nobody_owns_it() -> None:
    """Then there may be no people at all."""
    told = reply(row(contract_owner=None, contract_parties=[]))

    assert play(adapter().list_people("232"), told).result == ()


def test_relations_of_an_amendment() -> None:
    """What it amends is its parent."""
    told = row(type="AmendmentContract", parent={"id": 9, "name": "Master"})
    [one] = play(adapter().list_relations("232"), reply(told)).result

    assert (one.kind, one.ref.id) == (RelationKind.AMENDS, "9")


@pytest.mark.parametrize("kind", [DocumentKind.DRAFT, DocumentKind.SIGNED])
@pytest.mark.parametrize(
    ("word", "asked"),
    [
        ("draft", "POST contracts/232/legal_agreement"),
        ("completed", "PUT contracts/232/update_legal_agreement_published"),
        ("published", "PUT contracts/232/update_legal_agreement_published"),
    ],
)
def test_an_agreement_goes_up(kind: DocumentKind, word: str, asked: str) -> None:
    """There is one current file; in force it has an action of its own."""
    operation = adapter().upload_document("232", PDF, kind)
    request = play(operation, reply({"status": word}), reply({})).asked[1]

    assert f"{request.method} {request.target}" == asked
    assert request.files == {"file": PDF}


def test_an_agreement_without_hierarchy() -> None:
    """Nobody asks for the status."""
    operation = adapter(hierarchy=False).upload_document("232", PDF, DocumentKind.DRAFT)
    [request] = play(operation, reply({})).asked

    assert request.target == "contracts/232/legal_agreement"


def test_a_file_is_attached() -> None:
    """The parts of the form are named as documented."""
    operation = adapter().upload_document("232", PDF, DocumentKind.ATTACHMENT)
    [request] = play(operation, reply({}, status=201)).asked

    assert (request.method, request.target) == ("POST", "contracts/232/attachments")
    assert request.form == {
        "attachment[type]": "file",
        "attachment[intent]": "Internal",
    }
    assert request.files == {"attachment[file]": PDF}


def test_suppliers_of_exactly_a_name() -> None:
    """A database that ignores case finds more than was asked for."""
    told = reply([supplier(), supplier(id=21, name="ACME HOSTING BV")])
    played = play(adapter().find_counterparties("Acme Hosting BV"), told)

    assert [one.id for one in played.result] == ["20"]
    assert played.asked[0].params["name"] == "Acme Hosting BV"


def test_a_supplier_is_created() -> None:
    """With its first contact and, if it is told, its country."""
    new = NewCounterparty(
        "New Co",
        contact=Contact("pat@new.example", "Pat van Doe"),
        country="NL",
        identifiers={"number": "V-9", "tax-id": "NL1"},
    )
    made = reply(supplier(id=30, name="New Co"), status=201)
    played = play(adapter().create_counterparty(new), made)
    [asked] = played.asked

    assert (played.result.id, played.result.name) == ("30", "New Co")
    assert (asked.method, asked.target) == ("POST", "suppliers")
    assert asked.json == {
        "name": "New Co",
        "number": "V-9",
        "tax-id": "NL1",
        "primary-contact": {
            "email": "pat@new.example",
            "name-given": "Pat",
            "name-family": "van Doe",
        },
        "primary-address": {"country": {"code": "NL"}},
    }


def test_a_bare_supplier_is_created() -> None:
    """A name is enough."""
    made = reply(supplier(id=30, name="New Co"), status=201)
    operation = adapter().create_counterparty(NewCounterparty("New Co"))

    assert play(operation, made).asked[0].json == {"name": "New Co"}


def test_a_contact_without_a_name() -> None:
    """An address does."""
    new = NewCounterparty("New Co", contact=Contact("pat@new.example"))
    made = reply(supplier(id=30, name="New Co"), status=201)
    body = play(adapter().create_counterparty(new), made).asked[0].json

    assert body["primary-contact"] == {
        "email": "pat@new.example",
        "name-given": None,
        "name-family": None,
    }


def test_a_supplier_that_cannot_be_created() -> None:
    """Coupa gives the id, and has no place for other identifiers."""
    new = NewCounterparty("New Co", id="30", identifiers={"siret": "1"})

    with pytest.raises(InvalidInput) as caught:
        play(adapter().create_counterparty(new))

    assert [one.path for one in caught.value.problems] == [
        "counterparty.id",
        "counterparty.identifiers['siret']",
    ]


def test_a_taken_name_is_refused_by_coupa() -> None:
    """Its sentence is the error's."""
    errors = {"errors": {"supplier": ["Name has already been taken"]}}

    with pytest.raises(Rejected):
        play(
            adapter().create_counterparty(NewCounterparty("New Co")),
            reply(errors, status=400),
        )


def test_a_missing_right_names_the_scopes() -> None:
    """The default scope reads; what writes is told with the refusal."""
    assert "core.contract.write" in Coupa.hints[401]
    assert "core.contract.write" in Coupa.hints[403]
