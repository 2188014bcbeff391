"""
The tests of one vendor's cassettes.

    class TestCassettes(Cassettes):
        vendor = "spotdraft"

        def test_contracts_list(self, clm):
            [first, _] = clm.contracts.list()
            ...

``test_contracts_list`` replays ``cassettes/spotdraft/contracts_list.yaml`` through
both bridges; the network is blocked, and each interaction must be asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

import pytest

from . import _bridges, _vcr


@pytest.mark.vcr
@pytest.mark.block_network
class Cassettes:
    """Inherit it, and name the vendor."""

    vendor: ClassVar[str]
    settings: ClassVar[Mapping[str, Any]] = {}
    """What every connection of these tests needs besides credentials."""
    folder: ClassVar[Path | None] = None
    """Where the files are, if not in ``cassettes/<vendor>`` above the test."""

    @pytest.fixture
    def vcr_config(self) -> dict[str, Any]:
        """Say how vcrpy compares."""
        return {
            "match_on": _vcr.MATCH_ON,
            "serializer": "yaml",
            "decode_compressed_response": True,
            "before_record_request": _vcr.fix_boundary,
        }

    @pytest.fixture
    def vcr_cassette_dir(self, request: pytest.FixtureRequest) -> str:
        """Find the folder of the vendor's cassettes."""
        return str(self.folder or _above(request.path, self.vendor))

    @pytest.fixture
    def default_cassette_name(self, request: pytest.FixtureRequest) -> str:
        """Name the cassette as the test is named, or as its marker says."""
        marker = request.node.get_closest_marker("default_cassette")
        if marker is not None:
            return str(marker.args[0])
        return str(request.node.originalname).removeprefix("test_")

    @pytest.fixture(params=_bridges.COLOURS)
    def connect(
        self, request: pytest.FixtureRequest, vcr: Any
    ) -> Iterator[Callable[..., Any]]:
        """Return a function that opens a bridge with further settings."""
        if vcr is None or not vcr.write_protected:
            pytest.skip("cassettes are recorded by clm-bridge verify --record")
        assert len(vcr), f"there is no cassette {vcr._path}"
        opened = _bridges.Opened(self.vendor, request.param)
        yield lambda **given: opened.connect(**{**self.settings, **given})
        opened.close()
        assert vcr.all_played, f"{vcr._path} holds what this test does not ask for"

    @pytest.fixture
    def clm(self, connect: Callable[..., Any]) -> Any:
        """Return a bridge, blocking in both colours."""
        return connect()


def _above(test: Path, vendor: str) -> Path:
    for parent in test.parents:
        if (found := parent / "cassettes" / vendor).is_dir():
            return found
    raise FileNotFoundError(f"there is no folder cassettes/{vendor} above {test}")
