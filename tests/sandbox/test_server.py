"""Tests for a sandbox behind a real socket."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from socket import create_connection, has_dualstack_ipv6

import httpx
import pytest
from flask import Flask

from clm_bridge.sandbox import serve

RUN = """
from flask import Flask
from clm_bridge.sandbox import run
run(Flask("empty"), started=lambda url: print(url, flush=True))
print("stopped")
"""


@pytest.fixture
def url(echo: Flask) -> Iterator[str]:
    with serve(echo) as url:
        yield url


@pytest.fixture
def connection(url: str) -> Iterator[HTTPConnection]:
    """One connection, which does not reconnect when it is closed."""
    connection = HTTPConnection(url.removeprefix("http://"), timeout=5)
    connection.auto_open = 0
    connection.connect()
    with closing(connection):
        yield connection


def _text(connection: HTTPConnection, method: str, path: str, **request: object) -> str:
    connection.request(method, path, **request)  # type: ignore[arg-type] # as given
    return connection.getresponse().read().decode()


def _raw(url: str, sent: bytes) -> bytes:
    """Send bytes as they are, and read until the server closes."""
    host, port = url.removeprefix("http://").split(":")
    with create_connection((host, int(port)), timeout=5) as raw:
        raw.sendall(sent)
        return b"".join(iter(lambda: raw.recv(65536), b""))


def test_any_client_can_ask(url: str) -> None:
    """The base URL that is yielded answers."""
    assert httpx.get(f"{url}/echo/Łódź").json()["path"] == "Łódź"


def test_a_connection_is_kept(connection: HTTPConnection) -> None:
    """Many requests go over one connection."""
    answers = [_text(connection, "GET", f"/echo/{n}") for n in range(20)]

    assert all(f'"{n}"' in answer for n, answer in enumerate(answers))


@pytest.mark.parametrize("path", ["/deaf", "/missing"])
def test_a_body_that_nobody_reads_is_out_of_the_way(
    connection: HTTPConnection, path: str
) -> None:
    """What the application leaves unread is not taken for the next request."""
    _text(connection, "POST", path, body=b"GET /x HTTP/1.1\r\n\r\n" * 50)

    assert "next" in _text(connection, "GET", "/echo/next")


def test_a_chunked_body_arrives_whole(connection: HTTPConnection) -> None:
    """A request may be sent in parts."""
    parts = iter([b"one ", b"two"])
    answer = _text(connection, "POST", "/echo/x", body=parts, encode_chunked=True)

    assert "one two" in answer


def test_an_answer_in_parts_keeps_the_connection(connection: HTTPConnection) -> None:
    """An answer of unknown length is chunked, and the connection goes on."""
    assert _text(connection, "GET", "/parts") == "one two three"
    assert "next" in _text(connection, "GET", "/echo/next")


@pytest.mark.parametrize(
    ("method", "path"), [("HEAD", "/echo/x"), ("HEAD", "/parts"), ("GET", "/nothing")]
)
def test_an_answer_without_a_body_keeps_the_connection(
    connection: HTTPConnection, method: str, path: str
) -> None:
    """After an answer that has no body, the next one is read right."""
    assert _text(connection, method, path) == ""
    assert "next" in _text(connection, "GET", "/echo/next")


def test_an_old_client_is_not_sent_chunks(url: str) -> None:
    """HTTP/1.0 knows no chunks: the end of the connection ends the answer."""
    answer = _raw(url, b"GET /parts HTTP/1.0\r\n\r\n")

    assert answer.endswith(b"\r\n\r\none two three")


def test_a_client_that_asks_first_is_told_to_go_on(url: str) -> None:
    """An ``Expect: 100-continue`` is answered before the body is there."""
    host, port = url.removeprefix("http://").split(":")
    head = b"POST /echo/x HTTP/1.1\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n"
    with create_connection((host, int(port)), timeout=5) as raw:
        raw.sendall(head)
        told = raw.recv(100)
        raw.sendall(b"late")
        answer = raw.recv(65536)

    assert told.startswith(b"HTTP/1.1 100 ")
    assert answer.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "sent",
    [
        b"POST /echo/x HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        b"POST /echo/x HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /echo/x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_a_badly_framed_body_is_refused(url: str, sent: bytes) -> None:
    """A body whose end cannot be known is a 400, and the connection is closed."""
    assert _raw(url, sent).startswith(b"HTTP/1.1 400 ")


def test_the_client_may_ask_for_the_end(url: str) -> None:
    """A connection is closed when the client says so."""
    sent = b"GET /echo/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

    assert b"\r\nConnection: close\r\n" in _raw(url, sent)


def test_connections_are_served_together(url: str) -> None:
    """Many clients at once each get their own answer."""
    with ThreadPoolExecutor(8) as threads:
        answers = threads.map(lambda n: httpx.get(f"{url}/echo/{n}"), range(24))
        paths = [answer.json()["path"] for answer in answers]

    assert paths == [str(number) for number in range(24)]


def test_leaving_closes_the_port(echo: Flask) -> None:
    """After the block nobody listens any more."""
    with serve(echo) as url:
        pass

    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_leaving_ends_open_connections(echo: Flask) -> None:
    """A client that kept its connection sees it end."""
    with serve(echo) as url:
        kept = HTTPConnection(url.removeprefix("http://"), timeout=5)
        _text(kept, "GET", "/echo/x")

    with closing(kept):
        assert kept.sock.recv(1) == b""


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "sandbox.example", "::"])
def test_listens_on_loopback_only(echo: Flask, host: str) -> None:
    """An address that others reach is refused, with the way out."""
    with pytest.raises(ValueError, match="expose=True"), serve(echo, host):
        pass


def test_is_exposed_when_told(echo: Flask) -> None:
    """Whoever says so may listen everywhere, and is given a URL that works."""
    with serve(echo, "0.0.0.0", expose=True) as url:
        assert url.startswith("http://127.0.0.1:")
        assert httpx.get(f"{url}/echo/x").status_code == 200


@pytest.mark.skipif(not has_dualstack_ipv6(), reason="this machine has no IPv6")
def test_listens_on_the_other_loopback(echo: Flask) -> None:
    """The loopback of IPv6 is as good, and its URL is written as URLs are."""
    with serve(echo, "::1") as url:
        assert url.startswith("http://[::1]:")
        assert httpx.get(f"{url}/echo/x").status_code == 200


def test_a_taken_port_is_a_clear_error(echo: Flask, url: str) -> None:
    """Two servers on one port: the second says which port, and what to do."""
    port = int(url.rsplit(":", 1)[1])
    said = rf"127\.0\.0\.1:{port} .*try another port"
    with pytest.raises(OSError, match=said), serve(echo, port=port):
        pass


def test_is_quiet(url: str, capfd: pytest.CaptureFixture[str]) -> None:
    """Nothing is printed unless a log is asked for."""
    httpx.get(f"{url}/missing")

    assert capfd.readouterr() == ("", "")


def test_says_each_request_to_a_log(echo: Flask) -> None:
    """A log gets method, path and status, and no control characters."""
    said: list[str] = []
    with serve(echo, log=said.append) as url:
        _raw(url, b"GET /\x1b[2J HTTP/1.0\r\n\r\n")

    assert said == [r"GET /\x1b[2J 404"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")
def test_runs_until_the_keyboard_interrupts() -> None:
    """The blocking form tells its URL, serves, and returns on Ctrl-C."""
    with subprocess.Popen(
        [sys.executable, "-c", RUN], stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        status = httpx.get(program.stdout.readline().strip()).status_code
        program.send_signal(signal.SIGINT)
        last = program.stdout.read()

    assert (status, last, program.returncode) == (404, "stopped\n", 0)
