"""R11: wherever a vendor redirects, credentials and bodies stay on its origin."""

from __future__ import annotations

import httpx
import pytest

from clm_bridge import ClmError, DownloadError
from clm_bridge._config import load_settings
from clm_bridge.sandbox import InProcess

from ..paper import Tasks, Threads

VENDORS = ("coupa", "spotdraft", "tomorro")
COLOURS = {"threads": Threads, "asyncio": Tasks}
STATUSES = (301, 302, 303, 307, 308)
SAME = ("https://{host}/elsewhere", "https://{host}:443/elsewhere")
REFUSED = ("http://{host}/elsewhere", "https://{host}@other.example/")
TARGETS = (
    *SAME,
    *REFUSED,
    "https://other.example/a?signature=1",
    "//other.example/a",
    "https://{host}:8443/elsewhere",
    "https://sub.{host}/elsewhere",
)
BODY = "canary-b0dy"
PLAIN = {"accept", "accept-encoding", "user-agent", "host"}
"""All that a request may say to somebody who is not the vendor."""


class Crossing(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A vendor's sandbox that redirects once, and keeps what it is asked from then."""

    def __init__(self, app):
        self._inner = InProcess(app)
        self.file = None

    def arm(self, status, target, kind):
        """Redirect the next call, or the next file, there."""
        self._status, self._target, self._kind = status, target, kind
        self.first, self.then = None, []

    def handle_request(self, request):
        request.read()
        if self.first is not None:
            self.then.append(request)
            return httpx.Response(200, content=b"%PDF-1.7 the file")
        answer = self._inner.handle_request(request)
        body = answer.read()
        is_file = body.startswith((b"%PDF", b"PK"))
        if is_file if self._kind == "download" else BODY.encode() in request.content:
            self.first = request
            there = self._target.format(host=request.url.host)
            return httpx.Response(self._status, headers={"location": there})
        return httpx.Response(answer.status_code, headers=answer.headers, content=body)

    async def handle_async_request(self, request):
        await request.aread()
        return self.handle_request(request)


@pytest.fixture(params=VENDORS)
def vendor(request):
    """Each vendor's real adapter, over its sandbox."""
    return request.param


@pytest.fixture(params=COLOURS)
def crossing(request, vendor, clm_sandbox):
    """A bridge, what it is connected to, and a signed document."""
    sandbox = clm_sandbox(vendor)
    settings = load_settings(arguments={"vendor": vendor, "sandbox": sandbox})
    transport = Crossing(sandbox.app)
    bridge = COLOURS[request.param](settings, transport=transport)
    transport.arm(301, "", "nothing")
    document = signed(bridge)
    yield bridge, transport, document
    bridge.close()


def signed(bridge):
    """The first signed document of the workspace."""
    executed = {"status": "executed", "detail": "summary"}
    for one in bridge.do(lambda clm: clm.contracts.list(**executed)):
        found = bridge.do(lambda clm, contract=one: clm.documents.list(contract.id))
        if found:
            return found[0]
    raise LookupError


@pytest.fixture
def ways(size):
    """The statuses and the targets to try."""
    every = [(status, target) for status in STATUSES for target in TARGETS]
    return every if size(full=True, few=False) else every[:: len(TARGETS) + 1]


def test_no_call_is_redirected(crossing, ways, tried):
    """One request to the vendor; neither its body nor its headers go anywhere else."""
    bridge, transport, _ = crossing
    for status, target in ways:
        transport.arm(status, target, "call")
        with pytest.raises(ClmError, match="redirects are not followed"):
            bridge.do(lambda clm: clm.vendor.request("POST", "x", json={"a": BODY}))

        assert transport.first is not None
        assert transport.then == []
    tried(len(ways), "redirected calls")


def test_a_download_leaves_its_origin_with_nothing(crossing, ways, tmp_path, tried):
    """It is followed over https alone, and says no more than what it is looking for."""
    bridge, transport, document = crossing
    for status, target in ways:
        transport.arm(status, target, "download")
        refusal = download(bridge, document, tmp_path)

        assert (refusal is not None) == (target in REFUSED)
        assert refusal is None or "where no file may come from" in refusal[0]
        assert refusal is None or refusal[1] == []
        assert len(transport.then) == (target not in REFUSED)
        for one in transport.then:
            assert one.url.scheme == "https"
            assert (one.method, one.content) == ("GET", b"")
            is_own = target in SAME
            assert is_own or set(one.headers) <= PLAIN
            assert not is_own or set(one.headers) == set(transport.first.headers)
    tried(len(ways), "redirected downloads")


def download(bridge, document, folder):
    try:
        found = bridge.do(lambda clm: clm.documents.download(document, folder))
    except DownloadError as error:
        return str(error), [*folder.iterdir()]
    assert found.path.read_bytes() == b"%PDF-1.7 the file"
    found.path.unlink()
    return None


def test_a_links_own_request_carries_nothing(crossing, tmp_path):
    """Where a vendor hands out a link, not even its own origin is told who asks."""
    bridge, transport, document = crossing
    transport.arm(302, SAME[0], "download")
    download(bridge, document, tmp_path)

    is_signed = bridge.clm.settings.vendor == "coupa"
    assert (set(transport.first.headers) > PLAIN) == is_signed
