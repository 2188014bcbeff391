"""Both drivers over real sockets on loopback: deadlines, broken answers, no leaks."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
import time

import pytest

from clm_bridge import ClmError, ConnectionFailed, Options, TimedOut

from .paper import DOCUMENT, Paper
from .sockets import Server, dripping, whole

DEADLINE = 0.5
SLACK = 0.3
"""What a busy machine may take besides the tenth of the deadline."""


@pytest.fixture
def served(connect):
    """Return a function that opens a bridge to a server that says what it is told."""
    servers = []

    def over(say, **options):
        server = Server(say)
        servers.append(server)
        bridge = connect(None, Paper(base_url=server.url), options=Options(**options))
        return bridge, server

    yield over
    for server in servers:
        server.close()


def get(clm):
    return clm.contracts.get("7")


def test_an_answer_over_a_socket(served):
    """The whole way, with nothing in between."""
    bridge, _ = served(lambda head: [whole(b'{"id": "7"}')])

    assert bridge.do(get).id == "7"


def test_a_connection_is_kept_for_the_next_call(served):
    """Calls one after another use one connection."""
    bridge, server = served(lambda head: [whole(b'{"id": "7"}')])
    bridge.do(get)
    bridge.do(get)

    assert len(server.open) == 1


HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n"


@pytest.mark.parametrize(
    "say",
    [
        lambda head: [HEAD, *dripping(b"x" * 500)],
        lambda head: [30.0],
        lambda head: [HEAD[:20], 30.0],
        lambda head: dripping(HEAD),
    ],
    ids=["dripping body", "silence", "half a head", "dripping head"],
)
def test_a_slow_answer_ends_at_the_deadline(served, say):
    """Bytes that keep coming do not keep the caller waiting."""
    assert seconds_until_given_up(served, say) < DEADLINE * 1.1 + SLACK


def seconds_until_given_up(served, say):
    bridge, _ = served(say, deadline=DEADLINE)
    begun = time.monotonic()
    with pytest.raises(TimedOut):
        bridge.do(get)
    return time.monotonic() - begun


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"garbage\r\n\r\n",
        HEAD + b"cut short",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nab",
        b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
        whole(gzip.compress(b"{}" * 99)[:-9], b"content-encoding: gzip"),
        whole(b"{}", b"content-encoding: gzip"),
        whole(b"<html>log in"),
        whole(b""),
        whole(b"{", b"content-type: application/json"),
        b"HTTP/1.1 200 OK\r\nx: " + b"x" * 300_000 + b"\r\n\r\n",
    ],
    ids=[
        "closed",
        "garbage",
        "short body",
        "short chunk",
        "bad chunk",
        "two lengths",
        "short gzip",
        "not gzip",
        "login page",
        "empty",
        "half JSON",
        "long head",
    ],
)
def test_a_broken_answer_is_one_error_of_ours(served, said):
    """Whatever a server does, exactly one kind of exception leaves."""

    def say(head):
        yield said
        raise OSError

    bridge, _ = served(say, max_attempts=1)

    with pytest.raises(ClmError) as caught:
        bridge.do(get)
    assert (caught.value.vendor, caught.value.operation) == ("paper", "contracts.get")


def test_a_refused_connection_is_an_error_of_ours(connect):
    """Nobody listens there."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    bridge = connect(None, Paper(base_url=f"http://127.0.0.1:{port}/"))

    with pytest.raises(ConnectionFailed, match="after 3 attempts"):
        bridge.do(get)


def test_an_answer_to_head_has_a_length_and_no_body(served):
    """What the length is of does not come, and nothing is missing."""
    bridge, _ = served(lambda head: [HEAD])
    found = bridge.do(lambda clm: clm.vendor.request("HEAD", "contracts"))

    assert (found.status, found.body) == (200, b"")


def test_a_download_over_a_socket(served, tmp_path):
    """Byte for byte, as it was sent."""
    body = b"%PDF" + bytes(range(256)) * 1000

    def say(head):
        if b"/file" in head:
            return [whole(body)]
        host = head.lower().split(b"host: ")[1].split(b"\r\n")[0]
        return [whole(b'{"url": "http://%s/file"}' % host)]

    bridge, _ = served(say)
    found = bridge.do(lambda clm: clm.documents.download(DOCUMENT, tmp_path))

    assert found.path.read_bytes() == body


def page(head):
    number = int(head.split(b"page=")[1].split(b"&")[0]) if b"page=" in head else 1
    more = ", ".join(f'"{one}"' for one in range(number + 1, 40))
    return [
        0.01,
        whole(f'{{"rows": [{{"id": "{number}"}}], "more": [{more}]}}'.encode()),
    ]


def settled(condition):
    """Say whether *condition* comes true soon: a server notices late that we left."""
    until = time.monotonic() + 5
    while not condition() and time.monotonic() < until:
        threading.Event().wait(0.01)
    return condition()


def test_leaving_a_listing_early_leaves_nothing_open(served, colour):
    """No thread, no task and no socket goes on once the bridge is closed."""
    bridge, server = served(page)
    before = threading.active_count() - len(server.open)
    bridge.do(lambda clm: leave(clm.contracts.list(detail="summary")))
    bridge.do(lambda clm: clm.close())

    assert settled(lambda: not server.open)
    assert settled(lambda: threading.active_count() <= before)


def leave(listing):
    if not hasattr(listing, "__aiter__"):
        return [one.id for one, _ in zip(listing, range(3), strict=False)]
    return leave_async(listing)


async def leave_async(listing):
    found = []
    async for one in listing:
        found.append(one.id)
        if len(found) == 3:
            break
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.wait_for(asyncio.gather(*others, return_exceptions=True), timeout=1)
    return found


@pytest.mark.parametrize("colour", ["asyncio"], indirect=True)
def test_cancelling_leaves_nothing_pending(served):
    """A task that is cancelled in the middle of a walk takes its requests along."""
    bridge, server = served(lambda head: page(head) if b"page" not in head else [30.0])

    async def cancelled(clm):
        async def walk():
            return [one async for one in clm.contracts.list(detail="summary")]

        task = asyncio.create_task(walk())
        while not server.open:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return asyncio.all_tasks() - {asyncio.current_task()}

    assert bridge.do(cancelled) == set()
