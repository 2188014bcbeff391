"""Coupa's Core API as publicly documented, as far as contracts need it."""

from __future__ import annotations

from ._sandbox import CoupaSandbox
from ._switches import Switches

__all__ = ["CoupaSandbox", "Switches"]
