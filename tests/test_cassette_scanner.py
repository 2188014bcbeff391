"""The scanner finds a secret however it is spelled, and nothing where none is."""

from __future__ import annotations

import base64
import gzip
import json
from urllib.parse import quote, quote_plus

import pytest

from clm_bridge.testing.cassettes import sightings

from .canaries import CANARIES, SECRET

RAW = SECRET.encode()
WRAPPED = base64.encodebytes(bytes(70) + RAW).decode()
ZIPPED = gzip.compress(b"before " + RAW + b" after")
SPELLED = {
    "raw": SECRET,
    "url": quote(SECRET, safe=""),
    "form": quote_plus(SECRET),
    "json": json.dumps(SECRET + "é").replace("/", r"\/").replace("&", r"\u0026"),
    "hex": RAW.hex(),
    "hex in capitals": RAW.hex().upper(),
    "base64": base64.b64encode(RAW).decode(),
    "base64, one on": base64.b64encode(b"x" + RAW).decode(),
    "base64, two on": base64.b64encode(b"xy" + RAW).decode(),
    "base64 in a word": "abc" + base64.b64encode(RAW).decode(),
    "base64 for URLs": base64.urlsafe_b64encode(b"\xff" + RAW).decode(),
    "base64 on two lines": WRAPPED.replace("\n", "\n        "),
    "gzip in base64": base64.b64encode(ZIPPED).decode(),
    "gzip in hex": ZIPPED.hex(),
    "url in base64": base64.b64encode(quote(SECRET, safe="").encode()).decode(),
    "utf-16 in base64": base64.b64encode(SECRET.encode("utf-16-le")).decode(),
}


@pytest.mark.parametrize("way", SPELLED)
def test_a_planted_secret_is_found(way):
    """In the middle of a file, in each spelling."""
    text = f"body:\n  text: {SPELLED[way]}\n  more: 1\n"

    assert [one for one in sightings(text, CANARIES) if one.secret == SECRET]


SHAPED = {
    "a JSON web token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVP-mB92K",
    "a bearer token": "authorization: Bearer abcdefghij0123456789",
    "a basic credential": "authorization: Basic bWU6c2VjcmV0LXNlY3JldA==",
    "a private key": "-----BEGIN RSA PRIVATE KEY-----",
    "a signed link": "https://x.example/?X-Amz-Signature=0123456789abcdef0123",
    "an access key of AWS": "AKIAABCDEFGHIJKLMNOP",
    "a token's answer": 'access_token: "0123456789abcdef"',
    "a client's secret": "client_secret=0123456789",
    "an API key": "X-COUPA-API-KEY: 0123456789abcdef",
}


@pytest.mark.parametrize("what", SHAPED)
def test_the_shape_of_a_secret_is_enough(what):
    """Nobody has to know it, in the open or in base64."""
    hidden = base64.b64encode(SHAPED[what].encode()).decode()

    assert what in {one.what for one in sightings(SHAPED[what])}
    assert what in {one.what for one in sightings(f"data: {hidden}")}


def test_a_sighting_does_not_show_the_secret():
    """Reports are pasted into tickets."""
    [first, *_] = sightings(SECRET, CANARIES)

    assert SECRET not in repr(first)
