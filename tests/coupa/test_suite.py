"""The contract, on Coupa's adapter behind its sandbox."""

from __future__ import annotations

from clm_bridge.testing import AdapterSuite

from ..procurement import of, record


class TestCoupa(AdapterSuite):
    """Every MUST, in both colours."""

    vendor = "coupa"
    settings = of("coupa").SETTINGS
    unseen = of("coupa").UNSEEN

    def new_contract(self, clm, own_id):
        """Return the procurement record that all vendors are given."""
        return record(clm, own_id)
