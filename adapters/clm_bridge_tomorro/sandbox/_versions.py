"""
Versions of the API, which a header pins.

https://alpha.developer.tomorro.com/versioning
"""

from __future__ import annotations

from collections.abc import Mapping

from ._refusals import Refusal, invalid
from ._switches import Switches

HEADER = "tomorro-version"
LATEST, DEPRECATED = "2025-01-29.alpha", "2025-01-15.init"
SUNSET_ON = "Thu, 31 Dec 2026 23:59:59 GMT"
"""An invented day: the vendor tells one only in its answers."""

DEPRECATION: Mapping[str, str] = {
    "x-api-deprecation-warning": f"{DEPRECATED} is deprecated; use {LATEST}",
    "sunset": SUNSET_ON,
}


def chosen(told: str | None, switches: Switches) -> str:
    """Return the version that a request asks for, the latest if it asks for none."""
    version = told or LATEST
    if version in switches.sunset_versions:
        raise Refusal(410, f"Version {version} is no longer available")
    if version not in (LATEST, DEPRECATED):
        raise invalid(f"{HEADER} {version!r} is not a known version")
    return version


def headers(version: str) -> Mapping[str, str]:
    """Return what an answer says of its version."""
    told = DEPRECATION if version == DEPRECATED else {}
    return {HEADER: version, **told}
