"""RELIABILITY.md says what a run noted, and nothing else."""

from __future__ import annotations

import json

import pytest

from .reliability import report


@pytest.fixture
def folder(tmp_path):
    """Return a function that notes tests as a run does, and the folder it is in."""

    def noted(*tests):
        lines = [json.dumps({**PASSED, **told}) for told in tests]
        (tmp_path / "gw0.ndjson").write_text("\n".join(lines), encoding="utf-8")
        return tmp_path

    return noted


PASSED = {
    "item": "R3",
    "size": "full",
    "test": "test",
    "outcome": "passed",
    "seconds": 1.5,
    "tried": {"walks": 600},
    "measured": {},
}


def line(page, item):
    [found] = [one for one in page.splitlines() if one.startswith(f"| {item} |")]
    return found


def test_an_item_says_what_it_tried(folder):
    """The counts and the seconds of all its tests together."""
    page = report.page(report.notes(folder({}, {"measured": {"lost": 0}})))

    assert "| 1,200 walks | passed: 2 tests | 3 |" in line(page, "R3")
    assert "### R3\n\n- lost: 0" in page


def test_an_item_that_failed_says_so(folder):
    """One test that failed is enough."""
    page = report.page(report.notes(folder({}, {"outcome": "failed"})))

    assert "**failed**: 1 of 2 tests" in line(page, "R3")


def test_an_item_that_did_not_run_says_so(folder):
    """Whether its module is there and nothing came of it, or there is none."""
    page = report.page(report.notes(folder({}, {"item": "R6", "outcome": "skipped"})))

    assert "**did not run**" in line(page, "R1")
    assert "**did not run**: skipped" in line(page, "R6")
    assert "not built" in line(page, "R17")


def test_a_small_run_is_no_report(folder):
    """The page is of full size or not at all, and never of no run."""
    with pytest.raises(SystemExit, match="not of full size"):
        report.notes(folder({"size": "few"}))
    with pytest.raises(SystemExit, match="no run"):
        report.notes(folder())


def test_every_item_that_ran_has_a_line(folder):
    """Also one that the page does not know by name; they stand by number and letter."""
    page = report.page(report.notes(folder({"item": "R8b"}, {"item": "R99"})))

    places = [page.index(f"| {item} |") for item in ("R8", "R8b", "R9", "R10", "R99")]
    assert places == sorted(places)
