"""Logging that never shows a URL's query, a header or a body."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

log = logging.getLogger("clm_bridge")
log.addHandler(logging.NullHandler())

_sending = ContextVar("_sending", default=False)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep httpx's own records about our requests out of every log."""
    before = _sending.set(True)
    try:
        yield
    finally:
        _sending.reset(before)


def _is_not_ours(_record: logging.LogRecord) -> bool:
    return not _sending.get()


_LOGGERS = (
    "httpx",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
    "vcr.cassette",
    "vcr.matchers",
    "vcr.stubs.httpx_stubs",
)
"""vcrpy's too: it logs whole answers while it records them."""


def guard() -> None:
    """
    Filter httpx's and httpcore's loggers while a request of ours is on its way.

    httpx logs full URLs at INFO, signed links included, and httpcore logs headers at
    DEBUG.  Records about anybody else's requests pass as they are.
    """
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if _is_not_ours not in logger.filters:
            logger.addFilter(_is_not_ours)
    level = os.environ.get("CLM_BRIDGE_LOG", "").upper()
    if level in logging.getLevelNamesMapping():
        log.setLevel(level)
        if len(log.handlers) == 1:
            log.addHandler(logging.StreamHandler())
