"""The contract, on SpotDraft's adapter behind its sandbox."""

from __future__ import annotations

from clm_bridge.testing import AdapterSuite

from ..procurement import of, record


class TestSpotDraft(AdapterSuite):
    """Every MUST, in both colours."""

    vendor = "spotdraft"
    settings = of("spotdraft").SETTINGS
    unseen = of("spotdraft").UNSEEN

    def new_contract(self, clm, own_id):
        """Return the procurement record that all vendors are given."""
        return record(clm, own_id)
