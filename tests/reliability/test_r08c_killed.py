"""A receiver that is killed under load loses no event that it has acknowledged."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx
import pytest

from clm_bridge._event_file import EventFile
from clm_bridge.receiving import Queue

from ..receiving.conftest import body, signed

SERVED = Path(__file__).parents[1] / "receiving" / "served.py"
SENDERS = 3

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL"),
]


class Senders:
    """Deliver until told to stop; an event that is not acknowledged comes again."""

    def __init__(self, port):
        self._url = f"http://127.0.0.1:{port}/tomorro"
        self.stopped = Event()
        self.acknowledged = []

    def send(self, sender):
        number = 0
        with httpx.Client(verify=False, timeout=2) as client:
            while not self.stopped.is_set():
                own = f"e{sender}-{number}"
                if self._sent(client, own, f"c{number % 9}"):
                    self.acknowledged.append(own)
                    number += 1

    def _sent(self, client, own, contract):
        told = body(own, contract=contract)
        try:
            answer = client.post(self._url, content=told, headers=signed(told))
        except httpx.TransportError:
            return False
        return answer.status_code == 200


def handled(folder):
    """Each handled event's id, and how often the handler was called for it."""
    database = sqlite3.connect(folder / "effects.sqlite")
    effects = Counter(row[0] for row in database.execute("SELECT id FROM effect"))
    calls = Counter(row[0] for row in database.execute("SELECT id FROM call"))
    database.close()
    return effects, calls


def drained(folder):
    """Wait until the last server has handled what the killed ones had begun."""
    file = EventFile(folder / "events.sqlite", "tomorro")
    until = time.monotonic() + 60
    while Queue(file).next_due() is not None and time.monotonic() < until:
        time.sleep(0.05)
    counts = Queue(file).counts()
    file.close()
    return counts


def test_what_was_acknowledged_is_handled(tmp_path, size, tried, measured):
    """Every one, and its effect once; what was handled was kept before."""
    kills = size(full=100, few=5)
    words = [sys.executable, str(SERVED), str(tmp_path), str(kills), "1"]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        senders = Senders(int(process.stdout.readline()))
        with ThreadPoolExecutor(SENDERS) as pool:
            running = [pool.submit(senders.send, n) for n in range(SENDERS)]
            assert process.stdout.readline() == "killed\n"
            senders.stopped.set()
            for one in running:
                one.result()
        counts = drained(tmp_path)
        process.stdin.close()
        process.wait()

    effects, calls = handled(tmp_path)
    assert senders.acknowledged
    assert set(senders.acknowledged) <= set(effects)
    assert set(effects.values()) == {1}
    assert counts == {"done": len(effects)}
    tried(kills, "kills")
    tried(len(senders.acknowledged), "acknowledged events")
    again = sum(calls.values()) - len(calls)
    measured("handler called again after a kill", f"{again} times")
