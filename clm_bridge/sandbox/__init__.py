"""What the vendors' sandboxes share: a world of contracts, a clock, and ways to run."""

from __future__ import annotations

from ._clock import TODAY, Clock
from ._deals import Company, Deal, Human
from ._names import DEPARTMENTS, FIELDS, TYPES
from ._pdf import pdf
from ._portfolio import portfolio

try:
    from ._sandbox import Sandbox
except ModuleNotFoundError as error:
    if error.name not in ("flask", "werkzeug"):
        raise
    raise ImportError(
        "the sandboxes need flask: pip install 'clm-bridge[sandbox]'"
    ) from error

__all__ = [
    "DEPARTMENTS",
    "FIELDS",
    "TODAY",
    "TYPES",
    "Clock",
    "Company",
    "Deal",
    "Human",
    "Sandbox",
    "pdf",
    "portfolio",
]
