"""Tests for reading contracts."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from .conftest import Run

HEAD = (
    "id,number,name,status,counterparty,effective,expires,amount,currency,external_id"
)


def test_lists_every_contract(cli: Run) -> None:
    """Every contract of the workspace is printed, page after page."""
    result = cli("contracts", "list", "--sandbox", "paper", "--format", "ndjson")

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 240


def test_ndjson_is_a_contract_a_line(cli: Run) -> None:
    """Each line is a contract as ``to_dict`` has it, without raw."""
    result = cli(
        "contracts", "list", "--sandbox", "paper", "--limit", "2", "--format", "ndjson"
    )
    first, _ = map(json.loads, result.stdout.splitlines())

    assert first["number"] == "CT-0001"
    assert first["source"]["raw"] == {}


def test_json_is_one_list(cli: Run) -> None:
    """The format json is a document, whole by itself."""
    result = cli(
        "contracts", "list", "--sandbox", "paper", "--limit", "3", "--format", "json"
    )

    assert [one["id"] for one in json.loads(result.stdout)] == ["1", "2", "3"]


def test_json_of_nothing_is_an_empty_list(cli: Run) -> None:
    """Where nothing is found, json is still a document."""
    result = cli(
        "contracts", "list", "--sandbox", "paper", "--name", "zzz", "--format", "json"
    )

    assert json.loads(result.stdout) == []


def test_raw_is_kept_when_asked_for(cli: Run) -> None:
    """``--raw`` keeps the vendor's own payload."""
    result = cli(
        "contracts", "get", "42", "--sandbox", "paper", "--format", "json", "--raw"
    )

    assert json.loads(result.stdout)["source"]["raw"]["row"]["id"] == "42"


def test_csv_has_a_head_and_rows(cli: Run) -> None:
    """CSV has a head and a row for each contract; money has two columns."""
    result = cli(
        "contracts", "list", "--sandbox", "paper", "--limit", "2", "--format", "csv"
    )
    rows = list(csv.reader(io.StringIO(result.stdout)))

    assert ",".join(rows[0]) == HEAD
    assert rows[1][0] == "1"
    assert len(rows) == 3


def test_csv_holds_amounts_that_a_program_can_read(cli: Run) -> None:
    """An amount has no thousands separators, and its currency a column of its own."""
    result = cli("contracts", "find", "PR-1042", "--sandbox=paper", "--format=csv")
    [row] = csv.DictReader(io.StringIO(result.stdout))

    assert (row["amount"], row["currency"]) == ("1250000.75", "EUR")


def test_the_table_is_the_default(cli: Run) -> None:
    """Also into a pipe, a table is printed unless another format is asked for."""
    result = cli("contracts", "list", "--sandbox", "paper", "--limit", "2")

    assert result.stdout.startswith("ID ")
    assert "CT-0002" in result.stdout


def test_a_pipe_has_no_width(cli: Run) -> None:
    """Into a pipe, no cell of a table is cut."""
    result = cli("contracts", "list", "--sandbox", "paper", "--limit", "200")

    assert "…" not in result.stdout


def test_filters_by_status(cli: Run) -> None:
    """``--status`` may be given several times."""
    result = cli(
        "contracts",
        "list",
        "--sandbox=paper",
        "--status=on_hold",
        "--status=declined",
        "--format=ndjson",
    )
    found = {json.loads(line)["status"] for line in result.stdout.splitlines()}

    assert found == {"on_hold", "declined"}


def test_filters_by_counterparty_and_name(cli: Run) -> None:
    """The other filters reach the bridge."""
    result = cli(
        "contracts",
        "list",
        "--sandbox=paper",
        "--counterparty=Piñata Media Group",
        "--name=disclosure",
        "--format=ndjson",
    )
    found = [json.loads(line)["name"] for line in result.stdout.splitlines()]

    assert found
    assert all("Piñata Media Group" in name for name in found)


def test_resumes_at_a_cursor(cli: Run) -> None:
    """``--cursor`` starts where an earlier list broke off."""
    result = cli(
        "contracts", "list", "--sandbox=paper", "--cursor=200", "--format=ndjson"
    )

    assert len(result.stdout.splitlines()) == 40


@pytest.mark.parametrize("told", ["2026-01-31", "2026-01-31T10:00:00Z"])
def test_takes_dates_and_instants(cli: Run, told: str) -> None:
    """A date is its midnight in UTC; an instant carries its zone."""
    result = cli("contracts", "list", "--sandbox=paper", f"--updated-since={told}")

    assert result.exit_code == 0


@pytest.mark.parametrize("told", ["yesterday", "2026-01-31T10:00:00"])
def test_refuses_what_is_no_instant(cli: Run, told: str) -> None:
    """An instant without a zone is refused, as is what is no date."""
    result = cli("contracts", "list", "--sandbox=paper", f"--created-since={told}")

    assert result.exit_code == 2
    assert "next: clm-bridge contracts list --help" in result.stderr


def test_shows_one_contract(cli: Run) -> None:
    """``get`` prints a line for each thing that the vendor told."""
    result = cli("contracts", "get", "42", "--sandbox", "paper")

    assert "1,250,000.75 EUR" in result.stdout
    assert "PR-1042" in result.stdout


def test_finds_by_external_id(cli: Run) -> None:
    """``find`` prints every contract that carries the id."""
    result = cli("contracts", "find", "PR-1042", "--sandbox=paper", "--format=ndjson")

    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["42"]


def test_finding_nothing_is_a_failure(cli: Run) -> None:
    """An id that nothing carries is exit code 1, and nothing on stdout."""
    result = cli("contracts", "find", "PR-0", "--sandbox=paper")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "no contract carries the external id 'PR-0'" in result.stderr


def test_says_that_the_index_does_not_know(cli: Run) -> None:
    """Where the vendor cannot be asked, the error says what to type."""
    result = cli("contracts", "find", "PR-1042", "--sandbox=stone")

    assert result.exit_code == 1
    assert "clm-bridge links build" in result.stderr
    assert "next: clm-bridge contracts find PR-1042 --sandbox=stone --build" in (
        result.stderr
    )


def test_builds_the_index_when_told_to(cli: Run) -> None:
    """``--build`` reads all contracts first, and then finds."""
    result = cli(
        "contracts", "find", "PR-1042", "--sandbox=stone", "--build", "--format=ndjson"
    )

    assert json.loads(result.stdout)["number"] == "CT-0042"


def test_shows_statuses(cli: Run) -> None:
    """``status`` takes several ids."""
    result = cli("contracts", "status", "1", "2", "--sandbox=paper", "--format=csv")

    assert result.stdout.splitlines()[0] == "id,status,vendor_word,reported_state"
    assert len(result.stdout.splitlines()) == 3


def test_nothing_from_a_vendor_steers_the_terminal(cli: Run) -> None:
    """An escape sequence in the vendor's words is not printed."""
    result = cli("contracts", "get", "403", "--sandbox=paper")

    assert "[31mno" in result.stderr
    assert "\x1b" not in result.stderr


def test_what_an_earlier_list_wrote_is_known(cli: Run, tmp_path: Path) -> None:
    """Either form of JSON is read back, and the list is the same."""
    asked = ("contracts", "list", "--sandbox", "paper", "--limit", "3", "--format")
    for form in ("json", "ndjson"):
        earlier = tmp_path / form
        earlier.write_text(cli(*asked, form).stdout)
        again = cli(*asked, form, "--known", str(earlier))

        assert again.exit_code == 0
        ids = [one["id"] for one in _read(again.stdout, form)]
        assert ids == [one["id"] for one in _read(earlier.read_text(), form)]


def _read(text: str, form: str) -> list[dict[str, object]]:
    if form == "json":
        found: list[dict[str, object]] = json.loads(text)
        return found
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("text", ["id,name\n7,Deal\n", '{"id": "7"}\n', "[1]"])
def test_what_no_list_wrote_is_refused(cli: Run, tmp_path: Path, text: str) -> None:
    """A table, CSV or something else, before any call."""
    file = tmp_path / "known"
    file.write_text(text)
    result = cli("contracts", "list", "--sandbox", "paper", "--known", str(file))

    assert result.exit_code == 2
    assert "is not what 'contracts list --format ndjson' writes" in result.stderr
