"""
Toxiproxy's toxics, by its names, with its settings in its units.

https://github.com/Shopify/toxiproxy#toxics
"""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from random import Random

from ._values import Answer, Broken, End, Seen, Settings, Shown

_MS = 1000
_US = 1_000_000
_TICK = 0.1
"""Seconds between two pieces of an answer of limited bandwidth."""


def latency(answer: Answer, path: str, told: Settings) -> Shown:
    """Delay the answer by ``latency`` ± ``jitter`` milliseconds."""
    spread = Random(told["seed"]).uniform(-1, 1) * told["jitter"]
    return Broken((max(0.0, told["latency"] + spread) / _MS, answer.wire))


def bandwidth(answer: Answer, path: str, told: Settings) -> Shown:
    """Let ``rate`` kilobytes a second through."""
    size = max(1, int(told["rate"] * 1000 * _TICK))
    return Broken(_paced(answer.wire, size, _TICK))


def slow_close(answer: Answer, path: str, told: Settings) -> Shown:
    """Send an answer that ends with its connection, which closes late."""
    sent = answer.framed(("Connection", "close")) + answer.body
    return Broken((sent, told["delay"] / _MS))


def timeout(answer: Answer, path: str, told: Settings) -> Shown:
    """Let nothing through, and close after ``timeout``; 0 is never."""
    seconds = told["timeout"] / _MS or inf
    error = "ReadTimeout" if seconds == inf else "RemoteProtocolError"
    return Broken((seconds,), seen=Seen(error))


def reset_peer(answer: Answer, path: str, told: Settings) -> Shown:
    """Reset after ``timeout``; 0 is at once."""
    return Broken((told["timeout"] / _MS,), End.RESET, Seen("ReadError"))


def slicer(answer: Answer, path: str, told: Settings) -> Shown:
    """Cut the answer into small pieces with a pause between them."""
    dice = Random(told["seed"])
    return Broken(_sliced(answer.wire, told, dice))


def limit_data(answer: Answer, path: str, told: Settings) -> Shown:
    """Close once ``bytes`` have gone out."""
    sent = answer.wire
    if told["bytes"] >= len(sent):
        return answer
    body = told["bytes"] - (len(sent) - len(answer.body))
    part = None if body < 0 else Answer(answer.status, answer.headers, answer.body[:body])
    seen = Seen("RemoteProtocolError", part)
    return Broken((sent[: told["bytes"]],), seen=seen)


def down(answer: Answer, path: str, told: Settings) -> Shown:
    """Reset every connection, and refuse new ones for ``seconds``."""
    return Broken(end=End.DOWN, seen=Seen("ConnectError"), seconds=told["seconds"])


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
