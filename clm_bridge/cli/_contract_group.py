"""``contracts``, with all its commands; importing the modules adds them."""

from __future__ import annotations

from . import _around, _steps, _writing
from ._contracts import contracts

contracts.arrange()

__all__ = ["_around", "_steps", "_writing", "contracts"]
