"""
The suite that every adapter inherits, and what runs it.

Only `AdapterSuite` needs pytest; ``clm-bridge verify`` runs the same checks without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._checks import CHECKS, Checks, run
from ._colours import COLOURS
from ._guess import guessed
from ._musts import GROUPS, MUSTS, VERSION, Must
from ._outcomes import Broken, NotOffered, NotProven, Result, demand, must, prove
from ._subject import Plugin, Subject, connected, sandboxed

if TYPE_CHECKING:
    from ._suite import AdapterSuite

__all__ = [
    "CHECKS",
    "COLOURS",
    "GROUPS",
    "MUSTS",
    "VERSION",
    "AdapterSuite",
    "Broken",
    "Checks",
    "Must",
    "NotOffered",
    "NotProven",
    "Plugin",
    "Result",
    "Subject",
    "connected",
    "demand",
    "guessed",
    "must",
    "prove",
    "run",
    "sandboxed",
]


def __getattr__(name: str) -> Any:
    if name == "AdapterSuite":
        from ._suite import AdapterSuite

        return AdapterSuite
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
