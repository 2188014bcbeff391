"""``python -m clm_bridge.cli``."""

from __future__ import annotations

from . import main

main()
