"""Tests for the demo, and for the sandboxes that are served."""

from __future__ import annotations

import json
import socket
import tomllib
from typing import Any

import httpx
import pytest

from clm_bridge import _hooks
from clm_bridge.cli import _sandbox, _ten_lines

from . import toy
from .conftest import Run


def test_the_demo_counts_what_each_vendor_gave(cli: Run) -> None:
    """The same portfolio is read through each vendor, and counted."""
    told = json.loads(cli("demo", "--format", "json").stdout)
    paper, stone = told["vendors"]

    assert (paper["contracts"], stone["contracts"]) == (240, 240)
    assert paper["statuses"] == told["portfolio"]["statuses"]
    assert (paper["statuses"]["on_hold"], stone["statuses"]["on_hold"]) == (12, 0)


def test_the_demo_counts_calls(cli: Run) -> None:
    """Three pages, a find, the documents and the file are six calls."""
    told = json.loads(cli("demo", "--format", "json").stdout)

    assert [one["calls"] for one in told["vendors"]] == [6, 6]


def test_the_demo_finds_the_same_contract(cli: Run) -> None:
    """Found by our own id, it is one contract in each, with its signed file."""
    told = json.loads(cli("demo", "--format", "json").stdout)

    assert {one["contract"]["number"] for one in told["vendors"]} == {"CT-0042"}
    assert all(one["files"][0]["bytes"] > 500 for one in told["vendors"])


@pytest.mark.parametrize("width", [80, 100])
def test_the_demo_fits_the_screen(cli: Run, width: int) -> None:
    """One screen: no line is wider than the terminal, and there are not too many."""
    lines = cli("demo", COLUMNS=str(width)).stdout.splitlines()

    assert max(map(len, lines)) <= width
    assert len(lines) <= 45


def test_the_demo_shows_the_code_that_ran(cli: Run) -> None:
    """The lines on the screen are those of the function that was called."""
    screen = cli("demo", COLUMNS="100").stdout

    assert "contracts = list(clm.contracts.list())" in screen
    assert len(_ten_lines.spelled().splitlines()) <= 10


def test_the_demo_shows_agreements_and_losses(cli: Run) -> None:
    """What all say, what one does not say, and why, is on the screen."""
    screen = cli("demo", COLUMNS="100").stdout

    assert "expires          = 2027-12-31" in screen
    assert "value            — 1,250,000.75 EUR" in screen
    assert "stone weighs what it weighs" in screen
    assert "no live vendor was asked" in screen


def test_the_demo_without_colour_is_plain(cli: Run) -> None:
    """With NO_COLOR there is no escape on the screen."""
    assert "\x1b" not in cli("demo", NO_COLOR="1").stdout


def test_the_demo_as_rows(cli: Run) -> None:
    """CSV has a row for each vendor."""
    rows = cli("demo", "--format", "csv").stdout.splitlines()

    assert [row.split(",")[:2] for row in rows[1:]] == [
        ["paper", "240"],
        ["stone", "240"],
    ]


def test_the_demo_needs_a_vendor(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no vendor is installed, the error says so."""
    monkeypatch.setattr(_hooks, "vendors", dict)
    result = cli("demo")

    assert result.exit_code == 1
    assert "no vendor is installed" in result.stderr


def test_what_is_served_can_be_read(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The block that is printed is the configuration of a connection that works."""
    asked: list[httpx.Response] = []

    def ask() -> None:
        told = tomllib.loads(printed[0])["connections"]["paper-sandbox"]
        headers = {"x-key": told["token"]}
        asked.append(httpx.get(f"{told['base_url']}/me", headers=headers))

    printed: list[str] = []
    block = _sandbox.block

    def noted(*args: Any) -> str:
        printed.append(block(*args))
        return "(the block)"

    monkeypatch.setattr(_sandbox, "block", noted)
    monkeypatch.setattr(_sandbox, "wait", ask)
    result = cli("sandbox", "serve", "paper", "--port=0")

    assert result.exit_code == 0
    assert asked[0].json() == {"name": "Robin"}
    assert "paper GET /me 200" in result.stderr


def test_all_vendors_are_served(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without names, every vendor that works is served, each on its own port."""
    monkeypatch.setattr(_sandbox, "wait", lambda: None)
    monkeypatch.setattr(_sandbox, "block", lambda vendor, *_: f"[{vendor}]")
    result = cli("sandbox", "serve", "--port=0", "--quiet")

    assert result.stdout.split() == ["[paper]", "[stone]"]
    assert result.stderr.count("listens on http://127.0.0.1:") == 2


def test_the_demo_goes_on_without_a_vendor_that_fails(
    cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the others gave is shown, and the exit code is 6."""
    points = toy.points()
    alone = type("Alone", (toy.Paper,), {"name": "alone"})
    points["alone"] = [toy.Point("alone", toy.Plugin(alone, None))]
    monkeypatch.setattr(_hooks, "vendors", lambda: points)
    result = cli("demo")

    assert result.exit_code == 6
    assert "Stone" in result.stdout
    assert "the plugin 'alone' has no sandbox" in result.stderr


def test_a_server_ends_with_ctrl_c(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is the ordinary end of a server, so the exit code is 0."""

    class Interrupted:
        def wait(self) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(_sandbox, "Event", Interrupted)
    monkeypatch.setattr(_sandbox, "block", lambda *_: "")
    result = cli("sandbox", "serve", "paper", "--port=0")

    assert result.exit_code == 0
    assert result.stderr.endswith("stopped\n")


def test_a_port_that_is_taken_is_said(cli: Run) -> None:
    """A port that another program listens on is one line, with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = cli("sandbox", "serve", "paper", f"--port={port}")

    assert result.exit_code == 1
    assert "try another port" in result.stderr


def test_the_demo_of_the_vendors_that_are_shipped(
    cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through all three, the portfolio is whole, and the screen is one screen."""
    monkeypatch.undo()
    result = cli("demo", COLUMNS="100")
    lines = result.stdout.splitlines()

    assert result.exit_code == 0
    assert len(lines) <= 44
    assert [line.split()[1] for line in lines[12:15]] == ["240"] * 3
    assert "external id      = PR-1042" in result.stdout
