"""What a plugin of somebody else's may do wrong, and what is said then."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import clm_bridge
from clm_bridge import ConfigError
from clm_bridge._config import load_settings
from clm_bridge._hooks import adapter_class, load, sandbox_class
from clm_bridge.adapter import Page
from clm_bridge.testing import play

from . import shelf
from .shelf import UNUSABLE, broken


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Return a function that installs a plugin with this source."""
    return lambda source: shelf.install(source, tmp_path / "site", monkeypatch)


@pytest.mark.parametrize(("source", "said"), UNUSABLE.values(), ids=UNUSABLE)
def test_a_broken_plugin_is_an_error_that_names_what_is_wrong(install, source, said):
    """Whatever it does, it is a `ConfigError`, with the place."""
    install(source)

    with pytest.raises(ConfigError) as caught:
        clm_bridge.connect(vendor="shelf")
    assert said in str(caught.value)


UNFIT = {
    "another name": ('"shelf", "Shelf"', '"desk", "Shelf"', "calls itself 'desk'"),
    "no rate": ("Rate(99), {}", "None, {}\n    del rate", "lacks rate"),
    "no attrs": ("@frozen\n", "", "is not a class of attrs"),
    "an unknown type": ("key: Secret", "key: 'Secrt'", "cannot be found: Secrt"),
    "an unknown filter": (
        "    def __init__(self, config",
        "    filters = frozenset({'state'})\n    def __init__(self, config",
        "declares state as filters; there are counterparty, created_since",
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), UNFIT.values(), ids=UNFIT)
def test_an_adapter_that_does_not_fit_is_refused(install, old, new, said):
    """What it declares is looked at before it is used."""
    install(broken(old, new))

    with pytest.raises(ConfigError) as caught:
        adapter_class(load("shelf"), "shelf")
    assert said in str(caught.value)


UNBUILT = {
    "no auth": ('self.auth = ApiKey({"x-key": config.key})', "pass", "lacks auth"),
    "no slash": ("/v1/", "/v1", "base_url does not end with a slash"),
}


@pytest.mark.parametrize(("old", "new", "said"), UNBUILT.values(), ids=UNBUILT)
def test_an_adapter_says_whom_to_call(install, old, new, said):
    """A path without its last slash would lose its last part."""
    install(broken(old, new))

    with pytest.raises(ConfigError, match=said):
        load_settings(environ={}, arguments={"vendor": "shelf"})


def test_a_setting_of_a_strange_type_is_refused(install):
    """It says what a setting can be, and not that a list is missing."""
    where = 'where: dict = setting("W.", default=1)'
    install(broken("key: Secret", f"{where}\n    key: Secret"))

    with pytest.raises(ConfigError, match=r"where is declared as .*it can be Secret"):
        clm_bridge.connect(vendor="shelf", where="x")


UNSTARTED = {
    "an abstract class": (
        "        def reset(self):\n            pass\n",
        "",
        "lacks reset",
    ),
    "an instance": ("return Shelves", "return 3", "clm_bridge_sandbox returned int"),
    "a failure": ("return Shelves", "{}[1]", "clm_bridge_sandbox of plugin 'shelf'"),
    "nothing": ("return Shelves", "return None", "has no sandbox; leave out sandbox"),
}


@pytest.mark.parametrize(("old", "new", "said"), UNSTARTED.values(), ids=UNSTARTED)
def test_a_sandbox_that_does_not_fit_is_refused(install, old, new, said):
    """Before it is started."""
    install(broken(old, new))

    with pytest.raises(ConfigError, match=said):
        sandbox_class(load("shelf"), "shelf")


def listed(install, body):
    install(broken("return Page([])", body))
    with clm_bridge.connect(vendor="shelf", sandbox=True) as clm:
        return list(clm.contracts.list())


@pytest.mark.parametrize("returned", ["[]", "None"])
def test_a_listing_that_returns_no_page_is_told_so(install, returned):
    """And not that a list has no attribute."""
    with pytest.raises(TypeError, match="returns a Page, not"):
        listed(install, f"return {returned}")


@pytest.mark.parametrize("more", ["abc", [1], [None]])
def test_the_cursors_of_a_page_are_a_sequence_of_texts(more):
    """A text alone would be taken for as many cursors as it has letters."""
    with pytest.raises(TypeError, match="more is a sequence of texts"):
        Page([], more)


def test_a_foreign_await_is_an_error_at_its_own_line():
    """Asyncio's own things have no place in an operation."""
    caught = []

    class Foreign:
        def __await__(self):
            yield "a timer"

    async def operation():
        try:
            await Foreign()
        except TypeError as error:
            caught.append(str(error))

    play(operation())

    assert caught == ["an operation may only await requests, not 'a timer'"]


GUIDE = Path(__file__).parents[1] / "docs" / "writing-an-adapter.md"


@pytest.mark.skipif(not GUIDE.is_file(), reason="only a source tree has docs")
def test_the_plugin_of_the_guide_works_once_it_is_installed(install):
    """Its adapter reads its sandbox, page by page."""
    blocks = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    install("\n\n".join(blocks))
    with clm_bridge.connect(vendor="shelf", sandbox=True) as clm:
        contracts = list(clm.contracts.list())
        one = clm.contracts.get("7")

    assert len({contract.id for contract in contracts}) == 240
    assert contracts[6] == one
