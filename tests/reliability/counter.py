"""
A vendor that answers everything and counts arrivals by a clock of its own.

``python counter.py LATENCY``: a process of its own on loopback.  Where the system
stamps what arrives, its stamps are taken, since this process may be kept from looking.
``GET /arrivals`` tells when each call of the API came, and ``/granted`` the tokens.
"""

from __future__ import annotations

import json
import socket
import struct
import sys
import threading
import time

STAMPED = 35
"""SO_TIMESTAMPNS, which the module socket does not name everywhere."""

arrivals: list[float] = []
granted: list[float] = []


def heard(connection: socket.socket) -> tuple[bytes, float]:
    """Receive, and say when it arrived."""
    if sys.platform != "linux":
        return connection.recv(65536), time.time()
    told, stamps, *_ = connection.recvmsg(65536, 256)
    for _, kind, raw in stamps:
        if kind == STAMPED:
            seconds, billionths = struct.unpack("qq", raw)
            return told, seconds + billionths / 1e9
    return told, time.time()


def serve(connection: socket.socket, latency: float) -> None:
    """Answer one connection's requests, which come one after the other."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if sys.platform == "linux":
        connection.setsockopt(socket.SOL_SOCKET, STAMPED, 1)
    told = b""
    while True:
        more, at = heard(connection)
        if not more:
            return
        told += more
        head, blank, body = told.partition(b"\r\n\r\n")
        if not blank or len(body) < length(head):
            continue
        told = b""
        answer = json.dumps(said(head.split(b" ")[1], at)).encode()
        time.sleep(latency)
        connection.sendall(
            b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"
            b"content-length: %d\r\n\r\n%b" % (len(answer), answer)
        )


def length(head: bytes) -> int:
    """Return how long a request's body is."""
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return 0


def said(path: bytes, at: float) -> object:
    """Answer a question, a token request or a call, which is counted."""
    if path == b"/arrivals":
        return sorted(arrivals)
    if path == b"/granted":
        return granted
    if path.endswith(b"/token"):
        granted.append(at)
        return {"access_token": "granted", "expires_in": 3600}
    arrivals.append(at)
    return {}


def main() -> None:
    """Serve until standard input closes."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)

    def accept() -> None:
        while True:
            told = listener.accept()[0], float(sys.argv[1])
            threading.Thread(target=serve, args=told, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
