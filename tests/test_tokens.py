"""Tokens are fetched once, renewed early, and once after a refusal."""

from __future__ import annotations

import asyncio
import threading

import httpx
import pytest

from clm_bridge import AuthenticationFailed, PayloadError, Secret, TimedOut, VendorDown
from clm_bridge.adapter import ClientCredentials

from .paper import CANARY, ORIGIN, Paper, answer

MANY = 50
LATE = 0.05


class Guarded:
    """A vendor that grants numbered tokens and accepts the newest alone."""

    def __init__(self, *, seconds=3600, revoke_first=False, slow=False):
        self._slow = slow
        self.granted, self.refused = [], 0
        self._seconds, self._revoked = seconds, {"t1"} if revoke_first else set()
        self._lock = threading.Lock()

    def __call__(self, request):
        if self._slow and request.url.path == "/token":
            return slowly(self._answer, request)
        return self._answer(request)

    def _answer(self, request):
        with self._lock:
            if request.url.path == "/token":
                self.granted.append(request)
                name = f"t{len(self.granted)}"
                return answer({"access_token": name, "expires_in": self._seconds})
            token = request.headers["authorization"].removeprefix("Bearer ")
            if token in self._revoked or token != f"t{len(self.granted)}":
                self.refused += 1
                return answer({"error": "stale"}, 401)
            return answer({"id": "7"})


def slowly(answering, request):
    """Answer late enough for the others to come to the same door."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        threading.Event().wait(LATE)
        return answering(request)
    return later(answering, request)


async def later(answering, request):
    await asyncio.sleep(LATE)
    return answering(request)


def paper(**options):
    auth = ClientCredentials(f"{ORIGIN}/token", "me", Secret(CANARY), **options)
    return Paper(auth=auth)


def get(clm):
    return clm.contracts.get("7")


def test_a_token_is_kept(connect):
    """Two calls need one token."""
    vendor = Guarded()
    bridge = connect(vendor, paper())
    bridge.do(get)
    bridge.do(get)

    assert len(vendor.granted) == 1
    assert "authorization" not in vendor.granted[0].headers


def test_many_at_once_ask_once(connect):
    """Fifty first calls make one token request, and none is refused."""
    vendor = Guarded(slow=True)
    found = connect(vendor, paper()).several(MANY, get)

    assert [one.id for one in found] == ["7"] * MANY
    assert (len(vendor.granted), vendor.refused) == (1, 0)


def test_copies_ask_once(connect):
    """Copies made by with_options share the token, also while it is fetched."""
    vendor = Guarded(slow=True)
    connect(vendor, paper()).several(
        MANY, lambda clm: get(clm.with_options(max_attempts=2))
    )

    assert len(vendor.granted) == 1


def test_a_revoked_token_is_renewed_once(connect):
    """A refusal costs one renewal, and the call succeeds."""
    vendor = Guarded(revoke_first=True)
    bridge = connect(vendor, paper())

    assert bridge.do(get).id == "7"
    assert (len(vendor.granted), vendor.refused) == (2, 1)
    assert bridge.slept == []


def test_many_refused_at_once_renew_once(connect):
    """Only the token that was refused is replaced, by whoever comes first."""
    vendor = Guarded(revoke_first=True, slow=True)
    connect(vendor, paper()).several(MANY, get)

    assert len(vendor.granted) == 2


def test_a_second_refusal_is_an_error(connect):
    """No loop of renewals: the credentials are wrong."""
    asked = []

    def vendor(request):
        asked.append(request.url.path)
        if request.url.path == "/token":
            return answer({"access_token": "same", "expires_in": 60})
        return answer({"error": "no"}, 401)

    with pytest.raises(AuthenticationFailed):
        connect(vendor, paper()).do(get)
    assert asked == ["/token", "/api/contracts/7"] * 2


def test_a_fixed_key_that_is_refused_is_an_error_at_once(connect):
    """There is nothing to renew."""
    asked = []

    def vendor(request):
        asked.append(request)
        return answer({"error": "no"}, 401)

    with pytest.raises(AuthenticationFailed):
        connect(vendor).do(get)
    assert len(asked) == 1


def test_an_old_token_is_renewed_before_it_is_used(connect):
    """A token past its time costs no refusal."""
    vendor = Guarded(seconds=0)
    bridge = connect(vendor, paper())
    bridge.do(get)
    bridge.do(get)

    assert (len(vendor.granted), vendor.refused) == (2, 0)


def test_a_young_token_is_given_time(connect):
    """Some vendors want seconds between issue and first use."""
    bridge = connect(Guarded(), paper(settle=5.0))
    bridge.do(get)
    bridge.do(get)

    [waited] = bridge.slept
    assert waited == pytest.approx(5.0, abs=0.5)


def test_nobody_uses_a_token_that_is_too_young(connect):
    """Until its time has come, others wait too."""
    bridge = connect(Guarded(), paper(settle=5.0))
    seen = []

    async def look(seconds):
        seen.append(bridge.clm._shared.token)

    bridge.clm._http._sleep = look
    bridge.do(get)

    assert seen == [None]


@pytest.mark.parametrize(
    ("grant", "error"),
    [
        (lambda _: answer({"error": "no"}, 401), AuthenticationFailed),
        (lambda _: answer({"error": "down"}, 500), VendorDown),
        (lambda _: answer({"token": "canary"}), PayloadError),
        (lambda _: httpx.Response(200, text="<html>canary"), PayloadError),
    ],
    ids=["refused", "down", "no token", "a login page"],
)
def test_no_token_no_call(connect, grant, error):
    """The error of the token's endpoint is the call's, and shows no secret."""
    asked = []

    def vendor(request):
        asked.append(request.url.path)
        return grant(request)

    with pytest.raises(error) as caught:
        connect(vendor, paper()).do(get)
    assert set(asked) == {"/token"}
    assert caught.value.operation == "contracts.get"
    assert "canary" not in str(caught.value)


def test_many_wait_no_longer_than_one(connect):
    """When no token comes, all calls end with the first one's deadline."""

    def vendor(request):
        raise httpx.ReadTimeout("late")

    def tried(clm):
        return get(clm.with_options(deadline=0.0))

    with pytest.raises(TimedOut):
        connect(vendor, paper()).several(MANY, tried)
