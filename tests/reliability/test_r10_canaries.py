"""R10: of nine kinds of secrets, none turns up where it does not belong."""

from __future__ import annotations

import asyncio
import base64
import gzip
import json
import logging
import pickle
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

import clm_bridge
from clm_bridge import ClmError, connect, connect_async
from clm_bridge.cli._app import app
from clm_bridge.testing.cassettes import recording

from ..canaries import encodings, shown_by, told_by, unpacked
from ..sockets import Server

TAIL = '/+&=?"'
KINDS = {
    kind: f"canary-{kind.replace(' ', '-')}-{TAIL}"
    for kind in (
        "key by command",
        "secret by variable",
        "literal secret",
        "access token",
        "link signature",
        "session cookie",
        "proxy password",
        "unread value",
        "bystanders variable",
    )
}
ENCODED = {
    "raw": str.encode,
    "URL": lambda canary: quote(canary, safe="").encode(),
    "JSON": lambda canary: json.dumps({"a": canary}).encode(),
    "hex": lambda canary: canary.encode().hex().encode(),
    "base64": lambda canary: base64.b64encode(b"me:" + canary.encode()),
    "gzip": lambda canary: gzip.compress(canary.encode()),
}
SURFACES = (
    "logs",
    "errors",
    "pickles",
    "objects",
    "observers",
    "files",
    "cassettes",
    "standard output",
    "standard error",
    "JSON output",
    "command line",
)
PRINTS = [sys.executable, "-c", "import os; print(os.environ['CANARY_KEY'])"]
VENDORS = {
    "tomorro": {"api_key": {"cmd": PRINTS}},
    "spotdraft": {"client_id": "me", "client_secret": {"env": "CANARY_SECRET"}},
    "coupa": {"client_id": "me", "client_secret": KINDS["literal secret"]},
}
CREDENTIALS = [KINDS[kind] for kind in list(KINDS)[:4]]
SIGNED = f"https://files.invalid/a?X-Amz-Signature={quote(KINDS['link signature'])}"
COMMANDS = (
    ["doctor"],
    ["contracts", "get", "T-7"],
    ["contracts", "list", "--format", "json"],
    ["documents", "download", "T-7"],
    ["config", "explain"],
)


def echo(head):
    """The credentials that came, as a vendor that is too helpful would say them."""
    sent = [one for one in CREDENTIALS if one.encode() in head]
    return json.dumps({"message": sent, "error": " ".join(sent)}).encode()


def answers(head):
    """What a vendor may say to a request, each in turn."""
    unread = {"id": {"a": KINDS["unread value"]}, "results": KINDS["unread value"]}
    return [
        (b"401 Unauthorized", echo(head)),
        (b"403 Forbidden", echo(head)),
        (b"307 Moved\r\nlocation: " + SIGNED.encode(), b""),
        (b"200 OK", json.dumps(unread).encode()),
        (b"200 OK", json.dumps({"url": SIGNED, "downloadUrl": SIGNED}).encode()),
        (b"200 OK", json.dumps(unread).encode()[:-1]),
        (b"500 Broken", echo(head)),
    ]


class Vendor:
    """Grants a token, sets a cookie, and says one thing after another."""

    def __init__(self):
        self.heads = []
        self._server = Server(self._say)
        self.url, self.close = self._server.url.rstrip("/"), self._server.close

    def _say(self, head):
        self.heads.append(head)
        status, body = b"200 OK", GRANT
        if b"/oauth2/token" not in head:
            several = answers(head)
            status, body = several[len(self.heads) % len(several)]
        cookie = f"set-cookie: session={KINDS['session cookie']}".encode()
        yield b"HTTP/1.1 %s\r\n%s\r\ncontent-length: %d\r\n\r\n%s" % (
            *(status, cookie, len(body)),
            body,
        )


GRANT = json.dumps(
    {"access_token": KINDS["access token"], "expires_in": 86400}
).encode()


class Observer:
    def __init__(self):
        self.seen = []

    @clm_bridge.hookimpl
    def clm_bridge_exchange(self, exchange):
        self.seen.append(exchange)


def written(vendor, url):
    """Write the settings of one connection."""
    table = {"vendor": vendor, "base_url": url, "max_attempts": 1, "timezone": "UTC"}
    table |= {"links": "links.sqlite", **VENDORS[vendor]}
    table |= {"token_settle": 0} if vendor == "coupa" else {}
    lines = [f"{key} = {_toml(value)}" for key, value in table.items()]
    Path("clm.toml").write_text("\n".join(["[connections.acme]", *lines]))


def _toml(value):
    if isinstance(value, dict):
        return (
            f"{{ {', '.join(f'{key} = {_toml(one)}' for key, one in value.items())} }}"
        )
    return json.dumps(value)


def calls(clm):
    """What people do with a bridge, often enough to hear all that a vendor says."""
    for _ in range(4):
        yield clm.check
        yield lambda: clm.contracts.get("T-7")
        yield lambda: clm.contracts.find_by_external_id("PO-1")
        yield lambda: clm.documents.list("T-7")
        yield lambda: clm.vendor.request("GET", "anything")


class Tour:
    """Goes everywhere with secrets in every pocket, and keeps what others could see."""

    def __init__(self, folder, caplog):
        self.seen = {surface: [] for surface in SURFACES}
        self._folder, self._caplog = folder, caplog
        self.heads = []

    def visit(self, vendor):
        """Use one vendor in every way."""
        server = Vendor()
        try:
            self._with_threads(vendor, server.url)
            asyncio.run(self._with_asyncio(), debug=True)
            self._by_command()
        finally:
            server.close()
            self.heads += server.heads
        # The settings are where the user wrote a secret down.
        Path("clm.toml").unlink()
        self.seen["logs"] += [self._caplog.text, *map(vars, self._caplog.records)]
        own = [one for one in self._folder.rglob("*") if one.is_file()]
        kept = [one for one in own if one.suffix in (".yaml", ".yml")]
        self.seen["cassettes"] += [one.read_bytes() for one in kept]
        self.seen["files"] += [one.read_bytes() for one in own if one not in kept]
        self.seen["command line"] += [*_lines()]

    def _with_threads(self, vendor, url):
        written(vendor, url)
        observer = Observer()
        with connect("acme", plugins=[observer]) as clm:
            for work in calls(clm):
                self._note(work)
            http = clm._http
            kept = recording(clm, self._folder / "cassettes" / vendor)
            with kept.case("anything", "check"):
                self._note(lambda: clm.vendor.request("GET", "anything"))
            held = [clm, clm.settings, http, http._shared, http._shared.tokens.token]
            held += [http.adapter, http.adapter.auth]
            self.seen["objects"] += [text for one in held for text in shown_by(one)]
        self.seen["observers"] += [pickle.dumps(one) for one in observer.seen]

    def _note(self, work):
        try:
            self.seen["objects"] += _told(work())
        except ClmError as error:
            self._note_error(error)

    def _note_error(self, error):
        self.seen["errors"] += told_by(error)
        self.seen["pickles"].append(pickle.dumps(error))

    async def _with_asyncio(self):
        async with connect_async("acme") as clm:
            for work in calls(clm):
                try:
                    self.seen["objects"] += _told(await work())
                except ClmError as error:
                    self._note_error(error)

    def _by_command(self):
        for command in COMMANDS:
            told = CliRunner().invoke(app, ["--debug", *command, "-c", "acme"])
            where = "JSON output" if "json" in command else "standard output"
            self.seen[where].append(told.stdout)
            self.seen["standard error"].append(told.stderr)


def _told(answer):
    """A vendor's answer as text; that its parts are what the vendor said is its use."""
    return [repr(answer), str(answer), f"{answer}"]


def _lines():
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield one.read_bytes()
        except OSError:  # it has ended
            continue


@pytest.fixture
def vendors(size):
    """The vendors to visit."""
    return size(full=tuple(VENDORS), few=("coupa",))


@pytest.fixture
def tour(tmp_path, monkeypatch, caplog, vendors):
    """The vendors, used in every way, with nine secrets."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CLM_BRIDGE_CONFIG", raising=False)
    monkeypatch.setenv("CANARY_KEY", KINDS["key by command"])
    monkeypatch.setenv("CANARY_SECRET", KINDS["secret by variable"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KINDS["bystanders variable"])
    proxy = Vendor()
    password = quote(KINDS["proxy password"], safe="")
    monkeypatch.setenv("HTTP_PROXY", proxy.url.replace("//", f"//me:{password}@"))
    monkeypatch.setenv("NO_PROXY", "")
    tour = Tour(tmp_path, caplog)
    try:
        for vendor in vendors:
            tour.visit(vendor)
    finally:
        proxy.close()
    tour.heads += proxy.heads
    return tour


def hits(canary, encoding, texts):
    """Return the texts in which a secret is found in one encoding."""
    if encoding == "gzip":
        inner = [one for text in texts for one in [*unpacked(text)][1:]]
        return [one for one in inner if canary.encode() in one]
    spelled = encodings(canary)[encoding]
    return [one for one in texts if any(spelling in one for spelling in spelled)]


def test_no_secret_turns_up_anywhere(tour, vendors, tried):
    """Nine kinds, on each surface, in each of six encodings."""
    heads = b"".join(tour.heads)
    credentials = CREDENTIALS if len(vendors) > 1 else CREDENTIALS[2:]
    for sent in (*credentials, KINDS["proxy password"]):
        assert any(hits(sent, encoding, [heads]) for encoding in ENCODED), sent

    checked = 0
    for surface in SURFACES:
        texts = [next(unpacked(one)) for one in tour.seen[surface]]
        assert any(texts), surface
        for kind, canary in KINDS.items():
            for encoding in ENCODED:
                found = hits(canary, encoding, texts)
                assert not found, (
                    surface,
                    kind,
                    encoding,
                    [at(one, canary) for one in found][:3],
                )
                checked += 1
    tried(checked, "places that hold no secret")


@pytest.mark.parametrize("kind", KINDS)
def test_the_scanner_finds_what_is_planted(kind, tried):
    """In every encoding, in the middle of something else."""
    for encoding, spell in ENCODED.items():
        planted = b"before " + spell(KINDS[kind]) + b" after"

        assert hits(KINDS[kind], encoding, [planted]), encoding
    tried(len(ENCODED), "planted secrets")


def at(text, canary):
    """Where a secret stands, for the one who has to find out."""
    begin = text.find(canary.encode())
    return text[max(0, begin - 500) : begin + 100]
