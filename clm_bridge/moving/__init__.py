"""
Moving contracts from one vendor to another, and creating many at once.

Every step is in a journal before it is taken, so that a run can be killed at any
moment and resumed, and no contract is created twice.
"""

from __future__ import annotations

from ._bulk import create_all, write_results
from ._journal import Entry, Journal
from ._losing import Remark
from ._mapping import Names, read_names
from ._migrate import migrate, rehearse
from ._plan import Cost, Finding, Kind, MovingPlan
from ._planning import plan
from ._putting import Result
from ._rendering import Renderer, Rendering

__all__ = [
    "Cost",
    "Entry",
    "Finding",
    "Journal",
    "Kind",
    "MovingPlan",
    "Names",
    "Remark",
    "Renderer",
    "Rendering",
    "Result",
    "create_all",
    "migrate",
    "plan",
    "read_names",
    "rehearse",
    "write_results",
]
