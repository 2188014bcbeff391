"""Secrets in settings, wherever they are written, are not told when settings fail."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

from clm_bridge import ClmError, Secret, connect, connect_async
from clm_bridge.cli._app import app

from .canaries import PASSWORD, SECRET, SIGNATURE, shown_by, sightings, told_by

QUOTED = f'"{SECRET}"'
PRINTS = f"""{{ cmd = [
    '{sys.executable}', '-c', 'import os; print(os.environ["CANARY"])'
] }}"""
FAILS = f"{{ cmd = ['{sys.executable}', '-c', 'import {SECRET}'] }}"
WITH_USER = f"https://user:{PASSWORD}@api.example"

GOOD = {
    "literal": QUOTED,
    "variable": '{ env = "CANARY" }',
    "command": PRINTS,
}
BAD = {
    "key": ("client_secret", QUOTED, f'colour = "{SECRET}"'),
    "typo": ("client_secrt", QUOTED, ""),
    "line end": ("client_secret", f'"{SECRET}\\n"', ""),
    "not ASCII": ("client_secret", f'"{SECRET}é"', ""),
    "table": ("client_secret", f"{{ a = {QUOTED} }}", ""),
    "list": ("client_secret", f"[{QUOTED}]", ""),
    "command": ("client_secret", FAILS, ""),
    "user in url": ("client_secret", QUOTED, f'base_url = "{WITH_USER}"'),
    "user twice": ("client_secret", QUOTED, f'base_url = "{WITH_USER}@x"'),
    "token in url": ("client_secret", QUOTED, f'base_url = "https://x/?t={SIGNATURE}"'),
    "broken url": ("client_secret", QUOTED, f'base_url = "https://[{PASSWORD}@x"'),
    "deadline": ("client_secret", QUOTED, 'deadline = "soon"'),
    "flag": ("client_secret", QUOTED, 'keep_raw = "maybe"'),
    "rate": ("client_secret", QUOTED, 'rate_limit = "many"'),
    "zone": ("client_secret", QUOTED, 'timezone = "Mars/North"'),
    "not TOML": ("client_secret", SECRET, ""),
    "no end": ("client_secret", f'"{SECRET}', ""),
    "twice": ("client_secret", f"{QUOTED}\nclient_secret = {QUOTED}", ""),
}


@pytest.fixture(autouse=True)
def _alone(monkeypatch, tmp_path):
    """Plant a secret in the environment, and keep the machine's own settings out."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CLM_BRIDGE_CONFIG", raising=False)
    monkeypatch.setenv("CANARY", SECRET)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SIGNATURE)


def written(key, value, more=""):
    """Write a file with one connection."""
    Path("clm.toml").write_text(
        '[connections.acme]\nvendor = "spotdraft"\nclient_id = "me"\n'
        f"{key} = {value}\n{more}\n"
    )


def refusal(work):
    with pytest.raises(ClmError) as caught:
        work()
    return caught.value


@pytest.mark.parametrize("opened", [connect, connect_async])
@pytest.mark.parametrize("fault", BAD)
def test_a_refused_file_tells_no_secret(fault, opened):
    """The error names the key, and its frames show nothing that was written."""
    written(*BAD[fault])

    assert sightings(*told_by(refusal(lambda: opened("acme")))) == []


@pytest.mark.parametrize("opened", [connect, connect_async])
@pytest.mark.parametrize(
    "told",
    [
        {"client_secret": f"{SECRET}\n"},
        {"client_secret": SECRET, "colour": SECRET},
        {"client_secrt": SECRET},
        {"client_secret": SECRET, "base_url": WITH_USER},
        {"client_secret": {"env": "NOT_SET"}, "base_url": WITH_USER},
    ],
)
def test_refused_arguments_tell_no_secret(told, opened):
    """They are literals in the caller's program, and go no further."""
    error = refusal(lambda: opened(vendor="spotdraft", client_id="me", **told))

    assert sightings(*told_by(error)) == []


@pytest.mark.parametrize(
    "name", ["CLM_BRIDGE__ACME__COLOUR", "CLM_BRIDGE__ACME__REGIO"]
)
def test_a_refused_variable_tells_no_secret(name, monkeypatch):
    """Neither it, nor the rest of the environment."""
    monkeypatch.setenv(name, SECRET)
    written("client_secret", QUOTED)

    assert sightings(*told_by(refusal(lambda: connect("acme")))) == []


@pytest.mark.parametrize("where", [*GOOD, "environment", "argument"])
def test_settings_show_no_secret(where, monkeypatch):
    """Whichever way it came; as text, and as a dictionary."""
    written(
        *(("client_secret", GOOD[where]) if where in GOOD else ("user_email", '"a"'))
    )
    given = {}
    if where == "environment":
        monkeypatch.setenv("CLM_BRIDGE__ACME__CLIENT_SECRET", SECRET)
    if where == "argument":
        given = {"client_secret": SECRET}
    with connect("acme", **given) as clm:
        settings = clm.settings
        told = [text for one in (clm, settings) for text in shown_by(one)]
        held = [*vars(settings.adapter).values(), *settings.origins.values()]
        told += [text for one in held for text in shown_by(one)]
        sent = settings.adapter.auth.headers["client-secret"]

    assert sent == Secret(SECRET)
    assert sightings(*told) == []


@pytest.mark.parametrize("value", ["me\r\nx-evil: 1", "me\n", "\x00", "\udc80"])
def test_a_setting_with_a_control_character_is_refused(value):
    """It may go into a header, whose line it must not end."""
    error = refusal(
        lambda: connect(vendor="spotdraft", client_id=value, client_secret=SECRET)
    )

    assert "client_id holds a line end or another control character" in str(error)


COMMANDS = {
    "doctor": ["doctor", "-c", "acme"],
    "explain": ["config", "explain", "-c", "acme"],
    "explain as json": ["config", "explain", "-c", "acme", "--format", "json"],
    "connections": ["connections", "--format", "json"],
    "list": ["contracts", "list", "-c", "acme"],
}


@pytest.mark.parametrize("debug", [[], ["--debug"]])
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("fault", BAD)
def test_no_command_prints_a_secret(command, fault, debug):
    """Neither on stdout nor on stderr, with a traceback or without."""
    written(*BAD[fault])
    result = CliRunner().invoke(app, [*debug, *COMMANDS[command]])

    assert result.output
    assert sightings(result.stdout, result.stderr, str(result.exception)) == []


@pytest.mark.parametrize("where", GOOD)
def test_valid_settings_are_explained_without_secrets(where):
    """It says where each comes from, and masks what is written as it is."""
    written("client_secret", GOOD[where])
    result = CliRunner().invoke(app, COMMANDS["explain"])

    assert result.exit_code == 0
    assert sightings(result.stdout, result.stderr) == []


def test_a_plugin_that_fails_shows_no_environment(monkeypatch):
    """Its frames are kept, because its author needs them, and settings are hidden."""
    from clm_bridge_spotdraft import SpotDraft

    def fail(self, config, workspace):
        raise RuntimeError("a fault of the plugin")

    monkeypatch.setattr(SpotDraft, "__init__", fail)
    written("client_secret", QUOTED)
    with pytest.raises((RuntimeError, ClmError)) as caught:
        connect("acme")

    assert os.environ["CANARY"] == SECRET
    assert sightings(*told_by(caught.value)) == []


def test_a_secret_of_a_third_party_config_is_hidden_in_dictionaries():
    """attrs.asdict keeps a `Secret` as it is."""

    @attrs.frozen
    class Config:
        key: Secret

    assert sightings(*shown_by(Config(Secret(SECRET)))) == []
