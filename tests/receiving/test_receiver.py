"""From a request to an answer, by hand, by WSGI and by ASGI."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from clm_bridge import ConfigError
from clm_bridge.receiving import Receiver, Worker, asgi, wsgi

from .conftest import SECRET, body, signed


def by_wsgi(receiver, method, path, **sent):
    transport = httpx.WSGITransport(app=wsgi(receiver))
    with httpx.Client(transport=transport, base_url="http://hooks") as client:
        return client.request(method, path, **sent)


def by_asgi(receiver, method, path, **sent):
    async def asked():
        transport = httpx.ASGITransport(app=asgi(receiver))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://hooks"
        ) as client:
            return await client.request(method, path, **sent)

    return asyncio.run(asked())


@pytest.fixture(params=[by_wsgi, by_asgi])
def ask(request, receiver):
    """Return a function that asks the receiver, in either way."""
    return lambda *told, **sent: request.param(receiver, *told, **sent)


def test_a_delivery_is_kept_once(ask, receiver):
    """The second time it is known, and both times it is answered with yes."""
    answers = [
        ask("POST", "/tomorro", content=body(), headers=signed(body()))
        for _ in range(2)
    ]

    assert [(one.status_code, one.text) for one in answers] == [
        (200, "kept"),
        (200, "known"),
    ]
    assert receiver.queues()["tomorro"].counts() == {"waiting": 1}


@pytest.mark.parametrize(
    ("method", "path", "content", "status"),
    [
        ("POST", "/tomorro", b"{}", 401),
        ("POST", "/tomorro/", b"", 401),
        ("GET", "/tomorro", b"", 405),
        ("POST", "/", b"{}", 404),
        ("POST", "/acme", b"{}", 404),
        ("POST", "/tomorro", b"x" * 1_000_001, 413),
    ],
)
def test_what_is_no_delivery_is_refused(ask, receiver, method, path, content, status):
    """Nothing is kept, and the answer does not say why."""
    assert ask(method, path, content=content).status_code == status
    assert receiver.queues()["tomorro"].counts() == {}


def test_a_delivery_that_cannot_be_kept_is_to_come_again(ask, receiver):
    """The vendor is told 503, and never that all is well."""
    receiver.desks["tomorro"].inbox.file.close()

    answer = ask("POST", "/tomorro", content=body(), headers=signed(body()))
    assert answer.status_code == 503


def test_a_body_of_bytes_that_are_no_text_is_refused(ask):
    """With a good signature, too."""
    content = b"\xff\xfe{"

    answer = ask("POST", "/tomorro", content=content, headers=signed(content))
    assert answer.status_code == 401


def test_a_body_that_breaks_off_is_not_kept(receiver):
    """ASGI says so by a message of its own."""
    sent = []

    async def receive():
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/tomorro", "headers": []}
    asyncio.run(asgi(receiver)(scope, receive, send))

    assert sent[0]["status"] == 400


def test_asgi_starts_and_stops_the_worker(receiver):
    """By the messages of its lifespan."""
    handled = []
    worker = Worker(receiver.queues(), handled.append)
    assert (
        by_wsgi(receiver, "POST", "/tomorro", content=body(), headers=signed(body()))
    ).is_success
    app = asgi(receiver, worker)
    told = asyncio.Queue()

    async def lived():
        sent = []
        for kind in ("startup", "shutdown"):
            await told.put({"type": f"lifespan.{kind}"})

        async def receive():
            if sent:
                while not handled:
                    await asyncio.sleep(0.01)
            return await told.get()

        async def send(message):
            sent.append(message["type"])

        await app({"type": "lifespan"}, receive, send)
        return sent

    sent = asyncio.run(lived())

    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert [event.id for event in handled] == ["e1"]


def test_a_mounted_application_sees_its_own_path(receiver):
    """root_path is where it is mounted."""
    sent = []
    content = body()

    async def receive():
        return {"type": "http.request", "body": content}

    async def send(message):
        sent.append(message)

    headers = [
        (name.lower().encode(), told.encode()) for name, told in signed(content).items()
    ]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/hooks/tomorro",
        "root_path": "/hooks",
        "headers": headers,
    }
    asyncio.run(asgi(receiver)(scope, receive, send))

    assert sent[0]["status"] == 200


def test_a_vendor_that_does_not_sign_is_told_by_its_path(tmp_path):
    """Coupa's call-outs: the address ends with the secret."""
    receiver = Receiver(
        vendor="coupa",
        sandbox=True,
        timezone="Europe/Paris",
        webhook_secrets=["old-token", "new-token"],
        events=tmp_path / "events.sqlite",
    )
    told = b'{"id": 5, "name": "MSA", "status": "published",'
    told += b'"updated-at": "2026-01-15T10:30:02+01:00"}'

    assert by_wsgi(receiver, "POST", "/coupa/new-token", content=told).text == "kept"
    assert by_wsgi(receiver, "POST", "/coupa/old-token", content=told).text == "known"
    assert by_wsgi(receiver, "POST", "/coupa/nobody", content=told).status_code == 401
    assert by_wsgi(receiver, "POST", "/coupa", content=told).status_code == 401
    receiver.close()


@pytest.mark.parametrize("missing", ["events", "webhook_secrets"])
def test_a_receiver_without_what_it_needs_does_not_start(tmp_path, missing):
    """The error names the setting."""
    told = {"webhook_secrets": SECRET, "events": tmp_path / "events.sqlite"}
    del told[missing]

    with pytest.raises(ConfigError, match=f"{missing} is missing"):
        Receiver(vendor="tomorro", api_key="not-a-real-key", **told)


def test_several_connections_share_a_file(tmp_path):
    """Each has its own address, secret and queue."""
    config = tmp_path / "clm.toml"
    tables = (
        f'[connections.{name}]\nvendor = "tomorro"\napi_key = "not-a-real-key"\n'
        f'webhook_secrets = "{name}-secret"\nevents = "{tmp_path}/events.sqlite"\n'
        for name in ("paris", "lyon")
    )
    config.write_text("".join(tables))
    receiver = Receiver("paris", "lyon", config=config)

    mine = signed(body(), "paris-secret")
    assert by_wsgi(receiver, "POST", "/paris", content=body(), headers=mine).is_success
    other = by_wsgi(receiver, "POST", "/lyon", content=body(), headers=mine)
    assert other.status_code == 401
    counts = {name: queue.counts() for name, queue in receiver.queues().items()}
    assert counts == {"paris": {"waiting": 1}, "lyon": {}}
    receiver.close()
