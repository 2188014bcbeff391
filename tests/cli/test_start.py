"""Tests for what starting the program costs, and for its help."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clm_bridge.cli._app import ENTRIES, app

from .conftest import Run

HEAVY = {"httpx", "flask", "rich", "asyncio", "ssl", "werkzeug"}
LOADED = """
import sys
from clm_bridge.cli import main
try:
    main()
except SystemExit as end:
    print(*sys.modules, file=sys.stderr)
    sys.exit(end.code)
"""


def test_help_starts_nothing_heavy() -> None:
    """``--help`` imports no HTTP client, server, event loop or table, and no model."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stderr.split())

    assert "click" in loaded
    assert not HEAVY & loaded
    assert not {"attrs", "cattrs", "pluggy", "clm_bridge._hooks"} & loaded


@pytest.mark.parametrize("name", ENTRIES)
def test_help_tells_the_same_as_the_command(cli: Run, name: str) -> None:
    """The line kept for the root's help is the command's own first line."""
    said = " ".join(cli(name, "--help").stdout.split())

    assert ENTRIES[name].says in said


def test_no_command_is_help(cli: Run) -> None:
    """The bare program prints its help, which is no error."""
    result = cli()

    assert result.exit_code == 0
    assert "Start here:" in result.stdout


def test_says_its_version(cli: Run) -> None:
    """``--version`` names the program and its version."""
    assert cli("--version").stdout.startswith("clm-bridge, version ")


def test_completes_commands() -> None:
    """Click's own completion knows the commands."""
    done = subprocess.run(
        [sys.executable, "-m", "clm_bridge"],
        capture_output=True,
        text=True,
        check=True,
        env={
            "_CLM_BRIDGE_COMPLETE": "bash_complete",
            "COMP_WORDS": "clm-bridge con",
            "COMP_CWORD": "1",
        },
    )

    assert "plain,contracts" in done.stdout


def test_says_how_to_get_what_is_missing() -> None:
    """Without click, the program says what to install."""
    code = (
        "import sys; sys.modules['click'] = None\n"
        "from clm_bridge.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert done.returncode == 1
    assert "pip install 'clm-bridge[cli]'" in done.stderr


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    """``clm-bridge … | head`` ends in silence."""
    program = f"{sys.executable} -m clm_bridge --help | true"
    done = subprocess.run(["sh", "-c", program], capture_output=True, text=True)

    assert done.stderr == ""


def test_every_command_is_documented() -> None:
    """Every option of every command says what it does."""
    context = app.make_context("clm-bridge", [], resilient_parsing=True)
    for name in ENTRIES:
        command = app.get_command(context, name)
        assert command is not None
        inner = getattr(command, "commands", {name: command}).values()
        silent = [
            (one.name, param.name)
            for one in inner
            for param in one.params
            if param.param_type_name == "option" and not getattr(param, "help", None)
        ]
        assert silent == []
