"""Who is let in, by which address, and which version answers."""

from __future__ import annotations

import pytest
from attrs import fields_dict

from clm_bridge.sandbox import Clock
from clm_bridge_tomorro.sandbox import Switches, TomorroSandbox
from clm_bridge_tomorro.sandbox._limits import Window
from clm_bridge_tomorro.sandbox._workspace import USER_KEY

from .workspace import DEALS, NEGOTIATING, SIGNED, Api

CONTRACTS = "/v2/contracts"
UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("key", [None, "", "wrong"])
def test_a_call_without_the_right_key_is_refused(api, key):
    """No key and a wrong one are the same 401, in the shape of NestJS."""
    headers = {} if key is None else {"x-api-key": key}
    answer = api.client.get(CONTRACTS, headers=headers)

    assert answer.status_code == 401
    assert answer.json == {
        "statusCode": 401,
        "message": "Unauthorized",
        "error": "Unauthorized",
    }


def test_the_key_header_has_any_case(api):
    """The old help page writes X-API-KEY."""
    answer = api.client.get(CONTRACTS, headers={"X-API-KEY": api.key})

    assert answer.status_code == 200


def test_both_addresses_answer_alike(api):
    """The documentation shows /v2/contracts and /contracts."""
    assert api.get("/contracts") == api.get(CONTRACTS)


def test_a_slash_at_the_end_is_tolerated(api):
    """It is neither redirected nor missing."""
    assert api.get(f"{CONTRACTS}/") == api.get(CONTRACTS)


def test_answers_are_json(api):
    """Text is sent as itself, in UTF-8."""
    answer = api.ask("GET", "/v2/counterparties")

    assert answer.content_type == "application/json; charset=utf-8"
    assert "Ateliers Brûlé" in answer.text


def test_no_version_means_the_latest(api):
    """The answer tells which version it is of."""
    answer = api.ask("GET", CONTRACTS)

    assert answer.headers["tomorro-version"] == "2025-01-29.alpha"
    assert "sunset" not in answer.headers


def test_a_deprecated_version_says_so(api):
    """It is still served, with a warning and a last day."""
    headers = {"tomorro-version": "2025-01-15.init"}
    answer = api.ask("GET", CONTRACTS, headers=headers)

    assert answer.headers["tomorro-version"] == "2025-01-15.init"
    assert "2025-01-29.alpha" in answer.headers["x-api-deprecation-warning"]
    assert answer.headers["sunset"]


def test_a_sunset_version_is_gone(api):
    """410, as documented."""
    api = Api(sunset_versions=["2025-01-15.init"])
    headers = {"tomorro-version": "2025-01-15.init"}
    answer = api.get(CONTRACTS, status=410, headers=headers)

    assert answer["error"] == "Gone"


def test_an_unknown_version_is_refused(api):
    """400, which is assumed."""
    api.get(CONTRACTS, status=400, headers={"tomorro-version": "2030-01-01.omega"})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", CONTRACTS),
        ("DELETE", f"{CONTRACTS}/{UNKNOWN}"),
        ("GET", "/v2/folders"),
        ("GET", "/v2/webhooks"),
        ("OPTIONS", CONTRACTS),
    ],
)
def test_what_is_not_documented_is_not_there(api, method, path):
    """A path or a method that the API lacks is a 404, and never a 405."""
    answer = api.ask(method, path, status=404)

    assert answer.json["message"] == f"Cannot {method} {path}"


def test_a_malformed_id_is_a_bad_request(api):
    """The messages of a 400 are a list."""
    answer = api.get(f"{CONTRACTS}/42", status=400)

    assert answer["statusCode"] == 400
    assert answer["message"] == ["Validation failed (uuid is expected)"]


def test_an_unknown_id_is_not_found(api):
    """The body says what was looked for."""
    assert api.get(f"{CONTRACTS}/{UNKNOWN}", status=404) == {
        "statusCode": 404,
        "message": "Contract not found",
        "error": "Not Found",
    }


def test_a_personal_key_reaches_its_owners_contracts(api):
    """Others are a 404, and not a 403."""
    api.key, own = USER_KEY, api.path(NEGOTIATING)
    other = Api().path(SIGNED)

    assert api.get(own)["name"] == NEGOTIATING.name
    assert api.get(CONTRACTS)["contracts"] == [
        {
            "id": own.rpartition("/")[2],
            "name": NEGOTIATING.name,
            "status": "negotiating",
        }
    ]
    api.get(other, status=404)


def test_the_key_of_a_disabled_member_is_refused(api):
    """A key acts for its owner."""
    [owner] = api.get("/v2/members?role=ADMIN")["data"]
    api.patch(f"/v2/members/{owner['id']}", {"status": "disabled"})

    api.get(CONTRACTS, status=401)


def test_too_many_calls_are_refused():
    """The forty-first call of a minute is a 429 that says how long to wait."""
    api = Api(rate_limit=True)
    statuses = [
        api.client.get("/v2/members", headers={"x-api-key": api.key}).status_code
        for _ in range(40)
    ]
    refused = api.ask("GET", "/v2/members", status=429)

    assert set(statuses) == {200}
    assert 1 <= int(refused.headers["Retry-After"]) <= 60


def test_the_limit_counts_a_minute_back():
    """Forty calls in any sixty seconds, for each key on its own."""
    window = Window()
    waits = [window.wait("a", now=0.5) for _ in range(41)]

    assert waits == [0] * 40 + [60]
    assert window.wait("b", now=0.5) == 0
    assert window.wait("a", now=59.9) == 1
    assert window.wait("a", now=60.5) == 0


@pytest.mark.parametrize(
    "switches", [{"colour": True}, {"lists": "odd"}, {"wrapped": "yes"}]
)
def test_a_wrong_switch_is_refused(switches):
    """An unknown name and an impossible value are told at once."""
    with pytest.raises(ValueError, match=next(iter(switches))):
        TomorroSandbox(DEALS, Clock(), switches=switches)


def test_every_switch_is_explained(api):
    """The docs print a sentence for each."""
    assert set(fields_dict(Switches)) <= set(api.sandbox.assumptions)


def test_a_reset_forgets_what_was_written(api):
    """The portfolio stands again as it was."""
    before = api.get(f"{CONTRACTS}?limit=50")
    api.patch(api.path(SIGNED), {"name": "Another name"})
    api.sandbox.reset()

    assert api.get(f"{CONTRACTS}?limit=50") == before


def test_counts_are_by_the_api_s_words(api):
    """One contract for each deal."""
    assert api.sandbox.counts()["contracts"] == len(DEALS)
