"""What keeps calls cheap, proven by counts: a busy machine cannot be timed."""

from __future__ import annotations

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from clm_bridge import _parsing as parsing

from .paper import Paper


class Handler(BaseHTTPRequestHandler):
    """Answers one contract, over a connection that stays open."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        body = b'{"id": "7"}'
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


@pytest.fixture
def url():
    """Serve on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Watch:
    """Notes which modules are looked for, and finds none."""

    def __init__(self):
        self.looked = []

    def find_spec(self, name, path=None, target=None):
        self.looked.append(name)


def get(clm):
    return clm.contracts.get("7")


def test_a_call_looks_for_no_module(connect, url, monkeypatch):
    """Without sniffio, httpcore searches the disk for it at each step under asyncio."""
    bridge = connect(None, Paper(base_url=url))
    assert bridge.do(get).id == "7"
    watch = Watch()

    monkeypatch.setattr(sys, "meta_path", [watch, *sys.meta_path])
    bridge.do(get)

    assert watch.looked == []


def test_without_msgspec_the_standard_parser_is_taken(monkeypatch):
    """The extra may be missing."""
    monkeypatch.setitem(sys.modules, "msgspec", None)

    assert parsing._quick.__wrapped__() is None
