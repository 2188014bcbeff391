"""``events``, with all its commands; importing the modules adds them."""

from __future__ import annotations

from . import _listening
from ._events import events

__all__ = ["_listening", "events"]
