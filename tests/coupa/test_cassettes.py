"""Coupa as its documents show it, replayed through both bridges."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from clm_bridge import Money, Status
from clm_bridge.testing.cassettes import Cassettes


class TestCassettes(Cassettes):
    """Each test is named after its cassette."""

    vendor = "coupa"
    settings = {"instance": "acme", "timezone": "America/Los_Angeles"}  # noqa: RUF012

    def test_contracts_list(self, clm):
        """Instants at midnight are days in the company's zone; money is exact."""
        [contract] = clm.contracts.list(detail="summary")

        assert (contract.id, contract.status) == ("232", Status.EXECUTED)
        assert contract.key_dates.effective_on == date(2026, 1, 1)
        assert contract.value == Money(Decimal("250000.0"), "EUR")
