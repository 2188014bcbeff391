"""
Calls as fast as the bridge lets it: ``python caller.py TOLD``, a JSON object.

It says "ready", waits for a line, calls until its seconds are over, and says how many
calls were answered.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time

import clm_bridge


def threads(told: dict, settings: dict) -> int:
    """Call from several threads of one bridge."""
    answered = []

    def call() -> None:
        while time.monotonic() < end:
            clm.vendor.request("GET", "ping")
            answered.append(1)

    with clm_bridge.connect(**settings) as clm:
        end = ready() + told["seconds"]
        crew = [threading.Thread(target=call) for _ in range(told["threads"])]
        for one in crew:
            one.start()
        for one in crew:
            one.join()
    return len(answered)


async def tasks(told: dict, settings: dict) -> int:
    """Call from several tasks of one bridge."""
    answered = []

    async def call() -> None:
        while time.monotonic() < end:
            await clm.vendor.request("GET", "ping")
            answered.append(1)

    async with clm_bridge.connect_async(**settings) as clm:
        end = ready() + told["seconds"]
        await asyncio.gather(*(call() for _ in range(told["tasks"])))
    return len(answered)


def ready() -> float:
    """Wait until all are."""
    print("ready", flush=True)
    sys.stdin.readline()
    return time.monotonic()


def main() -> None:
    """Call, and say how often."""
    told = json.loads(sys.argv[1])
    settings = {**told["settings"], "rates": told["rates"]}
    if "tasks" in told:
        print(asyncio.run(tasks(told, settings)), flush=True)
    else:
        print(threads(told, settings), flush=True)


if __name__ == "__main__":
    main()
