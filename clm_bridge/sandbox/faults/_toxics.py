"""
Toxiproxy's toxics, by its names, with its settings in its units.

https://github.com/Shopify/toxiproxy#toxics
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from random import Random

from attrs import evolve

from ._values import Broken, Case, End, Seen, Settings, Shown

_MS = 1000
_US = 1_000_000
_TICK = 0.1
"""Seconds between two pieces of an answer of limited bandwidth."""


def latency(case: Case) -> Shown:
    """Delay the answer by ``latency`` ± ``jitter`` milliseconds."""
    spread = case.dice.uniform(-1, 1) * case.told["jitter"]
    return Broken((max(0.0, case.told["latency"] + spread) / _MS, case.answer.wire))


def bandwidth(case: Case) -> Shown:
    """Let ``rate`` kilobytes a second through."""
    size = max(1, int(case.told["rate"] * 1000 * _TICK))
    return Broken(_paced(case.answer.wire, size, _TICK))


def slow_close(case: Case) -> Shown:
    """Send an answer that ends with its connection, which closes late."""
    sent = case.answer.framed(("Connection", "close")) + case.answer.body
    return Broken((sent, case.told["delay"] / _MS))


def timeout(case: Case) -> Shown:
    """Let nothing through, and close after ``timeout``; 0 is never."""
    seconds = case.told["timeout"] / _MS or inf
    error = "ReadTimeout" if seconds == inf else "RemoteProtocolError"
    return Broken((seconds,), seen=Seen(error))


def reset_peer(case: Case) -> Shown:
    """Reset after ``timeout``; 0 is at once."""
    return Broken((case.told["timeout"] / _MS,), End.RESET, Seen("ReadError"))


def slicer(case: Case) -> Shown:
    """Cut the answer into small pieces with a pause between them."""
    return Broken(_sliced(case.answer.wire, case.told, case.dice))


def limit_data(case: Case) -> Shown:
    """Close once ``bytes`` have gone out."""
    sent = case.answer.wire
    if case.told["bytes"] >= len(sent):
        return case.answer
    body = case.told["bytes"] - (len(sent) - len(case.answer.body))
    part = evolve(case.answer, body=case.answer.body[:body]) if body >= 0 else None
    seen = Seen("RemoteProtocolError", part)
    return Broken((sent[: case.told["bytes"]],), seen=seen)


def down(case: Case) -> Shown:
    """Reset every connection, and refuse new ones for ``seconds``."""
    return Broken(end=End.DOWN, seen=Seen("ConnectError"), seconds=case.told["seconds"])


def _paced(sent: bytes, size: int, pause: float) -> Iterator[bytes | float]:
    for start in range(0, len(sent), size):
        yield sent[start : start + size]
        yield pause


def _sliced(sent: bytes, told: Settings, dice: Random) -> Iterator[bytes | float]:
    start = 0
    while start < len(sent):
        spread = dice.randint(-told["size_variation"], told["size_variation"])
        end = start + max(1, told["average_size"] + spread)
        yield sent[start:end]
        yield told["delay"] / _US
        start = end
