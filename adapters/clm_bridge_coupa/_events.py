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

WHERE = (
    "an administrator does it in Coupa under Setup → Integrations → Call Outs, or by "
    "an action of a Process Automator on a contract's change of status: a POST to an "
    "address that ends with your secret, whose body is the contract as the API shows "
    "it, with id, name, status and updated-at at least"
)
INSTEAD = {
    "webhooks.register": WHERE,
    "webhooks.unregister": WHERE,
    "webhooks.list": WHERE,
    "webhooks.secret": "Coupa signs nothing: make up a long secret, set it as "
    "webhook_secrets, and let the address that Coupa calls end with it",
    "webhooks.resend": "contracts.list(updated_since=…) reads what was missed",
}
"""Coupa documents no call for webhooks."""


@define
class Called:
    id: Id
    updated_at: datetime = wire("updated-at")
