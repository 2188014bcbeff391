"""Tomorro for clm_bridge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clm_bridge import hookimpl
from clm_bridge.adapter import Adapter

from ._adapter import Tomorro

if TYPE_CHECKING:
    from clm_bridge.sandbox import Sandbox

__all__ = ["Tomorro"]


@hookimpl
def clm_bridge_adapter() -> type[Adapter]:
    """Return the adapter."""
    return Tomorro


@hookimpl
def clm_bridge_sandbox() -> type[Sandbox]:
    """Return the sandbox, which needs flask."""
    from .sandbox import TomorroSandbox

    return TomorroSandbox
