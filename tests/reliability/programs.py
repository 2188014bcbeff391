"""Programs of this folder, run in processes of their own."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent


@contextmanager
def running(program, *words):
    """Run a program of this folder; it is told to end, and waited for."""
    with subprocess.Popen(
        [sys.executable, str(HERE / program), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.stdin.close()
            process.stdin = None
            process.wait(30)
