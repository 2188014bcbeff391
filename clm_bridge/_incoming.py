"""From httpx's answer, or its failure, to ours."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import httpx

from ._bytes import Decoder
from ._checksums import Checksums
from ._config import Options
from ._errors import (
    ClmError,
    ConnectionFailed,
    DownloadError,
    PayloadError,
    TimedOut,
    TransportError,
)
from ._files import Arriving
from ._limits import Deadline
from ._messages import Request, Response, request_id


@contextmanager
def answering(answer: httpx.Response) -> Iterator[None]:
    """Let an error about *answer* carry the id of its request."""
    try:
        yield
    except ClmError as error:
        error.request_id = request_id(answer.headers)
        raise


class Inflow:
    """An answer's body on its way in: decoded, bounded, and within the deadline."""

    def __init__(
        self,
        answer: httpx.Response,
        deadline: Deadline,
        options: Options,
        into: Arriving | None,
    ) -> None:
        self._status = answer.status_code
        self._headers = dict(answer.headers.items())
        self._deadline = deadline
        self._into = into if answer.is_success else None
        self._body = bytearray()
        # A test double's answer was read, and so decoded, before it came here.
        unpacked = answer.is_stream_consumed or answer.request.method == "HEAD"
        packed = {} if unpacked else self._headers
        if self._into is None:
            self._decoder = Decoder(packed, options.max_body, PayloadError)
        else:
            if self._status == HTTPStatus.PARTIAL_CONTENT:
                raise DownloadError("a part of the file came where all was asked for")
            self._into.restart()
            self._decoder = Decoder(packed, options.max_download, DownloadError)
        changed = unpacked and "content-encoding" in self._headers
        summed = self._into is not None and not changed
        self._checksums = Checksums(self._headers if summed else {})

    def take(self, chunk: bytes) -> None:
        """Take the next raw bytes."""
        self._checksums.update(chunk)
        write = self._body.extend if self._into is None else self._into.write
        for piece in self._decoder.feed(chunk):
            write(piece)
        if self._deadline.remaining(time.monotonic()) <= 0:
            raise httpx.ReadTimeout("the deadline has passed")

    def whole(self) -> Response:
        """Return the answer, now that all of it came."""
        self._decoder.close()
        if not self._checksums.match():
            raise DownloadError(
                "the file is damaged: its checksum is not the one that came with it",
                hint="try again",
            )
        return Response(self._status, self._headers, bytes(self._body))


def transport_error(error: httpx.TransportError, request: Request) -> TransportError:
    """Name the failure without httpx's text, which may hold a URL."""
    what = type(error).__name__
    found: TransportError
    if isinstance(error, httpx.TimeoutException):
        found = TimedOut(f"{request.named} got no answer in time ({what})")
    else:
        found = ConnectionFailed(f"{request.named} got no whole answer ({what})")
    found.sent = not isinstance(
        error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout
    )
    found.__cause__ = None
    return found
