"""Tomorro as its documents show it, replayed through both bridges."""

from __future__ import annotations

from clm_bridge import Status
from clm_bridge.testing.cassettes import Cassettes


class TestCassettes(Cassettes):
    """Each test is named after its cassette."""

    vendor = "tomorro"

    def test_contracts_list(self, clm):
        """A row carries an id, a name and a status."""
        [row] = clm.contracts.list(detail="summary")

        assert row.id == "0b9f8a52-3c1e-4d7a-9f55-2a6b7c8d9e10"
        assert (row.name, row.status) == ("MSA - Acme SAS", Status.NEGOTIATION)
