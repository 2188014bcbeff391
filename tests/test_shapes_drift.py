"""Shapes of answers, and a vendor whose shape is not what was recorded."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from clm_bridge import Secret, connect
from clm_bridge.cli._app import app
from clm_bridge.testing.cassettes import _exact, recording, write
from clm_bridge.testing.cassettes._shapes import changes, shape

BEFORE = [
    {"id": 1, "status": "open", "on": "2026-01-05", "value": 1, "rows": [{"a": 1}]},
    {"id": 2, "status": "done", "on": None, "value": 2, "rows": [], "note": "x"},
]


def told(*answers, known=()):
    parsed = [_exact.parsed(json.dumps(one)) for one in answers]
    return {
        (one.kind, one.path, one.after)
        for one in changes(shape(BEFORE), shape(parsed), known)
    }


CASES = {
    "the same": ({}, set()),
    "a key more": ({"more": True}, {("added", "$.more", "boolean")}),
    "an object more": ({"x": {"y": 1}}, {("added", "$.x", "object")}),
    "another type": ({"id": "1"}, {("type", "$.id", "string")}),
    "a fraction": ({"value": 1.5}, {("type", "$.value", "number")}),
    "an instant": ({"on": "2026-01-05T00:00:00Z"}, {("type", "$.on", "instant")}),
    "null": ({"id": None}, {("null", "$.id", "sometimes null")}),
    "another word": ({"status": "gone"}, {("words", "$.status", "gone")}),
    "in a row": ({"rows": [{"a": "1"}]}, {("type", "$.rows[].a", "string")}),
    "a key less in a row": ({"rows": [{}]}, {("removed", "$.rows[].a", "")}),
}


@pytest.mark.parametrize("case", CASES)
def test_a_change_is_told(case):
    """Keys, types and words, down into rows."""
    more, expected = CASES[case]

    assert told({**BEFORE[0], **more}) == expected


def test_a_key_that_is_gone_is_told():
    """One that was always there; one that came and went is no change."""
    first = {key: one for key, one in BEFORE[0].items() if key != "value"}

    assert told(first) == {("removed", "$.value", "")}
    assert told(first, BEFORE[0]) == {("optional", "$.value", "1 of 2")}


def test_a_known_word_is_not_new():
    """The adapter's own table, and words on other cassettes, are known."""
    assert told({**BEFORE[0], "status": "gone"}, known={"gone"}) == set()


def toml(value):
    """A setting as a configuration has it."""
    if isinstance(value, Secret):
        value = value.reveal()
    if isinstance(value, dict):
        pairs = ", ".join(f"{key} = {toml(one)}" for key, one in value.items())
        return f"{{ {pairs} }}"
    return json.dumps(value)


@pytest.fixture
def run(tmp_path, monkeypatch, clm_sandbox_url):
    """Ask a sandbox behind a socket, in the shape that its switches say."""
    monkeypatch.chdir(tmp_path)

    def asked(vendor, *words, **switches):
        with connect(vendor=vendor, sandbox=True) as clm:
            own = {key: one.value for key, one in clm.settings.origins.items()}
        own |= {"vendor": vendor, "base_url": clm_sandbox_url(vendor, **switches)}
        lines = [f"{key} = {toml(one)}" for key, one in own.items() if key != "sandbox"]
        (tmp_path / "clm.toml").write_text("\n".join(["[connections.acme]", *lines]))
        return CliRunner().invoke(app, ["drift", *words])

    return asked


@pytest.fixture
def folder(tmp_path):
    """Recordings of a sandbox as it is."""

    def recorded(vendor):
        with connect(vendor=vendor, sandbox=True) as clm:
            tape = recording(clm, tmp_path / "tapes" / vendor)
            with tape.case("contracts_list", "contracts.list"):
                first = clm.contracts.list(detail="summary").first()
            with tape.case("contracts_get", "contracts.get"):
                clm.contracts.get(first.id)
            with tape.case("fields_list", "fields.list"):
                clm.fields.list().first()
        assert tape.left_out == {}
        return f"--cassettes={tape.folder}"

    return recorded


SWITCHED = {
    "spotdraft": ({"integer_list_ids": True}, "$.results[].id", "type"),
    "tomorro": ({"wrapped": True}, "$.data", "added"),
}


@pytest.mark.parametrize("vendor", ["spotdraft", "tomorro", "coupa"])
def test_the_same_vendor_has_not_drifted(vendor, run, folder):
    """What was recorded is compared with what is answered over a socket."""
    done = run(vendor, "-c", "acme", folder(vendor), "--format=json")

    assert [
        one for one in json.loads(done.stdout) if one["change"] != "not compared"
    ] == []
    assert done.exit_code == 0


@pytest.mark.parametrize("vendor", SWITCHED)
def test_a_changed_shape_is_reported(vendor, run, folder):
    """The place, what it was, and the exit code."""
    switches, path, change = SWITCHED[vendor]

    done = run(vendor, "-c", "acme", folder(vendor), "--format=json", **switches)

    assert (path, change) in {
        (one["path"], one["change"]) for one in json.loads(done.stdout)
    }
    assert done.exit_code == 1


def test_a_table_says_it_too(run, folder):
    """For people."""
    done = run("spotdraft", "-c", "acme", folder("spotdraft"), integer_list_ids=True)

    assert "type" in done.stdout
    assert "$.results[].id" in done.stdout
    assert "3 cassettes" in done.stderr


def test_an_unknown_id_gives_way_to_one_that_is_there(run, tmp_path):
    """The ids of documents' examples are nobody's."""
    docs = {"provenance": "vendor-docs", "recorded_at": "2026-11-25"}
    docs |= {"document": "https://x.example", "document_date": "2026"}
    asked = {"method": "GET", "uri": "https://acme.coupahost.com/api/contracts"}
    one = {**asked, "uri": f"{asked['uri']}/4711"}
    row = {"id": 1, "gone-by-now": "x"}
    for name, request, answer in (("l", asked, [row]), ("g", one, row)):
        said = {"status": 200, "body": {"json": answer}}
        write(
            tmp_path / "tapes" / f"{name}.yaml",
            {**docs, "operations": ["contracts.get"]},
            [{"request": request, "response": said}],
        )

    done = run(
        "coupa", "-c", "acme", f"--cassettes={tmp_path / 'tapes'}", "--format=json"
    )

    removed = {
        (one["request"], one["path"])
        for one in json.loads(done.stdout)
        if one["change"] == "removed"
    }
    assert removed == {
        ("GET /api/contracts", "$[].gone-by-now"),
        ("GET /api/contracts/{id}", "$.gone-by-now"),
    }


def asking(tmp_path, uri, answer=None):
    """A recording in which one thing is asked for."""
    said = {"status": 200, "body": {"json": answer or {}}}
    metadata = {"provenance": "sandbox", "recorded_at": "2026-11-25"}
    write(
        tmp_path / "tapes" / "one.yaml",
        {**metadata, "operations": ["contracts.get"]},
        [{"request": {"method": "GET", "uri": uri}, "response": said}],
    )
    return f"--cassettes={tmp_path / 'tapes'}"


COUPA = "https://acme.coupahost.com/api/contracts"


@pytest.mark.parametrize(
    ("path", "switches", "said"),
    [
        ("/4711", {}, "404"),
        ("/nowhere", {}, "404"),
        ("/4711/things/4712", {}, "404"),
        ("", {"html": "login"}, "HTML"),
    ],
)
def test_what_cannot_be_compared_is_said(path, switches, said, run, tmp_path):
    """It is no drift, and it is not hidden."""
    words = asking(tmp_path, COUPA + path)

    done = run("coupa", "-c", "acme", words, "--format=json", **switches)

    [one] = json.loads(done.stdout)
    assert one["change"] == "not compared"
    assert said in one["now"] or "not JSON" in one["now"]
    assert done.exit_code == 0


def test_other_servers_are_not_asked(run, tmp_path):
    """Neither a link that was handed out nor what is no part of the API."""
    words = asking(tmp_path, "https://link.example/1")

    done = run("coupa", "-c", "acme", words)

    assert "1 cassettes, 0 changes, 0 requests not compared" in done.stderr


def test_no_credentials_is_an_error_of_its_own(run, tmp_path, monkeypatch):
    """Nothing can be compared by nobody."""
    words = asking(tmp_path, "https://api.tomorro.com/v2/contracts")
    monkeypatch.setenv("TOMORRO_API_KEY", "wrong")
    monkeypatch.setenv("CLM_BRIDGE__ACME__API_KEY", "wrong")

    done = run("tomorro", "-c", "acme", words)

    assert done.exit_code == 4


def test_without_cassettes_there_is_nothing_to_compare(run, tmp_path):
    """The next step is said."""
    (tmp_path / "none").mkdir()

    done = run("coupa", "-c", "acme", "--cassettes=none")

    assert done.exit_code == 3
    assert "name a folder that has some" in done.stderr


def test_a_faulty_cassette_is_said(run, tmp_path):
    """And how to look for others."""
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "x.yaml").write_text("[]")

    done = run("coupa", "-c", "acme", "--cassettes=none")

    assert done.exit_code == 3
    assert "x.yaml" in done.stderr


def test_files_are_checked(tmp_path, monkeypatch):
    """Faults are told, and what can be mended is, when asked."""
    monkeypatch.chdir(tmp_path)
    metadata = {"operations": ["check"], "provenance": "sandbox"}
    metadata |= {"recorded_at": "2026-11-25"}
    asked = {"method": "GET", "uri": "https://paper.example/x"}
    secret = {"text": "Bearer abcdefghij0123456789"}
    for name, body in (
        ("good", None),
        ("bad", secret),
        ("large", {"text": "x" * 200_000}),
    ):
        write(
            f"cassettes/paper/{name}.yaml",
            metadata,
            [{"request": asked, "response": {"status": 200, "body": body}}],
        )
    odd = tmp_path / "cassettes" / "paper" / "odd.yaml"
    odd.write_text((odd.parent / "good.yaml").read_text() + "\n\n")
    (odd.parent / "worse.yaml").write_text("[]")

    def check(*words):
        done = CliRunner().invoke(app, ["cassettes", "check", *words, "--format=csv"])
        return done.exit_code, done.stdout

    code, said = check()
    assert code == 1
    for fault in (
        "bearer token (raw)",
        "--fix",
        "200000 bytes",
        "another",
        "no mapping"[3:],
    ):
        assert fault in said
    assert "good.yaml" not in said
    assert "--fix" not in check("--fix")[1]
