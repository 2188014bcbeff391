"""Secrets to plant, and a scanner that finds them, however they are spelled."""

from __future__ import annotations

import base64
import json
import re
import traceback
import zlib
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, quote_plus

import attrs

TESTS = str(Path(__file__).parent)

SECRET = "canary-5ecret/+&=?"
TOKEN = "canary-t0ken/+&=?"
SIGNATURE = "canary-5ignature/+"
PASSWORD = "canary-pa55word"
CANARIES = (SECRET, TOKEN, SIGNATURE, PASSWORD)


def encodings(canary):
    """Every way to write a secret that a log or a file may choose, by its name."""
    raw = canary.encode()
    in_json = json.dumps(canary)[1:-1]
    return {
        "raw": {raw, canary.encode("utf-16-le")},
        "URL": {quote(canary, safe="").encode(), quote_plus(canary).encode()},
        "JSON": {in_json.encode(), in_json.replace("/", "\\/").encode()}
        | {repr(canary)[1:-1].encode()},
        "hex": {raw.hex().encode(), raw.hex().upper().encode()},
        "base64": {*_based(raw)},
    }


def _based(raw):
    for lead in range(3):
        plain = base64.b64encode(bytes(lead) + raw)
        inner = plain[-(-lead * 8 // 6) : len(plain) - 4]
        yield from (inner, inner.translate(bytes.maketrans(b"+/", b"-_")))


def spellings(canary):
    """Every way to write a secret."""
    return [one for several in encodings(canary).values() for one in several]


def sightings(*shown, canaries=CANARIES):
    """Return the canaries in texts, bytes or objects, each with how it is spelled."""
    told = [*unpacked(*shown)]
    return [
        (canary, spelled)
        for canary in canaries
        for spelled in spellings(canary)
        if any(spelled in one for one in told)
    ]


def unpacked(*shown):
    """Yield what is shown as bytes, and what is packed by gzip within it."""
    for one in shown:
        told = one if isinstance(one, bytes) else _text(one)
        yield told
        for found in re.finditer(re.escape(b"\x1f\x8b\x08"), told):
            with suppress(zlib.error):
                yield zlib.decompressobj(31).decompress(told[found.start() :])


def _text(value):
    return (value if isinstance(value, str) else repr(value)).encode(errors="replace")


def told_by(error):
    """
    Everything that an error tells a crash reporter.

    That is its text, its attributes, and the local variables of every frame, of its
    causes and contexts too.  Frames of these tests hold what they planted.
    """
    found = []
    while error is not None:
        found += [str(error), repr(error), repr(error.args), repr(vars(error))]
        found += traceback.format_exception_only(error)
        report = traceback.TracebackException.from_exception(error, capture_locals=True)
        for frame in report.stack:
            if not frame.filename.startswith(TESTS):
                found += [f"{name} = {one}" for name, one in frame.locals.items()]
        error = error.__cause__ or error.__context__
    return found


def shown_by(value):
    """Every way from an object to text that people use without a thought."""
    found = [repr(value), str(value), f"{value}", "%s %r" % (value, value)]  # noqa: UP031
    if attrs.has(type(value)):
        found += [repr(attrs.asdict(value)), repr(attrs.astuple(value))]
    elif hasattr(value, "__dict__"):
        found += [repr(vars(value))]
    return found
