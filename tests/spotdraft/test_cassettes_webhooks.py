"""Registering for events, as SpotDraft's documents show it."""

from __future__ import annotations

from clm_bridge import EventKind, Outcome
from clm_bridge.testing.cassettes import Cassettes


class TestWebhooks(Cassettes):
    """Each test is named after its cassette."""

    vendor = "spotdraft"

    def test_webhooks_register(self, clm):
        """Kinds go as the vendor's words, and the id comes back as text."""
        told = clm.webhooks.register(
            "https://hooks.acme.example/spotdraft",
            kinds=[EventKind.CREATED, "executed"],
            title="Acme sync",
        )

        assert told.outcome is Outcome.CREATED
        assert (told.result.id, told.result.active) == ("511", True)
        assert told.result.kinds == {EventKind.CREATED, EventKind.EXECUTED}

    def test_webhooks_unregister(self, clm):
        """By the id that registering returned."""
        assert clm.webhooks.unregister("511").outcome is Outcome.CHANGED

    def test_webhooks_resend(self, clm):
        """Composite ids lose their prefix, and bare ones have none."""
        assert clm.webhooks.resend(["T-1", "2"]).outcome is Outcome.CHANGED

    def test_webhooks_secret(self, clm):
        """It is a secret from the start."""
        told = clm.webhooks.secret()

        assert told.reveal() == "bWFkZS11cA=="
        assert "bWFk" not in f"{told!r} {told}"
