"""A small server that notes what is posted to it, and answers as it is told."""

from __future__ import annotations

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread


class Listener:
    """Where it listens, what came, and what it answers next (204 at the end)."""

    def __init__(self):
        self.came, self.answers = [], []
        self._changed = Condition()
        self.url = None

    def note(self, told):
        """Keep a delivery and return the status to answer with."""
        with self._changed:
            self.came.append(told)
            self._changed.notify_all()
            return self.answers.pop(0) if self.answers else 204

    def wait(self, count):
        """Wait until so many have come, and return them."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.came) >= count, 20)
            return [*self.came]


@contextmanager
def listening():
    """Listen on a free port of loopback."""
    found = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = found.note((self.path, [*self.headers.items()], body))
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_port}/hooks"
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
