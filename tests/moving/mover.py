"""
Moves house in a child process, again and again, so that a test can kill it.

For each line on stdin a child is forked, which costs no imports; its id is printed,
and how it ended.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta

import httpx  # noqa: F401  # the children need it at once

import clm_bridge
from clm_bridge.moving import Names, migrate


def move(told):
    """Carry out one run, as the command would."""
    source, target = (
        clm_bridge.connect(**settings, rate_limit=0) for settings in told["settings"]
    )
    with source, target:
        migrate(
            source,
            target,
            told["journal"],
            names=Names(**told["names"]),
            late=timedelta(seconds=told["settle"]),
        )


def main():
    """Fork for each line."""
    told = json.loads(sys.stdin.readline())
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            status = 1
            try:
                move(told)
                status = 0
            finally:
                os._exit(status)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
