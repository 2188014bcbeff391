"""Tests for building a sandbox, and for what its package gives."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import Any

import pytest

import clm_bridge.sandbox
from clm_bridge.sandbox import Clock, portfolio, start

WITHOUT_FLASK = """
import sys
sys.modules["flask"] = None
try:
    import clm_bridge.sandbox
except ImportError as error:
    print(error)
"""


def test_renders_the_portfolio_of_its_seed(paper: Any) -> None:
    """A sandbox is built from the portfolio that its seed gives."""
    other = start(type(paper), seed=2)

    assert paper.deals == portfolio(1)
    assert other.deals == portfolio(2)


def test_renders_the_portfolio_of_its_clocks_day(paper: Any) -> None:
    """A clock that stands on another day moves the portfolio with it."""
    other = start(type(paper), clock=Clock(date(2030, 6, 1)))

    assert other.deals == portfolio(1, date(2030, 6, 1))


def test_passes_switches_on(paper: Any) -> None:
    """A switch that the vendor does not know is the vendor's own error."""
    with pytest.raises(ValueError, match="lazy"):
        start(type(paper), switches={"lazy": True})


def test_says_how_to_get_what_is_missing() -> None:
    """Without flask, the import says what to install."""
    said = subprocess.run(
        [sys.executable, "-c", WITHOUT_FLASK],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "pip install 'clm-bridge[sandbox]'" in said.stdout


def test_gives_what_it_names() -> None:
    """Every public name exists."""
    names = clm_bridge.sandbox.__all__

    assert all(hasattr(clm_bridge.sandbox, name) for name in names)


def test_an_answer_has_the_sandboxs_own_date(paper: Any) -> None:
    """Not the machine's, which a client compares with what it reads."""
    sandbox = start(type(paper))

    answer = sandbox.app.test_client().get("/contracts")

    assert answer.headers["Date"].startswith("Mon, 02 Nov 2026 09:00:")
