"""The tables of evidence say what the cassettes prove, and no more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from clm_bridge._hooks import adapter_class, load, vendors
from clm_bridge.cli._app import app
from clm_bridge.testing.cassettes import _evidence, write

from .paper import Paper

FOLDER = Path(__file__).parents[1] / "cassettes"
DOCS = {"document": "https://paper.example/docs"}


def exchange(status):
    """A request and its answer."""
    asked = {"method": "GET", "uri": "https://paper.example/x"}
    return {"request": asked, "response": {"status": status}}


@pytest.fixture
def tape(tmp_path):
    """Write a cassette of a vendor, and read all of them."""

    def written(name, provenance, day, *operations, status=200, **told):
        metadata = {
            "operations": list(operations),
            "provenance": provenance,
            "recorded_at": day,
            **told,
        }
        write(tmp_path / "paper" / f"{name}.yaml", metadata, [exchange(status)])
        return _evidence.evidence(Paper, _evidence.tapes(tmp_path / "paper"))

    return written


def test_the_best_proof_counts(tape):
    """A vendor's word is worth more than its documents, and those than our sandbox."""
    tape("a", "sandbox", "2026-11-20", "check")
    assert str(tape("b", "sandbox", "2026-11-21", "check")["check"]) == (
        "sandbox, 2026-11-21 (2)"
    )
    docs = {**DOCS, "document_date": "2026-05"}
    found = tape("c", "vendor-docs", "2026-11-22", "check", **docs)
    assert str(found["check"]) == "vendor-docs, 2026-05 (1)"
    found = tape("d", "live", "2026-11-23", "check", "contracts.get")
    assert str(found["check"]) == "live, 2026-11-23 (1)"
    assert str(found["contracts.list"]) == "not proven"


def test_a_refusal_is_no_proof(tape):
    """It shows how an operation is refused, and not that it works."""
    found = tape("a", "sandbox", "2026-11-20", "check", status=404)

    assert str(found["check"]) == "not proven"


def test_what_is_not_offered_is_not_listed(tape):
    """An adapter that cannot create proves nothing about it."""
    assert "contracts.create" not in tape("a", "sandbox", "2026-11-20", "check")


def test_age_is_counted_in_days(tape):
    """A month counts from its first day; without a proof there is no age."""
    docs = {**DOCS, "document_date": "2026-05"}
    found = tape("c", "vendor-docs", "2026-11-22", "check", **docs)

    assert found["check"].age(date(2026, 5, 31)) == 30
    assert found["contracts.list"].age(date(2026, 5, 31)) is None


@pytest.mark.parametrize("vendor", sorted(vendors()))
def test_no_cell_says_live(vendor):
    """No vendor's workspace was used so far; this goes when one was."""
    adapter = adapter_class(load(vendor), vendor)
    found = _evidence.evidence(adapter, _evidence.tapes(FOLDER / vendor))

    assert found
    assert "live" not in {one.provenance for one in found.values()}


def test_the_program_shows_it(monkeypatch):
    """Each operation, by what it is proven, since when."""
    monkeypatch.chdir(FOLDER.parent)
    words = ["capabilities", "spotdraft", "--evidence", "--format=csv"]

    done = CliRunner().invoke(app, words)

    head, *rows = done.stdout.splitlines()
    assert head == "operation,vendor,proven_by,since,days,cassettes"
    assert any(
        row.startswith("contracts.list,spotdraft,vendor-docs,2026") for row in rows
    )
    assert "live" not in done.stdout
