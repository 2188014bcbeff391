"""From an HTTP request to an answer, whichever framework brings it."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from typing import Any, Protocol

from attrs import frozen

from .._config import load_settings
from .._errors import ClmError, ConfigError, WebhookVerificationError
from .._event_desk import EventDesk
from .._events import Headers
from .._secrets import Unseen
from ._queue import Queue

_log = logging.getLogger("clm_bridge")

LARGEST = 1_000_000
"""Bytes that a delivery may have; the vendors' have a few thousand."""


@frozen
class Answer:
    """What to answer the vendor: a status, and a line of text for a person."""

    status: int
    text: str


class Answering(Protocol):
    """What stands behind a web application that receives."""

    def answer(self, method: str, path: str, headers: Headers, body: bytes) -> Answer:
        """Take a request, and say what to answer; never raise."""


class Receiver:
    """
    Keeps what vendors deliver for one connection or several.

    The address of a connection is its name below wherever the application is mounted:
    ``/acme``, or ``/acme/<secret>`` for a vendor that does not sign.  Each connection
    needs ``webhook_secrets``, and ``events``, the file that its events are kept in.
    """

    def __init__(
        self,
        *connections: str,
        config: str | os.PathLike[str] | None = None,
        plugins: Sequence[object] = (),
        **settings: Any,
    ) -> None:
        given = Unseen(settings)
        del settings  # crash reporters send local variables away
        self.desks: dict[str, EventDesk] = {}
        for name in connections or (None,):
            told = load_settings(name, config=config, plugins=plugins, arguments=given)
            if told.events is None:
                raise ConfigError(
                    f"{told.connection or told.vendor}: events is missing",
                    hint="name the file that events are kept in: what is only in "
                    "memory when it is acknowledged can be lost",
                )
            desk = EventDesk(told)
            desk.webhook  # noqa: B018  # so that what is missing is told now
            self.desks[told.connection or told.vendor] = desk

    def answer(self, method: str, path: str, headers: Headers, body: bytes) -> Answer:
        """Keep what a request delivers, and say what to answer; it never raises."""
        name, _, token = path.strip("/").partition("/")
        desk = self.desks.get(name)
        if desk is None:
            return Answer(404, "no connection has this address")
        if method != "POST":
            return Answer(405, "deliveries come by POST")
        if len(body) > LARGEST:
            return Answer(413, "no delivery is as large as this")
        return _answered(desk, headers, body, token or None)

    def queues(self) -> dict[str, Queue]:
        """Return the events that wait to be handled, for each connection."""
        return {name: Queue(desk.inbox.file) for name, desk in self.desks.items()}

    def close(self) -> None:
        """Close the files."""
        for desk in self.desks.values():
            desk.close()


def _answered(
    desk: EventDesk, headers: Headers, body: bytes, token: str | None
) -> Answer:
    try:
        event = desk.receive(headers, body, token)
    except WebhookVerificationError as error:
        _log.warning("a delivery was refused: %s", error)
        return Answer(401, "this delivery is not accepted")
    except ClmError as error:
        _log.error("a delivery could not be kept: %s", error)
        return Answer(503, "this delivery could not be kept; send it again")
    return Answer(200, "kept" if event is not None else "known")
