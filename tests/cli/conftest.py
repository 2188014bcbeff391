"""The program as a user runs it, in an empty folder, with made-up vendors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clm_bridge import _hooks
from clm_bridge.cli._app import app

from . import toy

Run = Callable[..., Result]

FILE = f"""
default = "acme"
[connections.acme]
vendor = "paper"
sandbox = true
[connections.breaks]
vendor = "paper"
sandbox = true
region = "us"
[connections.slow]
vendor = "stone"
sandbox = true
links = "links.sqlite"
[connections.real]
vendor = "paper"
token = "{toy.CANARY}"
[connections.wrong]
vendor = "paper"
sandbox = true
token = "wrong-{toy.CANARY}"
[connections.typo]
vendor = "paper"
tokken = "{toy.CANARY}"
[connections.unset]
vendor = "paper"
token = {{ env = "PAPER_KEY_THAT_IS_NOT_SET" }}
"""


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the machine's own configuration and vendors out."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    for name in ("CLM_BRIDGE_CONFIG", "COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(_hooks, "vendors", toy.points)


@pytest.fixture
def cli() -> Run:
    """Run the program, and check that it shows no secret, whatever it does."""

    def run(*args: str, **env: str) -> Result:
        result = CliRunner().invoke(app, args, prog_name="clm-bridge", env=env)
        assert toy.CANARY not in result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a configuration file into the working folder."""
    path = tmp_path / "clm.toml"
    path.write_text(FILE, encoding="utf-8")
    return path
