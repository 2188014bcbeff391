"""
For authors of adapters: an operation played with no network, and the suite.

A name is imported when it is first used: the pytest plugin beside them is loaded in
every test run, and costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._play import Played, play, reply
    from .suite import AdapterSuite

__all__ = ["AdapterSuite", "Played", "play", "reply"]

_HOMES = {"AdapterSuite": ".suite"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "._play"), __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
