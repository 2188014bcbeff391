"""How an operation is driven."""

from __future__ import annotations

import asyncio
from types import coroutine

import pytest

from clm_bridge import NotFound, PayloadError, VendorDown
from clm_bridge._flow import as_operation, blocking, run
from clm_bridge.adapter import Response, get, together
from clm_bridge.testing import play, reply


def test_an_operation_gets_what_it_awaits():
    """Requests go out in order, and each answer comes back to its own await."""

    async def operation():
        first = (await get("first")).json()
        return [first, (await get("second")).json()]

    played = play(operation(), reply(1), reply(2))

    assert played.result == [1, 2]
    assert [request.asked for request in played.asked] == ["GET first", "GET second"]


def test_an_error_is_raised_at_the_operations_own_line():
    """An operation may expect an error and go on."""

    async def operation():
        try:
            await get("first")
        except NotFound:
            return (await get("second")).json()

    assert play(operation(), reply(status=404), reply(2)).result == 2


def test_an_error_that_is_not_expected_leaves():
    """And the operation's own cleaning up is done."""
    closed = []

    async def operation():
        try:
            await get("first")
        finally:
            closed.append(True)

    with pytest.raises(VendorDown):
        play(operation(), reply(status=500))
    assert closed == [True]


def test_an_error_of_the_operations_own_leaves_as_it_is():
    """A fault in an adapter is not dressed up."""

    async def operation():
        await get("first")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        play(operation(), reply())


@coroutine
def wait_for_something_else():
    yield "a timer"


def test_only_requests_can_be_awaited():
    """An operation that would wait for something else is refused, and closed."""

    async def operation():
        await wait_for_something_else()

    with pytest.raises(TypeError, match="may only await requests, not 'a timer'"):
        play(operation())


def test_an_operation_may_not_sleep():
    """A loop's own futures are refused too."""

    async def operation():
        await asyncio.sleep(0)

    with pytest.raises(TypeError, match="may only await requests"):
        play(operation())


def test_together_answers_in_order():
    """Requests and operations may be mixed, and nested."""

    async def named(name):
        return name, (await get(name)).status

    async def operation():
        one, (two, three) = await together(get("one"), named_pair("two", "three"))
        return one.status, two, three

    async def named_pair(left, right):
        return await together(named(left), named(right))

    played = play(operation(), reply(), reply(status=201), reply(status=202))

    assert played.result == (200, ("two", 201), ("three", 202))


def test_together_of_nothing_is_nothing():
    """No parts, no requests."""

    async def operation():
        return await together()

    assert play(operation()).result == []


def test_what_an_error_kept_from_starting_is_closed():
    """No operation is left that nobody awaits."""

    async def part(name):
        return await get(name)

    async def operation():
        await together(*(part(name) for name in "abc"))

    with pytest.raises(NotFound):
        play(operation(), reply(status=404))


def test_the_first_error_of_several_is_raised():
    """An operation can expect it at its own await."""

    async def operation():
        try:
            await together(get("a"), get("b"))
        except NotFound as error:
            return error.status

    assert play(operation(), reply(status=404)).result == 404


def test_a_bare_request_is_an_operation():
    """A request is driven like an operation of one line."""
    assert play(as_operation(get("a")), reply(7)).result.json() == 7


def test_a_blocking_driver_that_would_wait_is_a_fault():
    """Nothing under it may suspend."""
    with pytest.raises(RuntimeError, match="was made to wait"):
        blocking(asyncio.sleep(0))


def test_a_driver_hands_on_what_its_sender_raises():
    """Errors that are not ours pass through, and the operation is closed."""
    closed = []

    async def send(request):
        raise KeyboardInterrupt

    async def gather(parts):
        return []

    async def sleep(seconds):
        pass

    async def operation():
        try:
            await get("a")
        finally:
            closed.append(True)

    with pytest.raises(KeyboardInterrupt):
        blocking(run(operation(), send, gather, sleep))
    assert closed == [True]


def test_a_script_that_is_too_short_says_so():
    """The double names the request that had no reply."""
    with pytest.raises(AssertionError, match="no reply is left for GET a"):
        play(as_operation(get("a")))


def test_a_script_that_is_too_long_says_so():
    """A reply that nobody asked for is a fault of the test."""
    with pytest.raises(AssertionError, match="was not asked for"):
        play(as_operation(get("a")), reply(), reply())


def test_a_reply_may_be_any_bytes():
    """Not every answer is JSON."""
    played = play(as_operation(get("a")), reply(body=b"%PDF", headers={"x": "y"}))

    assert played.result == Response(
        200, {"content-type": "application/json", "x": "y"}, b"%PDF"
    )


def test_a_payload_error_names_the_request_that_it_answers():
    """With several calls in one operation, the fault says which answer is wrong."""

    async def operation():
        await get("good/{id}", id="7")
        return (await get("bad/{id}", id="7")).json()

    with pytest.raises(PayloadError) as caught:
        play(operation(), reply({}), reply(body=b"<html>"))

    assert caught.value.asked == "GET bad/7"
    assert str(caught.value).startswith("GET bad/7: the answer is an HTML page")
