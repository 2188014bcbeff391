"""
What the vendors' sandboxes share: a world of contracts, a clock, and ways to run.

It needs the extra ``sandbox``; nothing in the core imports it unasked.
"""

from __future__ import annotations

try:
    import flask as _flask  # noqa: F401 - asked for by name, so that we can say how
except ModuleNotFoundError as error:
    if error.name != "flask":
        raise
    raise ImportError(
        "the sandboxes need flask: pip install 'clm-bridge[sandbox]'"
    ) from error

from ._clock import TODAY, Clock
from ._control import control
from ._deals import Company, Deal, Human
from ._deliveries import Delivery, Manner, Subscription
from ._mishaps import Mishaps, webhook_switch
from ._names import DEPARTMENTS, FIELDS, TYPES
from ._open import start
from ._outbox import Outbox
from ._pdf import pdf
from ._portfolio import portfolio
from ._posting import is_near
from ._sandbox import Sandbox
from ._server import run, serve
from ._transport import InProcess
from .faults import Faults, Striking

__all__ = [
    "DEPARTMENTS",
    "FIELDS",
    "TODAY",
    "TYPES",
    "Clock",
    "Company",
    "Deal",
    "Delivery",
    "Faults",
    "Human",
    "InProcess",
    "Manner",
    "Mishaps",
    "Outbox",
    "Sandbox",
    "Striking",
    "Subscription",
    "control",
    "is_near",
    "pdf",
    "portfolio",
    "run",
    "serve",
    "start",
    "webhook_switch",
]
