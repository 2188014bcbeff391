"""What becomes of bodies, headers and addresses that are no JSON."""

from __future__ import annotations

import httpx
import pytest
from attrs import evolve

from clm_bridge import connect
from clm_bridge.testing.cassettes import _bridges
from clm_bridge.testing.cassettes._recording import _public_host, secrets_of
from clm_bridge.testing.cassettes._scrub import LEFT_OUT, Raw, Scrubber
from clm_bridge.testing.cassettes._values import Pseudonyms, Values

PARTY = "Globex GmbH"
RAW = Raw("GET", "https://acme.paper.example/api/x", {}, b"", 200, {}, b"")


def scrubbed(*, paths=None, secrets=("hush-hush-hush",), **changes):
    """One exchange, scrubbed."""
    values = Values(Pseudonyms(b"key"), paths=paths)
    hosts = {"acme.paper.example": "workspace.paper.example"}
    scrub = Scrubber(values, secrets=secrets, hosts=hosts)
    [one] = scrub.interactions([evolve(RAW, **changes)])
    return one


def form(**parts):
    """An upload as httpx writes one."""
    asked = httpx.Request("POST", RAW.uri, **parts)
    headers = {"content-type": asked.headers["content-type"]}
    return {"asked_headers": headers, "asked_body": asked.read()}


def test_a_workspace_is_not_named_by_its_server():
    """Neither in the address that is asked nor in one that a header leads to."""
    location = {"location": [f"{RAW.uri}?name=Globex+GmbH"]}

    one = scrubbed(status=302, headers=location)

    assert one.request.uri == "https://workspace.paper.example/api/x"
    assert one.response.headers["location"].startswith(
        "https://workspace.paper.example/api/x?name=Name"
    )


def test_a_server_on_this_machine_is_always_the_same():
    """A sandbox has another port each time."""
    one = scrubbed(uri="http://127.0.0.1:54321/api/x")

    assert one.request.uri == "http://127.0.0.1:8100/api/x"


def test_a_signed_link_is_left_out():
    """Its query opens the document."""
    one = scrubbed(uri=f"{RAW.uri}?X-Amz-Signature=abc")

    assert one.request.uri.startswith("https://link.example/")
    assert not one.request.query


def test_an_upload_keeps_its_form_alone():
    """The name of the file and its bytes are somebody's; so is a field."""
    one = scrubbed(
        **form(data={"name": PARTY}, files={"file": (f"{PARTY}.pdf", b"%PDF-1")})
    )

    assert one.request.body["multipart"][1] == {
        "name": "file",
        "filename": "file.pdf",
        "type": "application/pdf",
        "text": LEFT_OUT,
    }
    assert PARTY not in str(one)


def test_a_form_is_scrubbed_by_its_keys():
    """As JSON would be."""
    one = scrubbed(**form(data={"name": PARTY, "page": "1"}))

    assert one.request.body["text"].startswith("name=Name+")
    assert one.request.body["text"].endswith("&page=1")


@pytest.mark.parametrize("kind", ["text/html", "application/json", "application/zip"])
def test_what_cannot_be_read_is_left_out(kind):
    """A page, broken JSON, bytes."""
    one = scrubbed(body=b"<b>Globex\xff", headers={"Content-Type": [kind]})

    assert one.response.body == {"text": LEFT_OUT}


def test_repeated_headers_and_parameters_stay_repeated():
    """A list is a list."""
    one = scrubbed(uri=f"{RAW.uri}?id=1&id=2", headers={"link": ["<a>", "<b>"]})

    assert one.request.query == {"id": ["1", "2"]}
    assert one.response.headers["link"] == ["<a>", "<b>"]


def test_a_query_in_json_says_what_is_wanted():
    """Names of attributes are nobody's secret, save one that is."""
    one = scrubbed(uri=f'{RAW.uri}?fields=["name","hush-hush-hush"]')

    assert one.request.query == {"fields": '["name","***"]'}


def test_a_number_in_science_is_no_amount():
    """What cannot be told digit by digit becomes another number."""
    kind = {"content-type": ["application/json"]}
    one = scrubbed(body=b'{"a":6.02e23,"b":0.00,"value":0}', headers=kind)

    assert [str(value) for value in one.response.body["json"].values()] == [
        "1e1",
        "0.00",
        "0",
    ]


def test_a_workspace_is_taken_out_of_a_host():
    """Where it has a server of its own; a host of all customers stays."""
    own = _bridges.settings("coupa", instance="globex", timezone="UTC")
    shared = _bridges.settings("spotdraft", region="us")
    gateway = _bridges.settings("spotdraft", base_url="https://clm.globex.example")

    assert _public_host("globex.coupahost.com", own) == "workspace.coupahost.com"
    assert _public_host("api.us.spotdraft.com", shared) == "api.us.spotdraft.com"
    assert _public_host("clm.globex.example", gateway) == "api.example"


def test_secrets_are_those_that_a_connection_holds():
    """The credential, its id, and a user that it acts for."""
    with connect(vendor="spotdraft", sandbox=True) as clm:
        found = secrets_of(clm.settings)
        auth = clm.settings.adapter.auth

    assert {
        one.reveal() for one in auth.headers.values() if hasattr(one, "reveal")
    } <= {*found}
