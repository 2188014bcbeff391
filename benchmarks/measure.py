"""Comparing on a noisy machine: pairs in one run, and the median of their ratios."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from attrs import frozen


@frozen
class Ratio:
    """A candidate against a base: the median ratio, its quartiles, and the pairs."""

    median: float
    low: float
    high: float
    pairs: int

    def __str__(self) -> str:
        spread = f"{self.low:.2f} to {self.high:.2f}"
        return f"{self.median:.2f}x (quartiles {spread}, {self.pairs} pairs)"


def ratio(
    candidate: Callable[[], object],
    base: Callable[[], object],
    *,
    pairs: int,
    clock: Callable[[], float] = time.process_time,
) -> Ratio:
    """Run both in adjacent turns, alternating which goes first."""
    candidate(), base()
    ratios = []
    for turn in range(pairs):
        both = (candidate, base) if turn % 2 else (base, candidate)
        spent = [_spent(one, clock) for one in both]
        own, other = spent if turn % 2 else reversed(spent)
        ratios.append(own / other)
    low, median, high = statistics.quantiles(ratios, n=4)
    return Ratio(median, low, high, pairs)


def _spent(work: Callable[[], object], clock: Callable[[], float]) -> float:
    begun = clock()
    work()
    return clock() - begun
