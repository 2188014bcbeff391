"""
Cassettes: each in its one form, played in full, from where it says, without secrets.

That all of a cassette is played is checked where it is: the plugin fails a test that
leaves an interaction over.  Here every file is held to have such a test.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from clm_bridge.testing.cassettes import _model, dumps, sightings
from clm_bridge.testing.cassettes import load as read

from ..canaries import CANARIES
from ..test_cassettes import FILES, TESTS, TOO_OLD, replayed


def test_every_cassette_is_in_order(size, tried, measured):
    """Byte-stable, small, replayed, not too old, and free of secrets."""
    files = size(full=FILES, few=FILES[::20])
    assert files
    folders = {path.parent.name for path in files}
    tests = {vendor: replayed(TESTS / vendor) for vendor in folders}
    told = Counter()
    for path in files:
        text = path.read_text(encoding="utf-8")
        cassette = read(path)
        assert dumps(cassette) == text, path
        assert len(text.encode()) < _model.LARGEST, path
        assert [*sightings(text, CANARIES)] == [], path
        assert path.stem in tests[path.parent.name], path
        age = (date.today() - cassette.metadata.day).days  # noqa: DTZ011  # days
        assert cassette.metadata.provenance != "live" or age <= TOO_OLD, path
        told[cassette.metadata.provenance] += 1
        told["interactions"] += len(cassette.interactions)
    tried(len(files), "cassettes")
    tried(told.pop("interactions"), "interactions")
    for provenance, count in sorted(told.items()):
        measured(f"provenance {provenance}", count)


@pytest.mark.parametrize("canary", CANARIES)
def test_a_planted_secret_is_found(canary, size, tried):
    """The positive control: each secret of the tests would be seen in each file."""
    files = size(full=FILES, few=FILES[::50])
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert [*sightings(f"{text}\nplanted: {canary}\n", CANARIES)], path
    tried(len(files), "planted secrets")
