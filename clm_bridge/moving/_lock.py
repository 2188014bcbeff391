"""One process at a time: a lock on an open file, which ends with the process."""

from __future__ import annotations

import sys

if sys.platform == "win32":  # pragma: no cover  # the other branch is tested
    import msvcrt
    import os

    FAR = 1 << 30
    """A byte that nobody reads: Windows locks bytes, and not files."""

    def try_to_lock(handle: int) -> bool:
        """Lock an open file, or say that another process has."""
        os.lseek(handle, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def try_to_lock(handle: int) -> bool:
        """Lock an open file, or say that another process has."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
