"""An answer's body arrives whole and within bounds, or it is an error."""

from __future__ import annotations

import gzip

import pytest

from clm_bridge import (
    Options,
    PayloadError,
)
from clm_bridge.adapter import Request

from .paper import Paper, Script, streamed


class Big(Paper):
    """Reads one body."""

    async def check(self):
        return (await Request("GET", "big")).body


def check(clm):
    return clm.check()


ONE_MB = Options(max_body=1_000_000, max_attempts=1)
PACKED = gzip.compress(b"hello" * 1000)


@pytest.mark.parametrize(
    ("given", "body"),
    [
        (streamed(b"he", b"llo"), b"hello"),
        (streamed(PACKED, content_encoding="gzip"), b"hello" * 1000),
        (streamed(PACKED[:9], PACKED[9:], content_encoding="GZIP"), b"hello" * 1000),
        (streamed(b"hello", content_encoding="identity"), b"hello"),
        (streamed(b"hello", content_length="5"), b"hello"),
        (streamed(), b""),
        (streamed(content_encoding="gzip"), b""),
    ],
)
def test_a_body_arrives_whole(connect, given, body):
    """In pieces or packed, the bytes are those that were sent."""
    assert connect(Script(given), Big()).do(check) == body


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (streamed(*[b"x" * 60_000] * 20), "larger than 1000000 bytes"),
        (
            streamed(gzip.compress(b"x" * 5_000_000), content_encoding="gzip"),
            "larger than 1000000 bytes",
        ),
        (
            streamed(gzip.compress(PACKED), content_encoding="gzip, gzip"),
            "packed in a way that is not accepted",
        ),
        (streamed(b"x", content_encoding="br"), "packed in a way"),
        (streamed(PACKED[:-9], content_encoding="gzip"), "cut short"),
        (streamed(b"canary", content_encoding="gzip"), "damaged"),
        (streamed(PACKED + PACKED, content_encoding="gzip"), "goes on after its end"),
        (streamed(b"hell", content_length="5"), "cut short"),
        (streamed(b"hello!", content_length="5"), "cut short"),
    ],
)
def test_a_body_that_is_not_whole_is_an_error(connect, given, words):
    """Nothing too large, and nothing cut short unseen."""
    with pytest.raises(PayloadError, match=words):
        connect(Script(given), Big(), options=ONE_MB).do(check)


def test_a_decompression_bomb_is_refused(connect):
    """What unpacks to two hundred times its size is not a contract."""
    bomb = streamed(gzip.compress(b"\0" * 8_000_000), content_encoding="gzip")

    with pytest.raises(PayloadError, match="decompression bomb"):
        connect(Script(bomb), Big()).do(check)


def test_an_error_page_is_bounded_too(connect):
    """A fault's body is read like any other."""
    page = streamed(*[b"x" * 60_000] * 20, status=404)

    with pytest.raises(PayloadError, match="larger than"):
        connect(Script(page), Big(), options=ONE_MB).do(check)
