"""Tests for reading contracts."""

from __future__ import annotations

from .conftest import Run


def test_lists_every_contract(cli: Run) -> None:
    """Every contract of the workspace is printed, page after page."""
    result = cli("contracts", "list", "--sandbox", "paper", "--format", "ndjson")

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 240
