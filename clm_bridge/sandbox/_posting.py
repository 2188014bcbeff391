"""One delivery over the wire: a POST to loopback, and what the answer says."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

import httpx

from .._origin import LOOPBACK
from ._deliveries import Delivery, Manner, Subscription, Try

ELSEWHERE = (
    "a sandbox calls addresses on this machine only: use http://127.0.0.1:<port>/…, "
    "or pull the deliveries"
)


def is_near(url: str | None) -> bool:
    """Say whether an address is on this machine."""
    try:
        parts = urlsplit(url or "")
        return parts.scheme in ("http", "https") and parts.hostname in LOOPBACK
    except ValueError:
        return False


def signed(
    manner: Manner, to: Subscription, body: bytes, now: datetime
) -> dict[str, str]:
    """Return all headers that the vendor sets itself."""
    return {
        "Content-Type": "application/json",
        **manner.sign(to, body, now),
        **to.headers,
    }


def address(manner: Manner, to: Subscription) -> str:
    """Return where to post; it may hold the secret."""
    url = to.url or ""
    return f"{url.rstrip('/')}/{to.secret}" if manner.path_token else url


def post(manner: Manner, one: Delivery, signed_at: datetime, at: datetime) -> Try:
    """Try once; no proxy, no redirect, no answer's body."""
    headers = signed(manner, one.to, one.body, signed_at)
    return send(address(manner, one.to), one.body, headers, manner.time_limit, at)


def send(
    url: str, body: bytes, headers: Mapping[str, str], limit: float, at: datetime
) -> Try:
    """Post a body, and say what was answered within the limit."""
    begun = time.monotonic()
    try:
        with (
            httpx.Client(trust_env=False, timeout=limit) as client,
            client.stream("POST", url, content=body, headers=headers) as answer,
        ):
            status = answer.status_code
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        taken = time.monotonic() - begun
        slow = isinstance(error, httpx.TimeoutException)
        return Try(at, None, taken, "too slow" if slow else "no connection")
    taken = time.monotonic() - begun
    if taken > limit:
        return Try(at, status, taken, "too slow")
    good = 200 <= status < 300
    return Try(at, status, taken, "ok" if good else f"answered {status}")
