"""Tryton's purchase blanket agreements for clm_bridge."""

from __future__ import annotations

from clm_bridge import hookimpl
from clm_bridge.adapter import Adapter

from ._adapter import Tryton

__all__ = ["Tryton"]


@hookimpl
def clm_bridge_adapter() -> type[Adapter]:
    """Return the adapter."""
    return Tryton
