"""R12: a link that a vendor hands out reads nothing in this machine's own network."""

from __future__ import annotations

import json
import socket

import pytest
from attrs import evolve

from clm_bridge import (
    ClmError,
    ConnectionFailed,
    DownloadError,
    Options,
    TransportError,
)
from clm_bridge._reach import Reach, literal_address

from ..paper import DOCUMENT, Paper, Script, answer, furnished
from ..sockets import CERTIFICATE, Server, whole

PDF = b"%PDF-1.7 the file"
LINK = {"url": "https://files.example/a"}
SANDBOX = Reach(loopback=True)
ONCE = Options(max_attempts=1)
HOSTS = (
    "169.254.169.254",  # the metadata of most clouds
    "[fd00:ec2::254]",  # the same, at one of them
    "100.100.100.200",  # the same, at another
    "127.0.0.1",
    "127.1",
    "0x7f.1",
    "0177.0.0.1",
    "2130706433",
    "0x7f000001",
    "0.0.0.0",
    "0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "100.64.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b::a9fe:a9fe]",
    "[2002:7f00:1::]",
    "[::127.0.0.1]",
    "[fe80::1]",
    "[fec0::1]",
    "[fc00::1]",
    "[ff02::1]",
)
FEW = slice(None, None, 6)


NO_ADDRESS = {"0177.0.0.1"}
"""Spellings that are refused before it is asked where they lead."""


@pytest.fixture
def hosts(size):
    """Hosts that no file may come from."""
    return size(full=HOSTS, few=HOSTS[FEW])


def refusal(connect, to, *answers):
    """Download; return how it was refused, and how much was asked before."""
    script = Script(*answers)
    bridge = connect(script, options=Options(max_attempts=1))
    with pytest.raises(ClmError) as caught:
        bridge.do(lambda clm: clm.documents.download(DOCUMENT, to))
    return str(caught.value), len(script.asked)


def test_a_private_host_is_not_asked(connect, tmp_path, hosts, tried):
    """However it is spelled; nothing is sent, whatever the transport."""
    for host in hosts:
        link = answer({"url": f"https://{host}/latest/meta-data"})
        words, asked = refusal(connect, tmp_path, link)

        assert host in NO_ADDRESS or "which is not a public address" in words
        assert asked == 1
    assert [*tmp_path.iterdir()] == []
    tried(len(hosts), "private hosts")


def test_a_redirect_to_a_private_host_is_not_followed(connect, tmp_path, hosts, tried):
    """Each step is checked like the first."""
    for host in hosts:
        hop = answer(status=302, headers={"location": f"https://{host}/a"})
        words, asked = refusal(connect, tmp_path, answer(LINK), hop)

        assert host in NO_ADDRESS or "which is not a public address" in words
        assert asked == 2
    assert [*tmp_path.iterdir()] == []
    tried(len(hosts), "redirects to private hosts")


class Names:
    """Answers lookups of ``files.test`` in turn, and others as they are."""

    def __init__(self, monkeypatch, *answers):
        self.asked = 0
        self._answers = answers
        self._others = socket.getaddrinfo
        monkeypatch.setattr(socket, "getaddrinfo", self._found)

    def _found(self, host, port, *rest, **more):
        if host not in ("files.test", b"files.test"):
            return self._others(host, port, *rest, **more)
        told = self._answers[min(self.asked, len(self._answers) - 1)]
        self.asked += 1
        if isinstance(told, Exception):
            raise told
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in told
        ]


class Storage:
    """A vendor's API, and a storage that it links to under one name or another."""

    def __init__(self, connect):
        self._files = Server(lambda head: [whole(PDF)], tls=True)
        self._api = Server(lambda head: [whole(self._link)])
        self._connect = connect
        self.met = 0

    def download(self, host, to, **told):
        """Download from a link to *host*."""
        url = f"https://{host}:{self._files.port}/a"
        self._link = json.dumps({"url": url}).encode()
        settings = furnished(Paper(base_url=self._api.url), options=ONCE)
        bridge = self._connect(evolve(settings, **told))
        try:
            return bridge.do(lambda clm: clm.documents.download(DOCUMENT, to))
        finally:
            self.met = self._files.met
            bridge.close()

    def close(self):
        """Stop both."""
        self._files.close()
        self._api.close()


@pytest.fixture
def storage(colour, monkeypatch):
    """A storage behind TLS, with a certificate for ``files.test``."""
    # Whom to trust is read when a bridge is made, and not once for all.
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    storage = Storage(colour)
    yield storage
    storage.close()


def test_a_name_is_looked_up_once(storage, monkeypatch, tmp_path, tried):
    """What was checked is what is connected to; the certificate is the name's."""
    names = Names(monkeypatch, ["127.0.0.1"], ["10.0.0.7"])
    found = storage.download("files.test", tmp_path)

    assert found.path.read_bytes() == PDF
    assert (names.asked, storage.met) == (1, 1)
    tried(1, "names that change their address")


def test_a_name_that_leads_within_is_refused(
    storage, monkeypatch, tmp_path, size, tried
):
    """Each of its addresses is checked, and none is connected to."""
    literal = {literal_address(host.strip("[]")) for host in HOSTS} - {None}
    # The vendor's API is on loopback here, where a sandbox may be reached.
    addresses = sorted(one for one in literal if not SANDBOX.admits(one))
    chosen = size(full=addresses, few=addresses[FEW])
    for one in chosen:
        Names(monkeypatch, ["127.0.0.1", one])
        with pytest.raises(DownloadError, match="which is not a public address"):
            storage.download("files.test", tmp_path)
    assert storage.met == 0
    assert [*tmp_path.iterdir()] == []
    tried(len(chosen), "names of private hosts")


def test_a_private_address_can_be_allowed(storage, tmp_path, monkeypatch):
    """For those whose files live in a network of their own."""
    Names(monkeypatch, ["127.0.0.1"])
    monkeypatch.setattr(Reach, "admits", lambda self, one: self.private)
    with pytest.raises(DownloadError, match="allow_private_downloads = true"):
        storage.download("files.test", tmp_path)

    found = storage.download("files.test", tmp_path, allow_private_downloads=True)
    assert found.path.read_bytes() == PDF


def test_the_second_address_is_tried_where_the_first_is_dead(
    storage, monkeypatch, tmp_path
):
    """As other clients do it."""
    Names(monkeypatch, ["127.9.9.9", "127.0.0.1"])

    assert storage.download("files.test", tmp_path).path.read_bytes() == PDF


def test_the_certificate_must_be_the_names(storage, monkeypatch, tmp_path):
    """That the address was checked says nothing about who answers there."""
    Names(monkeypatch, ["127.0.0.1"])

    with pytest.raises(ConnectionFailed):
        storage.download("127.0.0.1", tmp_path)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("fault", [socket.gaierror, UnicodeError, TimeoutError])
def test_a_name_that_is_not_found_is_an_error_of_ours(
    storage, monkeypatch, tmp_path, fault
):
    """However the resolver says so."""
    Names(monkeypatch, fault("files.test"))

    with pytest.raises(TransportError):
        storage.download("files.test", tmp_path)
