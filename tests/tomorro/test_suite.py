"""The contract, on Tomorro's adapter behind its sandbox."""

from __future__ import annotations

from clm_bridge.testing import AdapterSuite

from ..procurement import of, record


class TestTomorro(AdapterSuite):
    """Every MUST, in both colours."""

    vendor = "tomorro"
    settings = of("tomorro").SETTINGS
    unseen = of("tomorro").UNSEEN

    def new_contract(self, clm, own_id):
        """Return the procurement record that all vendors are given."""
        return record(clm, own_id)
