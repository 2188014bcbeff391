"""Tokens are fetched once, renewed early, and once after a refusal."""

from __future__ import annotations

import asyncio
import threading

import httpx
import pytest

import clm_bridge
from clm_bridge import AuthenticationFailed, PayloadError, Secret, TimedOut, VendorDown
from clm_bridge._limits import Rate
from clm_bridge.adapter import ClientCredentials

from .paper import CANARY, ORIGIN, Paper, answer, furnished

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

    [waited] = bridge.slept
    assert waited == pytest.approx(5.0, abs=0.5)


def test_nobody_uses_a_token_that_is_too_young(connect):
    """Until its time has come, others wait too."""
    bridge = connect(Guarded(), paper(settle=5.0))
    bridge.do(get)
    bridge.several(3, get)

    assert len(bridge.slept) == 4
    assert all(waited > 4 for waited in bridge.slept)


def test_a_token_that_ripens_too_late_is_an_error_at_once(connect):
    """The deadline is kept, and the token is not lost."""
    vendor = Guarded()
    bridge = connect(vendor, paper(settle=5.0))
    with pytest.raises(TimedOut, match="before the new token may be used"):
        bridge.do(lambda clm: get(clm.with_options(deadline=1)))
    bridge.do(get)

    assert len(vendor.granted) == 1


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


def test_a_token_that_cannot_be_had_leaves_no_doubt_about_a_write(connect):
    """Nothing was written: the request never left."""

    def vendor(request):
        raise httpx.ReadTimeout("late")

    with pytest.raises(TimedOut) as caught:
        connect(vendor, paper()).do(
            lambda clm: clm.vendor.request("POST", "contracts", json={})
        )
    assert not caught.value.in_doubt


def test_a_failed_renewal_is_told_to_all_and_made_once(connect):
    """Fifty calls do not ask a broken endpoint fifty times."""
    asked = []

    def vendor(request):
        asked.append(request.url.path)
        return slowly(lambda _: answer({"error": "down"}, 501), request)

    together = threading.Barrier(MANY)

    def tried(clm):
        together.wait()
        return failure_of(lambda: get(clm))

    bridge = connect(vendor, paper())
    found = bridge.several(MANY, tried if bridge.name == "threads" else tried_later)
    assert len(asked) < 5  # one, but on a busy machine some threads come after it
    assert {type(one) for one in found} == {VendorDown}
    assert len({id(one) for one in found}) == MANY


def failure_of(work):
    with pytest.raises(VendorDown) as caught:
        work()
    return caught.value


async def tried_later(clm):
    with pytest.raises(VendorDown) as caught:
        await get(clm)
    return caught.value


def test_a_refusal_that_a_new_token_does_not_help_is_not_tried_on_and_on(connect):
    """What is wrong is not the token: later calls cost one request each."""
    asked = []

    def vendor(request):
        asked.append(request.url.path)
        if request.url.path == "/token":
            return answer({"access_token": "same", "expires_in": 3600})
        return answer({"error": "no"}, 401)

    bridge = connect(vendor, paper())
    for _ in range(5):
        with pytest.raises(AuthenticationFailed):
            bridge.do(get)
    assert asked.count("/token") == 2
    assert asked.count("/api/contracts/7") == 6


def test_a_token_takes_no_place_in_the_window(connect):
    """The vendor's figure is for calls of its API; the token must not wait for them."""
    bridge = connect(Guarded(), paper(), rate=Rate(1, 50.0, margin=0))
    bridge.do(get)

    assert bridge.slept == []


def loops():
    """A bridge that is used in one event loop after the other, each time by many."""
    vendor = Guarded(seconds=0, slow=True)
    transport = httpx.MockTransport(vendor)
    return vendor, clm_bridge.AsyncBridge(furnished(paper()), transport=transport)


def test_event_loops_may_follow_one_another():
    """Nothing that a loop left behind is in the next one's way."""
    vendor, clm = loops()

    async def several():
        return await asyncio.gather(*(get(clm) for _ in range(20)))

    found = [asyncio.run(several()) for _ in range(3)]
    asyncio.run(clm.close())

    assert [len(one) for one in found] == [20] * 3
    assert len(vendor.granted) == 3


def test_a_cancelled_first_asker_spoils_it_for_nobody():
    """The renewal goes on for those who wait, and is made once."""
    vendor, clm = loops()

    async def one_cancelled():
        first = asyncio.create_task(get(clm))
        others = [asyncio.create_task(get(clm)) for _ in range(20)]
        await asyncio.sleep(LATE / 2)
        first.cancel()
        found = await asyncio.gather(*others)
        assert first.cancelled()
        await clm.close()
        return found

    assert len(asyncio.run(one_cancelled())) == 20
    assert len(vendor.granted) == 1


def test_a_renewal_that_nobody_waits_for_is_given_up():
    """All askers are gone; no task is left behind."""
    _, clm = loops()

    async def all_cancelled():
        tasks = [asyncio.create_task(get(clm)) for _ in range(5)]
        await asyncio.sleep(LATE / 2)
        for one in tasks:
            one.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)
        left = asyncio.all_tasks() - {asyncio.current_task()}
        await clm.close()
        return left

    assert asyncio.run(all_cancelled()) == set()


def test_bridges_of_one_credential_use_one_token(connect):
    """Some vendors end a token when they grant another."""
    vendor = Guarded()
    transport = httpx.MockTransport(vendor)
    for _ in range(3):
        connect(None, paper(), transport=transport).do(get)

    assert len(vendor.granted) == 1


def test_another_secret_never_gets_the_token(connect):
    """Whoever has not the right secret is refused, whoever else is connected."""
    transport = httpx.MockTransport(Guarded())
    good = connect(None, paper(), transport=transport)
    good.do(get)
    auth = ClientCredentials(f"{ORIGIN}/token", "me", Secret("another"))
    other = connect(None, Paper(auth=auth), transport=transport)

    assert other.clm._shared.tokens is not good.clm._shared.tokens
