"""Tests for the fixture with which users let a sandbox go wrong."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]

USING = """
import httpx
import pytest


def test_strikes(clm_sandbox_url, clm_faults):
    url = clm_sandbox_url("coupa")
    standing = clm_faults(url, "status", status=418)
    assert httpx.get(f"{url}/api/contracts").status_code == 418
    assert standing.struck == 1


def test_is_idle(clm_sandbox, clm_faults):
    clm_faults(clm_sandbox("coupa"), "storm")


def test_needs_a_wire(clm_sandbox, clm_faults):
    with pytest.raises(ValueError, match="drip needs a wire"):
        clm_faults(clm_sandbox("coupa"), "drip")
"""


def test_a_fault_that_struck_nothing_fails_the_test(pytester: pytest.Pytester) -> None:
    """It proved nothing; one that struck leaves the test as it is."""
    pytester.makepyfile(USING)

    result = pytester.runpytest_subprocess("-p", "no:xdist", "-q")

    result.assert_outcomes(passed=3, errors=1)
    result.stdout.fnmatch_lines(["*these faults struck nothing: storm*"])
