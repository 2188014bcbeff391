"""The sandbox's small workspace, fresh for each test."""

from __future__ import annotations

import pytest

from .sandbox_workspace import Api


@pytest.fixture
def api():
    """A client of a sandbox of its own, with no limit on its calls."""
    return Api()
