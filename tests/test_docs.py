"""The README and the docs: what they show runs, and what they list is whole."""

from __future__ import annotations

import inspect
import re
import shlex
import sys
import tomllib
import types
from pathlib import Path

import click
import pytest
from attrs import fields
from click.testing import CliRunner

from clm_bridge._config import COMMON, load_settings
from clm_bridge._hooks import GROUP, Specs, adapter_class, load, vendors
from clm_bridge.cli._app import app
from clm_bridge.moving import read_names

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SOURCE = (ROOT / "pyproject.toml").is_file()
"""False where an installed wheel is tested, with the docs alone beside the tests."""

if not (DOCS / "tables.py").is_file():
    pytest.skip("only a source tree has docs", allow_module_level=True)

sys.path.insert(0, str(DOCS))

import tables  # noqa: E402  # found by the line above
from tabled.pages import anchors, blocks, links, runnable  # noqa: E402

LANGUAGES = {"python", "toml", "console", "text", "{toctree}", "{eval-rst}"}
LEFT_OUT = 3
"""How many blocks may be marked as not run."""

LOCAL = re.compile(r"/(work|home|root|tmp)/|file://|\bshared/|C:\\")
PAGES = tables.pages()


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def holding(language: str) -> list[Path]:
    return [page for page in PAGES if runnable(page, language)]


every_page = pytest.mark.parametrize("page", PAGES, ids=name)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder whose clm.toml has the connection "acme", a sandbox."""
    monkeypatch.chdir(tmp_path)
    for variable in ("CLM_BRIDGE_CONFIG", "COLUMNS"):
        monkeypatch.delenv(variable, raising=False)
    configure(tmp_path, "spotdraft")
    return tmp_path


def configure(folder: Path, vendor: str) -> None:
    text = f'[connections.acme]\nvendor = "{vendor}"\nsandbox = true\n'
    text += 'events = "events.sqlite"\n'
    (folder / "clm.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def run_python(monkeypatch, request):
    """Return a function that runs a page's blocks in one module, and their tests."""

    def run(page: Path) -> None:
        module = types.ModuleType("page")
        monkeypatch.setitem(sys.modules, "page", module)
        for text in runnable(page, "python"):
            known = set(vars(module))
            exec(compile(text, name(page), "exec"), vars(module))
            for test in sorted(set(vars(module)) - known):
                if test.startswith("test_"):
                    call(vars(module)[test])

    def call(test) -> None:
        wanted = inspect.signature(test).parameters
        test(**{fixture: request.getfixturevalue(fixture) for fixture in wanted})

    return run


@pytest.mark.parametrize("page", holding("python"), ids=name)
def test_python_blocks_run(page, folder, run_python):
    """Every Python block runs, in the order of its page."""
    run_python(page)


@pytest.mark.parametrize("vendor", ["spotdraft", "tomorro", "coupa"])
def test_the_ten_lines_run_unchanged_with_every_vendor(vendor, folder, run_python):
    """The README's Python runs with each vendor; only the configuration changes."""
    configure(folder, vendor)

    run_python(ROOT / "README.md")

    assert list(folder.glob("*.pdf"))


@pytest.fixture
def references(tmp_path, monkeypatch):
    """A program and a keyring, for the references that the docs show."""
    program = tmp_path / "bin" / "op"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\necho secret\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    keyring = types.SimpleNamespace(get_password=lambda service, user: "secret")
    monkeypatch.setitem(sys.modules, "keyring", keyring)


@pytest.mark.parametrize("page", holding("toml"), ids=name)
def test_toml_blocks_are_valid_settings(page, references, tmp_path):
    """Every TOML block is a configuration that opens, a package, or a mapping."""
    for text in runnable(page, "toml"):
        told = tomllib.loads(text)
        if "project" in told:
            assert list(told["project"]["entry-points"]) == [GROUP]
            continue
        path = tmp_path / "clm.toml"
        path.write_text(text, encoding="utf-8")
        if "types" in told:
            assert read_names(path).types
            continue
        environ = dict.fromkeys(re.findall(r'env = "(\w+)"', text), "secret")
        for connection in told["connections"]:
            settings = load_settings(
                connection, config=path, environ=environ, arguments={}
            )

            assert settings.connection == connection


@pytest.mark.parametrize("page", holding("console"), ids=name)
def test_console_blocks_run(page, folder):
    """Every command that a page shows ends well, and every target and extra exists."""
    shown = "".join(runnable(page, "console")).replace("\\\n", "")
    for line in shown.splitlines():
        assert line.startswith("$ ")
        words = shlex.split(line.removeprefix("$ "))
        CHECKS[words[0]](words)


def test_the_demo_prints_what_the_readme_shows(folder):
    """Each line of the README's excerpt is in the demo's output, save the seconds."""
    shown = CliRunner().invoke(app, ["demo"], catch_exceptions=False)
    printed = {untimed(line) for line in shown.stdout.splitlines()}
    [excerpt] = runnable(ROOT / "README.md", "text")

    assert [line for line in excerpt.splitlines() if untimed(line) not in printed] == []


def untimed(line: str) -> str:
    return " ".join(re.sub(r"\b\d+\.\d\b", "0.0", line).split())


def check_program(words: list[str]) -> None:
    if words[1:3] == ["sandbox", "serve"]:  # it would run until Ctrl-C
        serve = app.get_command(click.Context(app), "sandbox").commands["serve"]
        serve.make_context("serve", words[3:])
        return
    done = CliRunner().invoke(app, words[1:], catch_exceptions=False)

    assert done.exit_code == 0, done.output


def check_target(words: list[str]) -> None:
    if not SOURCE:
        return
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.M)

    assert set(words[1:]) <= set(targets)


def check_package(words: list[str]) -> None:
    if not SOURCE:
        return
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = re.fullmatch(r"\.\[([\w,]+)\]", words[-1])

    assert words[1] == "install"
    assert asked is not None
    assert set(asked[1].split(",")) <= set(project["optional-dependencies"])


def check_system_packages(words: list[str]) -> None:
    assert words[:3] == ["sudo", "apt-get", "install"]
    assert {"make", "python3", "python3-venv"} >= set(words[3:])


CHECKS = {
    "clm-bridge": check_program,
    "make": check_target,
    "pip": check_package,
    "sudo": check_system_packages,
}


def test_no_block_is_left_out_in_silence():
    """Every block has a known language; those that are not run are few, and say so."""
    found = [block for page in PAGES for block in blocks(page)]

    assert {block.language for block in found} <= LANGUAGES
    assert sum(block.left_out for block in found) <= LEFT_OUT


@every_page
def test_tables_are_fresh(page):
    """Every generated table is what the code says; else run docs/tables.py."""
    text = page.read_text(encoding="utf-8")

    assert tables.render(text) == text


@every_page
def test_links_resolve(page):
    """Every link within the repository leads to a page, and to a heading on it."""
    for target in links(page):
        if re.match("https?://", target):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page

        assert found.exists() or not SOURCE, target
        assert not anchor or anchor in anchors(found), target


@every_page
def test_nothing_names_a_local_path(page):
    """No page names a folder of the machine that it was written on."""
    assert not LOCAL.findall(page.read_text(encoding="utf-8"))


def test_every_page_is_in_the_index():
    """Each page can be reached from the site's table of contents."""
    listed = (DOCS / "index.md").read_text(encoding="utf-8").splitlines()
    known = {str(p.relative_to(DOCS).with_suffix("")) for p in PAGES[1:]}

    assert known - {"index"} <= set(listed)


def test_every_setting_is_documented():
    """Each vendor's page has all its settings, and the common ones have theirs."""
    configuration = (DOCS / "configuration.md").read_text(encoding="utf-8")

    assert [key for key in COMMON if f"| `{key}` |" not in configuration] == []
    for vendor in vendors():
        page = (DOCS / "vendors" / f"{vendor}.md").read_text(encoding="utf-8")
        own = fields(adapter_class(load(vendor), vendor).Config)
        assert [one.name for one in own if f"| `{one.name}` |" not in page] == []


def test_every_hook_is_documented():
    """Each hook is on the page for authors, and on the one that says how it works."""
    for page in ("how-it-works.md", "writing-an-adapter.md"):
        text = (DOCS / page).read_text(encoding="utf-8")
        hooks = [hook for hook in vars(Specs) if hook.startswith("clm_bridge_")]

        assert [hook for hook in hooks if f"`{hook}(" not in text] == []


def test_every_command_is_documented():
    """Each command that can be typed is on the page of the command line."""
    text = (DOCS / "cli.md").read_text(encoding="utf-8")

    for command in app.list_commands(click.Context(app)):
        assert f"`clm-bridge {command}" in text
