"""Tomorro's API as documented, with the neutral portfolio behind it."""

from __future__ import annotations

from ._sandbox import TomorroSandbox
from ._switches import Switches

__all__ = ["Switches", "TomorroSandbox"]
