"""Answers that are whole on the wire, and not what was asked for."""

from __future__ import annotations

import gzip
import re

from ._values import Answer, Settings, Show, Shown

JSON = ("Content-Type", "application/json")
HTML = ("Content-Type", "text/html; charset=utf-8")
LOGIN = b"<!DOCTYPE html><html><head><title>Log in</title></head><body/></html>"
DEPTH = 100_000
DIGITS = 5_000
_FIRST = re.compile(rb"\{(\s*\})?")


def status(answer: Answer, path: str, told: Settings) -> Shown:
    """Answer with a status, a body and, if it is told, a ``Retry-After``."""
    after = told["retry_after"]
    wait = () if after is None else (("Retry-After", str(after)),)
    body = str(told["body"]).encode()
    return Answer(told["status"]).saying(body, JSON, *wait)


def login_page(answer: Answer, path: str, told: Settings) -> Shown:
    """Answer as a proxy does that wants people to log in."""
    return Answer(200).saying(LOGIN, HTML)


def empty(answer: Answer, path: str, told: Settings) -> Shown:
    """Answer with nothing."""
    return Answer(200).saying(b"")


def redirect(answer: Answer, path: str, told: Settings) -> Shown:
    """Send the client elsewhere."""
    return Answer(302, ()).saying(b"", ("Location", str(told["to"])))


def redirect_loop(answer: Answer, path: str, told: Settings) -> Shown:
    """Send the client to where it is."""
    return Answer(302, ()).saying(b"", ("Location", path))


def bom(answer: Answer, path: str, told: Settings) -> Shown:
    """Put a byte order mark before JSON."""
    if not _is_json(answer):
        return answer
    return answer.saying(b"\xef\xbb\xbf" + answer.body)


def not_gzip(answer: Answer, path: str, told: Settings) -> Shown:
    """Declare a compression that is not there."""
    return answer.saying(answer.body, ("Content-Encoding", "gzip"))


def truncated_gzip(answer: Answer, path: str, told: Settings) -> Shown:
    """Compress, and leave out the end."""
    packed = gzip.compress(answer.body)
    return answer.saying(packed[: -len(packed) // 3], ("Content-Encoding", "gzip"))


def grafted(value: bytes) -> Show:
    """Return what puts *value* into the first object of a JSON answer."""

    def show(answer: Answer, path: str, told: Settings) -> Shown:
        if not _is_json(answer):
            return answer
        body, found = _FIRST.subn(
            lambda first: b'{"fault": %b%b' % (value, b"}" if first[1] else b", "),
            answer.body,
            count=1,
        )
        return answer.saying(body if found else b'{"fault": %b}' % value)

    return show


def _is_json(answer: Answer) -> bool:
    named = {name.lower(): value for name, value in answer.headers}
    return "json" in named.get("content-type", "")
