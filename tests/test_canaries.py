"""Secrets that are planted where credentials live turn up nowhere else."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import logging
import pickle
from urllib.parse import quote

import httpx
import pytest

import clm_bridge
from clm_bridge import ClmError, Options
from clm_bridge.adapter import ApiKey, ClientCredentials, Secret

from .canaries import CANARIES, SECRET, SIGNATURE, TOKEN, shown_by, sightings, told_by
from .paper import DOCUMENT, ORIGIN, Paper, Script, answer, streamed

LINK = f"https://files.example/a?X-Amz-Signature={SIGNATURE}&token={SIGNATURE}"
HANDED = {"url": LINK}
PDF = b"%PDF-1.7"


def keyed():
    return Paper(auth=ApiKey({"x-version": "2", "client-secret": Secret(SECRET)}))


def granted():
    return Paper(auth=ClientCredentials(f"{ORIGIN}/token", "me", Secret(SECRET)))


def get(clm):
    return clm.contracts.get("7")


def find(clm):
    return clm.contracts.find_by_external_id("\udc80")


def unsendable(clm):
    return clm.vendor.request("POST", "x", json={"a": object()})


@pytest.mark.parametrize("canary", CANARIES)
@pytest.mark.parametrize(
    "spell",
    [
        str,
        str.encode,
        lambda canary: f"before {canary} after",
        lambda canary: quote(canary, safe=""),
        lambda canary: canary.encode().hex(),
        lambda canary: json.dumps({"key": canary}),
        lambda canary: base64.b64encode(f"me:{canary}".encode()),
        lambda canary: base64.b64encode(f"my:{canary}:".encode()),
        lambda canary: base64.urlsafe_b64encode(f"m:{canary}".encode()),
        lambda canary: pickle.dumps([canary]),
        lambda canary: b"before" + gzip.compress(canary.encode()) + b"after",
    ],
)
def test_the_scanner_sees_what_is_there(canary, spell):
    """A planted secret is found, however it is written."""
    assert {found for found, _ in sightings(spell(canary))} == {canary}


def test_the_scanner_sees_local_variables():
    """Of frames that are not the test's own, and in contexts that are not printed."""
    try:
        json.loads(f'{{"{SECRET}')
    except ValueError as error:
        inner = error
    outer = ClmError("failed")
    outer.__context__, outer.__suppress_context__ = inner, True

    assert sightings(*told_by(outer))


def says(payload=None, status=200, **options):
    """An answer as JSON, made anew each time that it is given."""
    return lambda _: answer(payload, status, **options)


def writes(content, status=200):
    """An answer with this body, made anew each time that it is given."""
    return lambda _: httpx.Response(status, content=content)


FAILURES = {
    "refused": (keyed, get, [says({"error": f"bad key {SECRET}"}, 401)]),
    "forbidden": (keyed, get, [says({"error": f"no {SECRET}"}, 403)]),
    "redirected": (keyed, get, [says(status=302, headers={"location": LINK})]),
    "unreachable": (keyed, get, [httpx.ConnectError(f"no {LINK} {SECRET}")] * 3),
    "reset": (keyed, get, [httpx.ReadError(f"reset {LINK} {SECRET}")] * 3),
    "not json": (keyed, get, [writes(f'{{"a": "{SECRET}')]),
    "not utf-8": (keyed, get, [writes(SECRET.encode() + b"\xff")]),
    "html": (keyed, get, [writes(f"<html>{SECRET}")]),
    "too large": (keyed, get, [streamed(SECRET.encode() * 99)]),
    "cut short": (keyed, get, [streamed(SECRET.encode(), content_length="999")]),
    "stacked": (keyed, get, [streamed(SECRET.encode(), content_encoding="gzip, br")]),
    "not text": (keyed, find, []),
    "not JSON": (keyed, unsendable, []),
    "no grant": (granted, get, [says({"error": f"who is {SECRET}"}, 401)]),
    "no token": (granted, get, [says({"access_token": TOKEN})]),
    "bad lifetime": (
        granted,
        get,
        [says({"access_token": TOKEN, "expires_in": TOKEN})],
    ),
    "half a token": (
        granted,
        get,
        [writes(f'{{"access_token":"{TOKEN}')],
    ),
    "large token": (granted, get, [streamed(TOKEN.encode() * 99)]),
    "echoed token": (
        granted,
        get,
        [
            says({"access_token": TOKEN, "expires_in": 99}),
            says({"error": f"{TOKEN} may not"}, 403),
        ],
    ),
    "twice refused": (
        granted,
        get,
        [
            says({"access_token": TOKEN, "expires_in": 99}),
            says({"error": f"{TOKEN} is stale"}, 401),
        ]
        * 2,
    ),
}


@pytest.fixture
def failing(connect):
    """Return a function that lets a failure happen, and returns the error."""

    def fail(make, work, answers):
        bridge = connect(Script(*answers), make(), options=Options(max_body=300))
        with pytest.raises(ClmError) as caught:
            bridge.do(work)
        return caught.value

    return fail


@pytest.mark.parametrize("failure", FAILURES)
def test_an_error_tells_no_secret(failing, failure):
    """Not by its text, and not by the local variables of its frames."""
    error = failing(*FAILURES[failure])

    assert sightings(*told_by(error)) == []
    assert sightings(pickle.dumps(error)) == []


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_logs_no_secret(failing, failure, caplog):
    """At DEBUG, on every logger, with tracebacks."""
    caplog.set_level(logging.DEBUG)
    failing(*FAILURES[failure])

    assert "clm_bridge" in {one.name for one in caplog.records}
    assert sightings(caplog.text, *map(vars, caplog.records)) == []


DOWNLOADS = {
    "gone": says({"error": "gone"}, 404),
    "expired": writes(f"<Error>{LINK}</Error>", 403),
    "redirected": says(status=302, headers={"location": LINK}),
    "a page": streamed(b"<html>" + SIGNATURE.encode()),
    "cut short": streamed(PDF, content_length="999"),
    "damaged": streamed(SIGNATURE.encode(), content_encoding="gzip"),
    "too large": streamed(SIGNATURE.encode() * 99),
    "empty": streamed(),
}


@pytest.mark.parametrize("failure", DOWNLOADS)
def test_a_failed_download_tells_no_link(connect, tmp_path, failure, caplog):
    """Its query is a credential, and stays out of errors, logs and the folder."""
    caplog.set_level(logging.DEBUG)
    script = Script(answer(HANDED), *[DOWNLOADS[failure]] * 4)
    bridge = connect(script, keyed(), options=Options(max_download=300))
    with pytest.raises(ClmError) as caught:
        bridge.do(lambda clm: clm.documents.download(DOCUMENT, tmp_path))

    assert sightings(*told_by(caught.value), caplog.text) == []
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("url", [f"http://files.example/?{SIGNATURE}", f"x:{LINK}"])
def test_a_refused_link_is_not_told(connect, tmp_path, url):
    """The error says what was wrong with it, and not what it was."""
    with pytest.raises(ClmError) as caught:
        connect(Script(answer({"url": url}))).do(
            lambda clm: clm.documents.download(DOCUMENT, tmp_path)
        )

    assert sightings(*told_by(caught.value)) == []


@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("make", [keyed, granted])
def test_a_fault_on_the_way_tells_no_secret(connect, tmp_path, make, fault):
    """Its frames are there to find it by; no variable in them shows a credential."""

    def fail(request):
        raise fault("on the way")

    grant = [answer({"access_token": TOKEN, "expires_in": 99})] * (make is granted)
    bridge = connect(Script(*grant, answer(HANDED), fail), make())
    with pytest.raises(fault) as caught:
        bridge.do(lambda clm: clm.documents.download(DOCUMENT, tmp_path))

    told = told_by(caught.value)
    assert "request = <Request('GET')>" in told
    assert sightings(*told) == []


def test_a_cancelled_call_tells_no_secret(tmp_path):
    """Cancelling is an error like others to those who report it."""
    from .paper import furnished

    async def cancelled():
        began = asyncio.Event()

        async def hang(request):
            if request.url.host == "paper.example":
                return answer(HANDED)
            began.set()
            return await asyncio.Event().wait()

        transport = httpx.MockTransport(hang)
        async with clm_bridge.AsyncBridge(
            furnished(keyed()), transport=transport
        ) as clm:
            task = asyncio.create_task(clm.documents.download(DOCUMENT, tmp_path))
            await began.wait()
            task.cancel()
            try:
                await task
            except asyncio.CancelledError as error:
                return told_by(error)

    assert sightings(*asyncio.run(cancelled())) == []


class Observer:
    def __init__(self):
        self.seen = []

    @clm_bridge.hookimpl
    def clm_bridge_exchange(self, exchange):
        self.seen.append(exchange)


def test_objects_in_use_show_no_secret(connect, tmp_path, caplog):
    """After a good download: the bridge, all that it holds, logs and observers."""
    caplog.set_level(logging.DEBUG)
    observer = Observer()
    script = Script(
        answer({"access_token": TOKEN, "expires_in": 99}),
        answer(HANDED),
        httpx.Response(200, content=PDF),
    )
    bridge = connect(script, granted(), plugins=[observer])
    found = bridge.do(lambda clm: clm.documents.download(DOCUMENT, tmp_path))

    http = bridge.clm._http
    held = [bridge.clm, http, http._shared, http._shared.tokens.token, http.adapter]
    held += [http.adapter.auth, bridge.clm.settings, found, *observer.seen]
    told = [text for one in held for text in shown_by(one)]
    assert len(observer.seen) == 3
    assert sightings(*told, caplog.text) == []


def test_a_signed_request_shows_no_secret():
    """As text; its headers are what is sent, and are had by name alone."""
    signed = keyed().auth.sign(clm_bridge.adapter.get("contracts"), None)

    assert signed.headers["client-secret"] == SECRET
    assert sightings(repr(signed), str(signed), f"{signed}") == []


def test_an_observer_that_fails_is_logged_without_secrets(connect, caplog):
    """With a traceback, whatever the handler prints of it."""

    class Broken:
        @clm_bridge.hookimpl
        def clm_bridge_exchange(self, exchange):
            raise ValueError("observer")

    connect(Script(answer({"id": "7"})), keyed(), plugins=[Broken()]).do(get)
    [record] = [one for one in caplog.records if one.exc_info]

    assert sightings(*told_by(record.exc_info[1])) == []


@pytest.mark.parametrize("make", [keyed, granted])
def test_a_scheme_is_not_written_anywhere(make):
    """A dictionary of it shows stars, and pickle refuses it."""
    scheme = make().auth

    assert sightings(*shown_by(scheme)) == []
    with pytest.raises(TypeError, match="is not pickled"):
        pickle.dumps(scheme)
