"""SpotDraft as its documents show it, replayed through both bridges."""

from __future__ import annotations

from clm_bridge import Status
from clm_bridge.testing.cassettes import Cassettes


class TestCassettes(Cassettes):
    """Each test is named after its cassette."""

    vendor = "spotdraft"

    def test_contracts_list(self, clm):
        """Both kinds of id come as they are, and a row has its external link."""
        made, historical = clm.contracts.list(detail="summary")

        assert (made.id, historical.id) == ("T-34211", "H-2342")
        assert (made.status, historical.status) == (Status.NEGOTIATION, Status.EXECUTED)
        assert [link.id for link in made.external_links] == ["deal-122"]
