"""R7: one token request an expiry, no page lost, and no loop of refusals."""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.request import urlopen

import httpx
import pytest
from attrs import evolve

from clm_bridge import AuthenticationFailed, ClmError, PayloadError, Secret, VendorDown
from clm_bridge.adapter import ClientCredentials

from ..paper import ORIGIN, Paper, Tasks, Threads, answer, furnished, rows
from .programs import running

MANY = 50
PAGES = 20
COLOURS = {"threads": Threads, "asyncio": Tasks}


class Vendor:
    """Grants numbered tokens, and takes the newest alone, until it is ended."""

    def __init__(self, grants=()):
        self.granted = self.refused = self.pages = 0
        self._grants, self._ended = list(grants), set()
        self._lock = threading.Lock()
        self.before_page = None

    def __call__(self, request):
        with self._lock:
            if request.url.path == "/token":
                return self._grant()
            token = request.headers["authorization"].removeprefix("Bearer ")
            if token in self._ended or token != f"t{self.granted}":
                self.refused += 1
                return answer({"error": "stale"}, 401)
            return self._page(request)

    def _grant(self):
        if self._grants:
            return self._grants.pop(0)
        self.granted += 1
        return answer({"access_token": f"t{self.granted}", "expires_in": 3600})

    def _page(self, request):
        if not request.url.path.endswith("/contracts"):
            return answer({"id": "7"})
        page = int(dict(request.url.params).get("page", 0))
        self.pages += 1
        if self.before_page is not None:
            self.before_page(page)
        more = [str(page + 1)] if page + 1 < PAGES else []
        return answer(rows(f"c{page}", more=more))

    def end(self):
        """End the newest token."""
        self._ended.add(f"t{self.granted}")


class Bridged:
    """A bridge of one colour to a vendor."""

    def __init__(self, colour, vendor, **options):
        auth = ClientCredentials(f"{ORIGIN}/token", "me", Secret("s3cret"), **options)
        transport = httpx.MockTransport(vendor)
        self.bridge = COLOURS[colour](furnished(Paper(auth=auth)), transport=transport)
        self.tokens = self.bridge.clm._shared.tokens

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.bridge.close()

    def get(self):
        return self.bridge.do(lambda clm: clm.contracts.get("7"))

    def age(self):
        """Let the token come to its end."""
        self.tokens.token = evolve(self.tokens.token, renew_at=0.0)


@pytest.mark.parametrize("end", ["aged", "ended"])
@pytest.mark.parametrize("colour", COLOURS)
def test_many_at_an_expiry_ask_once(colour, end, size, tried):
    """Fifty calls, again and again at the moment when the token ends."""
    rounds, vendor = size(full=20, few=4), Vendor()
    with Bridged(colour, vendor) as one:
        one.get()
        for number in range(rounds):
            one.age() if end == "aged" else vendor.end()
            found = one.bridge.several(MANY, lambda clm: clm.contracts.get("7"))

            assert [contract.id for contract in found] == ["7"] * MANY
            assert vendor.granted == number + 2
    tried(rounds, "expiries")


@pytest.mark.parametrize("position", range(PAGES))
@pytest.mark.parametrize("end", ["aged", "ended"])
@pytest.mark.parametrize("colour", COLOURS)
def test_a_token_that_ends_between_pages_loses_none(colour, end, position, tried):
    """Each page comes once and in order, whichever page the token ends after."""
    vendor = Vendor()
    with Bridged(colour, vendor) as one:

        def ends(page):
            if page == position:
                one.age() if end == "aged" else vendor.end()

        vendor.before_page = ends
        listing = one.bridge.do(lambda clm: clm.contracts.list(detail="summary"))
        ids = [contract.id for contract in listing]

    assert ids == [f"c{page}" for page in range(PAGES)]
    assert vendor.pages == PAGES
    assert vendor.granted == (1 if position == PAGES - 1 else 2)
    tried(1, "positions")


BUSY = {
    "429": lambda: [answer(status=429)],
    "429, with a wait": lambda: [answer(status=429, headers={"retry-after": "3"})],
    "500 twice": lambda: [answer(status=500), answer(status=500)],
    "503, with a wait": lambda: [answer(status=503, headers={"retry-after": "1"})],
    "502, a page": lambda: [httpx.Response(502, text="<html>")],
}


@pytest.mark.parametrize("busy", BUSY)
@pytest.mark.parametrize("colour", COLOURS)
def test_an_endpoint_that_is_busy_is_asked_again(colour, busy, tried):
    """By the same rules as any call; a token request does no harm twice."""
    vendor = Vendor(BUSY[busy]())
    with Bridged(colour, vendor) as one:
        assert one.get().id == "7"
        assert vendor.granted == 1
        assert len(one.bridge.slept) == len(BUSY[busy]())
    tried(1, "endpoints")


DEAD = {
    "down": (lambda: answer(status=500), VendorDown),
    "refusing": (
        lambda: answer({"error": "invalid_client"}, 401),
        AuthenticationFailed,
    ),
    "of another kind": (lambda: httpx.Response(200, text="<html>"), PayloadError),
    "empty": (lambda: httpx.Response(200), PayloadError),
    "without a token": (lambda: answer({"expires_in": 9}), PayloadError),
    "without an age": (lambda: answer({"access_token": "t"}), PayloadError),
    "far away": (lambda: answer(status=429, headers={"retry-after": "999"}), ClmError),
}


@pytest.mark.parametrize("dead", DEAD)
@pytest.mark.parametrize("colour", COLOURS)
def test_an_endpoint_that_grants_nothing_is_the_calls_error(colour, dead, tried):
    """No call of the API is made, and the next call asks again."""
    made, error = DEAD[dead]
    vendor = Vendor([made() for _ in range(3)])
    with Bridged(colour, vendor) as one:
        with pytest.raises(error):
            one.get()
        assert (vendor.granted, vendor.refused) == (0, 0)
        vendor._grants.clear()
        assert one.get().id == "7"
    tried(1, "endpoints")


@pytest.mark.parametrize("minutes", [-24 * 60, -10, 10, 24 * 60])
@pytest.mark.parametrize("colour", COLOURS)
def test_a_vendors_clock_does_not_matter(colour, minutes, tried):
    """What a token's answer says of the time is not asked for."""
    then = format_datetime(datetime.now(UTC) + timedelta(minutes=minutes), usegmt=True)
    grant = answer({"access_token": "t1", "expires_in": 3600}, headers={"date": then})
    vendor = Vendor([grant])
    vendor.granted = 1
    with Bridged(colour, vendor) as one:
        for _ in range(5):
            one.get()
    assert (vendor.granted, vendor.refused) == (1, 0)
    tried(1, "clocks")


@pytest.mark.parametrize("calls", [1, 5, 20])
@pytest.mark.parametrize("colour", COLOURS)
def test_credentials_that_are_revoked_make_no_loop(colour, calls, tried):
    """Two tokens are tried; then each call is refused once, and says so."""
    vendor = Vendor()
    vendor._ended = {f"t{number}" for number in range(99)}
    with Bridged(colour, vendor) as one:
        for _ in range(calls):
            with pytest.raises(AuthenticationFailed):
                one.get()
    assert (vendor.granted, vendor.refused) == (2, calls + 1)
    tried(1, "revocations")


@pytest.mark.parametrize("number", range(20))
def test_a_cancelled_asker_spoils_it_for_nobody(number, tried):
    """Whichever of twenty askers is cancelled, the others get the one token."""
    vendor = Vendor()

    async def slowly(request):
        if request.url.path == "/token":
            await asyncio.sleep(0.02)
        return vendor(request)

    async def cancelled(clm):
        tasks = [asyncio.create_task(clm.contracts.get("7")) for _ in range(20)]
        await asyncio.sleep(0.005)
        tasks[number].cancel()
        return await asyncio.gather(*tasks, return_exceptions=True)

    with Bridged("asyncio", slowly) as one:
        found = one.bridge.do(lambda clm: cancelled(clm))

    assert isinstance(found.pop(number), asyncio.CancelledError)
    assert [contract.id for contract in found] == ["7"] * 19
    assert vendor.granted == 1
    tried(1, "cancellations")


def test_each_process_has_a_token_of_its_own(tmp_path, tried):
    """A token is a secret, and is written nowhere: two processes ask once each."""
    settings = {
        "vendor": "coupa",
        "client_id": "me",
        "client_secret": "s",
        "timezone": "UTC",
        "token_settle": 0,
    }
    told = {"seconds": 0.3, "rates": str(tmp_path), "threads": 8}
    with ExitStack() as stack:
        server = stack.enter_context(running("counter.py", "0.01"))
        url = server.stdout.readline().strip()
        told["settings"] = {**settings, "base_url": url}
        callers = [
            stack.enter_context(running("caller.py", json.dumps(told)))
            for _ in range(2)
        ]
        for one in callers:
            assert one.stdout.readline() == "ready\n"
            one.stdin.write("go\n")
            one.stdin.flush()
        assert all(int(one.stdout.readline()) > 0 for one in callers)
        with urlopen(f"{url}/granted") as found:
            granted = json.load(found)

    assert len(granted) == 2
    assert "granted" not in "".join(one.read_text() for one in tmp_path.iterdir())
    tried(1, "pairs of processes")
