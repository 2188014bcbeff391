"""Contracts as SpotDraft's documents show them: one by one, and found by an own id."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from clm_bridge import Facet, FieldKind, Money, Period, PersonRole, Status
from clm_bridge.testing.cassettes import Cassettes

MAPPED = {
    "key_dates": {"effective_on": "effective_date", "expires_on": "expiration_date"},
    "term": {"length": "term_length", "auto_renews": "auto_renewal"},
    "value": {"amount": "contract_value"},
}


class TestReading(Cassettes):
    """Each test is named after its cassette."""

    vendor = "spotdraft"

    def test_check(self, connect):
        """A workspace belongs to one region, and nothing says who is asking."""
        told = connect(region="me").check()

        assert told.identity is None
        assert told.notes == ("SpotDraft does not tell whom a credential belongs to.",)

    def test_contracts_get(self, connect):
        """Key pointers are typed by their form, whatever their data_type says."""
        contract = connect(**MAPPED).contracts.get("T-34211")

        assert (contract.id, contract.number) == ("T-34211", "SD-34211")
        assert contract.status is Status.EXECUTED
        assert contract.value == Money(Decimal(12000), "USD")
        assert contract.term.length == Period(months=12)
        assert contract.key_dates.effective_on == date(2026, 1, 15)
        assert contract.key_dates.expires_on == date(2027, 1, 14)
        assert contract.key_dates.sent_at == datetime(
            2026, 2, 1, 14, 15, 22, tzinfo=UTC
        )
        assert contract.key_dates.signed_on == date(2026, 2, 9)
        assert contract.key_dates.executed_on == date(2026, 2, 10)
        assert contract.source.raw["process_metrics"]["contract_status"] == "COMPLETED"
        assert [one.email for one in contract.people] == [
            "jordan@acme.example",
            "avery@globex.example",
        ]
        assert Facet.RELATIONS not in contract.loaded
        assert {Facet.VALUE, Facet.TERM, Facet.EXTERNAL_LINKS} <= contract.loaded

    @pytest.mark.default_cassette("contracts_get")
    def test_contracts_get_in_a_zone(self, connect):
        """Instants in UTC become days in the zone; key pointers have none."""
        far = connect(timezone="Pacific/Kiritimati", **MAPPED)

        dates = far.contracts.get("T-34211").key_dates

        assert dates.executed_on == date(2026, 2, 11)
        assert dates.signed_on == date(2026, 2, 10)
        assert dates.effective_on == date(2026, 1, 15)
        assert dates.created_at == datetime(2026, 2, 10, 4, 52, 4, tzinfo=UTC)

    def test_contracts_get_bare_integer(self, clm):
        """T- is tried before H-, and the id that other calls take comes back."""
        contract = clm.contracts.get("2342")

        assert (contract.id, contract.status) == ("H-2342", Status.EXECUTED)
        assert contract.number == "SD-2342"

    def test_contracts_get_value_shapes(self, clm):
        """Each documented kind of value has its type, exact to the digit."""
        told = clm.contracts.get("T-34211").fields
        typed = {own: (one.kind, one.value) for own, one in told.items()}

        review = datetime(2026, 9, 15, 10, 30, tzinfo=UTC)
        assert typed["customer"] == (FieldKind.TEXT, "Globex Ltd\nNew York")
        assert typed["seats"] == (FieldKind.NUMBER, 15)
        assert typed["rate"] == (FieldKind.NUMBER, Decimal("3.14"))
        assert typed["agreement_date"] == (FieldKind.DATE, date(2026, 3, 28))
        assert typed["renewal_review"] == (FieldKind.INSTANT, review)
        assert typed["billing"][1] == Money(Decimal("12000.50"), "USD")
        assert typed["notice"] == (FieldKind.DURATION, Period(months=6))
        assert typed["trial"][1] == Period(years=2)
        assert typed["countries"] == (FieldKind.OPTIONS, ("US", "IN"))
        assert typed["auto_renewal"] == (FieldKind.BOOLEAN, False)
        others = ("address", "pricing", "attachment", "contact")
        assert {typed[own][0] for own in others} == {FieldKind.OTHER}
        assert typed["address"][1]["city"] == "New York"

    def test_contracts_get_without_metrics(self, clm):
        """Their 404 is no missing contract."""
        contract = clm.contracts.get("T-34211")

        assert contract.key_dates.executed_on is None
        assert contract.key_dates.created_at is not None
        assert contract.source.raw["process_metrics"] is None

    def test_contracts_get_nulls(self, clm):
        """Null is as good as left out; null external metadata is known to be none."""
        contract = clm.contracts.get("T-34211")

        assert (contract.number, contract.external_links) == (None, ())
        assert Facet.EXTERNAL_LINKS in contract.loaded
        assert [(one.role, one.name) for one in contract.people] == [
            (PersonRole.APPROVER, "Sam Okafor")
        ]
        assert contract.key_dates.sent_at is contract.key_dates.signed_on is None

    def test_contracts_status(self, clm):
        """The vendor's word stays beside ours."""
        told = clm.contracts.status("T-1234")

        assert (told.status, told.word) == (Status.EXECUTED, "EXECUTED")

    def test_contracts_status_of_2024(self, clm):
        """The name need not be told; VOIDED is the word, and not VOID."""
        told = clm.contracts.status("H-2342")

        assert (told.status, told.word) == (Status.CANCELLED, "VOIDED")

    def test_contracts_find_by_external_id(self, clm):
        """An integer is resolved; the e-mail in created_by is the author's."""
        [contract] = clm.contracts.find_by_external_id("PO 7/2026")

        assert contract.id == "T-34211"
        assert contract.external_link.id == "PO 7/2026"
        assert contract.people[0].email == "jordan@acme.example"

    def test_contracts_find_by_external_id_nested(self, clm):
        """An array in the array is flattened, and ids with a prefix are taken."""
        found = clm.contracts.find_by_external_id("deal-122")

        assert [one.id for one in found] == ["T-34211", "H-2342"]
        assert [one.external_link.record_type for one in found] == ["Deal", "Account"]

    def test_contracts_find_by_external_id_number(self, clm):
        """A number is the same id as its digits."""
        [contract] = clm.contracts.find_by_external_id("88")

        assert contract.external_link.id == "88"
        assert contract.external_link.system == "HubSpot"
