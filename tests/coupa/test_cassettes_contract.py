"""One contract of Coupa, as its documents show it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from clm_bridge import (
    FULL,
    ExternalLink,
    Facet,
    Field,
    FieldKind,
    Money,
    Party,
    PartyRole,
    Period,
    Person,
    PersonRole,
    Ref,
    Relation,
    RelationKind,
    Status,
    Term,
    TermKind,
    TermState,
)
from clm_bridge.testing.cassettes import Cassettes

PAT = Person(PersonRole.CONTACT, "Pat Doe", "contact@acme.example")
ACME = Party(
    PartyRole.COUNTERPARTY, "Acme Hosting BV", "20", {"number": "V-10020"}, PAT
)


class TestContract(Cassettes):
    """Each test is named after its cassette."""

    vendor = "coupa"
    settings = {"instance": "acme", "timezone": "America/Los_Angeles"}  # noqa: RUF012

    def test_contracts_get(self, clm):
        """Every attribute of the element table that the model has a place for."""
        contract = clm.contracts.get("232")

        assert (contract.name, contract.number) == (
            "Acme master services",
            "ACME-2026-001",
        )
        assert (contract.status, contract.source.status) == (
            Status.EXECUTED,
            "published",
        )
        assert contract.parties == (ACME,)
        assert contract.external_links == (ExternalLink(None, None, "CLM-77"),)
        assert contract.type == Ref("4", "Services")
        assert contract.owner == Person(
            PersonRole.OWNER, "Pat Doe", "pdoe@buyer.example", "16"
        )
        assert contract.url == "https://acme.coupahost.com/contracts/show/232"
        assert contract.loaded == FULL | {Facet.RELATIONS}

    @pytest.mark.default_cassette("contracts_get")
    def test_contracts_get_dates_and_term(self, clm):
        """Instants are told in UTC, midnights are days, and a renewal has its unit."""
        contract = clm.contracts.get("232")

        dates = contract.key_dates
        assert dates.created_at == datetime(2026, 1, 12, 17, 14, 3, tzinfo=UTC)
        assert dates.updated_at == datetime(2026, 3, 3, 0, 20, 45, tzinfo=UTC)
        assert (dates.effective_on, dates.expires_on) == (
            date(2026, 1, 1),
            date(2026, 12, 31),
        )
        assert (dates.executed_on, dates.published_on) == (
            date(2026, 1, 20),
            date(2026, 1, 21),
        )
        assert contract.term == Term(
            TermKind.AUTO_RENEW, None, Period(months=12), 2, Period(days=90)
        )

    @pytest.mark.default_cassette("contracts_get")
    def test_contracts_get_raw(self, clm):
        """What the model has no place for stays in the payload, as it was spelled."""
        raw = clm.contracts.get("232").source.raw["row"]

        assert raw["savings-pct"] == "4.0"
        assert raw["payment-term"]["discount-rate"] == Decimal("2.0")
        assert raw["schedule"]["day6"] == "anytime"
        assert raw["whose-paper"] == "our_paper"

    def test_contracts_get_unset(self, clm):
        """Null, empty text and an absent key all say that nothing is set."""
        contract = clm.contracts.get("7")

        assert (contract.id, contract.status) == ("7", Status.DRAFT)
        assert contract.key_dates.effective_on is None
        assert contract.key_dates.expires_on is None
        assert (contract.term, contract.value, contract.owner) == (None, None, None)
        assert (contract.parties, contract.relations, contract.fields) == ((), (), {})
        assert contract.reported_state is None

    def test_contracts_get_bare_dates(self, clm):
        """A bare date was midnight UTC: it reads as the day before, as Coupa shows."""
        dates = clm.contracts.get("232").key_dates

        assert (dates.effective_on, dates.expires_on) == (
            date(2008, 10, 26),
            date(2009, 10, 26),
        )

    def test_contracts_get_offsets(self, clm):
        """Midnight is a day in winter and in summer, each with its own offset."""
        dates = clm.contracts.get("232").key_dates

        assert (dates.effective_on, dates.expires_on) == (
            date(2026, 3, 8),
            date(2026, 7, 1),
        )

    @pytest.mark.default_cassette("contracts_get_offsets")
    def test_contracts_get_days_elsewhere(self, connect):
        """A day is cut in the company's zone, and not in that of the answer."""
        dates = connect(timezone="Pacific/Honolulu").contracts.get("232").key_dates

        assert dates.effective_on == date(2026, 3, 7)

    def test_contracts_get_notice(self, clm):
        """A notice whose count is text is one all the same."""
        assert clm.contracts.get("232").term.notice == Period(months=3)

    def test_contracts_get_no_notice(self, clm):
        """The word no takes back the counts beside it; zero renewals say nothing."""
        assert clm.contracts.get("232").term == Term(TermKind.PERPETUAL)

    def test_contracts_get_money(self, clm):
        """An amount beyond what a float holds is exact to its fourth decimal."""
        value = clm.contracts.get("232").value

        assert value == Money(Decimal("9007199254740993.0001"), "EUR")

    def test_contracts_get_global_namespace(self, connect):
        """An old custom field stands beside the attributes, and is read by name."""
        fields = connect(fields=["cost-center"]).contracts.get("232").fields

        assert fields["cost-center"].value == "CC-7"
        assert fields["erp-agreement"].value == "4600001234"

    def test_contracts_get_custom_fields(self, clm):
        """Each form of a custom field has its kind; digits in text stay text."""
        fields = clm.contracts.get("232").fields

        assert {key: (one.kind, one.value) for key, one in fields.items()} == {
            "erp-agreement": (FieldKind.TEXT, "4600001234"),
            "business-unit": (FieldKind.OPTION, "EMEA"),
            "regions": (FieldKind.OPTIONS, ("Benelux", "DACH")),
            "second-owner": (FieldKind.OPTION, "Jo Roe"),
            "seats": (FieldKind.NUMBER, 40),
            "audited": (FieldKind.BOOLEAN, True),
            "review-on": (FieldKind.DATE, date(2026, 6, 1)),
        }
        assert fields["review-on"] == Field(
            "review-on", "Review on", FieldKind.DATE, date(2026, 6, 1)
        )

    def test_contracts_get_terminated(self, clm):
        """Terminated is said beside the status: what was published stays executed."""
        contract = clm.contracts.get("232")

        assert contract.reported_state is TermState.TERMINATED
        assert (contract.status, contract.source.status) == (
            Status.EXECUTED,
            "inactive",
        )
        [event] = contract.source.raw["row"]["reason-insight-events"]
        assert event["comment"] == "Cheaper elsewhere"

    def test_contracts_get_unknown_word(self, clm):
        """A status word that is on no list is kept, and guessed at by nobody."""
        contract = clm.contracts.get("232")

        assert contract.status is Status.UNKNOWN
        assert contract.source.status == "under_review"

    def test_contracts_get_question_marks(self, clm):
        """A key with a question mark and a boolean that is null do no harm."""
        raw = clm.contracts.get("232").source.raw["row"]

        assert (raw["is-default?"], raw["preferred"]) == (True, None)

    def test_contracts_get_parties(self, clm):
        """Further parties follow the supplier; their signers are signatories."""
        contract = clm.contracts.get("232")

        assert contract.parties[0] == ACME
        assert contract.parties[1] == Party(
            PartyRole.COUNTERPARTY,
            "Beta Cloud GmbH",
            contact=Person(PersonRole.CONTACT, "Bo Berg", "bo@beta.example"),
        )
        owner, signer, other = clm.contracts.people("232")
        assert owner.role is PersonRole.OWNER
        assert signer == Person(PersonRole.SIGNATORY, "Sam Sign", "sam@beta.example")
        assert other == Person(PersonRole.CONTACT, "Nia None", "nia@beta.example")

    def test_contracts_relations(self, clm):
        """An amendment amends its parent, below a master."""
        assert clm.contracts.relations("232") == (
            Relation(RelationKind.AMENDS, Ref("231", "Acme services"), "parent"),
            Relation(
                RelationKind.MASTER, Ref("230", "Frame agreement"), "master-contract"
            ),
        )

    def test_contracts_relations_plain(self, clm):
        """The parent of a plain contract is its master, also if only parent says so."""
        assert clm.contracts.relations("232") == (
            Relation(RelationKind.MASTER, Ref("230", "Frame agreement"), "parent"),
        )
