"""The rate store of one machine: a folder with a small file for each workspace."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 1.0
"""Seconds that another process may hold a file; it needs less than a thousandth."""

if sys.platform == "win32":  # pragma: no cover  # the other platforms have fcntl
    import msvcrt

    def _try_lock(file: int) -> None:
        os.lseek(file, 1 << 30, os.SEEK_SET)  # far from the text, which stays readable
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileRates:
    """
    A rate store in a folder, in which processes lock one another out.

    The system lets go of a lock when its process dies.  What a death leaves half
    written is no text that makes sense, and so counts as none.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def change(self, key: str, how: Callable[[str | None], str]) -> None:
        """Replace the text under *key*, while no other process can."""
        with self._locked(re.sub(r"\W", "-", key)) as file:
            size = os.fstat(file).st_size
            os.lseek(file, 0, os.SEEK_SET)
            told = os.read(file, size).decode(errors="replace")
            text = how(told or None).encode()
            os.lseek(file, 0, os.SEEK_SET)
            os.write(file, text)
            os.ftruncate(file, len(text))

    def __repr__(self) -> str:
        return f"the folder {self._folder}"

    @contextmanager
    def _locked(self, name: str) -> Iterator[int]:
        self._folder.mkdir(parents=True, exist_ok=True)
        file = os.open(self._folder / name, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            until = time.monotonic() + PATIENCE
            while not _is_locked(file):
                if time.monotonic() > until:
                    raise TimeoutError("another process holds the file")
                time.sleep(0.001)
            yield file
        finally:
            os.close(file)  # which unlocks it


def _is_locked(file: int) -> bool:
    try:
        _try_lock(file)
    except OSError:
        return False
    return True
