"""One event by its neutral name or the vendor's word, sent to any address by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from .._vocabulary import EventKind
from ._deliveries import Delivery, Try
from ._posting import address, send, signed
from ._sandbox import Sandbox

SIGNED = "contract.signed"
"""By one of those who are to sign; where no such thing is told, by all."""


def triggers(events: Mapping[str, EventKind]) -> dict[str, str]:
    """Return neutral name → the vendor's first word that means it."""
    found: dict[str, str] = {}
    for word, kind in events.items():
        if kind is not EventKind.OTHER:
            found.setdefault(f"contract.{kind.value}", word)
    for kind in (EventKind.SIGNED_BY, EventKind.EXECUTED):
        name = f"contract.{kind.value}"
        if name in found:
            found.setdefault(SIGNED, found[name])
    return found


def prepared(
    sandbox: Sandbox, word: str, to: str, secret: str | None, contract: str | None
) -> Delivery:
    """
    Return the delivery of an event that did not happen.

    *to* may be any address: whoever asks for this by hand names it.
    """
    outbox = sandbox.webhooks
    outbox.subscriptions.add(to, [word], secret=secret)
    sandbox.tell(word, contract)
    return outbox.waiting()[0]


def headers(sandbox: Sandbox, one: Delivery) -> Mapping[str, str]:
    """Return the headers that go with it, signed now."""
    return signed(sandbox.webhooks.manner, one.to, one.body, datetime.now(UTC))


def sent(sandbox: Sandbox, one: Delivery, told: Mapping[str, str]) -> Try:
    """Post a delivery, and say what was answered."""
    manner = sandbox.webhooks.manner
    url = address(manner, one.to)
    return send(url, one.body, told, manner.time_limit, datetime.now(UTC))
