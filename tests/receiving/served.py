"""
A receiver behind a socket that is killed again and again.

    python served.py FOLDER KILLS SEED

The parent keeps the socket and forks a server; after a moment it kills it with SIGKILL
and forks the next.  It prints its port, and "killed" when the last server runs, which
lives until stdin is closed.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import sqlite3
import sys
import time
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from clm_bridge.receiving import Backoff, Receiver, Worker, wsgi

SECRET = "test-secret"


class Server(ThreadingMixIn, WSGIServer):
    """A thread for each connection, on a socket that outlives it."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Says nothing."""

    def log_message(self, *_):
        pass


class Effects:
    """What the handler does, in a file of its own: once for each event's id."""

    def __init__(self, path):
        self._database = sqlite3.connect(
            path, check_same_thread=False, isolation_level=None, timeout=30
        )
        self._database.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
            "CREATE TABLE IF NOT EXISTS effect (id TEXT PRIMARY KEY);"
            "CREATE TABLE IF NOT EXISTS call (id TEXT)"
        )

    def __call__(self, event):
        with self._database:
            self._database.execute("INSERT INTO call VALUES (?)", (event.id,))
            self._database.execute(
                "INSERT OR IGNORE INTO effect VALUES (?)", (event.id,)
            )


def received(folder):
    """Return a receiver of Tomorro's deliveries."""
    return Receiver(
        vendor="tomorro",
        api_key="not-a-real-key",
        webhook_secrets=SECRET,
        events=folder / "events.sqlite",
    )


def serve(listener, folder, ready):
    """Receive and handle until killed; say when it begins."""
    receiver = received(folder)
    worker = Worker(
        receiver.queues(),
        Effects(folder / "effects.sqlite"),
        backoff=Backoff(first=0.01),
        lease=1.0,
    )
    worker.start()
    host, port = listener.getsockname()
    server = Server((host, port), Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    server.server_name, server.server_port = host, port
    server.setup_environ()
    server.set_app(wsgi(receiver))
    os.write(ready, b".")
    server.serve_forever(poll_interval=0.01)


def forked(listener, folder):
    """Return the process of a new server, which has begun."""
    begun, ready = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            serve(listener, folder, ready)
        finally:
            os._exit(1)
    os.read(begun, 1)
    os.close(begun)
    os.close(ready)
    return child


def killed(child):
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def main(folder, kills, seed):
    dice = random.Random(int(seed))
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    received(Path(folder)).close()  # what it imports is there for all
    print(listener.getsockname()[1], flush=True)
    for _ in range(int(kills)):
        child = forked(listener, Path(folder))
        time.sleep(dice.uniform(0.05, 0.4))
        killed(child)
    child = forked(listener, Path(folder))
    print("killed", flush=True)
    sys.stdin.read()
    killed(child)


if __name__ == "__main__":
    main(*sys.argv[1:])
