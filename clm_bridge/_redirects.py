"""
Where a download may be sent on to: a few steps, over https, without credentials.

Calls of a vendor's API follow no redirect at all.
"""

from __future__ import annotations

import httpx

from ._errors import ClmError, DownloadError
from ._messages import Request, Response
from ._outgoing import FOREIGN, Wire, checked_link, is_foreign, origin

HOPS = 3
_MOVED = frozenset({301, 302, 303, 307, 308})
_TO_A_GET = frozenset({301, 302, 303})
_ALONG = frozenset(
    {"accept", "accept-encoding", "accept-language", "range", "user-agent"}
    | {"if-match", "if-modified-since", "if-none-match", "if-range"}
    | {"if-unmodified-since"}
)
"""Headers that go along to another origin; no credential is among them."""
_OF_ONE_REQUEST = frozenset(
    {"content-length", "content-type", "host", "transfer-encoding"}
)
_PASSING = frozenset({408, 425, 429})


def moved(response: Response) -> bool:
    """Say whether an answer sends its reader on."""
    return response.status in _MOVED


def onward(
    request: Request, wire: httpx.Request, response: Response, base: httpx.URL
) -> httpx.Request:
    """Return the request for where *wire* is sent on to; it never carries a body."""
    method = wire.method
    if method not in ("GET", "HEAD"):
        if response.status not in _TO_A_GET:
            raise DownloadError(f"{request.asked} was redirected with its body")
        method = "GET"
    url = _target(request, wire.url, response.headers.get("location", ""), base)
    left = origin(url) != origin(wire.url)
    return Wire(
        method,
        url,
        headers={
            name: value
            for name, value in wire.headers.items()
            if (name in _ALONG if left else name not in _OF_ONE_REQUEST)
        },
        extensions={FOREIGN: left or is_foreign(wire)},
    )


def _target(
    request: Request, url: httpx.URL, location: str, base: httpx.URL
) -> httpx.URL:
    try:
        if location:
            return checked_link(request, url.join(location), base).copy_with(
                fragment=None
            )
    except (httpx.InvalidURL, ValueError, ClmError):
        pass  # not from the parser's error, which holds the link
    raise DownloadError(
        f"{request.asked} was redirected to where no file may come from",
        hint="a file comes over https alone, save from a sandbox on loopback",
    )


def arrived(request: Request, response: Response) -> Response:
    """Return what a redirect led to; a refusal there is not the vendor's."""
    status = response.status
    if 400 <= status < 500 and status not in _PASSING:
        raise DownloadError(
            f"{request.asked} was redirected, and answered {status} there",
            hint="try again: such links live for minutes",
        )
    return response


def too_many(request: Request) -> DownloadError:
    """Return the error for what is sent on and on."""
    return DownloadError(
        f"{request.asked} was redirected more than {HOPS} times",
        hint="try again, or tell the vendor that its links lead in a circle",
    )
