"""Whose fault an unexpected error is: ours, or that of a plugin."""

from __future__ import annotations

import traceback
from pathlib import Path

from .. import _hooks as hooks
from .._fitting import named


def fault(error: Exception) -> str:
    """
    Name a fault by whose code it is, and its place; its text may hold anything.

    What fails below a line of a plugin is the plugin's: it was told something wrong.
    """
    owners = _owners()
    for frame, line in reversed([*traceback.walk_tb(error.__traceback__)]):
        owner = owners.get(_package(frame.f_globals.get("__name__", "")))
        if owner is not None:
            place = f"{Path(frame.f_code.co_filename).name}:{line}"
            return f"this is a fault of {owner}: {type(error).__name__} at {place}"
    return f"this is a fault of clm-bridge: {named(error)}"


def _owners() -> dict[str, str]:
    points = (point for several in hooks.vendors().values() for point in several)
    return {_package(point.module): point.dist.name for point in points if point.dist}


def _package(module: str) -> str:
    return module.partition(".")[0]
