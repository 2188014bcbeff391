"""A dry run's view of a request: all that would be sent, with its secrets masked."""

from __future__ import annotations

import re
import time
from urllib.parse import unquote

import httpx

from ._auth import Scheme, Token
from ._config import Options
from ._limits import Deadline
from ._messages import Request, Response, spelled
from ._outgoing import outgoing
from ._parsing import parse
from ._secrets import MASK, Secret, secrets_in
from ._written import Preview

_DULL = frozenset({"accept", "accept-encoding", "content-length", "host", "user-agent"})
"""Headers that every request has, and that tell nothing."""


def preview(
    request: Request, base: httpx.URL, auth: Scheme, options: Options
) -> Preview:
    """Return what would be sent."""
    url, headers = request.shown, dict(request.headers)
    if request.url is None:
        ahead = Deadline(time.monotonic() + options.deadline)
        wire = outgoing(_signed(request, auth), base, ahead, options)
        url, headers = _readable(str(wire.url)), dict(wire.headers)
    return Preview(
        method=request.method,
        url=url,
        headers={name: own for name, own in headers.items() if name not in _DULL},
        json=parse(spelled(request.json)) if request.json is not None else None,
        files=_files(request),
    )


def _readable(url: str) -> str:
    """Show what stands for an id that is not known yet, such as <id of the …>."""
    return re.sub("%3C(.+?)%3E", lambda found: f"<{unquote(found[1])}>", url)


def stand_in(request: Request) -> Response:
    """Return what answers in the vendor's place."""
    return Response(200, body=spelled(request.dry))


def _signed(request: Request, auth: Scheme) -> Request:
    if not request.signed:
        return request
    token = Token(Secret(MASK), 0.0, 0.0)
    secrets = [one for one in secrets_in(auth) if one]
    shown = {
        name: MASK if any(secret in value for secret in secrets) else value
        for name, value in auth.sign(request, token).headers.items()
    }
    return request.with_headers(shown)


def _files(request: Request) -> dict[str, str]:
    found = {part: str(file) for part, file in request.files.items()}
    if request.content is not None:
        found["body"] = f"{len(request.content)} bytes"
    return found
