"""From a delivery's raw bytes to the event that it tells of; no bridge, no network."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from attrs import field, frozen

from ._adapter import Adapter
from ._config import load_settings
from ._errors import ClmError, ConfigError, PayloadError, WebhookVerificationError
from ._events import Event, Headers, delivery
from ._parsing import parse
from ._secrets import Secret, Unseen, bare


@frozen
class Webhook:
    """What one connection's vendor sends, and the secrets that prove it."""

    adapter: Adapter
    secrets: Sequence[Secret] = field(repr=False)

    def verify_and_parse(
        self,
        headers: Headers,
        body: bytes,
        *,
        token: str | None = None,
        now: datetime | None = None,
    ) -> Event:
        """
        Return the event, or raise `WebhookVerificationError` and nothing else.

        *body* is what came over the wire, byte for byte.  *token* is the secret part
        of the address, for vendors that do not sign.  *now* is the clock.
        """
        try:
            return self._verified(headers, body, token, now)
        except WebhookVerificationError as error:
            raise self._located(error)  # noqa: B904  # it is the same error
        except PayloadError as error:
            why = "; ".join(error.problems) or error.message
            told = WebhookVerificationError(
                f"the delivery is proven, and cannot be read: {why}",
                hint="please tell us what the vendor sent",
            )
            raise self._located(told) from None

    def _verified(
        self, headers: Headers, body: bytes, token: str | None, now: datetime | None
    ) -> Event:
        sent = delivery(headers, body, token)
        when = now or self.adapter.workspace.now()
        self.adapter.signature.verify(sent, self.secrets, when)
        return self.adapter.read_event(parse(sent.body))

    def _located(self, error: ClmError) -> ClmError:
        workspace = self.adapter.workspace
        error.locate(
            vendor=self.adapter.name,
            connection=workspace.connection,
            operation="events.verify_and_parse",
        )
        return bare(error)


def webhook_of(adapter: Adapter, secrets: Sequence[Secret]) -> Webhook:
    """Return what verifies for *adapter*, if it receives, and if there is a secret."""
    if "events.receive" not in adapter.capabilities():
        adapter.refuse("events.receive")
    if not secrets:
        raise ConfigError(
            "webhook_secrets is missing",
            hint="set it to the secret that the vendor shows, or to a list of them",
        )
    return Webhook(adapter, tuple(secrets))


def webhook(
    connection: str | None = None,
    *,
    config: str | os.PathLike[str] | None = None,
    plugins: Sequence[object] = (),
    **settings: Any,
) -> Webhook:
    """
    Return what verifies a connection's deliveries, from the same settings as `connect`.

    Nothing is opened: use it in a web application that only receives.
    """
    given = Unseen(settings)
    del settings  # crash reporters send local variables away
    told = load_settings(connection, config=config, plugins=plugins, arguments=given)
    return webhook_of(told.adapter, told.webhook_secrets)
