"""How requests are signed."""

from __future__ import annotations

import pytest

from clm_bridge import PayloadError
from clm_bridge.adapter import ApiKey, ClientCredentials, Secret, Token, get
from clm_bridge.testing import play, reply

CANARY = "canary-5ecret"
GRANT = ClientCredentials("https://paper.example/token", "me", Secret(CANARY), "read")


def test_an_api_key_is_a_header():
    """Secrets are revealed where they are sent; literals are sent as they are."""
    scheme = ApiKey({"x-key": Secret(CANARY), "x-version": "2"})
    signed = scheme.sign(get("a"), None)

    assert signed.headers == {"x-key": CANARY, "x-version": "2"}
    assert scheme.renew(0.0) is None


def test_a_request_keeps_its_own_headers():
    """Signing adds, and takes nothing away."""
    request = get("a").with_headers({"accept": "text/plain"})

    assert ApiKey({"x-key": "k"}).sign(request, None).headers == {
        "accept": "text/plain",
        "x-key": "k",
    }


def test_schemes_show_nothing():
    """A scheme in a repr gives nothing away."""
    assert CANARY not in repr(ApiKey({"x-key": CANARY}))
    assert CANARY not in repr(GRANT)


def test_a_bearer_token_is_put_on():
    """The token goes into the header that RFC 6750 names."""
    signed = GRANT.sign(get("a"), Token(Secret("abc"), 0, 0))

    assert signed.headers == {"authorization": "Bearer abc"}


def test_signing_without_a_token_is_a_fault_of_ours():
    """The engine fetches one first."""
    with pytest.raises(RuntimeError, match="before a request is signed"):
        GRANT.sign(get("a"), None)


def test_a_token_is_asked_for_by_form():
    """The request is unsigned, may be repeated, and asks for the scope."""
    played = play(GRANT.renew(0.0), reply({"access_token": "abc", "expires_in": 60}))
    [asked] = played.asked

    assert (asked.method, asked.path) == ("POST", "https://paper.example/token")
    assert (asked.signed, asked.safe) == (False, True)
    assert asked.form == {
        "grant_type": "client_credentials",
        "client_id": "me",
        "client_secret": CANARY,
        "scope": "read",
    }


def test_no_scope_is_sent_where_none_is_set():
    """An empty scope is not a scope."""
    scheme = ClientCredentials("https://paper.example/token", "me", Secret(CANARY))
    played = play(scheme.renew(0.0), reply({"access_token": "a", "expires_in": 60}))

    assert "scope" not in played.asked[0].form


@pytest.mark.parametrize("seconds", [1000, "1000"])
def test_a_token_is_renewed_before_it_ends(seconds):
    """The times are on the clock that was given."""
    scheme = ClientCredentials(
        "https://paper.example/token", "me", Secret(CANARY), lifetime=0.5, settle=2.0
    )
    granted = reply({"access_token": "abc", "expires_in": seconds})

    assert play(scheme.renew(100.0), granted).result == Token(
        Secret("abc"), usable_at=102.0, renew_at=600.0
    )


@pytest.mark.parametrize(
    "granted",
    [
        {},
        [],
        None,
        "canary",
        {"access_token": "canary"},
        {"expires_in": 60},
        {"access_token": "canary", "expires_in": "canary"},
        {"access_token": "canary", "expires_in": None},
        {"access_token": None, "expires_in": 60},
        {"access_token": "", "expires_in": 60},
    ],
)
def test_an_answer_without_a_token_is_a_payload_error(granted):
    """What came is not shown: it may hold half a token."""
    with pytest.raises(PayloadError, match="holds no token") as caught:
        play(GRANT.renew(0.0), reply(granted))

    assert "canary" not in str(caught.value)
