"""A real Tryton server, and bridges of both colours to it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from clm_bridge._config import load_settings

from . import server as servers
from .purchasing import Company


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A server with nothing in its database but an administrator."""
    servers.install()
    running = servers.Server(tmp_path_factory.mktemp("tryton") / "db")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def company(server):
    """The company of the tests."""
    return Company(server)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The adapter's package, built and installed as users do."""
    folder = tmp_path_factory.mktemp("site")
    words = ["--quiet", "--no-deps", "--no-build-isolation", "--target", str(folder)]
    install = [sys.executable, "-m", "pip", "install", *words, str(servers.PACKAGE)]
    subprocess.run(install, check=True, capture_output=True)
    return folder


@pytest.fixture
def connect(server, company, site, colour, monkeypatch):
    """Return a function that opens a bridge of either colour; it is closed for you."""
    monkeypatch.syspath_prepend(str(site))
    opened = []

    def over(**given):
        told = {
            "vendor": "tryton",
            "base_url": server.origin,
            "database": servers.DATABASE,
            "key": server.key,
        }
        bridge = colour(load_settings(environ={}, arguments=told | given))
        opened.append(bridge)
        return bridge

    yield over
    for bridge in opened:
        bridge.close()


@pytest.fixture
def bridge(connect):
    """A bridge with the administrator's key."""
    return connect()


@pytest.fixture
def known(bridge, company):
    """The agreements that every test finds, by the name that they have there."""
    contracts = bridge.do(lambda clm: clm.contracts.list())
    by_id = {int(one.id): one for one in contracts}
    return {name: by_id[own] for name, own in company.agreements.items()}
