"""Real deliveries of the vendors' sandboxes, against the rules of their documents."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import b64decode
from datetime import UTC, datetime

import httpx
import pytest

import clm_bridge
from clm_bridge import EventKind, Status
from clm_bridge.sandbox import serve

from .listening import listening

# The keys of the vendors' samples.
SPOTDRAFT = {
    *("contract_id", "contract_kind", "contract_title", "contract_type"),
    *("contract_type_name", "contract_type_id", "contract_status", "business_user"),
    *("created_at", "counterparties", "entity", "contract_reference_id"),
    *("activity_data", "activity"),
}
TOMORRO = {
    *("id", "name", "organizationId", "author", "referent", "referentId"),
    *("supervisorId", "externalCompany", "priorNoticeDuration", "priorNoticeValue"),
    *("renewal", "signatureDate", "status", "createdAt", "updatedAt", "documentId"),
}


@pytest.fixture
def listener():
    """Somebody who is told."""
    with listening() as found:
        yield found


@pytest.fixture
def served(clm_sandbox):
    """Return a function that serves a sandbox: itself, its settings and its door."""
    from contextlib import ExitStack

    with ExitStack() as running:

        def made(vendor, **switches):
            sandbox = clm_sandbox(vendor, **switches)
            url = running.enter_context(serve(sandbox.app))
            told = {**sandbox.settings(), "vendor": vendor, "base_url": url}
            clm = running.enter_context(clm_bridge.connect(**told))
            door = httpx.Client(base_url=f"{url}/__sandbox__")
            return sandbox, clm, running.enter_context(door)

        yield made


def read(vendor, clm, secret, came):
    """Read deliveries as a receiver does, over what came from the wire."""
    told = clm.settings.adapter
    hook = clm_bridge.Webhook(told, [clm_bridge.Secret(secret)])
    return [
        hook.verify_and_parse(headers, body, token=path.rpartition("/")[2])
        for path, headers, body in came
    ]


def header(headers, name):
    """One header of a delivery."""
    [value] = [value for own, value in headers if own == name]
    return value


def test_spotdraft_tells_a_signature_as_documented(served, listener):
    """Registered by the API, posted over the wire, signed by the decoded key."""
    _, clm, door = served("spotdraft")
    clm.webhooks.register(listener.url, kinds=["signed_by", "executed"])
    draft = clm.contracts.list(status="draft", detail="summary").first()
    clm.contracts.request_signature(draft.id)
    door.post(f"/contracts/{draft.id}/sign")

    *signed, executed = came = listener.wait(3)
    key = b64decode(clm.webhooks.secret().reveal())
    for _, headers, body in came:
        expected = hmac.new(key, body, hashlib.sha512).hexdigest()
        assert header(headers, "X-SD-WEBHOOK-CONTENT-HASH") == expected
        assert set(json.loads(body)) - {"external_metadata"} == SPOTDRAFT
    told = [json.loads(body) for _, _, body in came]
    assert [one["activity"] for one in told[:-1]] == ["CONTRACT_SIGNED"] * len(signed)
    assert {one["contract_status"] for one in told[:-1]} == {"SIGN"}
    assert type(told[0]["contract_id"]) is int
    assert told[-1]["activity_data"]["performed_by"] == {"name": "SYSTEM"}
    [event] = read("spotdraft", clm, clm.webhooks.secret().reveal(), [executed])
    assert (event.kind, event.status) == (EventKind.EXECUTED, Status.EXECUTED)


def test_spotdraft_takes_custom_headers_and_sends_again(served, listener):
    """The last webhook of the contract alone."""
    _, clm, _ = served("spotdraft")
    clm.vendor.request(
        "POST",
        "webhooks/",
        json={
            "title": "t",
            "url": listener.url,
            "only_for_activities": ["CONTRACT_ACTIVITY_LOG_COMMENT_CREATED"],
            "custom_headers": {" X-Acme ": "abc"},
        },
    )
    one = clm.contracts.list(status="executed", detail="summary").first()
    clm.contracts.comment(one.id, "first")
    clm.contracts.comment(one.id, "second")
    listener.wait(2)

    clm.webhooks.resend([one.id])

    came = listener.wait(3)
    assert came[2][2] == came[1][2] != came[0][2]
    assert header(came[0][1], "X-Acme") == "abc"


def test_spotdraft_disables_what_always_fails(clm_sandbox):
    """After more than five failures, as the text of 2024 has it."""
    sandbox = clm_sandbox("spotdraft", webhook_retries=0)
    made = sandbox.webhooks.subscribe("http://127.0.0.1:1/")
    for _ in range(8):
        sandbox.tell("CONTRACT_CREATED")
        sandbox.webhooks.deliver()

    assert len(sandbox.webhooks.deliveries) == 6
    assert not sandbox.webhooks.subscriptions.is_active(made.id)


def test_spotdraft_can_insist_on_https(clm_sandbox, listener):
    """A switch takes loopback's exception away."""
    sandbox = clm_sandbox("spotdraft", loopback_webhooks=False)
    with (
        clm_bridge.connect(vendor="spotdraft", sandbox=sandbox) as clm,
        pytest.raises(clm_bridge.ClmError, match="Only https URLs are accepted"),
    ):
        clm.webhooks.register(listener.url)


def test_tomorro_tells_a_signature_as_documented(served, listener):
    """Two events, each signed over the time in milliseconds, under both names."""
    _, clm, door = served("tomorro")
    made = door.post("/webhooks", json={"url": listener.url}).json()
    one = clm.contracts.list(status="signature", detail="summary").first()
    door.post(f"/contracts/{one.id}/sign")

    came = listener.wait(2)
    for _, headers, body in came:
        shown = header(headers, "Leeway-Signature")
        assert header(headers, "Leeway_Signature") == shown
        stamp, _, digest = shown.removeprefix("t=").partition(",sha256=")
        message = stamp.encode() + b"." + body
        expected = hmac.new(made["secret"].encode(), message, "sha256").hexdigest()
        assert digest == expected
        assert abs(int(stamp) / 1000 - datetime.now(UTC).timestamp()) < 60
        told = json.loads(body)
        assert list(told) == ["eventId", "webhookId", "createdAt", "eventType", "data"]
        assert set(told["data"]["contract"]) == TOMORRO
        assert told["webhookId"] == made["id"]
    events = read("tomorro", clm, made["secret"], came)
    assert [one.kind for one in events] == [
        EventKind.STATUS_CHANGED,
        EventKind.EXECUTED,
    ]
    assert {one.contract_id for one in events} == {one.id}


def test_tomorro_tries_again_every_five_minutes(served, listener):
    """By the sandbox's clock: the same event, signed anew."""
    _, clm, door = served("tomorro")
    door.post("/webhooks", json={"url": listener.url, "words": ["contractDeleted"]})
    listener.answers = [500, 302]
    one = clm.contracts.list(status="draft", detail="summary").first()
    door.post(f"/contracts/{one.id}/delete")
    listener.wait(1)

    door.post("/clock/advance", json={"seconds": 299})
    assert len(listener.came) == 1
    for count in (2, 3):
        door.post("/clock/advance", json={"seconds": 301})
        listener.wait(count)

    came = listener.came
    assert {body for _, _, body in came} == {came[0][2]}
    assert len({header(one, "Leeway-Signature") for _, one, _ in came}) == 3
    [log] = door.get("/webhooks/deliveries").json()["deliveries"]
    assert [two["said"] for two in log["tries"][:2]] == ["answered 500", "answered 302"]


def test_tomorro_gives_up_after_ten_more(clm_sandbox):
    """The event is lost, and the webhook stays."""
    sandbox = clm_sandbox("tomorro")
    made = sandbox.webhooks.subscribe("http://127.0.0.1:1/")
    sandbox.tell("contractCreated")
    for _ in range(15):
        sandbox.webhooks.flush()

    [one] = sandbox.webhooks.deliveries
    assert (len(one.tries), one.state.value) == (11, "failed")
    assert sandbox.webhooks.subscriptions.is_active(made.id)


def test_tomorros_webhooks_are_personal(clm_sandbox):
    """One with an owner tells of the owner's contracts alone."""
    sandbox = clm_sandbox("tomorro")
    nobody = sandbox.webhooks.subscribe(owner="somebody else")
    author = json.loads(_told(sandbox))["data"]["contract"]["author"]["id"]
    mine = sandbox.webhooks.subscribe(owner=author)
    sandbox.tell("contractCreated")

    told = {one.to.id for one in sandbox.webhooks.waiting()}
    assert mine.id in told
    assert nobody.id not in told


def _told(sandbox):
    """The body of an event that did not happen."""
    made = sandbox.webhooks.subscribe()
    sandbox.tell("contractCreated")
    [(_, body)] = sandbox.webhooks.pull()
    sandbox.webhooks.unsubscribe(made.id)
    return body


def test_coupa_calls_out_with_the_contract_and_the_token(served, listener):
    """One for each call that changes something, as the API shows it afterwards."""
    _, clm, door = served("coupa")
    door.post("/webhooks", json={"url": listener.url, "secret": "t0ken"})
    one = clm.contracts.list(status="draft", detail="summary").first()
    clm.contracts.submit_for_approval(one.id)

    [(path, _, body)] = came = listener.wait(1)
    assert path == "/hooks/t0ken"
    shown = clm.vendor.request("GET", f"contracts/{one.id}").json()
    assert {**json.loads(body), "updated-at": 0} == {**shown, "updated-at": 0}
    [event] = read("coupa", clm, "t0ken", came)
    assert (event.kind, event.status) == (EventKind.UPDATED, Status.APPROVAL)


@pytest.mark.parametrize("vendor", ["coupa", "spotdraft", "tomorro"])
def test_every_word_can_be_told_and_is_read(clm_sandbox, vendor):
    """Pulled with no socket, proven, and known to the adapter."""
    sandbox = clm_sandbox(vendor)
    made = sandbox.webhooks.subscribe()
    with clm_bridge.connect(vendor=vendor, sandbox=sandbox) as clm:
        adapter = clm.settings.adapter
        assert set(sandbox.webhooks.manner.words) == set(adapter.events)
        for word in adapter.events:
            sandbox.tell(word)
        hook = clm_bridge.Webhook(adapter, [clm_bridge.Secret(made.secret)])
        events = [
            hook.verify_and_parse(headers, body, token=made.secret)
            for headers, body in sandbox.webhooks.pull()
        ]

    assert [one.source.name for one in events] == list(adapter.events)
    assert len({one.id for one in events}) == len(events)
    assert not adapter.unknown_words


@pytest.mark.parametrize("vendor", ["coupa", "spotdraft", "tomorro"])
def test_a_reset_forgets_who_is_told(clm_sandbox, vendor):
    """And what waits."""
    sandbox = clm_sandbox(vendor)
    sandbox.webhooks.subscribe()
    sandbox.tell(sandbox.webhooks.manner.words[0])

    sandbox.reset()

    assert len(sandbox.webhooks.subscriptions) == len(sandbox.webhooks.waiting()) == 0


def test_mishaps_are_a_switch(clm_sandbox):
    """Of each vendor's, by the same names."""
    sandbox = clm_sandbox("tomorro", webhooks={"duplicate": 1})
    sandbox.webhooks.subscribe()
    sandbox.tell("contractCreated")

    assert len(sandbox.webhooks.waiting()) == 2
    with pytest.raises(ValueError, match="mishaps of webhooks are drop"):
        clm_sandbox("coupa", webhooks={"lose": 1})


def test_the_control_api_moves_webhooks(served, listener):
    """Subscribe, list, trigger, go wrong, flush, deliver again, unsubscribe."""
    _, _, door = served("tomorro")
    made = door.post("/webhooks", json={"url": listener.url}).json()
    assert made["done"] == "subscribe"
    overview = door.get("/webhooks").json()
    assert [one["id"] for one in overview["subscriptions"]] == [made["id"]]
    assert made["secret"] not in str(overview)

    late = door.post("/webhooks/mishaps", json={"delay": 900}).json()
    assert late["mishaps"]["delay"] == 900
    door.post("/webhooks/trigger", json={"word": "contractSigned"})
    assert door.get("/webhooks").json()["waiting"] == 1
    [flushed] = door.post("/webhooks/flush").json()["deliveries"]
    assert flushed["state"] == "delivered"

    door.post(f"/webhooks/deliveries/{flushed['number']}/again")
    first, second = listener.wait(2)
    assert first[2] == second[2]
    assert door.delete(f"/webhooks/{made['id']}").json()["done"] == "unsubscribe"


@pytest.mark.parametrize(
    ("method", "path", "told", "status", "said"),
    [
        ("POST", "/webhooks", {}, 400, "does not say whom to tell"),
        ("POST", "/webhooks", {"url": 1}, 400, "does not say whom to tell"),
        ("POST", "/webhooks", {"url": "https://h.example/"}, 400, "this machine only"),
        ("POST", "/webhooks", {"url": "http://[::1]/", "words": ["x"]}, 400, "nothing"),
        ("DELETE", "/webhooks/9", None, 404, "no webhook"),
        ("POST", "/webhooks/deliveries/9/again", None, 404, "no delivery"),
        ("POST", "/webhooks/trigger", {}, 400, "does not say what to tell"),
        ("POST", "/webhooks/trigger", {"word": "x"}, 400, "tells nothing called"),
        (
            "POST",
            "/webhooks/trigger",
            {"word": "contractSigned", "contract": "9"},
            404,
            "no contract",
        ),
        ("POST", "/webhooks/mishaps", {"drop": 7}, 400, "drop"),
    ],
)
def test_the_control_api_says_what_is_wrong(served, method, path, told, status, said):
    """And what to do next."""
    _, _, door = served("tomorro")

    answer = door.request(method, path, json=told)

    assert answer.status_code == status
    assert said in answer.json()["error"]
    assert answer.json()["next"]
