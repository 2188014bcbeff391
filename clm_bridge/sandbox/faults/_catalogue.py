"""Every fault, by its name: what the sandboxes can do wrong when they are asked to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from . import _answers, _breaks, _toxics
from ._answers import DEPTH, DIGITS, grafted
from ._values import Fault

_STATUS = {"status": 503, "retry_after": None, "body": "{}"}
_cut = partial(Fault, effect=True, needs=True)
"""What is made of the sandbox's own answer."""
_slow = partial(_cut, in_process=False)

_FAULTS = (
    Fault("status", "Another status answers.", _answers.status, _STATUS),
    Fault(
        "storm",
        "Every request is one too many.",
        _answers.status,
        {**_STATUS, "status": 429, "retry_after": 1},
    ),
    Fault(
        "flapping",
        "Every other request finds the vendor down.",
        _answers.status,
        _STATUS,
        every=2,
    ),
    Fault(
        "retry_after_2100",
        "The vendor is down, and says to come back in the year 2100.",
        _answers.status,
        {**_STATUS, "retry_after": "Fri, 01 Jan 2100 00:00:00 GMT"},
    ),
    Fault("reset", "The connection is reset before an answer.", _breaks.reset),
    Fault(
        "lost",
        "The request takes effect, and the connection is reset before the answer.",
        _breaks.reset,
        effect=True,
    ),
    _cut("reset_mid_body", "A reset after half a body.", _breaks.reset_mid_body),
    Fault("close", "The connection is closed before an answer.", _breaks.close),
    _cut(
        "truncated_length",
        "The body is shorter than its Content-Length.",
        _breaks.truncated_length,
    ),
    _cut(
        "truncated_chunked",
        "The connection closes in the middle of a chunk.",
        _breaks.truncated_chunked,
    ),
    _cut("bad_chunk", "A chunk's size is no number.", _breaks.bad_chunk),
    Fault("garbage", "The first line is no HTTP.", _breaks.garbage),
    _cut(
        "huge_header",
        "A header is larger than clients take.",
        _breaks.huge_header,
        {"bytes": 300_000},
    ),
    _cut("two_lengths", "Two Content-Lengths disagree.", _breaks.two_lengths),
    Fault("no_answer", "Nothing comes.", _breaks.no_answer),
    _slow("drip", "The body comes byte by byte.", _breaks.drip, {"delay": 100}),
    _cut("not_gzip", "The body is not compressed as it says.", _answers.not_gzip),
    _cut("truncated_gzip", "Compressed data ends early.", _answers.truncated_gzip),
    Fault("login_page", "A login page answers, with 200.", _answers.login_page),
    Fault("empty", "Nothing answers, with 200.", _answers.empty),
    _cut("latin_1", "JSON is written in Latin-1.", grafted(b'"caf\xe9"')),
    _cut(
        "nested",
        f"JSON is nested {DEPTH:,} deep.",
        grafted(b"[" * DEPTH + b"]" * DEPTH),
    ),
    _cut(
        "long_integer",
        f"JSON holds an integer of {DIGITS:,} digits.",
        grafted(b"9" * DIGITS),
    ),
    _cut("nan", "JSON holds NaN, which JSON does not have.", grafted(b"NaN")),
    _cut("duplicate_keys", "A key comes twice.", grafted(b'1, "fault": 2')),
    _cut("bom", "JSON begins with a byte order mark.", _answers.bom),
    Fault(
        "redirect",
        "The client is sent to another host.",
        _answers.redirect,
        {"to": "https://elsewhere.example/"},
    ),
    Fault(
        "redirect_file",
        "The client is sent to a file of its own machine.",
        _answers.redirect,
        {"to": "file:/etc/passwd"},
    ),
    Fault(
        "redirect_loop", "The client is sent to where it is.", _answers.redirect_loop
    ),
    _slow(
        "latency",
        "The answer comes late.",
        _toxics.latency,
        {"latency": 100, "jitter": 0},
    ),
    _slow("bandwidth", "Few bytes come a second.", _toxics.bandwidth, {"rate": 10}),
    _slow(
        "slow_close",
        "The end of an answer comes late.",
        _toxics.slow_close,
        {"delay": 1000},
    ),
    Fault(
        "timeout",
        "Nothing comes, and after a while the connection closes.",
        _toxics.timeout,
        {"timeout": 1000},
    ),
    Fault(
        "reset_peer",
        "After a while the connection is reset.",
        _toxics.reset_peer,
        {"timeout": 0},
    ),
    _slow(
        "slicer",
        "The answer comes in small pieces.",
        _toxics.slicer,
        {"average_size": 64, "size_variation": 32, "delay": 100},
    ),
    _cut(
        "limit_data",
        "The connection closes after a number of bytes.",
        _toxics.limit_data,
        {"bytes": 100},
    ),
    Fault(
        "down",
        "Every connection is reset, and for a while nobody listens.",
        _toxics.down,
        {"seconds": 1},
    ),
)

CATALOGUE: Mapping[str, Fault] = {one.name: one for one in _FAULTS}
