"""Answers that break off, never come, or are no HTTP."""

from __future__ import annotations

from math import inf

from ._values import Answer, Broken, End, Seen, Settings, Shown

SETTLE = 0.01
"""Seconds in which sent bytes arrive, before a reset overtakes them."""

_PROTOCOL = "RemoteProtocolError"
_CHUNKED = ("Transfer-Encoding", "chunked")


def reset(answer: Answer, path: str, told: Settings) -> Shown:
    """Reset before a byte of an answer."""
    return Broken(end=End.RESET, seen=Seen("ReadError"))


def reset_mid_body(answer: Answer, path: str, told: Settings) -> Shown:
    """Reset after half of the body."""
    sent = answer.framed(_length(answer)) + answer.half.body
    seen = Seen("ReadError", answer.half)
    return Broken((sent, SETTLE), End.RESET, seen)


def close(answer: Answer, path: str, told: Settings) -> Shown:
    """Close before a byte of an answer."""
    return Broken(seen=Seen(_PROTOCOL))


def truncated_length(answer: Answer, path: str, told: Settings) -> Shown:
    """Close after half of the body whose length was told."""
    sent = answer.framed(_length(answer)) + answer.half.body
    return Broken((sent,), seen=Seen(_PROTOCOL, answer.half))


def truncated_chunked(answer: Answer, path: str, told: Settings) -> Shown:
    """Close in the middle of a chunk."""
    size = b"%x\r\n" % (len(answer.body) + 1)
    sent = answer.framed(_CHUNKED) + size + answer.half.body
    return Broken((sent,), seen=Seen(_PROTOCOL, answer.half))


def bad_chunk(answer: Answer, path: str, told: Settings) -> Shown:
    """Send a chunk, and then a size that is no number."""
    half = answer.half.body
    first = b"%x\r\n%b\r\n" % (len(half), half) if half else b""
    sent = answer.framed(_CHUNKED) + first + b"zz\r\n"
    return Broken((sent,), seen=Seen(_PROTOCOL, answer.half))


def garbage(answer: Answer, path: str, told: Settings) -> Shown:
    """Send a first line that is no HTTP."""
    return Broken((b"garbage\r\n\r\n",), seen=Seen(_PROTOCOL))


def huge_header(answer: Answer, path: str, told: Settings) -> Shown:
    """Send a header that no client takes."""
    sent = answer.framed(_length(answer), ("X-Huge", "x" * told["bytes"]))
    return Broken((sent + answer.body,), seen=Seen(_PROTOCOL))


def two_lengths(answer: Answer, path: str, told: Settings) -> Shown:
    """Tell two lengths of one body."""
    longer = ("Content-Length", str(len(answer.body) + 1))
    sent = answer.framed(_length(answer), longer) + answer.body
    return Broken((sent,), seen=Seen(_PROTOCOL))


def no_answer(answer: Answer, path: str, told: Settings) -> Shown:
    """Say nothing until the client leaves."""
    return Broken((inf,), seen=Seen("ReadTimeout"))


def drip(answer: Answer, path: str, told: Settings) -> Shown:
    """Send the head, and the body byte by byte."""
    pause = told["delay"] / 1000
    steps = [step for byte in answer.body for step in (bytes([byte]), pause)]
    return Broken([answer.framed(_length(answer)), *steps])


def _length(answer: Answer) -> tuple[str, str]:
    return "Content-Length", str(len(answer.body))
