"""Changing contracts in Tomorro as its documents show it, through both bridges."""

from __future__ import annotations

import pytest

from clm_bridge import (
    ContractChanges,
    ExternalLink,
    IllegalTransition,
    Incomplete,
    NewCounterparty,
    Outcome,
    PersonRole,
    Signatory,
    Status,
)
from clm_bridge.testing.cassettes import Cassettes

from .wire import CONTRACT, FIELD

OWN = "9d0f3b1c-aaaa-4333-8444-555566667777"
GLOBEX = "4a1d7c0e-8888-4f0e-8f1a-0d5a7b9c1e22"
BY_FIELD = {"external_id": f"field:{OWN}"}
REQUEST = ExternalLink("ariba", "Requisition", "PR-1042")


class TestChanging(Cassettes):
    """Each test is named after its cassette; what is sent is what is in it."""

    vendor = "tomorro"

    def test_contracts_update(self, clm):
        """One PATCH has what is said, and nothing else."""
        signing = [
            Signatory("ada@buyer.example", ours=True),
            Signatory("ceo@globex.example"),
        ]
        changes = ContractChanges(
            name="MSA - Globex",
            counterparty=NewCounterparty("Globex"),
            signatories=signing,
        )

        done = clm.contracts.update(CONTRACT, changes)

        assert (done.outcome, done.result.name) == (Outcome.CHANGED, "MSA - Globex")
        assert (done.result.counterparty.id, done.result.counterparty.name) == (
            GLOBEX,
            "Globex",
        )

    def test_contracts_update_members(self, clm):
        """Whoever is to own a contract is added to those who take part in it."""
        changes = ContractChanges(owner="ada@buyer.example")

        found = clm.contracts.update(CONTRACT, changes).result.people

        joined = [one.email for one in found if one.role is PersonRole.PARTICIPANT]
        assert joined == ["legal@buyer.example", "ada@buyer.example"]

    def test_contracts_update_write_only(self, clm):
        """What the API takes and never tells goes through extra."""
        extra = {
            "signatureDate": "2026-01-31T09:00:00.000Z",
            "folderId": "64646464-aaaa-4bbb-8ccc-dddddddddddd",
        }

        done = clm.contracts.update(CONTRACT, ContractChanges(extra=extra))

        assert done.outcome is Outcome.CHANGED
        assert done.result.key_dates.signed_on is None

    def test_fields_set(self, clm):
        """One smart field is sent, by id and with its label; the others stay."""
        done = clm.fields.set(CONTRACT, {"Department": "Legal"})

        assert (done.outcome, done.result.fields[FIELD].value) == (
            Outcome.CHANGED,
            "Legal",
        )

    def test_fields_set_rich_text(self, clm):
        """Rich text goes and comes as Slate's JSON."""
        slate = [{"type": "paragraph", "children": [{"text": "Net 30"}]}]

        found = clm.fields.set(CONTRACT, {"Payment": slate}).result.fields

        assert [one.value for one in found.values()] == [slate]

    def test_contracts_link(self, connect):
        """Another system's id is a smart field; it comes before the integration."""
        done = connect(**BY_FIELD).contracts.link(CONTRACT, REQUEST)

        assert done.outcome is Outcome.CHANGED
        assert [one.id for one in done.result.external_links] == ["PR-1042"]

    def test_contracts_link_integration(self, clm):
        """The vendor's own link never changes, and nothing is written to it."""
        done = clm.contracts.link(CONTRACT, REQUEST)

        assert (done.outcome, done.result.external_links) == (
            Outcome.CHANGED,
            (REQUEST,),
        )
        assert done.result.source.raw["contract"]["integration"] is None

    def test_contracts_unlink(self, connect):
        """The field is emptied."""
        done = connect(**BY_FIELD).contracts.unlink(CONTRACT)

        assert (done.outcome, done.result.external_links) == (Outcome.CHANGED, ())


class TestMoving(Cassettes):
    """How a contract moves on."""

    vendor = "tomorro"

    def test_contracts_send_to_counterparty(self, clm):
        """It is a change of the status."""
        done = clm.contracts.send_to_counterparty(CONTRACT)

        assert (done.outcome, done.result.status) == (
            Outcome.CHANGED,
            Status.NEGOTIATION,
        )

    def test_contracts_request_signature(self, clm):
        """The last document is meant, and the note goes with it."""
        note = "Please sign by Friday"

        done = clm.contracts.request_signature(CONTRACT, note=note)

        assert (done.result.status, done.result.word) == (Status.SIGNATURE, "signing")

    def test_contracts_request_signature_accepted(self, clm):
        """A document that waits for approval is accepted, which is no signature."""
        with pytest.raises(Incomplete, match="still negotiating") as caught:
            clm.contracts.request_signature(CONTRACT)

        assert caught.value.contract_id == CONTRACT

    def test_contracts_cancel(self, clm):
        """A contract can be canceled while it is being signed."""
        done = clm.contracts.cancel(CONTRACT)

        assert (done.outcome, done.result.status) == (Outcome.CHANGED, Status.CANCELLED)
        assert done.result.word == "canceled"

    def test_contracts_cancel_signed(self, clm):
        """What is signed is not canceled."""
        with pytest.raises(IllegalTransition, match="no step leads from there"):
            clm.contracts.cancel(CONTRACT)

    def test_contracts_cancel_again(self, clm):
        """A canceled contract is still there, as it was."""
        done = clm.contracts.cancel(CONTRACT)

        assert (done.outcome, done.result.word) == (Outcome.UNCHANGED, "canceled")
