"""
Look for secrets in files, however they are spelled.

Text is taken apart first: as it is, out of URLs and JSON escapes, out of hexadecimal
and base64 at each alignment, and out of gzip, each within the other.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from urllib.parse import unquote_plus, unquote_to_bytes

from attrs import field, frozen

DEPTH = 3
"""How deep spellings within spellings are looked for."""
LONGEST = 2_000_000
_MARK = b"\x1f\x8b\x08"

_SHAPES = {
    "a JSON web token": rb"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",
    "a bearer token": rb"(?i)bearer [\w.~+/-]{16,}",
    "a basic credential": rb"(?i)\bbasic [\w+/]{16,}={0,2}",
    "a private key": rb"-----BEGIN [A-Z ]*PRIVATE KEY",
    "a signed link": rb"(?i)(?:x-amz-signature|signature|sig)=[\w%+/-]{16,}",
    "an access key of AWS": rb"\bA[KS]IA[A-Z0-9]{16}\b",
    "a token's answer": rb"access_token\W{1,4}[\w.~+/-]{16,}",
    "a client's secret": rb"client[_-]secret\W{1,4}[\w.~+/-]{8,}",
    "an API key": rb"(?i)api[_-]?key\W{1,4}[\w.~+/-]{16,}",
}


@frozen
class Sighting:
    """A secret that was found, which is not shown, and how it was spelled."""

    what: str
    spelled: str
    secret: str | None = field(default=None, repr=False)


def sightings(text: str, secrets: Sequence[str] = ()) -> Iterator[Sighting]:
    """Yield each secret that is known, and whatever has the shape of one."""
    for spelled, found in readings(text.encode(errors="replace")):
        for secret in secrets:
            if secret.encode() in found:
                yield Sighting("a secret", spelled, secret)
        for what, shape in _SHAPES.items():
            if re.search(shape, found):
                yield Sighting(what, spelled)


def readings(found: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield every way to read some bytes, each with the way's name."""
    seen: set[bytes] = set()
    waiting = [("raw", found, DEPTH)]
    while waiting:
        way, reading, depth = waiting.pop()
        if reading in seen:
            continue
        seen.add(reading)
        yield way, reading
        if depth:
            waiting += [
                (name if way == "raw" else f"{way} > {name}", one, depth - 1)
                for name, one in _further(reading)
                if 4 <= len(one) <= LONGEST
            ]


def _further(found: bytes) -> Iterator[tuple[str, bytes]]:
    if b"%" in found:
        yield "url", unquote_to_bytes(found)
        yield "url", unquote_plus(found.decode(errors="replace")).encode()
    if b"\\" in found:
        yield from _unescaped(found)
    for run in re.findall(rb"(?:[0-9a-fA-F]{2}){4,}", found):
        yield "hex", binascii.unhexlify(run)
    yield from _from_base64(found)
    yield from _unzipped(found)
    if b"\x00" in found:
        with suppress(UnicodeDecodeError):
            yield "utf-16", found.decode("utf-16-le").encode(errors="replace")


def _unescaped(found: bytes) -> Iterator[tuple[str, bytes]]:
    text = found.decode(errors="replace")
    plain = re.sub(
        r'\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])',
        lambda match: str(json.loads(f'"{match[0]}"')),
        text,
    )
    yield "json", plain.encode(errors="replace")


def _from_base64(found: bytes) -> Iterator[tuple[str, bytes]]:
    """Decode each run, also one broken into lines, wherever it may begin."""
    joined = re.sub(rb"\s*\n\s*", b"", found)
    for text in {found, joined}:
        for run in re.findall(rb"[A-Za-z0-9+/_-]{8,}", text):
            plain = run.translate(bytes.maketrans(b"-_", b"+/"))
            for start in range(4):
                piece = plain[start:]
                piece = piece[: len(piece) - (len(piece) % 4 == 1)]
                padded = piece + b"=" * (-len(piece) % 4)
                yield "base64", base64.b64decode(padded)


def _unzipped(found: bytes) -> Iterator[tuple[str, bytes]]:
    start = found.find(_MARK)
    while start >= 0:
        with suppress(zlib.error):
            yield "gzip", zlib.decompressobj(31).decompress(found[start:], LONGEST)
        start = found.find(_MARK, start + 1)
