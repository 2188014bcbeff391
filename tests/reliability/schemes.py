"""The ways in which deliveries are proven, each with a signer that is not ours."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode
from datetime import UTC, datetime

from attrs import frozen

from clm_bridge._webhook import Webhook
from clm_bridge.adapter import Secret, Workspace
from clm_bridge_coupa import Coupa
from clm_bridge_spotdraft import SpotDraft
from clm_bridge_tomorro import Tomorro

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MILLISECONDS = 1767225600000
KEY = (
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7"
    "PD0+Pw=="
)
HASH, LEEWAY = "X-SD-WEBHOOK-CONTENT-HASH", "Leeway-Signature"

EXECUTED = (
    b'{"contract_id":19589,"contract_status":"EXECUTED","activity_data":{"performed_by"'
    b':{"name":"SYSTEM"},"timestamp":"2026-08-22T03:53:52.201442Z"},'
    b'"activity":"CONTRACT_EXECUTED"}'
)
SIGNED = (
    b'{"eventId":"11111111-1111-4111-8111-111111111111",'
    b'"createdAt":"2026-01-15T10:30:02.280Z","eventType":"contractSigned","data":'
    b'{"contract":{"id":"0b9f8a52-3c1e-4d7a-9f55-2a6b7c8d9e10","status":"signed"}}}'
)
CALLED = (
    b'{"id":232,"name":"Supply","status":"published",'
    b'"updated-at":"2026-01-15T10:30:02-08:00"}'
)


def sha512(key: bytes, body: bytes) -> str:
    """Sign as SpotDraft."""
    return hmac.new(key, body, hashlib.sha512).hexdigest()


def timed(
    body: bytes,
    *,
    when: int | str = MILLISECONDS,
    key: bytes = b"test-secret",
    between: str = ",",
) -> str:
    """Sign as Tomorro."""
    message = f"{when}.".encode() + body
    return f"t={when}{between}sha256={hmac.new(key, message, 'sha256').hexdigest()}"


@frozen
class Scheme:
    """One vendor's way: a good delivery, the secret, and what verifies."""

    name: str
    adapter: type
    body: bytes
    secret: str
    headers: tuple[tuple[str, str], ...]
    token: str | None = None

    def hook(self, *secrets: str) -> Webhook:
        """Return what verifies by *secrets*, or by the good one."""
        built = _built(self.adapter)
        return Webhook(built, [Secret(one) for one in secrets or [self.secret]])


def _built(cls):
    told = {
        SpotDraft: {"client_id": "i", "client_secret": Secret("s")},
        Tomorro: {"api_key": Secret("k")},
        Coupa: {
            "instance": "acme",
            "client_id": "i",
            "client_secret": Secret("s"),
            "scope": "core.contract.read",
        },
    }[cls]
    return cls(cls.Config(**told), Workspace(now=lambda: NOW))


SPOTDRAFT = Scheme(
    "body",
    SpotDraft,
    EXECUTED,
    KEY,
    ((HASH, sha512(b64decode(KEY), EXECUTED)),),
)
TOMORRO = Scheme("timed", Tomorro, SIGNED, "test-secret", ((LEEWAY, timed(SIGNED)),))
COUPA = Scheme("token", Coupa, CALLED, "t0ken-of-our-own", (), "t0ken-of-our-own")
SCHEMES = (SPOTDRAFT, TOMORRO, COUPA)
