"""Reading one contract of Tomorro as its documents show it, through both bridges."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from clm_bridge import (
    ExternalLink,
    Money,
    Party,
    PartyRole,
    Period,
    PersonRole,
    Status,
    TermKind,
)
from clm_bridge.adapter import FULL, FieldKind, Ref
from clm_bridge.testing.cassettes import Cassettes

from .wire import ACME, CONTRACT, FIELD, MEMBER, TEMPLATE, TYPE

LINK = ExternalLink(
    "salesforce",
    "Opportunity",
    "0065g00000AbCdE",
    "https://buyer.example/lightning/r/Opportunity/0065g00000AbCdE/view",
)
SIGNATORY = "5e5e5e5e-1111-4222-8333-999999999999"


def native(place):
    """Return the id of a native smart field on the cassette."""
    return f"9d0f3b1c-000{place}-4333-8444-555566667777"


NATIVE = {
    "timezone": "Europe/Paris",
    "number_field": native(5),
    "key_dates": {
        "effective_on": native(1),
        "expires_on": native(2),
        "signed_on": native(8),
    },
    "term": {
        "length": {"field": native(3), "unit": "months"},
        "auto_renews": {"field": native(4), "is": "Tacite"},
    },
    "value": {"amount": native(6), "currency": native(7)},
}


class TestContracts(Cassettes):
    """Each test is named after its cassette."""

    vendor = "tomorro"

    def test_contracts_get(self, clm):
        """One object, bare, tells all that the API has."""
        found = clm.contracts.get(CONTRACT)

        assert (found.id, found.name) == (CONTRACT, "MSA - Acme SAS")
        assert (found.status, found.source.status) == (
            Status.NEGOTIATION,
            "negotiating",
        )
        assert found.parties == (Party(PartyRole.COUNTERPARTY, "Acme SAS", ACME),)
        assert found.type == Ref(TYPE, "Master Services Agreement")
        assert found.template == Ref(TEMPLATE)
        assert found.external_links == (LINK,)
        dates = found.key_dates
        assert dates.created_at == datetime(2026, 1, 15, 10, 30, tzinfo=UTC)
        assert dates.updated_at == datetime(2026, 2, 20, 14, 45, tzinfo=UTC)
        assert found.loaded == FULL
        assert found.source.raw["contract"]["integration"]["type"] == "salesforce"

    @pytest.mark.default_cassette("contracts_get")
    def test_a_smart_field_is_told_by_its_definition(self, clm):
        """What is read as attributeDefinitionId is the id of its definition."""
        field = clm.contracts.get(CONTRACT).fields[FIELD]

        assert (field.label, field.value) == ("Department", "Procurement")

    @pytest.mark.default_cassette("contracts_get")
    def test_what_the_body_lacks_is_not_said(self, clm):
        """Neither amount nor term nor owner nor a date of signature is in the body."""
        found = clm.contracts.get(CONTRACT)

        assert found.value is found.term is found.owner is found.number is None
        assert found.key_dates.signed_on is found.key_dates.expires_on is None

    def test_contracts_get_link_null(self, clm):
        """A contract born in the app has no external link."""
        assert clm.contracts.get(CONTRACT).external_links == ()

    def test_contracts_get_link_elsewhere(self, clm):
        """The link is the object that has externalId and type, however it is called."""
        assert clm.contracts.get(CONTRACT).external_links == (LINK,)

    def test_contracts_get_prefixed_ids(self, clm):
        """A prefix is decoration: it is dropped when read, and never sent."""
        found = clm.contracts.get(f"ctr_{CONTRACT}")

        assert found.id == CONTRACT
        [signatory] = (one for one in found.people if one.role is PersonRole.SIGNATORY)
        assert signatory.id == SIGNATORY
        assert found.source.raw["contract"]["id"] == f"ctr_{CONTRACT}"

    def test_contracts_get_data_wrapper(self, clm):
        """The wrapper of the introduction holds the same contract."""
        found = clm.contracts.get(CONTRACT)

        assert (found.id, found.counterparty.id) == (CONTRACT, ACME)
        assert found.external_links == (LINK,)

    def test_contracts_get_generation_1(self, connect):
        """The oldest body names template and referent, and days as edges in UTC."""
        found = connect(timezone="America/Los_Angeles").contracts.get(CONTRACT)

        assert found.template == Ref(TEMPLATE, "MSA standard")
        assert found.owner.email == "buyer@buyer.example"
        assert found.key_dates.effective_on == date(2026, 1, 1)
        assert found.key_dates.expires_on == date(2026, 12, 31)
        field = found.fields[FIELD]
        assert (field.label, field.value) == (FIELD, "Procurement")

    def test_contracts_get_native_fields(self, connect):
        """Native smart fields, named by id in the settings, become dates and money."""
        found = connect(**NATIVE).contracts.get(CONTRACT)

        assert found.number == "2026010001"
        assert found.value == Money(Decimal("98765432109876.50"), "EUR")
        assert found.key_dates.effective_on == date(2026, 1, 1)
        assert found.key_dates.expires_on == date(2026, 12, 31)
        assert found.key_dates.signed_on == date(2025, 12, 21)
        assert found.term.kind is TermKind.AUTO_RENEW
        assert found.term.length == Period(months=12)
        assert found.fields[native(1)].kind is FieldKind.DATE

    def test_contracts_status(self, clm):
        """The status is read with the contract."""
        report = clm.contracts.status(CONTRACT)

        assert (report.status, report.word) == (Status.SIGNATURE, "signing")

    def test_contracts_people(self, clm):
        """The author, the signatories and the participants, members without names."""
        found = clm.contracts.people(CONTRACT)

        assert [(one.role, one.name, one.email, one.id) for one in found] == [
            (PersonRole.AUTHOR, None, "legal@buyer.example", MEMBER),
            (PersonRole.SIGNATORY, "Ada Martin", "ada@buyer.example", SIGNATORY),
            (PersonRole.PARTICIPANT, None, "legal@buyer.example", MEMBER),
            (
                PersonRole.PARTICIPANT,
                None,
                "ada@buyer.example",
                MEMBER.replace("1111", "2222"),
            ),
        ]

    def test_contracts_find_by_external_id(self, clm):
        """No filter finds an external id, so that an index of all contracts does."""
        assert clm.links.build() == 1

        [found] = clm.contracts.find_by_external_id(LINK.id)

        assert (found.id, found.external_links) == (CONTRACT, (LINK,))
