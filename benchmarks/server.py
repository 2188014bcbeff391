"""A vendor's listing made of bytes that are ready, so that the client is what is timed.

Run in a process of its own: ``python benchmarks/server.py KIND COUNT LATENCY``.  It
prints its base URL, counts connections and requests, and tells them at ``/stats``.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from payloads import coupa_contract, spotdraft_row

PAGE = 50


def coupa(count: int) -> dict[str, bytes]:
    """Pages under the id that they follow."""
    pages = {}
    for start in range(0, count, PAGE):
        rows = [coupa_contract(n + 1) for n in range(start, min(start + PAGE, count))]
        pages[str(start)] = json.dumps(rows).encode()
    pages[str(count)] = b"[]"
    return pages


def spotdraft(count: int) -> dict[str, bytes]:
    """Pages of a hundred under their number."""
    pages = {}
    for page in range(1, -(-count // 100) + 1):
        first = (page - 1) * 100
        rows = [spotdraft_row(n) for n in range(first, min(first + 100, count))]
        body = {"page": page, "limit": 100, "total_results": count, "results": rows}
        pages[str(page)] = json.dumps(body).encode()
    return pages


KINDS = {"coupa": (coupa, "id[gt]", "0"), "spotdraft": (spotdraft, "page", "1")}


class Handler(BaseHTTPRequestHandler):
    """Answers from the table; the connection stays open, and Nagle's delay is off."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    pages: dict[str, bytes]
    key: str
    first: str
    latency: float
    counts: ClassVar[dict[str, int]] = {"connections": 0, "requests": 0}
    lock = threading.Lock()

    def setup(self) -> None:
        super().setup()
        with self.lock:
            self.counts["connections"] += 1

    def do_GET(self) -> None:
        """Answer a page, or the counts."""
        url = urlsplit(self.path)
        if url.path == "/stats":
            self._answer(json.dumps(self.counts).encode())
            return
        with self.lock:
            self.counts["requests"] += 1
        asked = parse_qs(url.query).get(self.key, [self.first])[0]
        if self.latency:
            time.sleep(self.latency)
        self._answer(self.pages.get(asked, b"[]"))

    def do_POST(self) -> None:
        """Grant a token."""
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self._answer(b'{"access_token": "t", "token_type": "bearer", "expires_in": 9}')

    def _answer(self, body: bytes) -> None:
        head = (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n" % len(body)
        )
        self.wfile.write(head + body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Many connections at once."""

    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: who takes the first contract alone hangs up on the others."""


def main() -> None:
    """Serve until standard input closes."""
    kind, count, latency = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    build, Handler.key, Handler.first = KINDS[kind]
    Handler.pages, Handler.latency = build(count), latency
    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"http://127.0.0.1:{server.server_port}", flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
