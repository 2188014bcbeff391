"""Contracts that are created at Coupa, as its documents show it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from clm_bridge import (
    ExternalLink,
    Incomplete,
    KeyDates,
    Money,
    NewContract,
    NewCounterparty,
    Outcome,
    Period,
    Rejected,
    Status,
    Term,
    TermKind,
    Upload,
)
from clm_bridge.testing.cassettes import Cassettes

DATES = KeyDates(effective_on=date(2026, 1, 1), expires_on=date(2026, 12, 31))
OWN = ExternalLink("erp", "Agreement", "ACME-2026-001")


def new(**changes):
    """Return the contract of the documented minimal create, with changes."""
    said = {
        "name": "Acme master services",
        "number": "ACME-2026-001",
        "counterparty": NewCounterparty(identifiers={"number": "V-10020"}),
        "key_dates": DATES,
        "term": Term(TermKind.FIXED),
    }
    return NewContract(**said | changes)


class TestCreate(Cassettes):
    """Each test is named after its cassette, which holds what must be sent."""

    vendor = "coupa"
    settings = {"instance": "acme", "timezone": "America/Los_Angeles"}  # noqa: RUF012

    def test_contracts_create(self, clm):
        """A day is midnight with the company's offset; an amount is text."""
        made = clm.contracts.create(new(value=Money(Decimal("250000.00"), "EUR")))

        assert made.outcome is Outcome.CREATED
        assert (made.result.id, made.result.status) == ("232", Status.DRAFT)
        assert made.result.value == Money(Decimal("250000"), "EUR")
        assert made.result.key_dates.effective_on == date(2026, 1, 1)

    def test_contracts_create_published(self, clm):
        """What is executed elsewhere begins as published, with a term that renews."""
        term = Term(TermKind.AUTO_RENEW, None, Period(months=12), 2, Period(days=90))
        dates = evolve(DATES, executed_on=date(2026, 1, 20))
        told = new(status=Status.EXECUTED, type="4", key_dates=dates, term=term)

        made = clm.contracts.create(told)

        assert made.result.source.status == "published"
        assert made.result.status is Status.EXECUTED
        assert made.result.term == term

    def test_contracts_create_inactive(self, clm):
        """What was given up before it was executed begins as inactive."""
        made = clm.contracts.create(new(status=Status.CANCELLED))

        assert made.result.status is Status.CANCELLED

    def test_contracts_create_custom_fields(self, clm):
        """A lookup is named in an object, text stands as it is."""
        fields = {"erp-agreement": "4600001234", "business-unit": "EMEA"}
        made = clm.contracts.create(new(fields=fields))

        assert made.result.fields["business-unit"].value == "EMEA"

    def test_contracts_create_existing(self, connect):
        """There is no upsert: what carries the number is returned, nothing posted."""
        clm = connect(external_id="number")
        made = clm.contracts.create(new(external_link=OWN), on_placeless="drop")

        assert (made.outcome, made.result.id) == (Outcome.EXISTED, "232")

    def test_contracts_create_lost_answer(self, connect):
        """After a lost answer the number tells that the contract is there."""
        clm = connect(external_id="number")
        made = clm.contracts.create(new(external_link=OWN), on_placeless="drop")

        assert (made.outcome, made.result.id) == (Outcome.RECONCILED, "232")

    def test_contracts_create_unknown_reference(self, clm):
        """A reference to nothing is refused in a sentence that lists the keys."""
        with pytest.raises(Rejected, match="Unable to find valid ContractType") as no:
            clm.contracts.create(new(type="99"))

        assert 'Possible keys are ["id","name"]' in no.value.complaints[0]

    def test_contracts_create_reference_ignored(self, clm):
        """A reference to nothing that is passed over is found by reading back."""
        with pytest.raises(Incomplete) as caught:
            clm.contracts.create(new(type="99"))

        assert caught.value.missing == ("type",)
        assert caught.value.contract_id == "232"

    def test_contracts_create_agreement(self, clm):
        """The document of a draft becomes its legal agreement."""
        draft = Upload("draft.pdf", b"%PDF-1.7\n")
        made = clm.contracts.create(new(document=draft))

        assert made.outcome is Outcome.CREATED

    def test_contracts_create_published_agreement(self, clm):
        """The document of what is published goes by the action for those."""
        signed = Upload("signed.pdf", b"%PDF-1.7\n")
        made = clm.contracts.create(new(document=signed, status=Status.EXECUTED))

        assert made.result.source.status == "published"

    def test_contracts_create_published_too_soon(self, clm):
        """A file that is refused right after publishing leaves a contract, told so."""
        signed = Upload("signed.pdf", b"%PDF-1.7\n")
        with pytest.raises(Incomplete, match="Contract is being published") as caught:
            clm.contracts.create(new(document=signed, status=Status.EXECUTED))

        assert caught.value.contract_id == "232"
