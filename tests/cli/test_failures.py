"""Tests for exit codes, and for what an error says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from clm_bridge import AmbiguousWrite, ConfigError
from clm_bridge.cli import _contracts
from clm_bridge.cli._app import app
from clm_bridge.cli._next_steps import Step, next_step

from .conftest import Run
from .toy import CANARY


def test_0_is_ok(cli: Run) -> None:
    """What went well is exit code 0, with nothing on stderr."""
    result = cli("contracts", "get", "1", "--sandbox=paper")

    assert result.exit_code == 0
    assert result.stderr == ""


def test_1_is_a_failure(cli: Run) -> None:
    """A contract that is not there is exit code 1."""
    result = cli("contracts", "get", "404", "--sandbox=paper")

    assert result.exit_code == 1
    assert "next: clm-bridge contracts list --sandbox paper" in result.stderr


@pytest.mark.parametrize(
    "typed",
    [
        ("contarcts",),
        ("contracts", "list", "--statis=draft"),
        ("contracts", "list", "--status=dr"),
        ("contracts", "get"),
        ("contracts", "list", "--sandbox=paper", "-c", "acme"),
        ("contracts", "get", "..", "--sandbox=paper"),
    ],
)
def test_2_is_usage(cli: Run, typed: tuple[str, ...]) -> None:
    """What was typed wrongly is exit code 2, and the error names the help."""
    result = cli(*typed)

    assert result.exit_code == 2
    assert result.stderr.startswith("error:")
    assert result.stderr.rstrip().endswith("--help")


def test_suggests_the_command_that_was_meant(cli: Run) -> None:
    """A command that is nearly right is named."""
    assert "did you mean 'contracts'?" in cli("contarcts").stderr


@pytest.mark.parametrize(
    ("typed", "next_step"),
    [
        (("contracts", "list"), "clm-bridge demo"),
        (("contracts", "list", "--sandbox=nix"), "clm-bridge vendors"),
        (("contracts", "list", "--sandbox=broken"), "clm-bridge --debug contracts"),
    ],
)
def test_3_is_configuration(cli: Run, typed: tuple[str, ...], next_step: str) -> None:
    """Settings that are wrong or missing are exit code 3."""
    result = cli(*typed)

    assert result.exit_code == 3
    assert f"next: {next_step}" in result.stderr


@pytest.mark.parametrize(
    ("connection", "said"),
    [
        ("nobody", "there is no connection 'nobody'"),
        ("typo", "tokken"),
        ("unset", "PAPER_KEY_THAT_IS_NOT_SET, which is not set"),
    ],
)
@pytest.mark.usefixtures("file")
def test_3_names_the_setting(cli: Run, connection: str, said: str) -> None:
    """The error names the connection or the key, and never a value."""
    result = cli("contracts", "list", "-c", connection)

    assert result.exit_code == 3
    assert said in result.stderr


def test_3_asks_the_doctor_about_a_file_that_is_no_toml(
    cli: Run, tmp_path: Path
) -> None:
    """A file that cannot be read cannot be explained either."""
    (tmp_path / "clm.toml").write_text("= =")

    assert "next: clm-bridge doctor" in cli("config", "explain").stderr


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize("connection", ["typo", "unset"])
def test_3_does_not_send_the_user_in_a_circle(cli: Run, connection: str) -> None:
    """What explains the settings does not name itself as the next step."""
    result = cli("config", "explain", "-c", connection)

    assert result.exit_code == 3
    assert f"next: clm-bridge doctor -c {connection}" in result.stderr


def test_3_says_how_to_install_the_sandboxes(
    cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where flask is missing, the next step is a command that brings it."""
    need = ConfigError(
        "the sandbox of 'paper' cannot be imported: the sandboxes need flask"
    )
    monkeypatch.setattr(_contracts.Where, "open", _raising(need))
    result = cli("contracts", "list", "--sandbox=paper")

    assert result.exit_code == 3
    assert result.stderr.endswith("next: pip install 'clm-bridge[cli,sandbox]'\n")


@pytest.mark.usefixtures("file")
def test_4_is_authentication(cli: Run) -> None:
    """Credentials that the vendor refuses are exit code 4."""
    result = cli("contracts", "list", "-c", "wrong")

    assert result.exit_code == 4
    assert "next: clm-bridge doctor -c wrong" in result.stderr
    assert "nothing found" not in result.stderr


def test_4_is_permission_too(cli: Run) -> None:
    """Credentials that may not do this are exit code 4."""
    assert cli("contracts", "get", "403", "--sandbox=paper").exit_code == 4


def test_5_is_rate_limited(cli: Run) -> None:
    """A limit that waiting did not help against is exit code 5, with the wait."""
    result = cli("contracts", "get", "429", "--sandbox=paper")

    assert result.exit_code == 5
    assert "next: sleep 3600; clm-bridge contracts get 429" in result.stderr


@pytest.mark.usefixtures("file")
def test_6_is_partial(cli: Run) -> None:
    """A list that breaks off prints what it has, and says how to resume."""
    result = cli("contracts", "list", "-c", "breaks", "--format", "json")

    assert result.exit_code == 6
    assert len(json.loads(result.stdout)) == 100
    assert "100 were printed before" in result.stderr
    assert result.stderr.rstrip().endswith("--cursor 100")


@pytest.mark.usefixtures("file")
def test_6_prints_the_table_that_there_is(cli: Run) -> None:
    """A table is printed with the rows that came."""
    result = cli("contracts", "list", "-c", "breaks")

    assert result.exit_code == 6
    assert len(result.stdout.splitlines()) == 101


@pytest.mark.parametrize("typed", [("--cursor", "a", "-x"), ("-x", "--cursor=a")])
def test_another_value_replaces_an_option(typed: tuple[str, ...]) -> None:
    """The command to type next has each option once, however it was typed."""
    step = Step(None, typed, "")

    assert step.instead("--cursor", "b") == "clm-bridge -x --cursor b"


@pytest.mark.parametrize(
    ("error", "command"),
    [
        (AmbiguousWrite("lost"), "clm-bridge contracts list -c a"),
        (AmbiguousWrite("lost", contract_ids=["7"]), "clm-bridge contracts get 7 -c a"),
        (
            AmbiguousWrite("lost", contract_ids=["7"], hint="call again: it is safe"),
            "clm-bridge contracts link 7 X",
        ),
        (
            AmbiguousWrite("lost", hint="call again in 30 seconds: it is looked for"),
            "sleep 30; clm-bridge contracts link 7 X",
        ),
    ],
)
def test_a_lost_answer_leads_to_what_is_safe(
    error: AmbiguousWrite, command: str
) -> None:
    """The same command only where the error says so; else a look at what is there."""
    step = Step(error, ("contracts", "link", "7", "X"), " -c a")

    assert next_step(step) == command


@pytest.mark.usefixtures("file")
def test_nothing_printed_is_not_partial(cli: Run) -> None:
    """An error on the first page that is asked for is no partial success."""
    result = cli("contracts", "list", "-c", "breaks", "--cursor", "100")

    assert result.exit_code == 5
    assert result.stderr.count("--cursor") == 1


def test_6_is_some_ids_of_several(cli: Run) -> None:
    """One bad id among good ones is exit code 6, and the good ones are printed."""
    result = cli("contracts", "status", "1", "404", "--sandbox=paper", "--format=csv")

    assert result.exit_code == 6
    assert len(result.stdout.splitlines()) == 2
    assert "1 failed: 404:" in result.stderr


def test_only_bad_ids_are_their_own_error(cli: Run) -> None:
    """If nothing went well, the exit code is the first error's."""
    assert cli("contracts", "status", "403", "404", "--sandbox=paper").exit_code == 4


def test_130_is_an_interruption(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is exit code 130, without a traceback."""
    monkeypatch.setattr(_contracts, "emit_sheet", _raising(KeyboardInterrupt()))
    result = cli("contracts", "get", "1", "--sandbox=paper")

    assert result.exit_code == 130
    assert result.stderr == "interrupted\n"


def test_a_fault_of_our_own_shows_its_place_only(
    cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unexpected error is named by its place; its text may hold anything."""
    monkeypatch.setattr(_contracts, "emit_sheet", _raising(KeyError(CANARY)))
    result = cli("contracts", "get", "1", "--sandbox=paper")

    assert result.exit_code == 1
    assert "this is a fault of clm-bridge: KeyError at test_failures.py:" in (
        result.stderr
    )
    assert "next: clm-bridge --debug contracts get 1 --sandbox=paper" in result.stderr


def test_debug_shows_the_traceback(cli: Run) -> None:
    """``--debug`` adds the traceback and keeps the exit code."""
    result = cli("--debug", "contracts", "get", "404", "--sandbox=paper")

    assert result.exit_code == 1
    assert "Traceback" in result.stderr


def test_a_broken_pipe_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the reader goes away, nothing is said."""
    broken = _raising(BrokenPipeError(32, "Broken pipe"))
    monkeypatch.setattr(_contracts, "emit_sheet", broken)
    result = CliRunner().invoke(app, ["contracts", "get", "1", "--sandbox=paper"])

    assert result.output == ""


def test_no_colour_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    """With ``NO_COLOR``, even a terminal gets plain text."""
    plain = CliRunner().invoke(app, ["nix"], color=True, env={"NO_COLOR": "1"})
    bright = CliRunner().invoke(app, ["nix"], color=True, env={"NO_COLOR": ""})

    assert "\x1b" not in plain.stderr
    assert "\x1b" in bright.stderr


def test_a_file_that_cannot_be_written_is_one_line(cli: Run, tmp_path: Path) -> None:
    """A folder that is not there is the user's input."""
    target = str(tmp_path / "no" / "file.pdf")
    result = cli("documents", "download", "42", "--sandbox=paper", "--to", target)

    assert result.exit_code == 2
    assert "there is no folder" in result.stderr


def _raising(error: BaseException) -> object:
    def command(*args: object, **options: object) -> None:
        raise error

    return command
