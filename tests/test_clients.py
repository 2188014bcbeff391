"""A bridge's clients: made when they are needed, and held within their bounds."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
import sys

import httpcore
import httpx
import pytest
from attrs import evolve

from clm_bridge import AsyncBridge, Bridge, ConfigError, connect
from clm_bridge import _clients as clients
from clm_bridge._clients import asyncio_clients, blocking_clients, trusted
from clm_bridge._network import AsyncSockets, Sockets, hold

from .paper import DOCUMENT, Paper, Script, answer, furnished, streamed
from .sockets import CERTIFICATE

MAKERS = [blocking_clients, asyncio_clients]
HELD = (Sockets, AsyncSockets)


def backends(client):
    """What each of a client's pools connects by."""
    transports = [client._transport, *filter(None, client._mounts.values())]
    return [transport._pool._network_backend for transport in transports]


@pytest.mark.parametrize("make", MAKERS)
def test_every_connection_is_held_to_the_deadline(make, monkeypatch):
    """This httpx lets its connections be held, those through a proxy too."""
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    made = make(furnished(Paper()), None, None)

    assert len(backends(made.api)) > 1
    assert len(backends(made.files())) == 1
    for backend in (*backends(made.api), *backends(made.files())):
        assert isinstance(backend, HELD)


@pytest.mark.parametrize("make", MAKERS)
def test_links_are_held_to_public_addresses(make):
    """What goes to the vendor itself goes where the settings say."""
    made = make(furnished(Paper()), None, None)
    [api], [files] = backends(made.api), backends(made.files())

    assert api._reach.admits("10.0.0.1")
    assert not files._reach.admits("10.0.0.1")


class Unknown:
    """A client that is built otherwise."""


def test_a_client_that_is_built_otherwise_is_left_as_it_is():
    """A later httpx may keep its connections to itself."""
    assert hold(Unknown()) is False
    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        assert hold(client) is False


@pytest.mark.parametrize("make", MAKERS)
def test_links_are_refused_where_nothing_can_be_checked(make, monkeypatch):
    """Unless private addresses are allowed anyway; calls go on as before."""
    monkeypatch.setattr("clm_bridge._network.hold", lambda *_: False)
    settings = furnished(Paper())
    made = make(settings, None, None)
    with pytest.raises(ConfigError, match="does not let its connections be checked"):
        made.files()

    allowed = make(evolve(settings, allow_private_downloads=True), None, None)
    assert allowed.files() is allowed.files()


@pytest.mark.parametrize("make", MAKERS)
def test_a_client_for_links_is_made_when_a_download_needs_it(make):
    """Most bridges download nothing."""
    made = make(furnished(Paper()), None, None)
    assert len(made.owned) == 1

    made.files()
    assert made.owned == [made.api, made.files()]


def test_a_copys_download_is_closed_with_the_bridge(tmp_path):
    """Copies share the client for links too, and close nothing."""
    script = Script(answer({"url": "https://files.example/a"}), streamed(b"%PDF"))
    with Bridge(furnished(Paper()), transport=httpx.MockTransport(script)) as clm:
        clm.with_options(deadline=5).documents.download(DOCUMENT, tmp_path)
        files = clm._clients.files()
        assert not files.is_closed

    assert files.is_closed


def test_a_users_own_client_is_not_changed():
    """It connects as its owner says; links go through ours all the same."""
    with httpx.Client() as own, Bridge(furnished(Paper()), client=own) as clm:
        files = clm._clients.files()
        assert not isinstance(own._transport._pool._network_backend, HELD)
        assert all(isinstance(one, HELD) for one in backends(files))

    assert files.is_closed


def test_a_users_own_transport_is_not_changed():
    """Neither for calls, nor for links."""
    own = httpx.HTTPTransport()
    with Bridge(furnished(Paper()), transport=own) as clm:
        clm._clients.files()

        assert isinstance(own._pool._network_backend, httpcore.NetworkBackend)
        assert not isinstance(own._pool._network_backend, HELD)


def test_the_certificates_are_loaded_once(monkeypatch):
    """Loading them is most of what a client costs."""
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    first = trusted()
    assert trusted() is first

    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    other = trusted()
    assert other is not first
    assert other.cert_store_stats()["x509"] == 1


def test_names_and_certificates_are_checked():
    """What is shared is as strict as what httpx makes."""
    context = trusted()

    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_a_pool_keeps_what_the_pages_in_flight_need():
    """And an adapter that has more of them in flight gets more."""

    class Eager(Paper):
        pages_in_flight = 50

    few, many = (clients._limits(furnished(one())) for one in (Paper, Eager))
    assert few.max_keepalive_connections >= Paper.pages_in_flight
    assert many.max_keepalive_connections >= 50
    assert many.max_connections >= many.max_keepalive_connections


def test_a_sandbox_in_process_loads_no_sockets():
    """Its transport answers by itself."""
    program = (
        "import clm_bridge, sys\n"
        "with clm_bridge.connect(vendor='spotdraft', sandbox=True) as clm:\n"
        "    clm.check()\n"
        "print('clm_bridge._network' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True
    )
    assert done.stdout.strip() == "False", done.stderr


SPOTDRAFT = {"vendor": "spotdraft", "region": "eu", "client_id": "a"}


@pytest.mark.parametrize(("told", "found"), [({}, False), ({"allow": True}, True)])
def test_the_setting_says_whether_links_may_lead_within(told, found):
    """No file leads there unless it is allowed."""
    given = {f"{key}_private_downloads": value for key, value in told.items()}
    with connect(**SPOTDRAFT, client_secret="secret", **given) as clm:
        assert clm.settings.allow_private_downloads is found
        [backend] = backends(clm._clients.files())
        assert backend._reach.admits("192.168.0.1") is found


def test_a_setting_that_is_no_flag_is_refused():
    """It would open a door that somebody meant to close."""
    with pytest.raises(ConfigError, match="allow_private_downloads"):
        connect(**SPOTDRAFT, client_secret="s", allow_private_downloads="perhaps")


def test_a_bridge_on_loopback_may_be_linked_to_loopback():
    """As a sandbox does it; an asyncio bridge no less."""
    local = furnished(Paper(base_url="http://127.0.0.1:8101/api/"))

    async def reach():
        async with AsyncBridge(local) as clm:
            [backend] = backends(clm._clients.files())
            return backend._reach

    found = asyncio.run(reach())
    assert found.admits("127.0.0.1")
    assert found.admits("::1")
    assert not found.admits("10.0.0.1")
