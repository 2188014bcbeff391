"""
How deliveries are signed, as values with pure functions.

A signature is checked over the raw bytes, before anything is parsed, and compared in
constant time.  Whatever is wrong is a `WebhookVerificationError`.
"""

from __future__ import annotations

import hmac
from base64 import b64decode
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal, Protocol

from attrs import frozen

from ._errors import WebhookVerificationError
from ._events import Delivery
from ._secrets import Secret

TOLERANCE = timedelta(minutes=5)
MOST = 16
"""Signatures that are looked at in one delivery; nobody sends more in good faith."""
_MILLISECONDS = 10**11
"""As seconds this would be the year 5138: a number from here on counts milliseconds."""


class Signature(Protocol):
    """How one vendor shows that a delivery is its own."""

    def verify(
        self, delivery: Delivery, secrets: Sequence[Secret], now: datetime
    ) -> None:
        """Return if any of *secrets* made it; else raise `WebhookVerificationError`."""


@frozen
class BodySignature:
    """The HMAC of the body alone, in hexadecimal; what was captured can be replayed."""

    header: str
    digest: Literal["sha256", "sha512"]
    base64_key: bool = False
    """True where the secret is shown as base64 and the key is what it stands for."""

    def verify(
        self, delivery: Delivery, secrets: Sequence[Secret], now: datetime
    ) -> None:
        """Compare with the header."""
        told = [one.strip() for one in delivery.headers.get(self.header, ())]
        if not any(told):
            raise _missing(self.header)
        keys = [_decoded(one) if self.base64_key else _text(one) for one in secrets]
        for key in filter(None, keys):
            if _matches(hmac.new(key, delivery.body, self.digest).hexdigest(), told):
                return
        raise _wrong() if all(keys) else _useless()


@frozen
class TimedSignature:
    """
    ``t=<time>,<digest>=<hex>``, where time, a point and the body are signed.

    The first of *headers* that is there counts.  The time is in milliseconds, or in
    seconds if it is too small for that.
    """

    headers: Sequence[str]
    digest: Literal["sha256", "sha512"]
    tolerance: timedelta = TOLERANCE

    def verify(
        self, delivery: Delivery, secrets: Sequence[Secret], now: datetime
    ) -> None:
        """Check the time, in both directions, and compare."""
        told = next((one for one in map(delivery.headers.get, self.headers) if one), ())
        if not any(told):
            raise _missing(self.headers[0])
        keys = [_text(one) for one in secrets]
        for value in told[:MOST]:
            stamp, shown = self._parts(value)
            sent = _seconds(stamp)
            signed = stamp.encode() + b"." + delivery.body
            for key in filter(None, keys):
                if _matches(hmac.new(key, signed, self.digest).hexdigest(), shown):
                    return check_time(sent, now, self.tolerance)
        raise _wrong() if all(keys) else _useless()

    def _parts(self, value: str) -> tuple[str, list[str]]:
        pairs = [part.strip().partition("=") for part in value.split(",")]
        # A server that folds two spellings of a header into one repeats what they say.
        stamps = {told for name, _, told in pairs if name == "t"}
        shown = [told for name, _, told in pairs if name == self.digest]
        if len(stamps) != 1 or not shown:
            raise WebhookVerificationError("the signature's header cannot be read")
        return stamps.pop(), shown


@frozen
class PathToken:
    """No signature: the address that the vendor calls ends with a secret."""

    def verify(
        self, delivery: Delivery, secrets: Sequence[Secret], now: datetime
    ) -> None:
        """Compare the token."""
        if not delivery.token:
            raise WebhookVerificationError(
                "the delivery came without a token",
                hint="let the vendor call an address that ends with the secret",
            )
        keys = [one.reveal() for one in secrets]
        if not any(_matches(one, [delivery.token]) for one in keys if one):
            raise _wrong() if all(keys) else _useless()


def check_time(sent: float, now: datetime, tolerance: timedelta) -> None:
    """Refuse what was signed too long before *now*, or after it."""
    away = abs(now.timestamp() - sent)
    if not away <= tolerance.total_seconds():  # so that NaN is refused
        raise WebhookVerificationError(
            f"the delivery was signed {away:.0f} seconds away from now",
            hint="set this machine's clock; a vendor's later try is signed anew",
        )


def _seconds(stamp: str) -> float:
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 15):
        raise WebhookVerificationError("the signature's time is no number")
    told = int(stamp)
    return told / 1000 if told >= _MILLISECONDS else float(told)


def _matches(expected: str, told: Sequence[str]) -> bool:
    """Say whether one is as expected; how long it takes tells nothing."""
    found = False
    for one in _bytes(told):
        found |= hmac.compare_digest(expected.encode("utf-8", "surrogatepass"), one)
    return found


def _bytes(told: Sequence[str]) -> Iterator[bytes]:
    return (one.encode("utf-8", "surrogatepass") for one in told[:MOST])


def _text(secret: Secret) -> bytes:
    return secret.reveal().encode("utf-8", "surrogatepass")


def _decoded(secret: Secret) -> bytes:
    """Return what base64 stands for, with its '=' or without; nothing if it is none."""
    told = _text(secret).strip().rstrip(b"=")
    try:
        return b64decode(told + b"=" * (-len(told) % 4), validate=True)
    except ValueError:
        return b""


def _useless() -> WebhookVerificationError:
    return WebhookVerificationError(
        "a webhook secret is empty, or not what the vendor shows",
        hint="copy it whole into webhook_secrets",
    )


def _missing(header: str) -> WebhookVerificationError:
    return WebhookVerificationError(
        f"the delivery has no header {header}",
        hint="let your proxy pass it on; anybody can send what has none",
    )


def _wrong() -> WebhookVerificationError:
    return WebhookVerificationError(
        "the signature does not fit",
        hint="check webhook_secrets, and that the body is passed on byte for byte",
    )
