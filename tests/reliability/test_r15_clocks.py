"""R15: no clock that is wrong, set back or odd leads a wait or a token astray."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest

from clm_bridge._auth import ClientCredentials
from clm_bridge._limits import Rate
from clm_bridge._messages import Request, Response
from clm_bridge._rates import CommonWindow
from clm_bridge._retry import Retry, retry_after
from clm_bridge._secrets import Secret

INSTANTS = {
    "an ordinary day": datetime(2026, 5, 5, 12, tzinfo=UTC),
    "the leap day": datetime(2028, 2, 29, 23, 59, 45, tzinfo=UTC),
    "the last second of a year": datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC),
    "the hour that Paris skips": datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
    "the hour that Paris has twice": datetime(2026, 10, 25, 0, 59, 50, tzinfo=UTC),
    "the end of 32 bits": datetime(2038, 1, 19, 3, 14, 7, tzinfo=UTC),
    "after the end of 32 bits": datetime(2040, 1, 1, tzinfo=UTC),
}
SKEWS = [timedelta(hours=hours) for hours in (-24, -1, 0, 1, 24)]


@pytest.mark.parametrize("skew", SKEWS, ids=str)
@pytest.mark.parametrize("when", INSTANTS)
def test_a_wait_until_a_date_does_not_depend_on_our_clock(when, skew, tried):
    """The answer says what time it is at the vendor's."""
    theirs = INSTANTS[when]
    told = {
        "date": format_datetime(theirs, usegmt=True),
        "retry-after": format_datetime(theirs + timedelta(seconds=30), usegmt=True),
    }

    assert retry_after(Response(503, told), theirs + skew) == 30
    tried(1, "clocks")


@pytest.mark.parametrize("when", INSTANTS)
@pytest.mark.parametrize(
    "spelled",
    [
        lambda then: then.strftime("%a %b %d %H:%M:%S %Y"),  # asctime: no zone at all
        lambda then: format_datetime(then.replace(tzinfo=None)),  # -0000: none known
        lambda then: format_datetime(then.astimezone(ZoneInfo("Europe/Paris"))),
        lambda then: format_datetime(then.astimezone(timezone(timedelta(hours=-9.5)))),
    ],
    ids=["asctime", "-0000", "Paris", "-0930"],
)
def test_a_date_without_a_zone_is_universal_time(when, spelled, tried):
    """As HTTP has it; one with a zone is what it says."""
    now = INSTANTS[when]
    told = spelled(now + timedelta(seconds=30))

    assert retry_after(Response(503, {"retry-after": told}), now) == 30
    tried(1, "clocks")


@pytest.mark.parametrize("skew", SKEWS, ids=str)
def test_without_a_date_of_theirs_a_wrong_clock_is_bounded(skew, tried):
    """At worst a wait is skipped, or refused as too long; never begun for hours."""
    now = INSTANTS["an ordinary day"]
    then = format_datetime(now + timedelta(seconds=30), usegmt=True)
    wait = Retry().delay(
        1,
        Request("GET", "contracts"),
        Response(503, {"retry-after": then}),
        now=now + skew,
        draw=1.0,
    )

    assert wait is None or 0 <= wait <= 120
    tried(1, "clocks")


@pytest.mark.parametrize("began", [0.0, 1.0, 5e8, 2**31 - 1, 2**31 + 7.5, 4e9])
def test_a_token_ages_by_what_has_passed(began, tried):
    """Its times count from any beginning; the wall's clock is not asked."""
    scheme = ClientCredentials("/token", "me", Secret("s"), settle=5)
    renewal = scheme.renew(began)
    renewal.send(None)
    with pytest.raises(StopIteration) as ended:
        renewal.send(Response(200, body=b'{"access_token": "t", "expires_in": 3600}'))
    token = ended.value.value

    assert token.usable_at - began == 5
    assert token.renew_at - began == 3240
    tried(1, "clocks")


class Kept:
    """A store of one text."""

    text = None

    def change(self, key, how):
        self.text = how(self.text)


@pytest.mark.parametrize("jump", [-1e9, -86_400, -3600, -1, 1, 3600, 86_400, 1e9])
def test_a_wall_clock_that_jumps_stops_nobody(jump, tried):
    """Whatever other processes told, nobody waits for longer than one span."""
    rate, now = Rate(2, 10.0, margin=0), 1.79e9
    common = CommonWindow(Kept(), "k", rate)
    for _ in range(2):
        common.take(lambda: now, 0)
        common.leave(now, now)
    wait = common.take(lambda: now + jump, 0)

    assert 0 <= wait <= rate.span
    assert common.take(lambda: now + jump + wait, 0) == 0
    tried(1, "clocks")
