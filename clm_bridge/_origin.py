"""Which addresses a connection may have."""

from __future__ import annotations

from urllib.parse import urlsplit

from ._errors import ConfigError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def check_origin(url: str) -> None:
    """Refuse an address that nobody can call, or where anybody could listen in."""
    try:
        parts = urlsplit(url)
        known = parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        known = None
    if not known or parts.scheme not in ("http", "https"):
        raise ConfigError(
            "base_url is not the address of a server",
            hint="write scheme and host, such as https://api.example.com",
        )
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ConfigError(
            "base_url is not https", hint="plain http is for a sandbox on loopback only"
        )
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ConfigError(
            "base_url holds more than an address",
            hint="write scheme and host alone; credentials are settings of their own",
        )
    if parts.path and not parts.path.endswith("/"):
        raise ConfigError(
            "the adapter's base_url does not end with a slash",
            hint="without it, the last part of its path would be dropped",
        )
