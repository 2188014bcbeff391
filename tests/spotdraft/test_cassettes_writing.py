"""What SpotDraft is told, and answers, by its documents."""

from __future__ import annotations

from attrs import evolve

from clm_bridge import ContractChanges, ExternalLink, Outcome, Signatory, Status
from clm_bridge.testing.cassettes import Cassettes

from .writing import DRAFT, OURS, PAPER, SIGNED, SIGNING

DATA = {
    "contract_data": {
        "customer_name": "Globex Ltd",
        "billing_currency": {"type": "USD", "value": 12000},
        "auto_renewal": True,
        "notice_period_days": 30,
    }
}
THEIRS = Signatory("legal@globex.example", "Avery Stone")
ORDER = ExternalLink("ERP", "PurchaseOrder", "po-88", data={"buyer": "Kim"})


class TestWriting(Cassettes):
    """Each test is named after its cassette."""

    vendor = "spotdraft"

    def test_contracts_create(self, connect):
        """A template, its data, the other party, an external id and signatories."""
        new = evolve(DRAFT, extra=DATA, signatories=[THEIRS, OURS])
        told = connect(organization_type="company").contracts.create(new)

        assert told.outcome is Outcome.CREATED
        assert (told.result.id, told.result.number) == ("T-1234", "SD-1234")
        assert told.result.status is Status.DRAFT
        assert told.result.external_link.data == {"deal_stage": "contractsent"}

    def test_contracts_create_existing(self, clm):
        """What carries the external id is returned, and nothing is written."""
        told = clm.contracts.create(DRAFT)

        assert (told.outcome, told.result.id) == (Outcome.EXISTED, "T-1234")

    def test_contracts_create_lost_answer(self, connect):
        """It is looked for, and not created twice."""
        clm = connect(organization_type="company")
        told = clm.contracts.create(evolve(DRAFT, extra=DATA))

        assert (told.outcome, told.result.id) == (Outcome.RECONCILED, "T-1234")

    def test_contracts_create_review(self, clm):
        """The stage is REDLINING, whatever the answer of the upload says."""
        new = evolve(
            PAPER, external_link=None, owner="jordan@acme.example", signatories=[OURS]
        )
        told = clm.contracts.create(new)

        assert told.outcome is Outcome.CREATED
        assert told.result.status is Status.NEGOTIATION

    def test_contracts_create_sign(self, connect):
        """The same keys as for review, and the entity by its id."""
        told = connect(entity="78").contracts.create(
            evolve(SIGNING, external_link=None)
        )

        assert told.outcome is Outcome.CREATED
        assert told.result.status is Status.SIGNATURE

    def test_contracts_create_executed(self, connect):
        """Other keys than the other two uploads; the entity is the primary one."""
        clm = connect(organization_type="Private Limited")
        told = clm.contracts.create(evolve(SIGNED, external_link=None))

        assert told.outcome is Outcome.CREATED
        assert told.result.status is Status.EXECUTED

    def test_contracts_update(self, clm):
        """Data go by the composite id, the owner by the bare integer."""
        changes = ContractChanges(
            owner="jordan@acme.example",
            extra={"contract_data": {"notice_period_days": 60}},
        )
        told = clm.contracts.update("T-34211", changes)

        assert (told.outcome, told.result.id) == (Outcome.CHANGED, "T-34211")

    def test_contracts_link(self, clm):
        """A contract has one external id: the new one replaces the old one."""
        told = clm.contracts.link("T-34211", ORDER)

        assert told.outcome is Outcome.CHANGED
        assert told.result.external_links == (ORDER,)

    def test_contracts_send_to_counterparty(self, clm):
        """A format is always told; the note is the message."""
        told = clm.contracts.send_to_counterparty("T-34211", note="Please review")

        assert (told.outcome, told.result.word) == (Outcome.CHANGED, "REDLINING")

    def test_contracts_request_signature(self, clm):
        """It is marked for execution."""
        told = clm.contracts.request_signature("T-34211")

        assert (told.outcome, told.result.status) == (Outcome.CHANGED, Status.SIGNATURE)

    def test_contracts_withdraw_signature(self, clm):
        """The note goes along."""
        told = clm.contracts.withdraw_signature("T-34211", note="Wrong signatory")

        assert (told.outcome, told.result.word) == (Outcome.CHANGED, "REDLINING")

    def test_contracts_cancel(self, clm):
        """It is voided, with the note that must be there."""
        told = clm.contracts.cancel("T-34211", note="Deal lost")

        assert (told.outcome, told.result.status) == (Outcome.CHANGED, Status.CANCELLED)
