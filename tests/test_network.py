"""Connections that keep to the call's deadline, below httpx."""

from __future__ import annotations

import asyncio
import time

import httpcore
import httpx
import pytest

from clm_bridge._due import due, time_left
from clm_bridge._limits import Deadline
from clm_bridge._network import PIECE, AsyncSockets, AsyncStream, Sockets, Stream, hold
from clm_bridge._reach import Reach

from .sockets import CERTIFICATE, Server, whole


class Line(httpcore.NetworkStream):
    """Notes what it is asked, and within which time."""

    def __init__(self):
        self.asked = []

    def read(self, max_bytes, timeout=None):
        self.asked.append(("read", timeout))
        return b""

    def write(self, buffer, timeout=None):
        self.asked.append((len(buffer), timeout))


class Telephone(httpcore.NetworkBackend):
    """Connects to whom it can, and notes whom it was asked for."""

    def __init__(self, *dead):
        self.asked, self._dead = [], dead

    def connect_tcp(self, host, port, timeout=None, *rest):
        self.asked.append(host)
        if host in self._dead:
            raise httpcore.ConnectError
        return Line()

    def sleep(self, seconds):
        self.asked.append(seconds)


def within(seconds):
    return due(Deadline(time.monotonic() + seconds))


def test_without_a_call_nothing_is_due():
    """The time that is given is the time that is left."""
    assert time_left(5.0) == 5.0
    assert time_left(None) is None


def test_the_shorter_time_counts():
    """What a step may take, or what is left of the call."""
    with within(100):
        assert time_left(5.0) == 5.0
        assert 99 < time_left(None) <= 100
        with within(1):
            assert 0 < time_left(5.0) <= 1
        assert time_left(5.0) == 5.0


def test_each_step_takes_what_is_left():
    """And a long text is written a piece at a time."""
    line = Line()
    with within(1):
        stream = Stream(line)
        stream.read(9, 30.0)
        stream.write(bytes(PIECE * 2 + 1), 30.0)

    assert [one for one, _ in line.asked] == ["read", PIECE, PIECE, 1]
    assert all(0 < left <= 1 for _, left in line.asked)


@pytest.mark.parametrize(
    ("step", "late"),
    [
        (lambda one: one.read(9, 30.0), httpcore.ReadTimeout),
        (lambda one: one.write(b"x", None), httpcore.WriteTimeout),
        (lambda one: one.start_tls(None, None, 5.0), httpcore.ConnectTimeout),
    ],
)
def test_no_step_begins_after_the_deadline(step, late):
    """It is late, and nothing is asked of the socket."""
    line = Line()
    with within(-1), pytest.raises(late):
        step(Stream(line))

    assert line.asked == []


def test_a_dead_address_is_passed_over():
    """The next one is tried; the last one's error is raised."""
    found = ["::1", "127.0.0.1"]
    for dead, ends in ((found[:1], None), (found, httpcore.ConnectError)):
        phone = Telephone(*dead)
        sockets = Sockets(phone, Reach(loopback=True))
        if ends is None:
            assert sockets.connect_tcp("localhost", 80) is not None
        else:
            with pytest.raises(ends):
                sockets.connect_tcp("localhost", 80)
        assert set(phone.asked) <= set(found)


def test_waiting_is_left_to_the_backend_below():
    """For those who set retries on a transport."""
    phone = Telephone()
    Sockets(phone, Reach()).sleep(0.5)

    assert phone.asked == [0.5]


def test_the_same_for_asyncio():
    """One sleeps as the other does."""

    class Quiet(httpcore.AsyncNetworkBackend):
        async def sleep(self, seconds):
            self.slept = seconds

    quiet = Quiet()
    asyncio.run(AsyncSockets(quiet, Reach()).sleep(0.5))

    assert quiet.slept == 0.5


@pytest.fixture
def encrypted():
    """A server behind TLS."""
    server = Server(lambda head: [whole(b"%PDF")], tls=True)
    yield server
    server.close()


def test_a_held_client_speaks_tls(encrypted, monkeypatch):
    """Names, certificates and the rest of httpx are as they were."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    url = encrypted.url.replace("127.0.0.1", "localhost")
    with httpx.Client() as client:
        assert hold(client)
        answers = [client.get(url), client.get(url)]
        with client.stream("GET", url) as last:
            line = last.extensions["network_stream"]
            assert line.get_extra_info("ssl_object") is not None

    assert [one.content for one in answers] == [b"%PDF"] * 2
    assert encrypted.met == 1


def test_a_held_asyncio_client_speaks_tls(encrypted, monkeypatch):
    """The same, for asyncio."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    url = encrypted.url.replace("127.0.0.1", "localhost")

    async def asked():
        async with httpx.AsyncClient() as client:
            assert hold(client, Reach(loopback=True))
            return [(await client.get(url)).content for _ in range(2)]

    assert asyncio.run(asked()) == [b"%PDF"] * 2
    assert encrypted.met == 1


def test_a_handshake_that_is_cancelled_is_closed():
    """Or its socket would stay open until somebody collects it."""

    class Slow(httpcore.AsyncNetworkStream):
        closed = False

        async def start_tls(self, *given):
            await asyncio.sleep(30)

        async def aclose(self):
            self.closed = True

    async def cancelled():
        slow = Slow()
        task = asyncio.create_task(AsyncStream(slow).start_tls(None))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        return slow.closed

    assert asyncio.run(cancelled())
