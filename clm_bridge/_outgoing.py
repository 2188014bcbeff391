"""
From our request to httpx's: the address, the headers, the time it may take.

A request with credentials goes to the vendor's own origin and nowhere else; a link
that was handed out goes where it says, without them.
"""

from __future__ import annotations

import time
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version

import httpx

from ._config import Options
from ._errors import ClmError, InvalidInput, PayloadError
from ._limits import Deadline
from ._messages import Request, spelled
from ._origin import LOOPBACK

HEADERS = {
    "accept": "application/json",
    "accept-encoding": "gzip",
    "user-agent": f"clm-bridge/{version('clm-bridge')}",
}
FILE_HEADERS = {"accept": "*/*", "accept-encoding": "identity"}
FOREIGN = "clm_bridge.foreign"
LEFT = ".send_request_headers.complete"
"""The event of httpcore's when a request has left, over a connection that was made."""


class Wire(httpx.Request):
    """httpx's request, which shows no address: a link's query is a credential."""

    def __repr__(self) -> str:
        return f"<Request({self.method!r})>"


def outgoing(
    request: Request, base: httpx.URL, deadline: Deadline, options: Options
) -> httpx.Request:
    """Build httpx's request, with timeouts that end within the deadline."""
    allowed = timeouts(deadline, options)
    address = _address(request, base)
    headers = {**HEADERS, **request.headers}
    with suppress(TypeError, ValueError, RecursionError, httpx.InvalidURL):
        return Wire(
            request.method,
            address,
            params=dict(request.params) or None,
            content=_content(request, headers),
            data=dict(request.form) if request.form else None,
            files=_files(request),
            headers=headers,
            extensions={FOREIGN: request.url is not None, "timeout": allowed},
        )
    # Not from the encoder's error, whose frames hold the headers.
    raise InvalidInput(
        f"{request.asked} holds what cannot be sent",
        hint="send text that UTF-8 and JSON can hold, and less of it in one query",
    )


def timeouts(deadline: Deadline, options: Options) -> dict[str, float | None]:
    """Return what each step may take, within the deadline."""
    remaining = deadline.remaining(time.monotonic())
    if remaining <= 0:
        raise httpx.PoolTimeout("the deadline has passed")
    timeout = httpx.Timeout(
        min(options.read_timeout, remaining),
        connect=min(options.connect_timeout, remaining),
        pool=remaining,
    )
    return timeout.as_dict()


def _content(request: Request, headers: dict[str, str]) -> bytes | None:
    if request.json is None:
        return request.content
    headers.setdefault("content-type", "application/json")
    return spelled(request.json)


def _files(request: Request) -> dict[str, tuple[str, bytes, str]] | None:
    return {
        part: (file.name, file.content, file.media_type)
        for part, file in request.files.items()
    } or None


def is_foreign(request: httpx.Request) -> bool:
    """Say whether a request goes to a link that was handed out, without credentials."""
    return bool(request.extensions.get(FOREIGN))


def _address(request: Request, base: httpx.URL) -> httpx.URL:
    try:
        if request.url is not None:
            return checked_link(request, httpx.URL(request.url), base)
        url = _below(base, request.target)
    except (httpx.InvalidURL, UnicodeError):
        raise _no_address(request) from None
    if request.signed and origin(url) != origin(base):
        raise InvalidInput(
            f"{request.method} leads away from {base.host}",
            hint="credentials go to the vendor's own origin alone; write a path "
            "below it",
        )
    return url


@lru_cache(maxsize=256)  # the pages of a listing differ in their queries alone
def _below(base: httpx.URL, target: str) -> httpx.URL:
    return base.join(target)


def checked_link(request: Request, url: httpx.URL, base: httpx.URL) -> httpx.URL:
    """Refuse a link on which anybody could listen in, or which names a user."""
    if not url.host or url.userinfo:
        raise _no_address(request)
    local = base.scheme == url.scheme == "http" and url.host in LOOPBACK
    if url.scheme != "https" and not local:
        raise PayloadError(
            f"the link for {request.asked} is not https",
            hint="a file comes over https alone, save from a sandbox on loopback",
        )
    return url


def origin(url: httpx.URL) -> tuple[str, str, int | None]:
    """Return what credentials belong to: scheme, host and port."""
    return url.scheme, url.host, url.port


def _no_address(request: Request) -> ClmError:
    if request.url is not None:
        return PayloadError(f"the link for {request.asked} is not an address")
    return InvalidInput(f"{request.asked} is not an address")
