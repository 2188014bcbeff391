"""Answers that are whole on the wire, and not what was asked for."""

from __future__ import annotations

import gzip
import re

from ._values import Answer, Case, Show, Shown

JSON = ("Content-Type", "application/json")
HTML = ("Content-Type", "text/html; charset=utf-8")
LOGIN = b"<!DOCTYPE html><html><head><title>Log in</title></head><body/></html>"
DEPTH = 100_000
DIGITS = 5_000
_FIRST = re.compile(rb"\{(\s*\})?")


def status(case: Case) -> Shown:
    """Answer with a status, a body and, if it is told, a ``Retry-After``."""
    after = case.told["retry_after"]
    wait = () if after is None else (("Retry-After", str(after)),)
    body = str(case.told["body"]).encode()
    return Answer(case.told["status"]).saying(body, JSON, *wait)


def login_page(_: Case) -> Shown:
    """Answer as a proxy does that wants people to log in."""
    return Answer(200).saying(LOGIN, HTML)


def empty(_: Case) -> Shown:
    """Answer with nothing."""
    return Answer(200).saying(b"")


def redirect(case: Case) -> Shown:
    """Send the client elsewhere."""
    return Answer(302, ()).saying(b"", ("Location", str(case.told["to"])))


def redirect_loop(case: Case) -> Shown:
    """Send the client to where it is."""
    return Answer(302, ()).saying(b"", ("Location", case.path))


def bom(case: Case) -> Shown:
    """Put a byte order mark before JSON."""
    if not _is_json(case.answer):
        return case.answer
    return case.answer.saying(b"\xef\xbb\xbf" + case.answer.body)


def not_gzip(case: Case) -> Shown:
    """Declare a compression that is not there."""
    return case.answer.saying(case.answer.body, ("Content-Encoding", "gzip"))


def truncated_gzip(case: Case) -> Shown:
    """Compress, and leave out the end."""
    packed = gzip.compress(case.answer.body)
    return case.answer.saying(packed[: -len(packed) // 3], ("Content-Encoding", "gzip"))


def grafted(value: bytes) -> Show:
    """Return what puts *value* into the first object of a JSON answer."""

    def show(case: Case) -> Shown:
        if not _is_json(case.answer):
            return case.answer
        body, found = _FIRST.subn(
            lambda first: b'{"fault": %b%b' % (value, b"}" if first[1] else b", "),
            case.answer.body,
            count=1,
        )
        return case.answer.saying(body if found else b'{"fault": %b}' % value)

    return show


def _is_json(answer: Answer) -> bool:
    named = {name.lower(): value for name, value in answer.headers}
    return "json" in named.get("content-type", "")
