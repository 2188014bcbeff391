"""Lists of contracts at Coupa as its documents show them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from clm_bridge import Money, Status, TermState, Unsupported
from clm_bridge.testing.cassettes import Cassettes


class TestLists(Cassettes):
    """Each test is named after its cassette."""

    vendor = "coupa"
    settings = {"instance": "acme", "timezone": "America/Los_Angeles"}  # noqa: RUF012

    def test_check(self, clm):
        """A check lists one contract; the offset of its answer is that of the zone."""
        found = clm.check()

        assert found.identity is None
        assert "core.contract.read" in found.scopes
        assert len(found.notes) == 1

    @pytest.mark.default_cassette("check")
    def test_check_zone(self, connect):
        """An offset that the configured zone does not have is told."""
        notes = connect(timezone="Europe/Paris").check().notes

        assert "answers in UTC-08:00" in notes[1]

    def test_contracts_list(self, clm):
        """Instants at midnight are days in the company's zone; money is exact."""
        [contract] = clm.contracts.list(detail="summary")

        assert (contract.id, contract.status) == ("232", Status.EXECUTED)
        assert contract.key_dates.effective_on == date(2026, 1, 1)
        assert contract.value == Money(Decimal("250000.0"), "EUR")

    def test_contracts_list_empty(self, clm):
        """In JSON a query without a result is an empty array, and no error."""
        assert clm.contracts.list().first() is None

    def test_contracts_list_pages(self, clm):
        """Fifty records are not the end: a page that is shorter is."""
        pages = list(clm.contracts.list().pages())

        assert [len(page.items) for page in pages] == [50, 2]
        assert [page.next for page in pages] == ["50", None]
        ids = [one.id for page in pages for one in page.items]
        assert ids == [str(one) for one in range(1, 53)]

    def test_contracts_list_pages_end(self, clm):
        """A last page that is full is followed by an empty one."""
        assert len(list(clm.contracts.list())) == 50

    def test_contracts_list_filters(self, clm):
        """Conditions are joined by AND, and an instant has an offset, no fraction."""
        since = datetime(2026, 3, 25, 18, 38, tzinfo=UTC)
        [contract] = clm.contracts.list(
            status="draft", updated_since=since, name_contains="master"
        )

        assert contract.status is Status.DRAFT
        assert contract.key_dates.updated_at == since

    def test_contracts_list_executed(self, clm):
        """What is inactive was executed only if it had been published."""
        found = list(clm.contracts.list(status=Status.EXECUTED))

        assert [one.id for one in found] == ["1", "2", "4", "5"]
        assert {one.status for one in found} == {Status.EXECUTED}

    def test_contracts_list_supplier(self, clm):
        """A company's contracts take two walks, since there is no OR."""
        found = list(clm.contracts.list(counterparty="Acme Hosting BV"))

        assert [one.id for one in found] == ["232", "240"]
        assert [one.name for one in found[1].parties] == ["Other BV", "Acme Hosting BV"]

    def test_contracts_list_supplier_id(self, clm):
        """Digits are a supplier's id."""
        [contract] = clm.contracts.list(counterparty="20")

        assert contract.counterparty.id == "20"

    def test_contracts_find_by_external_id(self, connect):
        """Where the number is the own id, the official query by number finds it."""
        clm = connect(external_id="number")
        [contract] = clm.contracts.find_by_external_id("ACME-2026-001")

        assert contract.external_link.id == "ACME-2026-001"

    def test_contracts_find_by_external_id_per_supplier(self, connect):
        """A number that two suppliers' contracts have is on both."""
        found = connect(external_id="number").contracts.find_by_external_id(
            "ACME-2026-001"
        )

        assert [one.counterparty.id for one in found] == ["20", "21"]

    def test_contracts_find_by_external_id_ignored(self, clm):
        """An answer that does not fit the condition is refused, and not believed."""
        with pytest.raises(Unsupported, match="ignores the filter"):
            clm.contracts.find_by_external_id("CLM-1")

    def test_contracts_status(self, clm):
        """The status alone comes with what changes its meaning."""
        found = clm.contracts.status("232")

        assert (found.status, found.word) == (Status.EXECUTED, "published")
        assert found.reported_state is None

    def test_contracts_status_expired(self, clm):
        """What expired stays executed, and its term has ended."""
        found = clm.contracts.status("232")

        assert (found.status, found.word) == (Status.EXECUTED, "expired")
        assert found.reported_state is TermState.EXPIRED
