"""
Recorded exchanges with vendors: the file, its replay in tests, its making.

It needs the extra ``testing``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._format import cassettes, dumps, load, loads, reformat, write
    from ._hygiene import Sighting, sightings
    from ._model import Cassette
    from ._recording import Recording, recording
    from ._replaying import Cassettes

__all__ = [
    "Cassette",
    "Cassettes",
    "Recording",
    "Sighting",
    "cassettes",
    "dumps",
    "load",
    "loads",
    "recording",
    "reformat",
    "sightings",
    "write",
]

_HOMES = {
    "_format": "cassettes dumps load loads reformat write",
    "_hygiene": "Sighting sightings",
    "_model": "Cassette",
    "_recording": "Recording recording",
    "_replaying": "Cassettes",
}
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Import a public name from where it lives, and keep it."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
