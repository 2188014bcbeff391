"""Where requests may go: no redirect, id, cookie or proxy leads credentials away."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import httpx
import pytest

from clm_bridge import (
    AsyncBridge,
    Bridge,
    ClmError,
    DownloadError,
    InvalidInput,
    Options,
)
from clm_bridge._clients import asyncio_clients, blocking_clients
from clm_bridge.adapter import ApiKey, ClientCredentials, Secret

from .paper import (
    CANARY,
    DOCUMENT,
    ORIGIN,
    Paper,
    Script,
    answer,
    furnished,
    rows,
    streamed,
)
from .sockets import Server, whole

REDIRECTS = [301, 302, 303, 307, 308]
TARGETS = [
    f"{ORIGIN}/elsewhere",
    f"{ORIGIN}:443/elsewhere",
    f"{ORIGIN}:8443/elsewhere",
    "https://evil.example/",
    "//evil.example/",
    "https://sub.paper.example/",
    "https://paper.example@evil.example/",
    "https://paper.example.evil.example/",
    "http://paper.example/",
    "file:///etc/passwd",
    "/elsewhere",
]
LINK = {"url": "https://files.example/a"}
CALLS = {
    "get": lambda clm: clm.contracts.get("7"),
    "list": lambda clm: clm.contracts.list(),
    "write": lambda clm: clm.vendor.request("POST", "contracts", json={"a": CANARY}),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("status", REDIRECTS)
def test_a_redirect_leads_no_call_away(connect, status, target, call):
    """One request to the vendor, and none to anybody else."""
    script = Script(answer(status=status, headers={"location": target}))

    with pytest.raises(ClmError, match="redirects are not followed"):
        connect(script).do(CALLS[call])
    assert len(script.asked) == 1


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("status", REDIRECTS)
def test_a_download_is_sent_on_without_credentials(connect, tmp_path, status, target):
    """A link that has moved is followed over https, or no file comes."""
    moved = answer(status=status, headers={"location": target})
    script = Script(answer(LINK), moved, streamed(b"%PDF"))
    bridge = connect(script)
    with suppress(DownloadError):
        bridge.do(lambda clm: clm.documents.download(DOCUMENT, tmp_path))

    _, *fetched = script.asked
    assert len([*tmp_path.iterdir()]) == len(fetched) - 1
    assert {one.url.scheme for one in fetched} == {"https"}
    assert {one.url.userinfo for one in fetched} == {b""}
    assert CANARY not in repr([one.headers.raw for one in fetched])


@pytest.mark.parametrize("status", REDIRECTS)
def test_a_redirect_leads_no_grant_away(connect, status):
    """The token endpoint gets the secret in the body, which 307 would send again."""
    auth = ClientCredentials(f"{ORIGIN}/token", "me", Secret(CANARY))
    moved = answer(status=status, headers={"location": "https://evil.example"})
    script = Script(moved)

    with pytest.raises(ClmError, match="redirects are not followed"):
        connect(script, Paper(auth=auth)).do(CALLS["get"])
    assert len(script.asked) == 1


def test_a_client_of_ones_own_follows_no_redirect_either():
    """Its own wish to follow does not count for what carries credentials."""
    script = Script(answer(status=307, headers={"location": "https://evil.example"}))
    transport = httpx.MockTransport(script)
    with (
        httpx.Client(transport=transport, follow_redirects=True) as client,
        Bridge(furnished(Paper()), client=client) as clm,
        pytest.raises(ClmError),
    ):
        clm.contracts.get("7")

    assert len(script.asked) == 1


def test_an_async_client_of_ones_own_follows_no_redirect_either():
    """The same, for asyncio."""
    script = Script(answer(status=307, headers={"location": "https://evil.example"}))
    transport = httpx.MockTransport(script)

    async def asked():
        async with (
            httpx.AsyncClient(transport=transport, follow_redirects=True) as client,
            AsyncBridge(furnished(Paper()), client=client) as clm,
        ):
            with suppress(ClmError):
                await clm.contracts.get("7")

    asyncio.run(asked())
    assert len(script.asked) == 1


IDS = [
    "..",
    ".",
    "",
    "../../admin",
    "..%2f..%2fadmin",
    "%2e%2e",
    "..\\admin",
    "/admin",
    "//evil.example/a",
    "https://evil.example/a",
    "7?admin=1",
    "7#x",
    "7;a=b",
    "7\r\nx-evil: 1",
    "7\nHost: evil.example",
    "7\x00",
    "7 8",
    "{id}",
    "{0.__class__}",
    "%",
    "@evil.example",
    "ü\u202e",
    "\udc80",
    "7" * 3000,
    "7" * 70_000,
]


@pytest.mark.parametrize("id", IDS, ids=range(len(IDS)))
def test_an_id_stays_one_step_of_the_path(connect, id):
    """Encoded, or refused before anything is sent; it never leads anywhere else."""
    script = Script(answer({"id": "7"}))
    with suppress(InvalidInput):
        connect(script).do(lambda clm: clm.contracts.get(id))

    for one in script.asked:
        lead, path = one.url.raw_path[:15], one.url.raw_path[15:]
        assert (one.url.host, one.url.port) == ("paper.example", None)
        assert lead == b"/api/contracts/"
        assert path
        assert path not in (b".", b"..")
        assert not set(path) & set(b"/\\?#\r\n\x00 ")


@pytest.mark.parametrize("id", ["..", "", "\udc80", "7" * 70_000])
def test_an_id_that_cannot_be_sent_is_refused(connect, id):
    """As bad input, and nothing is sent."""
    script = Script()

    with pytest.raises(InvalidInput):
        connect(script).do(lambda clm: clm.contracts.get(id))
    assert script.asked == []


@pytest.mark.parametrize(
    "work",
    [
        lambda clm: clm.contracts.find_by_external_id("\udc80"),
        lambda clm: clm.contracts.find_by_external_id("7" * 70_000),
        lambda clm: clm.vendor.request("GET", "a", params={"a": "\udc80"}),
        lambda clm: clm.vendor.request("GET", "a\r\nx: y"),
        lambda clm: clm.vendor.request("POST", "a", json={"a": "\udc80"}),
        lambda clm: clm.vendor.request("POST", "a", json={"a": float("nan")}),
        lambda clm: clm.vendor.request("POST", "a", json={"a": object()}),
    ],
)
def test_what_cannot_be_sent_is_bad_input(connect, work):
    """One clear error, and nothing is sent."""
    script = Script()

    with pytest.raises(InvalidInput):
        connect(script).do(work)
    assert script.asked == []


def test_a_cookie_is_not_sent_back(connect, tmp_path):
    """Neither to the vendor, nor to those whose links it hands out."""
    cookie = {"set-cookie": f"session={CANARY}; Domain=example; Path=/"}
    script = Script(
        answer({"id": "7"}, headers=cookie),
        answer(LINK, headers=cookie),
        httpx.Response(200, content=b"%PDF", headers=cookie),
        answer(rows(), headers=cookie),
    )
    bridge = connect(script)
    bridge.do(CALLS["get"])
    bridge.do(lambda clm: clm.documents.download(DOCUMENT, tmp_path))
    bridge.do(CALLS["list"])

    assert len(script.asked) == 4
    assert [one.headers.get("cookie") for one in script.asked] == [None] * 4


@pytest.fixture
def serve():
    """Return a function that starts a server which keeps what it is sent."""
    servers = []

    def started(body):
        heads = []

        def say(head):
            heads.append(head)
            return [whole(body)]

        servers.append(Server(say))
        return servers[-1].url, heads

    yield started
    for server in servers:
        server.close()


@pytest.mark.parametrize("value", ["me\r\nx-evil: 1", "me\nx-evil: 1", "me\x00"])
def test_a_header_cannot_be_broken_out_of(connect, serve, value):
    """A value with a line end in it is not sent."""
    url, heads = serve(b'{"id": "7"}')
    auth = ApiKey({"client-id": value, "client-secret": Secret(CANARY)})
    bridge = connect(None, Paper(base_url=url, auth=auth))

    with pytest.raises(ClmError) as caught:
        bridge.do(CALLS["get"])
    assert heads == []
    assert CANARY not in str(caught.value)


def test_a_method_cannot_be_broken_out_of(connect, serve):
    """The request line is one line."""
    url, heads = serve(b"{}")
    bridge = connect(None, Paper(base_url=url), options=Options(max_attempts=1))

    with pytest.raises(ClmError):
        bridge.do(lambda clm: clm.vendor.request("GET / HTTP/1.1\r\nx: y", "a"))
    assert heads == []


def test_a_proxy_of_the_environment_is_asked_for_calls_alone(
    connect, serve, tmp_path, monkeypatch
):
    """A handed-out link goes straight to where it leads."""
    files, fetched = serve(b"%PDF-1.7")
    proxy, proxied = serve(b'{"url": "%sa", "id": "7"}' % files.encode())
    monkeypatch.setenv("HTTP_PROXY", proxy)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    bridge = connect(None, Paper(base_url="http://127.0.0.1:9/api/"))
    bridge.do(lambda clm: clm.documents.download(DOCUMENT, tmp_path))

    assert [head.split()[1] for head in proxied] == [
        b"http://127.0.0.1:9/api/documents/d1"
    ]
    assert [head.split()[1] for head in fetched] == [b"/a"]
    assert CANARY.encode() not in fetched[0]


def test_netrc_is_not_read(connect, serve, tmp_path, monkeypatch):
    """Its passwords are for other programs."""
    (tmp_path / ".netrc").write_text(f"machine 127.0.0.1 login me password {CANARY}")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    url, heads = serve(b'{"id": "7"}')
    connect(None, Paper(base_url=url)).do(CALLS["get"])

    assert b"authorization" not in heads[0].lower()


@pytest.mark.parametrize("make", [blocking_clients, asyncio_clients])
def test_the_client_for_links_knows_no_credentials(make):
    """No headers, cookies, auth or environment of its own, and it follows nothing."""
    clients = make(furnished(Paper()), None, None)
    api, files = clients.api, clients.files()

    assert (files.auth, files.trust_env, dict(files.cookies)) == (None, False, {})
    assert (files.follow_redirects, api.follow_redirects) == (False, False)
    assert CANARY not in repr(dict(files.headers))
