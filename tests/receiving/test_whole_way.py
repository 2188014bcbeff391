"""From what happens at a vendor's sandbox to one event, by delivery and by polling."""

from __future__ import annotations

import httpx
import pytest

import clm_bridge
from clm_bridge import EventKind, Status
from clm_bridge.receiving import Receiver, wsgi
from clm_bridge.sandbox import serve

VENDORS = ("coupa", "spotdraft", "tomorro")


@pytest.fixture(params=VENDORS)
def sandbox(request, clm_sandbox):
    """Each vendor's sandbox."""
    return clm_sandbox(request.param)


@pytest.fixture
def told(sandbox):
    """Who is told of what happens there."""
    return sandbox.webhooks.subscribe()


@pytest.fixture
def clm(sandbox, told):
    """A bridge that has taken note of what is there, and knows the secret."""
    with clm_bridge.connect(
        vendor=sandbox.vendor,
        sandbox=sandbox,
        timezone="Europe/Paris",
        webhook_secrets=told.secret,
    ) as made:
        assert made.events.poll() == []
        yield made


@pytest.fixture
def signed(clm, sandbox):
    """Return a function that lets a contract be signed, and returns its key."""

    def sign():
        out = clm.contracts.list(status="signature", detail="summary").first()
        sandbox.sign(out.id)
        return clm.settings.adapter.contract_key(out.id)

    return sign


def received(clm, sandbox, told):
    """Take in what the sandbox tells; return what is news."""
    came = (
        clm.events.receive(headers, body, token=told.secret)
        for headers, body in sandbox.webhooks.pull()
    )
    return [event for event in came if event is not None]


def of(clm, events, key):
    """The events that say that the contract is executed."""
    own = clm.settings.adapter.contract_key
    return [
        event
        for event in events
        if event.status is Status.EXECUTED and own(event.contract_id) == key
    ]


def test_what_was_delivered_is_not_found_again(clm, sandbox, told, signed):
    """The delivery tells of the signature; the poll has nothing to add."""
    key = signed()
    news = received(clm, sandbox, told)

    assert of(clm, news, key)
    assert clm.events.poll() == []


def test_what_was_found_is_no_news_when_it_is_delivered(clm, sandbox, told, signed):
    """The poll tells of the signature; its delivery adds nothing to that."""
    key = signed()
    [found] = clm.events.poll()
    news = received(clm, sandbox, told)

    assert (found.kind, found.status) == (EventKind.EXECUTED, Status.EXECUTED)
    assert not [one for one in news if one.kind in (found.kind, EventKind.UPDATED)]
    assert of(clm, [found], key)


def test_an_event_leads_to_its_contract(clm, sandbox, told, signed):
    """Its id is one that contracts.get takes."""
    signed()
    for event in received(clm, sandbox, told):
        contract = clm.contracts.get(event.contract_id)
        assert contract.status is Status.EXECUTED


def test_a_served_sandbox_delivers_to_a_served_receiver(tmp_path, clm_sandbox):
    """Over two sockets, subscribed as the vendor documents it."""
    sandbox = clm_sandbox("tomorro")
    subscription = sandbox.webhooks.subscribe()
    receiver = Receiver(
        vendor="tomorro",
        sandbox=sandbox,
        webhook_secrets=subscription.secret,
        events=tmp_path / "events.sqlite",
    )
    with (
        serve(wsgi(receiver)) as hooks,
        serve(sandbox.app) as url,
        clm_bridge.connect(vendor="tomorro", sandbox=sandbox) as clm,
    ):
        control = f"{url}/__sandbox__/webhooks"
        made = httpx.post(
            control,
            json={"url": f"{hooks}/tomorro", "secret": subscription.secret},
        )
        assert made.status_code == 201
        out = clm.contracts.list(status="signature", detail="summary").first()
        sandbox.sign(out.id)
        httpx.post(f"{control}/flush").raise_for_status()
        log = httpx.get(f"{control}/deliveries").json()["deliveries"]
    [queue] = receiver.queues().values()
    kinds = []
    while taken := queue.take(0.0):
        kinds.append(taken.event.kind)
        queue.done(taken)
    receiver.close()

    assert EventKind.EXECUTED in kinds
    assert log
