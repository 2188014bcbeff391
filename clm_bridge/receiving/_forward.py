"""Events on to the user's own address, signed, for a platform in any language."""

from __future__ import annotations

from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpx

from .._errors import InvalidInput, TransportError, VendorDown
from .._events import Event
from .._json import to_dict
from .._messages import spelled
from .._origin import LOOPBACK
from .._secrets import Secret
from ._standard import StandardWebhook

SECONDS = 15.0


class Forward:
    """
    A handler that posts each event as JSON, by the Standard Webhooks.

    Whatever is not 2xx is a failure, and so tried again; redirects are not followed.
    """

    def __init__(
        self,
        url: str,
        secret: Secret | str,
        *,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._url = _checked(url)
        own = secret if isinstance(secret, Secret) else Secret(secret)
        self._seal = StandardWebhook([own])
        self._client = httpx.Client(
            transport=transport, timeout=SECONDS, follow_redirects=False
        )

    def __call__(self, event: Event) -> None:
        """Post one event, or raise."""
        body = spelled(payload(event))
        headers = {
            "content-type": "application/json",
            **self._seal.headers(event.id, body, datetime.now(UTC)),
        }
        try:
            answer = self._client.post(self._url, content=body, headers=headers)
        except httpx.TransportError as error:
            raise TransportError(f"no answer came ({type(error).__name__})") from None
        if not answer.is_success:
            raise VendorDown(
                f"the address answered {answer.status_code}", status=answer.status_code
            )

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def payload(event: Event) -> dict[str, object]:
    """Return what is sent: the event as `to_dict` gives it, by its kind's name."""
    return {
        "type": f"contract.{event.kind.value}",
        "timestamp": event.occurred_at.isoformat(),
        "data": to_dict(event),
    }


def _checked(url: str) -> str:
    try:
        told = httpx.URL(url)
    except httpx.InvalidURL:
        told = httpx.URL("")
    local = told.scheme == "http" and told.host in LOOPBACK
    if not told.host or not (told.scheme == "https" or local):
        raise InvalidInput(
            "the address to forward to is not https",
            hint="write https://…; plain http is for this machine alone",
        )
    return url
