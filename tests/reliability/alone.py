"""
Download in a process of its own, and say what that cost.

``python -m tests.reliability.alone URL COLOUR FOLDER LIMIT NAME…`` downloads each name
from below the URL into the folder, where no file may get larger than LIMIT.  It prints
a line for each: how it ended, and the growth of the process's peak memory since a small
download.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
from pathlib import Path

from clm_bridge import AsyncBridge, Bridge, ClmError, Options

from ..paper import DOCUMENT, Paper, furnished

OPTIONS = Options(max_download=100_000_000, max_attempts=1)


def peak():
    """The most memory that this process ever held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss would count the process that started this one
        [line] = [one for one in status.read_text().splitlines() if "VmHWM" in one]
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def download(settings, to):
    """Download with a bridge for threads."""
    with Bridge(settings) as clm:
        return clm.documents.download(DOCUMENT, to)


def download_async(settings, to):
    """Download with a bridge for asyncio."""

    async def done():
        async with AsyncBridge(settings) as clm:
            return await clm.documents.download(DOCUMENT, to)

    return asyncio.run(done())


def main(url, colour, folder, limit, *names):
    """Download a small file, and then each of those that are named."""
    work = download if colour == "threads" else download_async

    def ended(name):
        settings = furnished(Paper(base_url=f"{url}{name}/"), options=OPTIONS)
        try:
            return work(settings, Path(folder, name)).size
        except ClmError as error:
            return f"{type(error).__name__}: {error}"

    ended("tiny")
    before = peak()
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    for name in names:
        print(json.dumps({"ended": ended(name), "growth": peak() - before}), flush=True)
    os._exit(0)  # what is measured is over


if __name__ == "__main__":
    main(*sys.argv[1:])
