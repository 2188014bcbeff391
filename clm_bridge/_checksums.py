"""Checksums that come with a file, of the kinds that the standard library knows."""

from __future__ import annotations

import hashlib
import zlib
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Protocol


class Hash(Protocol):
    """What computes a checksum."""

    def update(self, chunk: bytes, /) -> None:
        """Take the next bytes."""

    def digest(self) -> bytes:
        """Return the checksum of all bytes taken."""


class _Crc32:
    def __init__(self) -> None:
        self._sum = 0

    def update(self, chunk: bytes, /) -> None:
        self._sum = zlib.crc32(chunk, self._sum)

    def digest(self) -> bytes:
        return self._sum.to_bytes(4, "big")


def _hashed(name: str) -> Callable[[], Hash]:
    return lambda: hashlib.new(name, usedforsecurity=False)


_KINDS: Mapping[str, Callable[[], Hash]] = {
    "crc32": _Crc32,
    "md5": _hashed("md5"),
    "sha": _hashed("sha1"),
    "sha1": _hashed("sha1"),
    "sha-256": _hashed("sha256"),
    "sha256": _hashed("sha256"),
    "sha-512": _hashed("sha512"),
    "sha512": _hashed("sha512"),
}
_LISTED = ("digest", "repr-digest", "content-digest", "x-goog-hash")
"""Headers that name the kind of each checksum in them."""
_SINGLE = {"content-md5": "md5"} | {
    f"x-amz-checksum-{kind}": kind for kind in ("crc32", "md5", "sha1", "sha256")
}
_STORED = "x-goog-stored-content-encoding"


class Checksums:
    """
    The checksums that an answer's headers tell, computed as its bytes arrive.

    They are of the bytes as they are sent.  One that is unknown or no checksum is
    passed over: an ``ETag``, the sum of a multipart upload's parts.
    """

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._told = [*_told(headers)]

    def update(self, chunk: bytes) -> None:
        """Take the next bytes."""
        for computed, _ in self._told:
            computed.update(chunk)

    def match(self) -> bool:
        """Say whether the bytes are those that the headers are about."""
        return all(own.digest() == expected for own, expected in self._told)


def _told(headers: Mapping[str, str]) -> Iterator[tuple[Hash, bytes]]:
    for kind, text in _spelled(headers):
        make = _KINDS.get(kind.strip().lower())
        with suppress(ValueError):
            expected = b64decode(text.strip().strip(":"), validate=True)
            if make is not None and len(expected) == len(make().digest()):
                yield make(), expected


def _spelled(headers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, kind in _SINGLE.items():
        yield kind, headers.get(name, "")
    for name in _LISTED:
        if name == "x-goog-hash" and _is_transcoded(headers):
            continue
        for one in headers.get(name, "").split(","):
            kind, _, text = one.partition("=")
            yield kind, text


def _is_transcoded(headers: Mapping[str, str]) -> bool:
    """Say whether the storage unpacked what it keeps the checksum of."""
    stored = headers.get(_STORED, "identity")
    return stored != headers.get("content-encoding", "identity")
