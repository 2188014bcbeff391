"""A server that says what it is told over real sockets, as slowly as it is told."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from pathlib import Path

DRIP = 0.05
CERTIFICATE = Path(__file__).with_name("tls.pem")
"""A certificate for ``files.test``, with its key, which is worth nothing elsewhere."""


def certified():
    """A context for a server that shows the certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


class Server:
    """Answers each connection's requests with the bytes that *say* yields."""

    def __init__(self, say, *, tls=False):
        self._say = say
        self._tls = certified() if tls else None
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}/"
        self.open = set()
        self.met = 0
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            if self._stop.is_set():
                connection.close()
                return
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection):
        self.open.add(connection)
        try:
            if self._tls is not None:
                connection = self._encrypted(connection)
            self.met += 1
            while head := connection.recv(65536):
                for piece in self._say(head):
                    if isinstance(piece, float):
                        self._stop.wait(piece)
                    else:
                        connection.sendall(piece)
                    if self._stop.is_set():
                        return
                if b"\r\nconnection: close" in head.lower():
                    return
        except OSError:
            return
        finally:
            self.open.discard(connection)
            connection.close()

    def _encrypted(self, connection):
        self.open.discard(connection)
        connection = self._tls.wrap_socket(connection, server_side=True)
        self.open.add(connection)
        return connection

    def close(self):
        self._stop.set()
        with socket.create_connection(self._listener.getsockname()):
            pass
        self._listener.close()
        for connection in list(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(timeout=5)


def whole(body, *headers):
    head = [b"HTTP/1.1 200 OK", b"content-length: %d" % len(body), *headers]
    return b"\r\n".join([*head, b"", body])


def dripping(text):
    for one in text:
        yield bytes([one])
        yield DRIP
