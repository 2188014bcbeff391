"""Some mutations of each adapter, always the same; `make mutations` tries all."""

from __future__ import annotations

import pytest

from ..procurement import VENDORS
from .mutations import ROOT, mutations, report

SAMPLE = 20
ENOUGH = 0.85

pytestmark = pytest.mark.skipif(
    not (ROOT / "pyproject.toml").is_file(), reason="only a source tree is changed"
)


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_changed_mapping_is_noticed(vendor):
    """Of the sample, 85 in a hundred fail a rule of the suite or a cassette."""
    tried, survivors = report(vendor, SAMPLE)

    assert tried == SAMPLE
    assert len(survivors) <= (1 - ENOUGH) * tried, [*map(str, survivors)]


@pytest.mark.parametrize("vendor", VENDORS)
def test_there_is_much_to_change(vendor):
    """A hundred places at least, in all files of the mapping."""
    found = [*mutations(vendor)]

    assert len(found) >= 100
    assert {"_wire", "_mapping", "_fields"} <= {one.module for one in found}
