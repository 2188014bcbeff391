"""Some mutations of each adapter, always the same; `make mutations` tries all."""

from __future__ import annotations

import os

import pytest

from ..procurement import VENDORS
from .mutations import ROOT, mutations, report

SAMPLE = int(os.environ.get("CLM_BRIDGE_MUTATIONS", "2"))
"""How many of each adapter: two show that it works, twenty give a figure."""
MISSED = 0.15

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(
        not (ROOT / "pyproject.toml").is_file(), reason="only a source tree is changed"
    ),
]


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_changed_mapping_is_noticed(vendor):
    """Of twenty, 85 in a hundred fail a rule of the suite or a cassette."""
    tried, survivors = report(vendor, SAMPLE)

    assert tried == SAMPLE
    assert len(survivors) <= max(1, MISSED * tried), [*map(str, survivors)]


@pytest.mark.parametrize("vendor", VENDORS)
def test_there_is_much_to_change(vendor):
    """A hundred places at least, in all files of the mapping."""
    found = [*mutations(vendor)]

    assert len(found) >= 100
    assert {"_wire", "_mapping", "_fields"} <= {one.module for one in found}
