"""Answers that break off, never come, or are no HTTP."""

from __future__ import annotations

from math import inf

from ._values import Answer, Broken, Case, End, Seen, Shown

SETTLE = 0.01
"""Seconds in which sent bytes arrive, before a reset overtakes them."""

_PROTOCOL = "RemoteProtocolError"
_CHUNKED = ("Transfer-Encoding", "chunked")


def reset(_: Case) -> Shown:
    """Reset before a byte of an answer."""
    return Broken(end=End.RESET, seen=Seen("ReadError"))


def reset_mid_body(case: Case) -> Shown:
    """Reset after half of the body."""
    sent = case.answer.framed(_length(case.answer)) + case.answer.half.body
    seen = Seen("ReadError", case.answer.half)
    return Broken((sent, SETTLE), End.RESET, seen)


def close(_: Case) -> Shown:
    """Close before a byte of an answer."""
    return Broken(seen=Seen(_PROTOCOL))


def truncated_length(case: Case) -> Shown:
    """Close after half of the body whose length was told."""
    sent = case.answer.framed(_length(case.answer)) + case.answer.half.body
    return Broken((sent,), seen=Seen(_PROTOCOL, case.answer.half))


def truncated_chunked(case: Case) -> Shown:
    """Close in the middle of a chunk."""
    size = b"%x\r\n" % (len(case.answer.body) + 1)
    sent = case.answer.framed(_CHUNKED) + size + case.answer.half.body
    return Broken((sent,), seen=Seen(_PROTOCOL, case.answer.half))


def bad_chunk(case: Case) -> Shown:
    """Send a chunk, and then a size that is no number."""
    half = case.answer.half.body
    first = b"%x\r\n%b\r\n" % (len(half), half) if half else b""
    sent = case.answer.framed(_CHUNKED) + first + b"zz\r\n"
    return Broken((sent,), seen=Seen(_PROTOCOL, case.answer.half))


def garbage(_: Case) -> Shown:
    """Send a first line that is no HTTP."""
    return Broken((b"garbage\r\n\r\n",), seen=Seen(_PROTOCOL))


def huge_header(case: Case) -> Shown:
    """Send a header that no client takes."""
    sent = case.answer.framed(
        _length(case.answer), ("X-Huge", "x" * case.told["bytes"])
    )
    return Broken((sent + case.answer.body,), seen=Seen(_PROTOCOL))


def two_lengths(case: Case) -> Shown:
    """Tell two lengths of one body."""
    longer = ("Content-Length", str(len(case.answer.body) + 1))
    sent = case.answer.framed(_length(case.answer), longer) + case.answer.body
    return Broken((sent,), seen=Seen(_PROTOCOL))


def no_answer(_: Case) -> Shown:
    """Say nothing until the client leaves."""
    return Broken((inf,), seen=Seen("ReadTimeout"))


def drip(case: Case) -> Shown:
    """Send the head, and the body byte by byte."""
    pause = case.told["delay"] / 1000
    steps = [step for byte in case.answer.body for step in (bytes([byte]), pause)]
    return Broken([case.answer.framed(_length(case.answer)), *steps])


def _length(answer: Answer) -> tuple[str, str]:
    return "Content-Length", str(len(answer.body))
