"""Whole listings in a process of their own, so that processor time is all theirs.

``python benchmarks/listing.py WHO URL``: prints the seconds of processor time and of
wall time, and the contracts.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx
import requests

import clm_bridge_coupa  # noqa: F401  # a vendor is imported when it is asked for
import clm_bridge_spotdraft  # noqa: F401
from clm_bridge import connect


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


def spotdraft(url: str) -> Iterator[Any]:
    """Ask for rows through the bridge, eight pages at a time."""
    with connect(
        vendor="spotdraft",
        base_url=url,
        client_id="id",
        client_secret="x",
        rate_limit=0,
    ) as clm:
        yield from clm.contracts.list(detail="summary")


WHO = {
    "bare_httpx": bare_httpx,
    "coupa": coupa,
    "documented_loop": documented_loop,
    "spotdraft": spotdraft,
}


def main() -> None:
    """Read everything, keeping nothing."""
    rows = WHO[sys.argv[1]](sys.argv[2])
    cpu, wall = time.process_time(), time.perf_counter()
    count = sum(1 for _ in rows)
    spent = time.process_time() - cpu, time.perf_counter() - wall
    print(json.dumps({"cpu": spent[0], "wall": spent[1], "count": count}))


if __name__ == "__main__":
    main()
