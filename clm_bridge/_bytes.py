"""Bytes off the wire, decoded within bounds: no bomb, and nothing cut short unseen."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

from ._errors import ClmError

STEP = 65_536
RATIO = 200
FREE = 1_000_000
"""Bytes before the ratio counts: small answers may well be very compressible."""


class Decoder:
    """Undo at most one gzip or deflate, and check size, ratio and the end."""

    def __init__(
        self, headers: Mapping[str, str], limit: int, error: type[ClmError]
    ) -> None:
        self._error = error
        self._limit = limit
        self._wire = self._out = 0
        self._inflate = self._inflater(headers.get("content-encoding", ""))
        told = headers.get("content-length", "")
        self._expected = int(told) if told.isdecimal() else None

    def _inflater(self, encoding: str) -> zlib._Decompress | None:
        names = [one.strip().lower() for one in encoding.split(",")]
        stacked = [one for one in names if one not in ("", "identity")]
        if not stacked:
            return None
        if stacked not in (["gzip"], ["deflate"]):
            raise self._error("the answer is packed in a way that is not accepted")
        return zlib.decompressobj(zlib.MAX_WBITS | 32)

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield what *chunk* holds, in pieces of bounded size."""
        self._wire += len(chunk)
        if self._inflate is None:
            yield self._counted(chunk)
            return
        while chunk:
            try:
                piece = self._inflate.decompress(chunk, STEP)
            except zlib.error:
                raise self._error("the answer is damaged") from None
            chunk = self._inflate.unconsumed_tail
            yield self._counted(piece)

    def _counted(self, piece: bytes) -> bytes:
        self._out += len(piece)
        if self._out > self._limit:
            raise self._error(f"the answer is larger than {self._limit} bytes")
        if self._out > FREE and self._out > self._wire * RATIO:
            raise self._error("the answer is a decompression bomb")
        return piece

    def close(self) -> None:
        """Check that everything arrived."""
        if self._inflate is not None and self._wire and not self._inflate.eof:
            raise self._error("the answer was cut short")
        if self._inflate is not None and self._inflate.unused_data:
            raise self._error("the answer goes on after its end")
        if self._expected is not None and self._wire != self._expected:
            raise self._error("the answer was cut short")
