"""A plugin of somebody else's, and ways to break it."""

from __future__ import annotations

import sys

SHELF = """
from attrs import frozen
from clm_bridge import hookimpl
from clm_bridge.adapter import (
    Adapter, ApiKey, Contract, Page, Rate, Secret, Status, setting
)

@frozen
class Config:
    key: Secret = setting("The key.", secret=True, default=Secret("k"))

class Shelf(Adapter):
    name, title, Config, rate, statuses = "shelf", "Shelf", Config, Rate(99), {}

    def __init__(self, config, workspace):
        super().__init__(workspace)
        self.base_url = "https://shelf.example/v1/"
        self.auth = ApiKey({"x-key": config.key})

    async def list_contracts(self, query, cursor):
        return Page([])

@hookimpl
def clm_bridge_adapter():
    return Shelf

@hookimpl
def clm_bridge_sandbox():
    from flask import Flask
    from clm_bridge.sandbox import Sandbox

    class Shelves(Sandbox):
        vendor, origin, assumptions = "shelf", "https://shelf.example", {}
        def __init__(self, deals, clock, *, switches):
            self.app = Flask("shelf")
        def settings(self):
            return {}
        def reset(self):
            pass

    return Shelves
"""


def broken(old, new):
    """The source of Shelf with a mistake in it."""
    assert old in SHELF
    return SHELF.replace(old, new)


def install(source, folder, monkeypatch):
    """Install a distribution whose one module has this source."""
    told = folder / "bridge_shelf-1.0.dist-info"
    told.mkdir(parents=True)
    (folder / "bridge_shelf.py").write_text(source, encoding="utf-8")
    (told / "METADATA").write_text("Name: bridge-shelf\nVersion: 1.0\n")
    (told / "entry_points.txt").write_text("[clm_bridge]\nshelf = bridge_shelf\n")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "bridge_shelf", raising=False)


HOOK = "from clm_bridge import hookimpl\n@hookimpl\ndef clm_bridge_adapter():\n    "

UNUSABLE = {
    "a module that is not there": ("import not_there_x", "No module named 'not_there"),
    "a syntax error": ("def x(:", "SyntaxError at bridge_shelf.py:1"),
    "an end of the program": ("raise SystemExit", "SystemExit at bridge_shelf.py:1"),
    "no hook": ("", "has no adapter; it must implement the hook clm_bridge_adapter"),
    "a hook that fails": (HOOK + "{}[1]", "failed: KeyError at bridge_shelf.py:4"),
    "an instance": (HOOK + "return object()", "clm_bridge_adapter returned object;"),
    "another class": (HOOK + "return dict", "clm_bridge_adapter returned dict;"),
    "a path": (HOOK + "return 'a:B'", "clm_bridge_adapter returned str;"),
}
"""What a module may hold instead of a plugin, and what is said of it."""
