"""
Receive deliveries in a web application, and hand their events on.

    receiver = Receiver("acme")
    app = asgi(receiver, Worker(receiver.queues(), changed))

A delivery is verified, kept on disk and answered at once; a `Worker` calls the handler
later, and again if it fails.
"""

from __future__ import annotations

from ._apps import asgi, wsgi
from ._forward import Forward
from ._queue import Buried, Queue
from ._receiver import Answer, Receiver
from ._standard import StandardWebhook
from ._worker import Backoff, Handler, Worker

__all__ = [
    "Answer",
    "Backoff",
    "Buried",
    "Forward",
    "Handler",
    "Queue",
    "Receiver",
    "StandardWebhook",
    "Worker",
    "asgi",
    "wsgi",
]
