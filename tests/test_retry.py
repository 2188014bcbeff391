"""When a request is tried again, and after how long."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clm_bridge import ConnectionFailed, TimedOut
from clm_bridge._messages import Request, Response
from clm_bridge._retry import RETRIABLE, Quota, Retry, retry_after

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
GET = Request("GET", "contracts")
POST = Request("POST", "contracts")
RETRY = Retry()


def unsent(error):
    error.sent = False
    return error


def answer(status, **headers):
    return Response(status, {name.replace("_", "-"): v for name, v in headers.items()})


def delay(outcome, request=GET, attempt=1, draw=1.0, retry=RETRY):
    return retry.delay(attempt, request, outcome, now=NOW, draw=draw)


@pytest.mark.parametrize("status", sorted(RETRIABLE))
def test_a_read_is_repeated(status):
    """A read that the vendor could not serve now may be served soon."""
    assert delay(answer(status)) is not None


@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 404, 409, 422, 501])
def test_a_settled_answer_is_not_repeated(status):
    """Asking again would give the same answer."""
    assert delay(answer(status)) is None


@pytest.mark.parametrize(
    ("outcome", "repeated"),
    [
        (answer(429), True),
        (answer(503, retry_after="1"), True),
        (answer(503), False),
        (answer(500), False),
        (answer(502), False),
        (answer(504), False),
        (answer(408), False),
        (unsent(ConnectionFailed("refused")), True),
        (ConnectionFailed("reset"), False),
        (TimedOut("late"), False),
        (unsent(TimedOut("never connected")), True),
    ],
    ids=lambda given: getattr(given, "status", None) or str(given),
)
def test_a_write_is_repeated_only_if_it_never_took_effect(outcome, repeated):
    """A second contract is worse than an error."""
    assert (delay(outcome, POST) is not None) is repeated


@pytest.mark.parametrize("error", [ConnectionFailed("reset"), TimedOut("late")])
def test_a_read_that_got_no_answer_is_repeated(error):
    """A broken connection is made again."""
    assert delay(error) == RETRY.first


def test_attempts_end():
    """Three tries, and no fourth."""
    waits = [delay(answer(503), attempt=attempt) for attempt in (1, 2, 3)]

    assert waits == [0.25, 0.5, None]


def test_one_attempt_is_no_retry():
    """A user may ask for none."""
    assert delay(answer(503), retry=Retry(attempts=1)) is None


@given(st.integers(1, 50), st.floats(0, 1))
def test_the_wait_is_a_random_part_of_a_bounded_time(attempt, draw):
    """Full jitter: anywhere between nothing and the bound."""
    patient = Retry(attempts=100)
    wait = delay(answer(500), attempt=attempt, draw=draw, retry=patient)

    assert 0 <= wait <= min(patient.first * 2 ** (attempt - 1), patient.longest)


def test_throttling_waits_longer_than_a_fault():
    """A vendor that says slow down is given more time."""
    assert delay(answer(429)) > delay(answer(503))


def test_the_vendors_own_wait_is_kept():
    """What the vendor asks for is neither jittered nor shortened."""
    assert delay(answer(429, retry_after="17"), draw=0.1) == 17


def test_a_wait_that_is_too_long_is_an_error_instead():
    """Two minutes are waited, and not an hour."""
    assert delay(answer(429, retry_after="120")) == 120
    assert delay(answer(429, retry_after="121")) is None


SOON = NOW + timedelta(seconds=30)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("0", 0),
        ("5", 5),
        (" 5 ", 5),
        ("1.5", 1.5),
        ("-1", None),
        ("nan", None),
        ("inf", None),
        ("1e400", None),
        ("", None),
        ("soon", None),
        ("5, 6", 6),
        ("5, soon", None),
        (format_datetime(SOON, usegmt=True), 30),
        ("Sat, 31 Jan 2026 13:00:30 +0100", 30),
        ("Sat, 31 Jan 2026 12:00:30 -0000", 30),
        ("Sat, 31 Jan 2026 11:00:00 GMT", 0),
        ("Fri, 01 Jan 2100 00:00:00 GMT", 2332584000),
        ("Sat, 99 Jan 2026 12:00:30 GMT", None),
    ],
)
def test_retry_after_is_read_in_every_spelling(told, seconds):
    """Seconds or a date; what says nothing usable says nothing."""
    assert retry_after(answer(429, retry_after=told), NOW) == seconds


def test_a_date_counts_from_the_vendors_clock():
    """Ours may be wrong by hours; the answer says what time it is there."""
    theirs = NOW - timedelta(hours=24)
    told = {
        "retry_after": format_datetime(theirs + timedelta(seconds=30), usegmt=True),
        "date": format_datetime(theirs, usegmt=True),
    }

    assert retry_after(answer(429, **told), NOW) == 30


def test_without_the_header_nothing_is_told():
    """Most answers have none."""
    assert retry_after(answer(429), NOW) is None


@given(st.text())
def test_no_spelling_makes_it_fail(told):
    """A vendor may write anything."""
    found = retry_after(answer(429, retry_after=told), NOW)

    assert found is None or found >= 0


def test_a_quota_is_spent_by_retries():
    """Twenty of them in a row, and no more."""
    quota = Quota()
    paid = [quota.spend(answer(503)) for _ in range(25)]

    assert paid == [True] * 20 + [False] * 5
    assert quota.tokens == 0


def test_a_timeout_costs_twice():
    """It also took the vendor's time, and the caller's."""
    quota = Quota()

    assert [quota.spend(TimedOut("late")) for _ in range(11)] == [True] * 10 + [False]


def test_a_success_earns_a_little():
    """Five of them pay for one retry, and nobody saves up more than at the start."""
    quota = Quota()
    quota.spend(answer(503))
    for _ in range(4):
        quota.earn()
    assert quota.tokens == 99
    for _ in range(9):
        quota.earn()

    assert quota.tokens == 100


def test_threads_spend_one_quota():
    """However many fail at once, no token is spent twice."""
    quota, paid = Quota(1000), []

    def fail():
        paid.extend(quota.spend(answer(503)) for _ in range(100))

    threads = [threading.Thread(target=fail) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert (sum(paid), quota.tokens) == (200, 0)
