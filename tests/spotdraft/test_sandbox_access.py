"""Who is let in, at which address, how often, and how refusals look."""

from __future__ import annotations

import pytest
from attrs import fields_dict

from clm_bridge.sandbox import Clock
from clm_bridge_spotdraft.sandbox import SpotDraftSandbox, Switches
from clm_bridge_spotdraft.sandbox._limits import Bucket

from .sandbox_workspace import Api

PREFIX = Api.prefix


def test_a_call_without_credentials_is_refused(api):
    """No headers is a 401 with the documented sentence."""
    answer = api.client.get(f"{PREFIX}/contracts/")

    assert answer.status_code == 401
    assert answer.json == {"detail": "Authentication credentials were not provided."}


def test_a_wrong_secret_is_refused(api):
    """A secret that is not the credential's is a 401."""
    answer = api.call("GET", "/contracts/", headers={"client-secret": "no"})

    assert answer.status_code == 401
    assert answer.json == {"detail": "Invalid credentials."}


def test_a_bearer_token_is_refused(api):
    """OAuth is not emulated."""
    headers = {"Authorization": "Bearer a.b.c"}
    answer = api.client.get(f"{PREFIX}/contracts/", headers=headers)

    assert answer.status_code == 401


def test_header_names_have_any_case(api):
    """The vendor's own client writes Client-ID."""
    headers = {name.title(): value for name, value in api.credentials.items()}
    answer = api.client.get(f"{PREFIX}/contracts/", headers=headers)

    assert answer.status_code == 200


@pytest.mark.parametrize("email", ["nobody@else.example", "former@buyer.example"])
def test_only_an_active_member_can_be_acted_for(api, email):
    """A user-email that is unknown or inactive is a 403."""
    answer = api.call("GET", "/contracts/", headers={"user-email": email})

    assert answer.status_code == 403
    assert answer.json == {
        "detail": "You do not have permission to perform this action."
    }


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("/contracts", "/contracts/"),
        ("/contracts/T-1001/status/", "/contracts/T-1001/status"),
        ("/contracts/T-1001/recipients", "/contracts/T-1001/recipients/"),
        ("/contracts/1001/process_metrics", "/contracts/1001/process_metrics/"),
        ("/webhooks/hmac_key", "/webhooks/hmac_key/"),
        ("/counter_parties/501/", "/counter_parties/501"),
    ],
)
def test_a_wrong_slash_is_redirected(api, wrong, right):
    """The slash is exact per endpoint, and a mismatch is a 302."""
    answer = api.get(wrong)

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{PREFIX}{right}"


def test_a_redirect_keeps_the_query(api):
    """What was asked for is asked for again."""
    answer = api.get("/contracts", page=2)

    assert answer.headers["Location"] == f"{PREFIX}/contracts/?page=2"


def test_a_post_is_redirected_too(api):
    """A client may turn it into a GET, which is why they should not follow."""
    answer = api.post("/contracts/T-1001/status/void/", {"note": "no"})

    assert answer.status_code == 302
    assert api.status("T-1001") == "DRAFT"


@pytest.mark.parametrize(
    "path",
    ["/api/api/v2.1/public/contracts/", "/api/v2.1/contracts/", "/api//v2.1/public/"],
)
def test_another_path_is_not_found(api, path):
    """Doubling /api is a common mistake."""
    answer = api.client.get(path, headers=api.credentials)

    assert answer.status_code == 404
    assert answer.json == {"detail": "Not Found"}


def test_there_is_no_call_for_one_contract(api):
    """A contract's path by itself does not exist."""
    assert api.get("/contracts/T-1001").status_code == 404
    assert api.get("/contracts/T-1001/").status_code == 404


@pytest.mark.parametrize("id", ["T-9999", "H-1001", "T-1009", "X-1", "C01", "T-", "-"])
def test_an_unknown_contract_is_not_found(api, id):
    """Unknown number, wrong prefix and malformed id are one 404."""
    answer = api.get(f"/contracts/{id}/status")

    assert answer.status_code == 404
    assert answer.json == {"detail": "Not Found"}


def test_a_bare_integer_stands_for_a_template_contract(api):
    """It is found as T-n and not as H-n."""
    assert api.get("/contracts/1001/status").status_code == 200
    assert api.get("/contracts/1009/status").status_code == 404
    assert api.get("/contracts/H-1009/status").status_code == 200


def test_integer_routes_refuse_composite_ids(api):
    """Process metrics and relations take the bare integer only."""
    assert api.get("/contracts/T-1001/process_metrics/").status_code == 404
    assert api.get("/contracts/T-1001/related_contracts/").status_code == 404
    assert api.get("/contracts/1009/process_metrics/").status_code == 200


def test_too_many_calls_are_throttled():
    """More than ten at once are refused, and nobody says when to come back."""
    api = Api(rate_limit=True)
    answers = [api.get("/contract_types/") for _ in range(60)]
    refused = [one for one in answers if one.status_code == 429]

    assert refused
    assert refused[0].json == {"detail": "Request was throttled."}
    assert "Retry-After" not in refused[0].headers


def test_a_switch_sends_retry_after():
    """Whether a 429 carries it is not documented."""
    api = Api(rate_limit=True, retry_after=True)
    answers = [api.get("/contract_types/") for _ in range(60)]
    refused = [one for one in answers if one.status_code == 429]

    assert refused[0].headers["Retry-After"] == "1"


def test_the_bucket_fills_by_ten_a_second():
    """After ten at once, the next may come a tenth of a second later."""
    bucket = Bucket(now=0.0)
    first = [bucket.take(0.0) for _ in range(10)]

    assert first == [0.0] * 10
    assert bucket.take(0.0) == pytest.approx(0.1)
    assert bucket.take(0.11) == 0.0


def test_an_unknown_switch_is_an_error():
    """Its name and the known ones are said."""
    with pytest.raises(ValueError, match=r"has no switch lazy.*retry_after"):
        SpotDraftSandbox((), Clock(), switches={"lazy": True})


@pytest.mark.parametrize(
    "switch", [{"retry_after": "yes"}, {"executed_upload_prefix": "X"}]
)
def test_a_switch_of_a_wrong_value_is_an_error(switch):
    """A switch takes what it can mean."""
    with pytest.raises(ValueError, match=next(iter(switch))):
        SpotDraftSandbox((), Clock(), switches=switch)


def test_every_switch_is_a_listed_assumption():
    """The docs print what the sandbox assumes."""
    assert set(fields_dict(Switches)) <= set(SpotDraftSandbox.assumptions)


def test_a_method_that_a_path_lacks_is_refused(api):
    """Contracts cannot be deleted by this API."""
    answer = api.call("DELETE", "/contracts/")

    assert answer.status_code == 405
    assert answer.json == {"detail": 'Method "DELETE" not allowed.'}


def test_a_body_that_is_not_json_is_refused(api):
    """Broken JSON is a 400."""
    answer = api.call(
        "POST",
        "/contracts/T-1001/status/void",
        data="{",
        content_type="application/json",
    )

    assert answer.status_code == 400
    assert "detail" in answer.json


def test_a_form_is_read_as_a_body(api):
    """Every body may be sent as a form too."""
    path = "/contracts/T-1001/status/void"
    answer = api.call("POST", path, data={"note": "no longer needed"})

    assert answer.status_code == 204
