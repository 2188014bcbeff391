"""What stands around contracts, as SpotDraft's documents show it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from clm_bridge import (
    ApprovalStatus,
    Contact,
    DocumentKind,
    FieldKind,
    Money,
    NewCounterparty,
    Outcome,
    Period,
    PersonRole,
    Upload,
)
from clm_bridge.testing.cassettes import Cassettes

PDF = b"%PDF-1.4\n"


class TestAround(Cassettes):
    """Each test is named after its cassette."""

    vendor = "spotdraft"

    def test_contracts_people(self, clm):
        """Each type of recipient has a role; whether somebody acted is not a role."""
        told = clm.contracts.people("T-34211")

        assert [(one.role, one.id, one.email) for one in told] == [
            (PersonRole.SIGNATORY, "25367", "avery@globex.example"),
            (PersonRole.APPROVER, "8", "sam@acme.example"),
            (PersonRole.RECIPIENT, "9", "robin@acme.example"),
        ]

    def test_contracts_approvals(self, clm):
        """The latest action dates a decision; a suggestion is none."""
        legal, finance, risk = clm.contracts.approvals("T-34211")

        assert (legal.status, legal.note) == (ApprovalStatus.APPROVED, "Fine now")
        assert legal.decided_at == datetime(2026, 2, 4, 10, tzinfo=UTC)
        assert legal.approver.email == "sam@acme.example"
        assert finance.status is ApprovalStatus.NOT_STARTED
        assert (finance.note, finance.decided_at) == ("Please look", None)
        assert (risk.status, risk.word) == (ApprovalStatus.UNKNOWN, "SUGGESTED")
        assert risk.decided_at is None

    def test_contracts_approvals_of_2024(self, clm):
        """The older names say the same."""
        [told] = clm.contracts.approvals("T-34211")

        assert (told.status, told.word) == (ApprovalStatus.REJECTED, "REJECTED")
        assert (told.approver.name, told.note) == ("Sam Okafor", "Too long")

    def test_contracts_relations(self, clm):
        """Their ids are bare integers, and the vendor's words stay."""
        told = clm.contracts.relations("T-34211")

        assert [(one.ref.id, one.vendor_kind) for one in told] == [
            ("2342", "PARENT"),
            ("2343", "CHILD"),
            ("2344", "AMENDMENT"),
            ("2345", "ADDENDUM"),
        ]
        assert told[0].ref.name == "Acme Hosting Agreement"

    def test_contracts_comments(self, clm):
        """They are turned round, the oldest first, each before its replies."""
        told = clm.contracts.comments("T-211270")

        assert [one.id for one in told] == ["1001", "1002", "1003"]
        assert told[0].text == "Hey !!@1234!! please review this contract."
        assert (told[0].author, told[0].created_at) == (None, None)

    def test_contracts_comment(self, clm):
        """A composite id loses its prefix on the way."""
        told = clm.contracts.comment("T-211270", "Please look !!@1234!!")

        assert told.outcome is Outcome.CREATED

    def test_documents_list(self, clm):
        """The latest copy of an executed contract is the signed one."""
        [told] = clm.documents.list("T-1234")

        assert (told.id, told.name) == ("T-1234", "Acme NDA.pdf")
        assert told.kind is DocumentKind.SIGNED

    def test_documents_download(self, clm, tmp_path):
        """A link is asked for, and then followed to where it leads."""
        [document] = clm.documents.list("T-1234")
        arrived = clm.documents.download(document, tmp_path)

        assert arrived.path.read_bytes() == b"%PDF-1.4\n%%EOF\n"
        assert (arrived.path.name, arrived.size) == ("Acme NDA.pdf", 15)

    def test_documents_upload(self, clm):
        """A draft is the contract's next version."""
        told = clm.documents.upload("T-1234", Upload("OneNDA.pdf", PDF))

        assert told.outcome is Outcome.CREATED

    def test_documents_upload_signed(self, clm):
        """The signed copy is an executed version."""
        file = Upload("OneNDA.pdf", PDF)
        told = clm.documents.upload("1234", file, kind=DocumentKind.SIGNED)

        assert told.outcome is Outcome.CREATED

    def test_documents_upload_attachment(self, clm):
        """Anything else is a supporting document, by the composite id."""
        file = Upload("terms.pdf", PDF)
        told = clm.documents.upload("T-1234", file, kind=DocumentKind.ATTACHMENT)

        assert told.outcome is Outcome.CREATED

    def test_templates_list(self, clm):
        """A template makes contracts of one type."""
        told = [*clm.templates.list()]

        assert [(one.id, one.name, one.type.id) for one in told] == [
            ("1204", "Acme MSA", "10"),
            ("1205", "Acme NDA", "100"),
        ]

    def test_counterparties_list(self, clm):
        """An address needs no id; who is migrating is neither active nor not."""
        told = [*clm.counterparties.list()]

        assert [(one.id, one.active) for one in told] == [
            ("102", True),
            ("103", False),
            ("104", None),
        ]
        assert told[0].contacts[0].email == "legal@globex.example"
        raw = told[0].source.raw["counterparty"]
        assert raw["custom_fields"]["vendor_id"] == "1234"

    def test_counterparties_find(self, clm):
        """It is found by its whole name."""
        [told] = clm.counterparties.find("Initech Inc.")

        assert told.id == "103"

    def test_counterparties_create(self, connect):
        """Who is not there yet is added, with the identifiers as custom fields."""
        new = NewCounterparty(
            name="Hooli Ltd",
            contact=Contact("mika@hooli.example", "Mika Reed"),
            identifiers={"vendor_id": "1234"},
        )
        clm = connect(organization_type="Private Limited")
        told = clm.counterparties.create(new)

        assert (told.outcome, told.result.id) == (Outcome.CREATED, "105")
        assert told.result.contacts[0].name == "Mika Reed"

    def test_fields_list(self, clm):
        """Pieces of one parent are one field, required as the parent is."""
        told = {one.id: one for one in clm.fields.list()}

        assert {own: one.kind for own, one in told.items()} == {
            "contract_value": FieldKind.MONEY,
            "expiration_date": FieldKind.DATE,
            "term_length": FieldKind.DURATION,
            "region": FieldKind.OPTION,
            "schedules": FieldKind.OTHER,
        }
        assert [one.required for one in told.values()] == [
            True,
            False,
            None,
            True,
            True,
        ]
        assert told["contract_value"].label == "Contract Value"
        assert told["region"].options == ("NA", "Europe")
        assert told["region"].applies_to.name == "Standard NDA"

    def test_fields_set(self, clm):
        """Money goes exactly as it was told, a day as a day, a period without days."""
        told = clm.fields.set(
            "T-34211",
            {
                "contract_value": Money(Decimal("12000.50"), "USD"),
                "Expiration Date": date(2027, 6, 30),
                "term_length": Period(months=6),
            },
        )

        assert told.outcome is Outcome.CHANGED
        held = told.result.fields
        assert held["contract_value"].value == Money(Decimal("12000.50"), "USD")
        assert held["expiration_date"].value == date(2027, 6, 30)
