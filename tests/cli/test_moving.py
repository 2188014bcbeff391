"""``plan``, ``migrate`` and ``contracts import``, as they are typed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from clm_bridge import _hooks
from clm_bridge._hooks import vendors

from .conftest import Run

REAL = vendors()
WAY = ("--from-sandbox", "tomorro", "--to-sandbox", "coupa")


@pytest.fixture(autouse=True)
def _with_vendors(_alone: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the vendors be there that can be written to."""
    monkeypatch.setattr(_hooks, "vendors", lambda: REAL)


def test_a_plan_is_a_table_for_each_question(cli: Run) -> None:
    """What moves, what is lost, what becomes something else, and what it costs."""
    result = cli("plan", *WAY, "--limit", "30")

    assert result.exit_code == 0
    for said in ("STATUS", "lost", "reinterpreted", "calls", "at its limit"):
        assert said in result.stdout


def test_a_plan_is_json(cli: Run) -> None:
    """With the same facts."""
    told = json.loads(cli("plan", *WAY, "--limit", "5", "--format", "json").stdout)

    assert told["contracts"] == sum(kind["contracts"] for kind in told["kinds"]) == 5
    assert told["from"]["vendor"] == "tomorro"
    assert told["writing"]["calls"] > 0


def test_a_plan_says_what_is_refused(cli: Run, tmp_path: Path) -> None:
    """And what the mapping could say; a refusal is no error of a plan."""
    way = ("--from-sandbox", "coupa", "--to-sandbox", "spotdraft")

    result = cli("plan", *way, "--status", "executed", "--limit", "3")

    assert result.exit_code == 0
    assert "refused" in result.stdout
    assert "under [types]" in result.stdout


def test_moving_prints_what_became_of_each(cli: Run, tmp_path: Path) -> None:
    """The same command again finds all of it done."""
    journal = str(tmp_path / "journal")
    way = ("--from-sandbox", "spotdraft", "--to-sandbox", "coupa")
    typed = ("migrate", *way, "--limit", "2", "--journal", journal, "--format", "json")

    first = cli(*typed)
    again = cli(*typed)

    told = json.loads(first.stdout)
    assert first.exit_code == 0
    assert {one["outcome"] for one in told} == {"existed"}
    assert told == json.loads(again.stdout)[:2]
    assert "2 existed" in first.stderr


def test_a_move_that_is_not_whole_ends_with_its_code(cli: Run, tmp_path: Path) -> None:
    """Each that is refused is a line on stderr, with its reason."""
    way = ("--from-sandbox", "spotdraft", "--to-sandbox", "tomorro")
    journal = str(tmp_path / "journal")

    result = cli(
        "migrate", *way, "--status", "executed", "--limit", "2", "--journal", journal
    )

    assert result.exit_code == 6
    assert "refused: status executed: no contract begins so" in result.stderr
    assert "2 of 2 are not there as they were to be" in result.stderr


def test_a_dry_run_needs_no_journal(cli: Run) -> None:
    """It says how many requests each would take."""
    result = cli("migrate", *WAY, "--limit", "2", "--dry-run", "--format", "csv")

    assert result.exit_code == 0
    assert [one["outcome"] for one in csv.DictReader(result.stdout.splitlines())] == [
        "dry_run",
        "dry_run",
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("migrate", *WAY), "name the --journal"),
        (("plan", "--to-sandbox", "coupa"), "name one of --from and --from-sandbox"),
        (("plan", *WAY, "--to", "acme"), "name one of --to and --to-sandbox"),
        (("contracts", "import", "x.csv", "--sandbox", "coupa"), "name the --journal"),
    ],
)
def test_what_is_missing_is_said(cli: Run, typed: tuple[str, ...], said: str) -> None:
    """Before anybody is asked."""
    result = cli(*typed)

    assert result.exit_code == 2
    assert said in result.stderr


def test_rows_become_contracts(cli: Run, tmp_path: Path) -> None:
    """With a result for each, on stdout and in a file."""
    table = tmp_path / "new.csv"
    table.write_text(
        "name,counterparty.name,external_link.id\nLease,Nobody & Sons,PR-9001\n",
        encoding="utf-8",
    )
    results = tmp_path / "results.csv"

    done = cli(
        *("contracts", "import", str(table), "--sandbox", "coupa"),
        *("--journal", str(tmp_path / "journal"), "--results", str(results)),
    )

    [row] = csv.DictReader(results.read_text(encoding="utf-8").splitlines())
    assert done.exit_code == 6
    assert (row["row"], row["outcome"]) == ("1", "refused")
    assert "counterparty" in row["why"]


def test_a_row_that_is_wrong_is_an_error(cli: Run, tmp_path: Path) -> None:
    """With the row and the path, and nothing is written."""
    table = tmp_path / "new.csv"
    table.write_text("name,value\nLease,1 EURO\n", encoding="utf-8")

    done = cli("contracts", "import", str(table), "--sandbox", "coupa", "--dry-run")

    assert done.exit_code == 2
    assert "row 1: value.currency" in done.stderr
