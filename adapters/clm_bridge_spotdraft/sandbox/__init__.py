"""SpotDraft's public API as documented, over the neutral portfolio."""

from __future__ import annotations

from ._sandbox import SpotDraftSandbox
from ._switches import Switches

__all__ = ["SpotDraftSandbox", "Switches"]
