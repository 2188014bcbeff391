"""Coupa for clm_bridge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clm_bridge import hookimpl
from clm_bridge.adapter import Adapter

from ._adapter import Coupa

if TYPE_CHECKING:
    from clm_bridge.sandbox import Sandbox

__all__ = ["Coupa"]


@hookimpl
def clm_bridge_adapter() -> type[Adapter]:
    """Return the adapter."""
    return Coupa


@hookimpl
def clm_bridge_sandbox() -> type[Sandbox]:
    """Return the sandbox, which needs flask."""
    from .sandbox import CoupaSandbox

    return CoupaSandbox
