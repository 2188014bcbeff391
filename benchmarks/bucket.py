"""A vendor that counts with a bucket; ``python bucket.py RATE BURST LATENCY``.

A call that finds the bucket empty is answered 429; ``/stats`` tells how many were.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler
from typing import ClassVar

from server import Server


class Bucket(BaseHTTPRequestHandler):
    """Answers nothing of interest, in its time; Nagle's delay is off."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    rate: float
    burst: float
    latency: float
    level: ClassVar[list[float]] = []
    counts: ClassVar[dict[str, int]] = {"calls": 0, "refused": 0}
    lock = threading.Lock()

    def do_GET(self) -> None:
        """Answer if there is a token in the bucket."""
        if self.path == "/stats":
            self._answer(200, json.dumps(self.counts).encode())
            return
        status = 200 if self._takes(time.monotonic()) else 429
        time.sleep(self.latency)
        self._answer(status, b"{}")

    def do_POST(self) -> None:
        """Grant a token, which does not count."""
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self._answer(200, b'{"access_token": "t", "expires_in": 3600}')

    def _takes(self, now: float) -> bool:
        with self.lock:
            level, seen = self.level or (self.burst, now)
            level = min(self.burst, level + (now - seen) * self.rate)
            takes = level >= 1
            self.level[:] = [level - takes, now]
            self.counts["calls"] += 1
            self.counts["refused"] += not takes
            return takes

    def _answer(self, status: int, body: bytes) -> None:
        head = b"HTTP/1.1 %d x\r\nContent-Length: %d\r\n\r\n" % (status, len(body))
        self.wfile.write(head + body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def main() -> None:
    """Serve until standard input closes."""
    Bucket.rate, Bucket.burst, Bucket.latency = map(float, sys.argv[1:])
    with Server(("127.0.0.1", 0), Bucket) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"http://127.0.0.1:{server.server_port}", flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
