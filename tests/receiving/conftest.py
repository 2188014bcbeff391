"""An inbox of made-up events, and a receiver of one vendor's deliveries."""

from __future__ import annotations

import hmac
import json
import time
from datetime import UTC, datetime

import pytest

from clm_bridge._event_file import EventFile
from clm_bridge._inbox import Inbox
from clm_bridge.receiving import Queue, Receiver

from ..shop import told

SECRET = "test-secret"
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def inbox(tmp_path):
    """An inbox in a file."""
    file = EventFile(tmp_path / "events.sqlite", "acme")
    yield Inbox(file)
    file.close()


@pytest.fixture
def queue(inbox):
    """The queue of that inbox."""
    return Queue(inbox.file)


@pytest.fixture
def put(inbox):
    """Return a function that keeps an event of a contract."""

    def kept(id, contract="7", kind="updated", at=NOW):
        return inbox.put(told(id, contract, kind, at), contract)

    return kept


@pytest.fixture
def receiver(tmp_path):
    """A receiver of Tomorro's deliveries."""
    made = Receiver(
        vendor="tomorro",
        api_key="not-a-real-key",
        webhook_secrets=SECRET,
        events=tmp_path / "events.sqlite",
    )
    yield made
    made.close()


def signed(body, secret=SECRET):
    """The headers of a delivery, as Tomorro documents them."""
    stamp = str(int(time.time() * 1000))
    told = f"{stamp}.".encode() + body
    digest = hmac.new(secret.encode(), told, "sha256").hexdigest()
    return {"Leeway-Signature": f"t={stamp},sha256={digest}"}


def body(id="e1", kind="contractSigned", contract="c1"):
    """A delivery's body, with the keys that Tomorro documents."""
    told = {
        "eventId": id,
        "webhookId": "w1",
        "createdAt": "2026-01-15T10:30:02.280Z",
        "eventType": kind,
        "data": {"contract": {"id": contract, "name": "MSA", "status": "signed"}},
    }
    return json.dumps(told).encode()
