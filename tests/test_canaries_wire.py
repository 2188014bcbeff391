"""The three vendors over real sockets: what a server gets, and nobody else sees."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
from pathlib import Path

import pytest
from click.testing import CliRunner

from clm_bridge import ClmError, connect, connect_async
from clm_bridge.cli._app import app

from .canaries import SECRET, SIGNATURE, TOKEN, sightings, told_by
from .sockets import Server

VENDORS = {
    "spotdraft": {"client_id": "me", "client_secret": SECRET},
    "tomorro": {"api_key": SECRET},
    "coupa": {"client_id": "me", "client_secret": SECRET, "token_settle": 0},
}
GRANT = json.dumps({"access_token": TOKEN, "expires_in": 86400}).encode()
ECHO = json.dumps({"message": SECRET, "detail": SECRET, "error": SECRET}).encode()
QUOTED = SECRET.encode(), TOKEN.encode()
LINKED = f"https://files.example/a?X-Amz-Signature={SIGNATURE}"

ANSWERS = {
    "refused": (b"401 Unauthorized", ECHO),
    "forbidden": (b"403 Forbidden", ECHO),
    "missing": (b"404 Not Found", ECHO),
    "rejected": (b"422 Unprocessable", ECHO),
    "down": (b"501 Not Implemented", ECHO),
    "moved": (b"307 Moved\r\nlocation: https://evil.example/", b""),
    "a page": (b"200 OK", b"<html>" + ECHO),
    "half": (b"200 OK", ECHO[:-1]),
    "another thing": (b"200 OK", ECHO),
    "a link": (b"200 OK", json.dumps({"url": LINKED, "downloadUrl": LINKED}).encode()),
    "nothing": (b"", b""),
}


@pytest.fixture(params=ANSWERS)
def server(request):
    """A server that grants a token, and then answers everything in one way."""
    line, body = ANSWERS[request.param]
    heads = []

    def say(head):
        heads.append(head)
        if b"/oauth2/token" in head and request.param != "refused":
            yield b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(GRANT) + GRANT
        elif line:
            said = body.replace(*QUOTED) if TOKEN.encode() in head else body
            yield b"HTTP/1.1 %s\r\ncontent-length: %d\r\n\r\n" % (line, len(said))
            yield said
        else:
            raise OSError("hang up")

    served = Server(say)
    served.heads = heads
    yield served
    served.close()


@pytest.fixture(autouse=True)
def _alone(monkeypatch, tmp_path):
    """Keep the machine's own settings out, and plant a secret."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CLM_BRIDGE_CONFIG", raising=False)
    monkeypatch.setenv("CANARY", SECRET)


def configured(vendor, server):
    """Write a file in which the secret is a reference to the environment."""
    table = VENDORS[vendor] | {"vendor": vendor, "base_url": server.url.rstrip("/")}
    table |= {"max_attempts": 1, "timezone": "UTC", "links": "links.sqlite"}
    lines = [f"{key} = {_toml(value)}" for key, value in table.items()]
    Path("clm.toml").write_text("\n".join(["[connections.acme]", *lines]))


def _toml(value):
    return '{ env = "CANARY" }' if value == SECRET else json.dumps(value)


def errors(clm):
    """Call what there is; return the errors."""
    for work in (
        clm.check,
        lambda: list(clm.contracts.list(detail="summary")),
        lambda: clm.contracts.get("T-7"),
        lambda: clm.contracts.find_by_external_id("PO-1"),
        lambda: clm.documents.list("T-7"),
        lambda: list(clm.templates.list()),
        lambda: clm.vendor.request("GET", "anything"),
    ):
        try:
            work()
        except ClmError as error:
            yield error


def files(folder):
    return [one.read_bytes() for one in Path(folder).rglob("*") if one.is_file()]


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_vendor_that_fails_learns_its_secret_and_nobody_else(
    vendor, server, caplog, tmp_path
):
    """Errors, logs at DEBUG on every logger, and the link index show none."""
    caplog.set_level(logging.DEBUG)
    configured(vendor, server)
    with connect("acme") as clm:
        told = [text for error in errors(clm) for text in told_by(error)]
    gc.collect()

    assert sightings(*server.heads)
    assert told
    assert (tmp_path / "links.sqlite").exists()
    assert sightings(*told, caplog.text, *files(tmp_path)) == []


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_same_holds_for_asyncio(vendor, server, caplog, tmp_path):
    """In debug mode too, in which asyncio logs what is slow, and how it was made."""
    caplog.set_level(logging.DEBUG)

    configured(vendor, server)

    async def told():
        async with connect_async("acme") as clm:
            for work in (clm.check(), clm.contracts.get("T-7")):
                try:
                    await work
                except ClmError as error:
                    yield error

    async def collected():
        return [text async for error in told() for text in told_by(error)]

    shown = asyncio.run(collected(), debug=True)

    assert sightings(*server.heads)
    assert sightings(*shown, caplog.text, *files(tmp_path)) == []


COMMANDS = [
    ["doctor", "-c", "acme"],
    ["contracts", "list", "-c", "acme", "--format", "json"],
    ["contracts", "get", "T-7", "-c", "acme"],
    ["contracts", "find", "PO-1", "-c", "acme"],
    ["documents", "list", "T-7", "-c", "acme"],
    ["documents", "download", "T-7", "-c", "acme"],
    ["fields", "list", "-c", "acme"],
    ["config", "explain", "-c", "acme"],
]


@pytest.mark.parametrize("vendor", VENDORS)
def test_no_command_prints_what_a_vendor_echoes(vendor, server, caplog, tmp_path):
    """With --debug, on stdout and stderr; and no file is left that holds it."""
    caplog.set_level(logging.DEBUG)
    configured(vendor, server)
    runner = CliRunner()
    for command in COMMANDS:
        result = runner.invoke(app, ["--debug", *command])

        assert result.output
        assert sightings(result.stdout, result.stderr) == [], command
    assert sightings(*server.heads)
    assert sightings(caplog.text, *files(tmp_path)) == []
