"""Creating contracts in Tomorro as its documents show it, through both bridges."""

from __future__ import annotations

import pytest

from clm_bridge import (
    ExternalLink,
    NewContract,
    NewCounterparty,
    Outcome,
    PersonRole,
    Signatory,
    Status,
    Upload,
)
from clm_bridge.testing.cassettes import Cassettes

from .wire import ACME, CONTRACT, FIELD, MEMBER, TEMPLATE, TYPE

LINK = ExternalLink(
    "salesforce",
    "Opportunity",
    "0065g00000AbCdE",
    "https://buyer.example/lightning/r/Opportunity/0065g00000AbCdE/view",
)


def told(**more):
    """Return what a contract needs, and more."""
    least = {
        "name": "MSA - Acme SAS",
        "type": TYPE,
        "template": TEMPLATE,
        "counterparty": NewCounterparty(id=ACME),
    }
    return NewContract(**least | more)


class TestCreating(Cassettes):
    """Each test is named after its cassette; what is sent is what is in it."""

    vendor = "tomorro"

    def test_contracts_create(self, clm):
        """Our signatories and participants go by member id, theirs by address."""
        signing = [
            Signatory("ada@buyer.example", ours=True),
            Signatory("ceo@acme.example"),
        ]

        done = clm.contracts.create(
            told(signatories=signing, owner="legal@buyer.example", external_link=LINK)
        )

        assert done.outcome is Outcome.CREATED
        assert (done.result.id, done.result.status) == (CONTRACT, Status.DRAFT)
        assert done.result.external_links == (LINK,)
        roles = {one.role for one in done.result.people}
        assert {PersonRole.SIGNATORY, PersonRole.PARTICIPANT} <= roles

    def test_contracts_create_new_counterparty(self, clm):
        """A name that is not in the address book is sent; the contract names itself."""
        new = told(name=None, counterparty=NewCounterparty("Acme SAS"))

        made = clm.contracts.create(new).result

        assert (made.name, made.counterparty.name) == ("MSA standard", "Acme SAS")
        assert made.counterparty.id == ACME

    def test_contracts_create_prefixed_id(self, clm):
        """The id of the answer is read, and those of ours are sent, without prefix."""
        made = clm.contracts.create(told(owner=f"mem_{MEMBER}")).result

        assert made.id == CONTRACT

    def test_contracts_create_type_looked_up(self, clm):
        """A template is of one type, which need not be told."""
        made = clm.contracts.create(told(type=None)).result

        assert (made.type.id, made.template.id) == (TYPE, TEMPLATE)

    def test_contracts_create_option_label(self, clm):
        """A field is told by its label, and its value by the option's."""
        made = clm.contracts.create(told(fields={"Department": "Procurement"})).result

        assert made.fields[FIELD].value == "Procurement"

    def test_contracts_create_document(self, clm):
        """The template's document comes first, and the file is the next version."""
        document = Upload("msa.pdf", b"%PDF-1.7 draft")

        done = clm.contracts.create(told(document=document))

        assert (done.outcome, done.result.id) == (Outcome.CREATED, CONTRACT)

    @pytest.mark.default_cassette("contracts_create_type_looked_up")
    def test_without_a_link_nothing_is_searched(self, clm):
        """A create has no key of its own; without an external id it is just sent."""
        done = clm.contracts.create(told(type=None))

        assert (done.outcome, done.result.external_links) == (Outcome.CREATED, ())
