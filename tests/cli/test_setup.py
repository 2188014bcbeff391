"""Tests for vendors, capabilities, connections, settings and the doctor."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from clm_bridge import _hooks
from clm_bridge.cli import _doctor
from clm_bridge.cli._matrix import matrix

from . import toy
from .conftest import Run


def test_names_the_broken_vendor(cli: Run) -> None:
    """A plugin that cannot be imported is listed, and harms nobody."""
    result = cli("vendors", "--format=csv")

    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:] == [
        "broken,,broken,toy_broken",
        "paper,Paper,ok,toy_paper",
        "stone,Stone,ok,toy_stone",
    ]
    assert "broken: broken (toy_broken): ImportError" in result.stderr


def test_the_matrix_says_where_a_filter_is_applied() -> None:
    """A filter is the vendor's own, or the bridge's."""
    rows = {row.name: row.cells for row in matrix([toy.Paper]) if row.kind == "filter"}

    assert rows["status"] == {"paper": "vendor"}
    assert rows["updated_since"] == {"paper": "bridge"}


def test_the_matrix_says_that_a_filter_needs_full_detail() -> None:
    """What the vendor filters roughly, the bridge finishes on whole contracts."""

    class Rough(toy.Paper):
        filters = frozenset({"updated_since"})
        coarse = filters
        calls_per_contract = 1

    rows = {row.name: row.cells for row in matrix([Rough]) if row.kind == "filter"}

    assert rows["updated_since"] == {"paper": "full only"}


def test_the_matrix_says_how_ids_are_found() -> None:
    """Finding through the link index is not the same as asking the vendor."""
    rows = {row.name: row.cells for row in matrix([toy.Paper, toy.Stone])}

    assert rows["contracts.find_by_external_id"] == {
        "paper": "yes",
        "stone": "link index",
    }


def test_diff_prints_only_what_differs(cli: Run) -> None:
    """``--diff`` leaves out what both vendors do alike."""
    result = cli("capabilities", "--diff", "paper", "stone", "--format=csv")

    assert [line.split(",")[1] for line in result.stdout.splitlines()] == [
        "name",
        "contracts.find_by_external_id",
        "contracts.link",
        "contracts.unlink",
        "status = on_hold",
        "value",
    ]


def test_says_why_something_is_lost(cli: Run) -> None:
    """For one vendor, each loss has its reason."""
    assert "value: stone weighs" in cli("capabilities", "stone").stdout


def test_capabilities_as_json(cli: Run) -> None:
    """JSON has an object for each vendor that works."""
    told = json.loads(cli("capabilities", "--format=json").stdout)

    assert [one["vendor"] for one in told] == ["paper", "stone"]
    assert told[0]["operations"]["contracts.list"] == "yes"
    assert told[1]["losses"][0]["lost"] == "value"


@pytest.mark.usefixtures("file")
def test_lists_connections(cli: Run) -> None:
    """Connections are listed without anything being resolved."""
    result = cli("connections", "--format=ndjson")
    acme = json.loads(result.stdout.splitlines()[0])

    assert acme == {
        "name": "acme",
        "vendor": "paper",
        "default": True,
        "sandbox": True,
        "file": "clm.toml",
    }


@pytest.mark.usefixtures("file")
def test_explains_where_settings_come_from(cli: Run) -> None:
    """Environment beats file, and both are named; secrets are masked."""
    result = cli(
        "config",
        "explain",
        "-c",
        "real",
        "--format=ndjson",
        CLM_BRIDGE__REAL__REGION="us",
        PAPER_BASE_URL="https://user:pass@paper.example",
    )
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    told = {one["setting"]: (one["value"], one["from"]) for one in lines}

    assert told["token"] == ("***", "clm.toml")
    assert told["region"] == ("us", "environment CLM_BRIDGE__REAL__REGION")
    assert told["base_url"] == (
        "https://***@paper.example",
        "environment PAPER_BASE_URL",
    )
    assert told["timezone"] == ("", "default")


@pytest.mark.usefixtures("file")
def test_explains_settings_that_are_wrong(cli: Run) -> None:
    """What is wrong is printed all the same, and an unknown key's value is masked."""
    result = cli("config", "explain", "-c", "typo", "--format=csv")

    assert result.exit_code == 3
    assert "tokken,***,clm.toml,not a known setting" in result.stdout
    assert "token,,missing,The key." in result.stdout


@pytest.mark.usefixtures("file")
def test_explains_references(cli: Run) -> None:
    """A reference is shown, and what it points to is not."""
    result = cli("config", "explain", "-c", "unset", "--format=csv")

    assert "environment variable PAPER_KEY_THAT_IS_NOT_SET" in result.stdout


def test_the_doctor_needs_no_configuration(cli: Run) -> None:
    """Without a file there is a warning, what to type, and exit code 0."""
    result = cli("doctor")

    assert result.exit_code == 0
    assert "warn  configuration" in result.stdout
    assert "next: clm-bridge demo" in result.stdout


def test_the_doctor_asks_who_we_are(cli: Run) -> None:
    """A connection that works shows its identity and scopes."""
    result = cli("doctor", "--sandbox", "paper")

    assert result.exit_code == 0
    assert "Robin; scopes: read" in result.stdout


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize(
    ("connection", "code", "looked_at"),
    [("typo", 3, "settings"), ("unset", 3, "settings"), ("wrong", 4, "credentials")],
)
def test_the_doctor_fails_as_the_connection_does(
    cli: Run, connection: str, code: int, looked_at: str
) -> None:
    """One kind of failure is the exit code; the line has the next step."""
    result = cli("doctor", "-c", connection, "--format=json")
    failed = [one for one in json.loads(result.stdout) if one["state"] == "fail"]

    assert result.exit_code == code
    assert [one["check"] for one in failed] == [looked_at]
    assert failed[0]["next"] == f"clm-bridge config explain -c {connection}"


def test_the_doctor_sees_all_connections(cli: Run, tmp_path: Path) -> None:
    """Several kinds of failure are exit code 1."""
    table = '[connections.{0}]\nvendor = "paper"\nsandbox = true\n{1}\n'
    text = table.format("a", 'token = "x"') + table.format("b", "nonsense = 1")
    (tmp_path / "clm.toml").write_text(text)
    result = cli("doctor", "--format=ndjson")
    about = {json.loads(line)["about"] for line in result.stdout.splitlines()}

    assert result.exit_code == 1
    assert {"a", "b"} < about


def test_the_doctor_says_that_nobody_answers(cli: Run, tmp_path: Path) -> None:
    """A vendor that cannot be reached is a failure of the network."""
    text = '[connections.a]\nvendor = "paper"\ntoken = "x"\nmax_attempts = 1\n'
    (tmp_path / "clm.toml").write_text(f'{text}base_url = "http://127.0.0.1:9"')
    result = cli("doctor")

    assert result.exit_code == 1
    assert "fail  a                  network" in result.stdout
    assert "next: clm-bridge config explain -c a" in result.stdout


def test_the_doctor_names_the_vendors_that_there_are(cli: Run, tmp_path: Path) -> None:
    """A vendor that is not installed is looked for among those that are."""
    (tmp_path / "clm.toml").write_text('[connections.a]\nvendor = "nix"')

    assert "next: clm-bridge vendors" in cli("doctor").stdout


def test_the_doctor_reads_an_unreadable_file(cli: Run, tmp_path: Path) -> None:
    """A file that is not TOML is exit code 3."""
    (tmp_path / "clm.toml").write_text("= =")

    assert cli("doctor").exit_code == 3


@pytest.mark.parametrize(("off", "state"), [(5, "ok"), (600, "warn")])
def test_the_doctor_compares_clocks(off: int, state: str) -> None:
    """A clock that is minutes off is a warning."""
    told = format_datetime(datetime.now(UTC) - timedelta(seconds=off), usegmt=True)

    assert [one.state for one in _doctor._skew("a", [told])] == [state]


def test_the_doctor_asks_a_real_server(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over a socket, the vendor's clock is looked at too."""
    from clm_bridge.sandbox import serve, start

    with serve(start(toy.PaperSandbox).app) as url:
        text = f'[connections.a]\nvendor = "paper"\nbase_url = "{url}"\n'
        (tmp_path / "clm.toml").write_text(text + f'token = "{toy.CANARY}"')
        result = cli("doctor", "--format=csv")

    assert result.exit_code == 0
    assert 'ok,a,clock,"a sandbox\'s own, at 2026-11-02 09:00"' in result.stdout


def test_a_vendor_without_an_adapter_is_broken(
    cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plugin that has no adapter is named with the reason."""
    points = {"empty": [toy.Point("empty", object())]}
    monkeypatch.setattr(_hooks, "vendors", lambda: points)

    assert "the plugin 'empty' has no adapter" in cli("vendors").stderr
