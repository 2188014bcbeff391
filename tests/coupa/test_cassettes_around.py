"""What stands around contracts at Coupa, as its documents show it."""

from __future__ import annotations

from datetime import UTC, datetime

from clm_bridge import (
    ApprovalStatus,
    Comment,
    Contact,
    FieldKind,
    NewCounterparty,
    Outcome,
    Person,
    PersonRole,
)
from clm_bridge.testing.cassettes import Cassettes


class TestAround(Cassettes):
    """Each test is named after its cassette."""

    vendor = "coupa"
    settings = {"instance": "acme", "timezone": "America/Los_Angeles"}  # noqa: RUF012

    def test_contracts_approvals(self, clm):
        """Approvals come in the order of positions; a group approves by its name."""
        first, second, third = clm.contracts.approvals("232")

        assert (first.id, first.status) == ("902", ApprovalStatus.APPROVED)
        assert (first.name, first.note) == ("ManagementHierarchyApproval", "Fine")
        assert first.approver == Person(
            PersonRole.APPROVER, "Pat Doe", "pdoe@buyer.example", "16"
        )
        assert first.decided_at == datetime(2026, 1, 14, 18, tzinfo=UTC)
        assert (second.word, second.approver.name) == ("escalated", "Legal")
        assert second.status is ApprovalStatus.UNKNOWN
        assert (third.status, third.note) == (ApprovalStatus.REJECTED, "Too long")

    def test_contracts_comments(self, clm):
        """Comments come by age; who wrote one may be absent."""
        pat = Person(PersonRole.AUTHOR, "Pat Doe", "pdoe@buyer.example", "16")

        first, second = clm.contracts.comments("232")

        then = datetime(2026, 1, 13, 16, tzinfo=UTC)
        assert first == Comment("61", "Please check clause 4.", pat, then)
        then = datetime(2026, 7, 13, 15, tzinfo=UTC)
        assert second == Comment("62", "Checked.", None, then)

    def test_contracts_comment(self, clm):
        """A comment is one key, named as the collection is."""
        told = clm.contracts.comment("232", "Please check clause 4.")

        assert told.outcome is Outcome.CREATED

    def test_templates_list(self, clm):
        """An inactive template is not offered."""
        [template] = clm.templates.list()

        assert (template.id, template.name) == ("11", "Standard services")
        assert template.source.raw["template"]["authoring-method"] == "msword"

    def test_counterparties_list(self, clm):
        """A supplier that is being taken on is not active; one key each identifies."""
        acme, beta = clm.counterparties.list()

        assert (acme.id, acme.name, acme.active) == ("20", "Acme Hosting BV", True)
        assert acme.identifiers == {
            "number": "V-10020",
            "duns": "123456789",
            "tax-id": "NL001",
        }
        assert acme.contacts == (
            Person(PersonRole.CONTACT, "Pat Doe", "contact@acme.example"),
        )
        assert (beta.active, beta.identifiers, beta.contacts) == (False, {}, ())

    def test_counterparties_find(self, clm):
        """A name that differs in case is another's."""
        [found] = clm.counterparties.find("Acme Hosting BV")

        assert found.id == "20"

    def test_counterparties_create(self, clm):
        """Name and contact make a supplier, which Coupa makes a draft."""
        made = clm.counterparties.create(
            NewCounterparty(
                "Beta Cloud GmbH",
                contact=Contact("bo@beta.example", "Bo Berg"),
                country="DE",
                identifiers={"number": "V-9"},
            )
        )

        assert made.outcome is Outcome.CREATED
        assert (made.result.id, made.result.active) == ("21", False)
        assert made.result.identifiers == {"number": "V-9"}

    def test_fields_list(self, clm):
        """Kinds are inferred from values, as no definitions are published."""
        found = clm.fields.list()

        assert {one.id: one.kind for one in found} == {
            "erp-agreement": FieldKind.TEXT,
            "business-unit": FieldKind.OPTION,
            "seats": FieldKind.NUMBER,
        }
