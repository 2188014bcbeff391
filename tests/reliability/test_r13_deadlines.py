"""R13: a call ends by its deadline, whatever the other side does, at every step."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from clm_bridge import AsyncBridge, Bridge, ClmError, Options, TimedOut, VendorDown
from clm_bridge.adapter import ClientCredentials, Secret

from ..paper import DOCUMENT, Paper, furnished
from ..sockets import Server, dripping, whole

DEADLINE = 1.0
LIMIT = DEADLINE * 1.1
LONG = 30.0
AT_ONCE = 12
"""Calls at a time; with more, this process itself would be what is late."""
MANY = b"x" * 900
HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
PACKED = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 999\r\n\r\n"
HANDSHAKE = b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03"
BUSY = b"HTTP/1.1 503 Busy\r\nretry-after: %s\r\ncontent-length: 0\r\n\r\n"
MOVED = b"HTTP/1.1 302 Moved\r\nlocation: /a\r\ncontent-length: 0\r\n\r\n"


def get(clm, folder):
    return clm.contracts.get("7")


def upload(clm, folder):
    return clm.vendor.request("POST", "contracts", json={"a": "x" * 6_000_000})


def download(clm, folder):
    return clm.documents.download(DOCUMENT, folder)


def walk(clm, folder):
    listing = clm.contracts.list(detail="summary")
    if isinstance(clm, Bridge):
        return list(listing)
    return all_of(listing)


async def all_of(listing):
    return [one async for one in listing]


def file(*said):
    """Hand out a link, then say this of the file."""

    def say(head):
        if b"/file" in head.split(b"\r\n")[0] or b"/a " in head.split(b"\r\n")[0]:
            return said
        host = head.lower().split(b"host: ")[1].split(b"\r\n")[0].decode()
        return [whole(json.dumps({"url": f"http://{host}/file"}).encode())]

    return say


def says(*said):
    return lambda head: said


CASES = {
    "silence": (get, says(LONG)),
    "half a head": (get, says(HEAD[:20], LONG)),
    "dripped status": (get, lambda head: dripping(HEAD)),
    "dripped header": (get, lambda head: [HEAD[:-2], *dripping(b"x: " + b"y" * 900)]),
    "many header lines": (get, lambda head: [HEAD[:-2], *_some(b"x: y\r\n", 500)]),
    "many 100 Continue": (
        get,
        lambda head: _some(b"HTTP/1.1 100 Continue\r\n\r\n", 500),
    ),
    "dripped body": (get, lambda head: [HEAD, *dripping(MANY)]),
    "half a body": (get, says(HEAD, b"x" * 2500, LONG)),
    "body without end": (get, lambda head: [CHUNKED, *_some(b"1\r\nx\r\n", 900)]),
    "dripped chunk size": (get, lambda head: [CHUNKED, *dripping(b"0" * 900)]),
    "dripped chunk extension": (
        get,
        lambda head: [CHUNKED, b"1;a=", *dripping(MANY)],
    ),
    "half a chunk": (get, says(CHUNKED, b"9999\r\nxx", LONG)),
    "dripped trailers": (
        get,
        lambda head: [CHUNKED, b"1\r\n7\r\n0\r\n", *dripping(b"x: " + b"y" * 900)],
    ),
    "dripped gzip": (
        get,
        lambda head: [PACKED, *dripping(gzip.compress(bytes(900_000)))],
    ),
    "refusal that drips": (
        get,
        lambda head: [HEAD.replace(b"200", b"404"), *dripping(MANY)],
    ),
    "nobody reads": (upload, says(LONG)),
    "slow reader": (upload, says(0.2)),
    "busy for an hour": (get, says(BUSY % b"3600")),
    "busy again and again": (get, says(BUSY % b"0.4")),
    "page that drips": (walk, lambda head: [HEAD, *dripping(MANY)]),
    "file that drips": (download, file(HEAD, *dripping(b"%PDF" * 300))),
    "half a file": (download, file(HEAD, b"%PDF" * 500, LONG)),
    "file that does not begin": (download, file(LONG)),
    "slow redirects": (download, file(0.4, MOVED)),
    "redirect that drips": (
        download,
        file(HEAD.replace(b"200 OK", b"302 Moved\r\nlocation: /a"), *dripping(MANY)),
    ),
}
"""What is called, and what the server does; the deadline is the same for each."""


def _some(piece, count):
    for _ in range(count):
        yield piece
        yield 0.02


@contextmanager
def served(say):
    server = Server(say)
    try:
        yield Paper(base_url=server.url)
    finally:
        server.close()


@contextmanager
def over_tls(say):
    """A server that never gets further than the handshake."""
    server = Server(say)
    try:
        yield Paper(base_url=server.url.replace("http:", "https:"))
    finally:
        server.close()


@contextmanager
def granting(say):
    """A server that is slow to grant a token."""
    server = Server(say)
    try:
        auth = ClientCredentials(f"{server.url}token", "me", Secret("secret"))
        yield Paper(base_url=server.url, auth=auth)
    finally:
        server.close()


@contextmanager
def full_house(_):
    """A port where nobody accepts, and no further connection fits."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        waiting = []
        for _ in range(4):
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
            waiting.append(one)
        yield Paper(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}/")
        for one in waiting:
            one.close()


PLACES = {
    **{name: (served, *case) for name, case in CASES.items()},
    "silent handshake": (over_tls, get, says(LONG)),
    "dripped handshake": (
        over_tls,
        get,
        lambda head: [HANDSHAKE, *dripping(MANY)],
    ),
    "silent token": (granting, get, says(LONG)),
    "dripped token": (granting, get, lambda head: [HEAD, *dripping(MANY)]),
}
if sys.platform == "linux":
    PLACES["no connection"] = (full_house, get, None)

FEW = ("dripped status", "half a body", "slow reader", "file that drips")
OPTIONS = Options(
    deadline=DEADLINE, download_deadline=DEADLINE, max_attempts=9, max_upload=10**9
)


def attempt(case, colour, folder):
    """Make one call; return how long it took, and how it ended."""
    place, work, say = PLACES[case]
    with place(say) as adapter:
        settings = furnished(adapter, options=OPTIONS)
        return (blocked if colour == "threads" else awaited)(settings, work, folder)


def blocked(settings, work, folder):
    with Bridge(settings) as clm:
        begun = time.monotonic()
        with pytest.raises(ClmError) as caught:
            work(clm, folder)
        return time.monotonic() - begun, caught.value


def awaited(settings, work, folder):
    async def done():
        async with AsyncBridge(settings) as clm:
            begun = time.monotonic()
            with pytest.raises(ClmError) as caught:
                await work(clm, folder)
            return time.monotonic() - begun, caught.value

    return asyncio.run(done())


@pytest.fixture
def calls(size):
    """The calls to try: every case in both colours, or a few."""
    names = size(full=list(PLACES), few=FEW)
    return [(name, colour) for name in names for colour in ("threads", "asyncio")]


def test_a_call_ends_by_its_deadline(calls, tmp_path, tried, measured):
    """Within a tenth of it, at every step at which the other side can be slow."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        pending = {one: pool.submit(attempt, *one, tmp_path) for one in calls}
        ended = {one: done.result() for one, done in pending.items()}
    for one, (seconds, _) in ended.items():
        if seconds > LIMIT:  # was it the other calls? Then alone it is not late.
            ended[one] = attempt(*one, tmp_path)

    assert {one: end for one, end in ended.items() if end[0] > LIMIT} == {}
    assert [*tmp_path.iterdir()] == []
    for (case, _), (_, error) in ended.items():
        gave_up = VendorDown if case.startswith("busy") else TimedOut
        assert isinstance(error, gave_up), (case, error)
    tried(len(calls), "slow servers")
    longest = max(seconds for seconds, _ in ended.values())
    measured("longest call", f"{longest / DEADLINE:.2f} of its deadline")
