"""
Standard Webhooks 1.0.0: how events leave for a platform in any language.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta

from attrs import field, frozen

from .._errors import ConfigError, WebhookVerificationError
from .._events import Headers, delivery
from .._secrets import Secret
from .._signatures import MOST, TOLERANCE, check_time

PREFIX = "whsec_"


@frozen
class StandardWebhook:
    """Signs with the first of its secrets, and accepts each of them."""

    secrets: Sequence[Secret] = field(repr=False)
    tolerance: timedelta = TOLERANCE

    @secrets.validator
    def _readable(self, attribute: object, secrets: Sequence[Secret]) -> None:
        if not secrets:
            raise ConfigError("a secret is missing", hint="give one that is whsec_…")
        for one in secrets:
            _key(one)

    def headers(self, id: str, body: bytes, now: datetime) -> dict[str, str]:
        """Return the headers that prove *body* to whoever knows the secret."""
        stamp = str(int(now.timestamp()))
        return {
            "webhook-id": id,
            "webhook-timestamp": stamp,
            "webhook-signature": f"v1,{_signed(self.secrets[0], id, stamp, body)}",
        }

    def verify(self, headers: Headers, body: bytes, now: datetime) -> str:
        """Return the delivery's id, or raise `WebhookVerificationError`."""
        told = delivery(headers, body).headers
        own, stamp, shown = (
            _only(told.get(f"webhook-{name}", ()), name)
            for name in ("id", "timestamp", "signature")
        )
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12):
            raise WebhookVerificationError("the signature's time is no number")
        found = [one.partition(",") for one in shown.split()[:MOST]]
        given = [told.encode() for version, _, told in found if version == "v1"]
        fits = False
        for secret in self.secrets:
            expected = _signed(secret, own, stamp, body).encode()
            for one in given:
                fits |= hmac.compare_digest(expected, one)
        if not fits:
            raise WebhookVerificationError("the signature does not fit")
        check_time(float(stamp), now, self.tolerance)
        return own


def _only(values: Sequence[str], name: str) -> str:
    if len(values) != 1 or not values[0]:
        raise WebhookVerificationError(f"the delivery has no one header webhook-{name}")
    try:
        values[0].encode()
    except UnicodeEncodeError:
        raise WebhookVerificationError("a header holds half a character") from None
    return values[0]


def _signed(secret: Secret, id: str, stamp: str, body: bytes) -> str:
    told = id.encode() + b"." + stamp.encode() + b"." + bytes(body)
    return b64encode(hmac.digest(_key(secret), told, hashlib.sha256)).decode()


def _key(secret: Secret) -> bytes:
    told = secret.reveal().removeprefix(PREFIX)
    try:
        found = b64decode(told + "=" * (-len(told) % 4), validate=True)
    except ValueError:
        found = b""
    if not found:
        raise ConfigError(
            "the secret is not base64", hint="write whsec_ and 24 to 64 bytes as base64"
        )
    return found
