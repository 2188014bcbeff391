"""
The beginning of an adapter for another vendor, rendered into a folder.

Each file here is a `string.Template`; its name is the path that it is written to, with
two underscores for each slash.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from string import Template

from ..._errors import InvalidInput

_NAME = re.compile(r"[a-z][a-z0-9_]*")
SUFFIX = ".txt"


def render(name: str, folder: Path, *, title: str | None = None) -> list[Path]:
    """Write an adapter called *name* into a new folder; return the files."""
    if not _NAME.fullmatch(name):
        raise InvalidInput(
            f"{name!r} cannot be the name of a vendor",
            hint="it has small letters, digits and underscores, such as 'acme_clm'",
        )
    if folder.exists() and any(folder.iterdir()):
        raise InvalidInput(f"{folder} is not empty", hint="name another folder")
    shown = title or name.replace("_", " ").title()
    words = {"name": name, "title": shown, "cls": shown.replace(" ", "")}
    return [
        _written(one.name, one.read_text(encoding="utf-8"), folder, words)
        for one in sorted(files(__package__).iterdir(), key=lambda one: one.name)
        if one.name.endswith(SUFFIX)
    ]


def _written(source: str, text: str, folder: Path, words: dict[str, str]) -> Path:
    package = f"clm_bridge_{words['name']}"
    told = source.removesuffix(SUFFIX).replace("__", "/", 1)
    path = folder / told.replace("package/", f"{package}/", 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(Template(text).substitute(words), encoding="utf-8")
    return path
