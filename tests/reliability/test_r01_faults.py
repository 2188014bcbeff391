"""
Every fault, at each vendor, in both colours, in four operations, over real sockets.

The outcome is what it would be without the fault, or exactly one error of ours that
says where it happened; in time; and nothing stays open.
"""

from __future__ import annotations

import asyncio
import gc
import os
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from attrs import evolve, frozen

import clm_bridge
from clm_bridge import ClmError, Options, StatusError, TransportError
from clm_bridge._async_bridge import AsyncBridge
from clm_bridge._bridge import Bridge
from clm_bridge._config import load_settings
from clm_bridge._http import TO_FIND_OUT
from clm_bridge.sandbox import Faults, Striking
from clm_bridge.sandbox._server import Served
from clm_bridge.sandbox.faults import CATALOGUE

from ..procurement import VENDORS, Waiting, of, opened, record

DEADLINE = 2.0
SLACK = 1.0
"""What a busy machine may take besides the tenth of the deadline."""
OPTIONS = Options(
    deadline=DEADLINE, download_deadline=DEADLINE, read_timeout=DEADLINE, max_attempts=2
)
BRIEF = 0.02
"""Seconds that a wait before another attempt really takes here."""
TOGETHER = 8
COLOURS = ("threads", "asyncio")
OPERATIONS = ("list", "get", "create", "download")

SHORT = {
    "drip": {"delay": 20},
    "bandwidth": {"rate": 100},
    "down": {"seconds": 0.3},
    "slow_close": {"delay": 200},
    "timeout": {"timeout": 200},
    "latency": {"latency": 100, "jitter": 50},
    "slicer": {"average_size": 1000},
}
"""Settings with which a fault is quickly over."""
JSON_ONLY = {"latin_1", "nested", "long_integer", "nan", "duplicate_keys", "bom"}
"""These change JSON alone, and so strike the link to a file instead of the file."""

API = {"coupa": "/api/*", "spotdraft": "/api/*", "tomorro": "/v2/*"}
CREATES = {
    "coupa": "/api/contracts",
    "spotdraft": "/api/v2.1/public/contracts/",
    "tomorro": "/v2/contracts",
}
FILES = {
    "coupa": "*/retrieve_legal_agreement",
    "spotdraft": "/storage/*",
    "tomorro": "/s3/*",
}
LINKS = {
    "coupa": "*/retrieve_legal_agreement",
    "spotdraft": "*/download_link",
    "tomorro": "*/signed-files",
}


@frozen
class World:
    """A vendor's sandbox, and what is there when nothing goes wrong."""

    vendor: str
    sandbox: object
    right: dict
    contract: str
    document: object
    new: object


@pytest.fixture(scope="module")
def worlds():
    """One sandbox a vendor, for all scenarios: each has a server of its own."""
    return {vendor: _world(vendor) for vendor in VENDORS}


def _world(vendor):
    from clm_bridge.testing.plugin import _start

    sandbox = _start(vendor)
    with opened("threads", vendor, sandbox) as clm:
        executed = clm.contracts.list(status="executed", detail="summary")
        ids = [one.id for one in executed]
        documents = (clm.documents.list(one) for one in ids)
        document = next(found[0] for found in documents if found)
        new = record(clm)
    world = World(vendor, sandbox, {}, ids[0], document, new)
    with opened("threads", vendor, sandbox) as clm:
        for operation in OPERATIONS:
            world.right[operation] = _done(clm, world, operation, "right", Path.cwd())
    return world


def _listed(clm):
    """What fits on one page: each further one has a deadline of its own."""
    return [one.id for one in clm.contracts.list(status="cancelled", detail="summary")]


def _done(clm, world, operation, name, folder):
    """Do one operation, and return what can be compared."""
    if operation == "list":
        return _listed(clm)
    if operation == "get":
        return evolve(clm.contracts.get(world.contract), url=None)
    if operation == "create":
        link = evolve(world.new.external_link, id=name)
        new = evolve(world.new, name="Fault matrix", external_link=link)
        return clm.contracts.create(new).result.name
    to = folder / f"{world.vendor}-{name}.pdf"
    try:
        return clm.documents.download(world.document, to).sha256
    finally:
        to.unlink(missing_ok=True)
        assert not list(folder.glob(f"{to.name}*"))


def rule_for(fault, vendor, operation, *, often):
    """The rule: which request of the operation is struck, once or each time."""
    told = dict(SHORT.get(fault, {}), count=None if often else 1)
    if operation == "create":
        return {**told, "method": "POST", "path": CREATES[vendor]}
    if operation == "download":
        return {**told, "path": (LINKS if fault in JSON_ONLY else FILES)[vendor]}
    return {**told, "method": "GET", "path": API[vendor]}


@frozen
class Outcome:
    """What came of one scenario."""

    named: str
    came: object
    seconds: float
    struck: int
    left_open: int

    @property
    def allowed(self):
        """The deadline; what a write came to may be looked for a while longer."""
        return DEADLINE + (TO_FIND_OUT if "-create-" in self.named else 0)


@contextmanager
def _served(app):
    served = Served(app, "127.0.0.1", 0, None)
    try:
        yield served
    finally:
        served.close()


def played(fault, world, colour, operation, folder, *, often):
    """Play one scenario: a server, a bridge and a fault of its own."""
    name = f"{fault}-{colour}-{operation}-{'always' if often else 'once'}"
    faults = Faults()
    rule = rule_for(fault, world.vendor, operation, often=often)
    standing = faults.add(fault, **rule)
    with _served(Striking(world.sandbox.app, faults)) as served:
        with _bridge(colour, _settings(world, served.url)) as clm:
            begun = time.monotonic()
            came = _caught(clm, world, operation, name, folder)
            seconds = time.monotonic() - begun
        left = 0 if _settled(lambda: not served.count) else served.count
    named = f"{world.vendor} {name}"
    return Outcome(named, came, seconds, standing.struck, left)


def _settings(world, url):
    told = {**world.sandbox.settings(), **of(world.vendor).SETTINGS}
    told |= {"vendor": world.vendor, "base_url": url}
    # A listing's deadline grows with the vendor's pace, of which there is none here.
    return evolve(load_settings(arguments=told), options=OPTIONS, rate=None)


@contextmanager
def _bridge(colour, settings):
    """A bridge of that colour, with calls that block, and brief waits."""
    if colour == "threads":
        with _brief(Bridge, _nap)(settings) as clm:
            yield clm
        return
    with asyncio.Runner() as runner:
        bridge = _brief(AsyncBridge, _rest)(settings)
        try:
            yield Waiting(bridge, runner)
        finally:
            runner.run(bridge.close())


def _brief(cls, sleep):
    class Brief(cls):
        def _furnish(self, options):
            super()._furnish(options)
            self._http._sleep = sleep

    return Brief


async def _nap(seconds):
    time.sleep(min(seconds, BRIEF))


async def _rest(seconds):
    await asyncio.sleep(min(seconds, BRIEF))


def _caught(clm, world, operation, name, folder):
    try:
        return _done(clm, world, operation, name, folder)
    except Exception as error:  # noqa: BLE001  # whatever comes is looked at below
        return error


def _settled(condition):
    """Say whether *condition* comes true soon: a server notices late that we left."""
    until = time.monotonic() + 5
    while not condition() and time.monotonic() < until:
        threading.Event().wait(0.01)
    return condition()


def _complaints(outcome, right):
    """Say what is wrong with an outcome."""
    came = outcome.came
    if not outcome.struck:
        yield "was not struck"
    if outcome.left_open:
        yield f"left {outcome.left_open} connections open"
    if outcome.seconds > outcome.allowed * 1.1 + SLACK:
        yield f"took {outcome.seconds:.2f} s"
    if not isinstance(came, Exception):
        if came != right:
            yield f"gave {came!r:.80} in the place of {right!r:.80}"
        return
    if not isinstance(came, ClmError) or type(came).__name__ not in clm_bridge.__all__:
        yield f"let {came!r:.200} escape"
        return
    sent = isinstance(came, TransportError | StatusError)
    if not (came.vendor and came.operation and came.attempts >= sent):
        yield f"does not say where: {came.vendor} {came.operation} {came.attempts}"


def _sockets():
    gc.collect()
    folder = Path("/proc/self/fd")
    if not folder.is_dir():
        pytest.skip("only Linux lists a process's open files")
    targets = (os.readlink(one) for one in folder.iterdir() if one.is_symlink())
    return sum(target.startswith("socket:") for target in targets)


def _cases(few):
    """Each combination; half of them are struck once, half each time."""
    every = [
        (vendor, colour, operation)
        for vendor in VENDORS
        for colour in COLOURS
        for operation in OPERATIONS
    ]
    return every if few is None else every[few % len(every) :: 11][:3]


@pytest.mark.parametrize("fault", CATALOGUE)
def test_a_fault_is_one_error_or_none(fault, worlds, size, tried, measured, tmp_path):
    """Success as ever, or exactly one documented error; in time; nothing left open."""
    place_of_fault = list(CATALOGUE).index(fault)
    cases = _cases(size(full=None, few=place_of_fault))
    before = _sockets()
    with ThreadPoolExecutor(TOGETHER) as pool:
        pending = [
            (
                pool.submit(
                    played,
                    fault,
                    worlds[vendor],
                    colour,
                    operation,
                    tmp_path,
                    often=(place + place_of_fault) % 2 == 0,
                ),
                worlds[vendor].right[operation],
            )
            for place, (vendor, colour, operation) in enumerate(cases)
        ]
        outcomes = [(future.result(), right) for future, right in pending]

    wrong = [
        f"{outcome.named} {complaint}"
        for outcome, right in outcomes
        for complaint in _complaints(outcome, right)
    ]
    assert not wrong, "\n".join(wrong)
    assert _settled(lambda: _sockets() <= before)
    tried(len(cases), "scenarios")
    ended = Counter(
        type(one.came).__name__ if isinstance(one.came, Exception) else "success"
        for one, _ in outcomes
    )
    measured(fault, ", ".join(f"{count} {what}" for what, count in ended.most_common()))
