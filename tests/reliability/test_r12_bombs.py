"""R12: what a storage sends costs little memory, and fills no disk."""

from __future__ import annotations

import gzip
import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from functools import cache
from pathlib import Path
from random import Random
from urllib.parse import quote, unquote

import pytest

from ..sockets import Server, whole

ROOT = Path(__file__).parents[2]
ALONE = (sys.executable, "-m", "tests.reliability.alone")
MOST = 64_000_000
MB = bytes(1_000_000)
DENSE = Random(1).randbytes(10_000) + bytes(990_000)
"""A megabyte that packs well, and not so well that it is a bomb."""
DEFLATED = zipfile.ZIP_DEFLATED


def squeezed(megabytes, wbits):
    """Zeros, packed without ever being held."""
    pack = zlib.compressobj(6, wbits=wbits)
    return b"".join([*(pack.compress(MB) for _ in range(megabytes)), pack.flush()])


@cache
def gzipped():
    return squeezed(150, 31)


@cache
def deflated():
    return squeezed(150, 15)


@cache
def archive(method, megabytes, *, block=MB):
    """An archive of one large file that is called a PDF."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as packed, packed.open("a.pdf", "w") as one:
        one.write(b"%PDF")
        for _ in range(megabytes):
            one.write(block)
    return made.getvalue()


def crowded(members):
    """An archive of many empty files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for one in range(members):
            packed.writestr(f"{one}.pdf", b"")
    return made.getvalue()


def encoded(name, body):
    return [whole(body, b"content-encoding: " + name)]


def forever(piece):
    yield b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
    for _ in range(2000):
        yield b"%x\r\n%b\r\n" % (len(piece), piece)


KEPT = r"^\d+$"
BOMBS = {
    "gzip": (lambda: encoded(b"gzip", gzipped()), "bomb"),
    "gzip in gzip": (lambda: encoded(b"gzip", gzip.compress(gzipped())), KEPT),
    "stacked": (
        lambda: encoded(b"gzip, gzip", gzip.compress(gzipped())),
        "packed in a way",
    ),
    "deflate": (lambda: encoded(b"deflate", deflated()), "bomb"),
    "brotli": (lambda: encoded(b"br", b"\xcf\xff\xff\x7f" * 99), "packed in a way"),
    "without end": (lambda: forever(b"%PDF" * 50_000), "larger than 100000000"),
    "a head without end": (
        lambda: [b"HTTP/1.1 200 OK\r\n", *[b"x: " + b"y" * 60_000 + b"\r\n"] * 400],
        "no whole answer",
    ),
    "archive": (lambda: [whole(archive(DEFLATED, 120))], "bomb"),
    "large archive": (lambda: [whole(archive(DEFLATED, 210))], "too large"),
    "archive by bzip2": (lambda: [whole(archive(zipfile.ZIP_BZIP2, 120))], KEPT),
    "archive of many": (lambda: [whole(crowded(60_000))], KEPT),
    "archive of a large PDF": (
        lambda: [whole(archive(DEFLATED, 90, block=DENSE))],
        KEPT,
    ),
    "api: gzip": (lambda: encoded(b"gzip", gzipped()), "bomb"),
    "api: without end": (lambda: forever(b" " * 50_000), "larger than 20000000"),
    "api: large": (lambda: [whole(b'["' + b"x" * 19_000_000)], "not JSON"),
}
"""What the storage sends, and how the download ends: an error, or a file's size."""

FEW = ("gzip", "archive")


@pytest.fixture
def bombs(size):
    """The bombs to try."""
    return size(full=tuple(BOMBS), few=FEW)


@pytest.fixture
def alone():
    """Return a function that downloads from a vendor, in a process of its own."""

    def say(head):
        path = unquote(head.split()[1].decode())
        _, name, *rest = path.split("/")
        if not rest or name.startswith("api"):
            return BOMBS[name][0]() if name in BOMBS else [whole(b"%PDF" * 2500)]
        host = head.lower().split(b"host: ")[1].split(b"\r\n")[0].decode()
        return [whole(json.dumps({"url": f"http://{host}/{quote(name)}"}).encode())]

    server = Server(say)

    def downloads(*given):
        done = subprocess.run(
            [*ALONE, server.url, *map(str, given)],
            capture_output=True,
            check=True,
            cwd=ROOT,
            text=True,
        )
        return [json.loads(line) for line in done.stdout.splitlines()]

    yield downloads
    server.close()


@pytest.mark.parametrize("colour", ["threads", "asyncio"])
def test_no_bomb_takes_memory(alone, colour, bombs, tmp_path, tried, measured):
    """At most 64 MB above a small file; and what is refused is not on the disk."""
    told = alone(colour, tmp_path, 2**40, *bombs)
    for name, one in zip(bombs, told, strict=True):
        ends = BOMBS[name][1]
        assert re.search(ends, str(one["ended"])), (name, one)
        assert (tmp_path / name).exists() == (ends == KEPT), name

    assert not [*tmp_path.glob(".clm-*")]
    assert told[-1]["growth"] < MOST, told
    tried(len(bombs), "bombs")
    measured("growth of peak memory", f"{told[-1]['growth'] / 1e6:.1f} MB")


@pytest.mark.parametrize("colour", ["threads", "asyncio"])
def test_a_full_disk_leaves_nothing(alone, colour, tmp_path, tried):
    """A file that does not fit is an error, and what was there is still there."""
    (tmp_path / "own").write_bytes(b"before")
    [told] = alone(colour, tmp_path, 5_000, "own")

    assert "cannot write" in told["ended"]
    assert (tmp_path / "own").read_bytes() == b"before"
    assert not [*tmp_path.glob(".clm-*")]
    tried(1, "full disks")
