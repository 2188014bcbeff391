"""
What a Coupa call-out tells.

Coupa documents no webhooks.  An administrator can let it call an address (under
Integrations, Call Outs, or as a Process Automator's action) and writes the body: here,
the contract as the API shows it, with id, name, status and updated-at at least.
"""

from __future__ import annotations

from datetime import datetime

from attrs import define

from clm_bridge.adapter import EventKind, Id, wire

CALLED = "call-out"
KINDS = {CALLED: EventKind.UPDATED}


@define
class Called:
    id: Id
    updated_at: datetime = wire("updated-at")
