"""What the program says of a plugin that is broken, and that its neighbours work."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from clm_bridge.cli import _sandbox
from clm_bridge.cli._app import app

from . import shelf
from .shelf import UNUSABLE, broken


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Return a function that installs a plugin with this source."""
    return lambda source: shelf.install(source, tmp_path / "site", monkeypatch)


@pytest.fixture
def cli(monkeypatch, tmp_path):
    """Return a function that runs the program in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *typed: CliRunner().invoke(app, typed, prog_name="clm-bridge")


@pytest.mark.parametrize("source", [one for one, _ in UNUSABLE.values()], ids=UNUSABLE)
def test_a_broken_plugin_harms_no_neighbour(install, cli, source):
    """The others are listed, and the broken one is named."""
    install(source)
    result = cli("vendors", "--format=csv")

    assert result.exit_code == 0
    assert "coupa,Coupa,ok" in result.stdout
    assert "shelf,,broken" in result.stdout
    assert "broken: shelf (bridge-shelf 1.0): " in result.stderr


@pytest.mark.parametrize("body", ["return [][1]", "return Page([], 'next')"])
def test_a_fault_of_a_plugin_is_called_its_own(install, cli, body):
    """The program names the distribution, and the line of it."""
    install(broken("return Page([])", body))
    result = cli("contracts", "list", "--sandbox=shelf")

    assert result.exit_code == 1
    assert "this is a fault of bridge-shelf: " in result.stderr
    assert "Error at bridge_shelf.py:" in result.stderr


def test_the_demo_goes_on_without_a_plugin_that_fails(install, cli):
    """Its fault is named, and the others are shown."""
    install(broken("return Page([])", "return [][1]"))
    result = cli("demo", "--format=csv")

    assert result.exit_code == 6
    assert "coupa,240," in result.stdout
    assert "1 failed: shelf: this is a fault of bridge-shelf: IndexError" in (
        result.stderr
    )


def test_serving_all_leaves_out_who_has_no_sandbox(install, cli, monkeypatch):
    """A sandbox is a thing that a plugin may lack."""
    monkeypatch.setattr(_sandbox, "wait", lambda: None)
    install(broken("return Shelves", "return None"))
    result = cli("sandbox", "serve", "--port=0", "--quiet")

    assert result.exit_code == 0
    assert "shelf is left out: the plugin 'shelf' has no sandbox" in result.stderr
    assert "coupa listens on" in result.stderr
