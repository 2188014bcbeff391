"""Tests for the token endpoint of Coupa's sandbox, and for what a token opens."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest

from .tenant import SCOPES, Tenant


def test_a_client_gets_a_token_for_a_day() -> None:
    """The answer has the documented keys, and a lifetime of 86399 seconds."""
    told = Tenant().ask_token().json

    assert (told["token_type"], told["expires_in"]) == ("bearer", 86399)
    assert told["access_token"].count(".") == 2


def test_a_client_may_use_http_basic() -> None:
    """Id and secret come in the header instead of the body."""
    tenant = Tenant()
    settings = tenant.sandbox.settings()
    pair = f"{settings['client_id']}:{settings['client_secret']}".encode()
    answer = tenant.client.post(
        "/oauth2/token",
        data={"grant_type": "client_credentials", "scope": "core.contract.read"},
        headers={"Authorization": f"Basic {b64encode(pair).decode()}"},
    )

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("changes", "status", "word"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": None}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": None}, 400, "invalid_request"),
        ({"scope": "core.invoice.read"}, 400, "invalid_scope"),
        ({"scope": None}, 400, "invalid_scope"),
    ],
)
def test_token_errors_are_those_of_rfc_6749(
    changes: dict[str, Any], status: int, word: str
) -> None:
    """A wrong client is 401, every other fault 400, each by its registered word."""
    answer = Tenant().ask_token(**changes)

    assert (answer.status_code, answer.json) == (status, {"error": word})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Basic d3Jvbmc6d3Jvbmc="},
        {"X-COUPA-API-KEY": "retired"},
    ],
)
def test_no_token_is_401(headers: dict[str, str]) -> None:
    """Without a good bearer token nothing is answered; API keys are retired."""
    answer = Tenant().client.get("/api/contracts", headers=headers)

    assert (answer.status_code, answer.json) == (401, {"error": "invalid_token"})
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_expires_by_the_sandbox_clock() -> None:
    """After its lifetime a token is 401, and a new one works."""
    tenant = Tenant()
    tenant.clock.advance(timedelta(seconds=86400))
    old = tenant.get("contracts").status_code
    tenant.token = tenant.ask_token().json["access_token"]

    assert (old, tenant.get("contracts").status_code) == (401, 200)


def test_an_old_token_stays_good_beside_a_new_one() -> None:
    """A new token does not end the one before."""
    tenant = Tenant()
    tenant.ask_token()

    assert tenant.get("contracts").status_code == 200


@pytest.mark.parametrize(("switches", "status"), [({}, 403), ({"s": 401}, 401)])
def test_a_missing_scope_is_refused(switches: dict[str, int], status: int) -> None:
    """A token that reads contracts does not write them."""
    tenant = Tenant(missing_scope_status=switches.get("s", 403))
    tenant.token = tenant.ask_token(scope="core.contract.read").json["access_token"]
    answer = tenant.post("contracts", {})

    assert (answer.status_code, answer.json) == (
        status,
        {"error": "insufficient_scope"},
    )


def test_a_new_token_may_need_a_moment() -> None:
    """With the five-second rule switched on, a token is refused at first."""
    tenant = Tenant(token_delay=5)
    early = tenant.get("contracts").status_code
    tenant.clock.advance(timedelta(seconds=5))

    assert (early, tenant.get("contracts").status_code) == (401, 200)


def test_a_token_grows_with_its_scopes() -> None:
    """The token is a JWT that carries the scopes."""
    tenant = Tenant()
    few = tenant.ask_token(scope="core.contract.read").json["access_token"]
    many = tenant.ask_token(scope=SCOPES).json["access_token"]

    assert len(many) > len(few)
