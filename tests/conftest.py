"""Bridges of both colours over the vendor of these tests."""

from __future__ import annotations

import os
import tempfile

import httpx
import pytest
from hypothesis import settings

from clm_bridge import MemoryLinks
from clm_bridge.adapter import Workspace

from .clerk import Clerk, World, create, scripted
from .paper import Paper, Tasks, Threads, furnished

settings.register_profile("clm_bridge", deadline=None)  # a busy machine is no fault
settings.load_profile("clm_bridge")


def pytest_configure(config):
    """Keep out of the user's folder for state, and name the tests that take long."""
    folder = tempfile.TemporaryDirectory()
    config.add_cleanup(folder.cleanup)
    os.environ["XDG_STATE_HOME"] = folder.name
    config.addinivalue_line(
        "markers", "heavy: minutes of random histories; not run against the wheel"
    )


COLOURS = {"threads": Threads, "asyncio": Tasks}


@pytest.fixture(params=COLOURS)
def colour(request):
    """The kind of bridge: every fact holds for both."""
    return COLOURS[request.param]


@pytest.fixture
def connect(colour):
    """Return a function that opens a bridge over a handler; it is closed for you."""
    opened = []

    def over(handler, adapter=None, *, links=None, rates=None, transport=None, **given):
        bridge = colour(
            furnished(adapter or Paper(), **given),
            transport=transport or (handler and httpx.MockTransport(handler)),
            links=links,
            rates=rates,
        )
        opened.append(bridge)
        return bridge

    yield over
    for bridge in opened:
        bridge.close()


@pytest.fixture
def there(connect):
    """Return a function that opens a bridge to a world in which one contract is."""

    def opened(*fates, kind=Clerk, links=None, **given):
        world = World()
        bridge = connect(
            world, kind(Workspace("acme")), links=links or MemoryLinks(), **given
        )
        create(bridge)
        world._fate = scripted(*fates)
        world.asked.clear()
        return bridge, world

    return opened
