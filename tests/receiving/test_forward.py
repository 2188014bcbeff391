"""Events on to the user's own address, by the Standard Webhooks."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from clm_bridge import (
    ClmError,
    ConfigError,
    Event,
    InvalidInput,
    Secret,
    WebhookVerificationError,
    from_dict,
)
from clm_bridge.receiving import Forward, StandardWebhook

from ..shop import told
from .conftest import NOW

# https://github.com/standard-webhooks/standard-webhooks : the vector of its libraries.
KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
AT = datetime.fromtimestamp(1614265330, UTC)
BODY = b'{"test": 2432232314}'
GOOD = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
BAD = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OA="


def headers(signature=GOOD, id=ID, stamp="1614265330"):
    return {
        "webhook-id": id,
        "webhook-timestamp": stamp,
        "webhook-signature": signature,
    }


def seal(*secrets):
    return StandardWebhook([Secret(one) for one in secrets or (KEY,)])


def test_the_published_vector_is_signed_and_verified():
    """Both ways, and without the prefix too."""
    assert seal().headers(ID, BODY, AT) == headers()
    assert seal().verify(headers(), BODY, AT) == ID
    assert seal(KEY.removeprefix("whsec_")).verify(headers(), BODY, AT) == ID


@pytest.mark.parametrize(
    "signature", [f"{BAD} v2,xyz {GOOD} {BAD}", f"v1a,abc {GOOD}", f"junk {GOOD}"]
)
def test_one_good_signature_of_several_is_enough(signature):
    """While a secret is changed, a sender signs with both."""
    assert seal().verify(headers(signature), BODY, AT) == ID


def test_each_of_several_secrets_is_accepted():
    """While a secret is changed, a receiver knows both."""
    other = "whsec_" + "A" * 32

    assert seal(other, KEY).verify(headers(), BODY, AT) == ID


@pytest.mark.parametrize(
    ("told", "body", "away"),
    [
        (headers(BAD), BODY, 0),
        (headers("nocomma"), BODY, 0),
        (headers(""), BODY, 0),
        (headers(GOOD.replace("v1,", "v2,")), BODY, 0),
        (headers(id="msg_other"), BODY, 0),
        (headers(stamp="1614265331"), BODY, 0),
        (headers(stamp="soon"), BODY, 0),
        (headers(stamp="١٦"), BODY, 0),
        (headers(id="\ud800"), BODY, 0),
        ({}, BODY, 0),
        (headers(), BODY + b" ", 0),
        (headers(), b"\xff", 0),
        (headers(), BODY, 301),
        (headers(), BODY, -301),
    ],
)
def test_what_does_not_fit_is_refused(told, body, away):
    """By one type of error, whatever is wrong."""
    with pytest.raises(WebhookVerificationError):
        seal().verify(told, body, AT + timedelta(seconds=away))


@pytest.mark.parametrize("away", [300, -300, 0])
def test_five_minutes_are_allowed_both_ways(away):
    """Clocks differ."""
    assert seal().verify(headers(), BODY, AT + timedelta(seconds=away)) == ID


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_no base64!"])
def test_a_secret_that_is_none_is_refused_at_once(secret):
    """And not when the first event is to go."""
    with pytest.raises(ConfigError):
        seal(secret)
    with pytest.raises(ConfigError):
        StandardWebhook([])


def test_an_event_arrives_as_it_is():
    """The receiver verifies it, and reads it back."""
    seen = []

    def answer(request):
        seen.append(request)
        return httpx.Response(204)

    event = told("e1", "7", "executed", NOW, "executed")
    transport = httpx.MockTransport(answer)
    with Forward("https://me.example/hook", KEY, transport=transport) as forward:
        forward(event)

    [request] = seen
    assert seal().verify(request.headers, request.content, datetime.now(UTC)) == "e1"
    payload = json.loads(request.content)
    assert payload["type"] == "contract.executed"
    assert from_dict(payload["data"], Event) == event


@pytest.mark.parametrize("status", [302, 400, 410, 500])
def test_whatever_is_not_yes_is_a_failure(status):
    """A redirect, too: it is not followed."""
    moved = {"location": "https://elsewhere.example/"}
    transport = httpx.MockTransport(lambda _: httpx.Response(status, headers=moved))

    with (
        Forward("https://me.example/hook", KEY, transport=transport) as forward,
        pytest.raises(ClmError, match=f"answered {status}"),
    ):
        forward(told("e1", "7", "executed", NOW))


def test_no_answer_is_a_failure_that_shows_no_address():
    """An address may hold a token."""

    def lost(request):
        raise httpx.ReadTimeout("https://me.example/token")

    transport = httpx.MockTransport(lost)
    with (
        Forward("https://me.example/token", KEY, transport=transport) as forward,
        pytest.raises(ClmError) as raised,
    ):
        forward(told("e1", "7", "executed", NOW))
    assert "token" not in str(raised.value)


@pytest.mark.parametrize("url", ["http://me.example/", "ftp://x/", "", "https://", "a"])
def test_events_leave_by_https_alone(url):
    """Save to this machine."""
    with pytest.raises(InvalidInput, match="not https"):
        Forward(url, KEY)
    Forward("http://127.0.0.1:9/", KEY).close()
