"""Whole listings in a process of their own, so that processor time is all theirs.

``python benchmarks/listing.py WHO URL [HIDDEN…]``: prints the seconds of processor time
and of wall time, and the contracts.  The modules named last are taken for missing.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import PathFinder
from itertools import chain
from typing import Any

import by_hand
import httpx
import numbered as by_number
import requests

import clm_bridge_coupa  # noqa: F401  # a vendor is imported when it is asked for
import clm_bridge_spotdraft  # noqa: F401
from clm_bridge import connect, connect_async

SPOTDRAFT = {
    "vendor": "spotdraft",
    "client_id": "id",
    "client_secret": "x",
    "rate_limit": 0,
}
EMPTY = "contracts/?page=9999"
CALLS = 500
AT_ONCE = 8


def bare_httpx(url: str) -> Iterator[Any]:
    """Walk Coupa's pages with one kept connection and the standard JSON parser."""
    with httpx.Client(base_url=url) as client:
        last = 0
        while True:
            params = {"id[gt]": last, "order_by": "id", "dir": "asc", "limit": 50}
            rows = json.loads(client.get("/api/contracts", params=params).content)
            yield from rows
            if len(rows) < 50:
                return
            last = rows[-1]["id"]


def mapped_by_hand(url: str) -> Iterator[Any]:
    """Map what `bare_httpx` reads as a careful user would."""
    yield from map(by_hand.contract, bare_httpx(url))


def coupa(url: str) -> Iterator[Any]:
    """Walk the same pages through the bridge."""
    with connect(
        vendor="coupa",
        base_url=url,
        client_id="id",
        client_secret="x",
        timezone="America/Los_Angeles",
        token_settle=0,
        rate_limit=0,
    ) as clm:
        yield from clm.contracts.list()


def documented_loop(url: str) -> Iterator[Any]:
    """Ask for one page after the other, each on a new connection."""
    page, total = 1, 1
    while (page - 1) * 100 < total:
        answer = requests.get(
            f"{url}/api/v2.1/public/contracts/",
            params={"page": page, "limit": 100},
            headers={"client-id": "id", "client-secret": "x"},
            timeout=30,
        ).json()
        total = answer["total_results"]
        yield from answer["results"]
        page += 1


def numbered(url: str) -> Iterator[Any]:
    """Ask for rows through the bridge, eight pages at a time."""
    with connect(base_url=url, plugins=[by_number], **SPOTDRAFT) as clm:
        yield from clm.contracts.list(detail="summary")


def first(url: str) -> Iterator[Any]:
    """Take the first contract of a listing, over a connection that is open."""
    with connect(base_url=url, **SPOTDRAFT) as clm:
        clm.vendor.request("GET", EMPTY)
        begun = time.perf_counter()
        rows = iter(clm.contracts.list(detail="summary"))
        found = next(rows)
        print(time.perf_counter() - begun, file=sys.stderr)
        yield found


def calls(url: str) -> Iterator[Any]:
    """Make many small calls from threads."""
    with (
        connect(base_url=url, **SPOTDRAFT) as clm,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        yield from pool.map(lambda _: clm.vendor.request("GET", EMPTY), range(CALLS))


def async_calls(url: str) -> Iterator[Any]:
    """Make the same calls from tasks."""

    async def work() -> list[Any]:
        todo = iter(range(CALLS))
        async with connect_async(base_url=url, **SPOTDRAFT) as clm:

            async def some() -> list[Any]:
                return [await clm.vendor.request("GET", EMPTY) for _ in todo]

            return await asyncio.gather(*(some() for _ in range(AT_ONCE)))

    yield from chain.from_iterable(asyncio.run(work()))


def hide(names: list[str]) -> None:
    """Let imports fail as where a module is missing, the search for it included."""
    found = PathFinder.find_spec

    def find(name: str, path: Any = None, target: Any = None) -> Any:
        spec = found(name, path, target)
        return None if name in names else spec

    PathFinder.find_spec = staticmethod(find)  # type: ignore[method-assign,assignment]  # for this process alone


WHO = {
    one.__name__: one
    for one in (
        bare_httpx,
        mapped_by_hand,
        coupa,
        documented_loop,
        numbered,
        first,
        calls,
        async_calls,
    )
}


def main() -> None:
    """Read everything, keeping nothing."""
    hide(sys.argv[3:])
    rows = WHO[sys.argv[1]](sys.argv[2])
    cpu, wall = time.process_time(), time.perf_counter()
    count = sum(1 for _ in rows)
    spent = time.process_time() - cpu, time.perf_counter() - wall
    print(json.dumps({"cpu": spent[0], "wall": spent[1], "count": count}))


if __name__ == "__main__":
    main()
