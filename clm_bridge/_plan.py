"""What a listing costs, told beforehand; no call is made for it."""

from __future__ import annotations

from attrs import frozen

from ._adapter import Adapter
from ._limits import Rate
from ._operations import Detail, calls_a_contract, rows_a_page


@frozen
class Plan:
    """What a listing costs at the most: calls, and seconds at the vendor's limit."""

    calls: int
    seconds: float


def plan(
    adapter: Adapter, rate: Rate | None, count: int, detail: Detail, known: int = 0
) -> Plan:
    """
    Count the calls that listing *count* contracts makes; no call is made for it.

    *known* of them are known to the caller, and have not changed.
    """
    each = calls_a_contract(adapter, detail)
    bulk = adapter.dates_in_bulk if detail == "dates" and each else 0
    kept = min(known, count) if adapter.tells_changes and each and not bulk else 0
    rows = rows_a_page(adapter, detail, is_helped=bool(bulk or kept))
    calls = _pages(count - adapter.rows_again, rows - adapter.rows_again)
    if bulk:
        calls += _pages(count, bulk)
    else:
        calls += (count - kept) * each
    if kept:
        calls += _pages(count - kept, adapter.page_size)
    return Plan(calls, round(rate.time_for(calls), 1) if rate else 0.0)


def _pages(count: int, size: int) -> int:
    return max(1, -(-count // size))
