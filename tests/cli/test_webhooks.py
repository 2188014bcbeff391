"""Tests for registering addresses, and for sending one event by hand."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import clm_bridge
from clm_bridge import WebhookVerificationError
from clm_bridge.cli._app import app
from tests.sandbox.listening import listening


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run the program in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *args: CliRunner().invoke(app, args, prog_name="clm-bridge")


@pytest.fixture
def _real(monkeypatch):
    """Use the installed vendors, which the tests of commands replace."""
    from importlib.metadata import entry_points

    found = {one.name: [one] for one in entry_points(group="clm_bridge")}
    monkeypatch.setattr("clm_bridge._hooks.vendors", lambda: found)


pytestmark = pytest.mark.usefixtures("_real")


def test_an_address_is_registered(run):
    """The id goes to stdout, the outcome to stderr."""
    result = run(
        *("webhooks", "register", "https://h.example/", "--kind=executed"),
        *("--kind", "CONTRACT_VOIDED", "--sandbox=spotdraft", "--format=json"),
    )

    assert result.stderr == "created webhook 511\n"
    told = json.loads(result.stdout)["result"]
    assert told["words"] == ["CONTRACT_EXECUTED", "CONTRACT_VOIDED"]


def test_a_dry_run_shows_the_request(run):
    """For each of the commands that write."""
    for words in (
        ("register", "https://h.example/"),
        ("unregister", "7"),
        ("resend", "T-1001", "T-1002"),
    ):
        result = run("webhooks", *words, "--sandbox=spotdraft", "--dry-run")
        assert result.exit_code == 0
        assert "webhooks/" in result.stdout.splitlines()[0]


def test_the_key_is_shown_only_if_it_is_asked_for(run):
    """By --reveal, and nothing else."""
    hidden = run("webhooks", "secret", "--sandbox=spotdraft")
    as_json = run("webhooks", "secret", "--sandbox=spotdraft", "--format=json")
    shown = run("webhooks", "secret", "--sandbox=spotdraft", "--reveal")

    assert hidden.stdout == "***\n"
    assert json.loads(as_json.stdout) == {"secret": "***"}
    assert len(shown.stdout.strip()) == 88


def test_what_a_vendor_cannot_says_where(run):
    """The hint is the vendor's own."""
    result = run("webhooks", "list", "--sandbox=tomorro")

    assert result.exit_code == 1
    assert "My account → Integrations → Webhooks" in result.stderr


def test_an_unknown_webhook_is_an_error(run):
    """It was not there."""
    assert run("webhooks", "unregister", "7", "--sandbox=spotdraft").exit_code == 1


def test_the_events_of_a_vendor_are_listed(run):
    """By neutral names and its own words."""
    result = run("sandbox", "trigger", "--vendor=tomorro")

    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["contract.executed", "contractSigned"] in lines
    assert ["contract.signed", "contractSigned"] in lines
    assert ["reminderEventCreated", "reminderEventCreated"] in lines


@pytest.mark.parametrize(
    ("vendor", "event", "word"),
    [
        ("tomorro", "contract.signed", "contractSigned"),
        ("spotdraft", "contract.signed", "CONTRACT_SIGNED"),
        ("spotdraft", "SIGNING_EMAIL_OPENED", "SIGNING_EMAIL_OPENED"),
        ("coupa", "contract.updated", "call-out"),
    ],
)
def test_one_event_is_sent_signed(run, vendor, event, word):
    """With the secret that is given, so that the own receiver takes it."""
    secret = "c2VjcmV0IG9mIG15IG93bg=="
    with listening() as listener:
        result = run(
            *("sandbox", "trigger", event, "--vendor", vendor),
            *("--to", listener.url, "--secret", secret),
        )
        [(path, headers, body)] = listener.came

    assert result.exit_code == 0
    assert "answered 204" in result.stderr
    assert secret not in result.output
    with clm_bridge.connect(vendor=vendor, sandbox=True, timezone="UTC") as clm:
        hook = clm_bridge.Webhook(clm.settings.adapter, [clm_bridge.Secret(secret)])
    token = path.rpartition("/")[2]
    assert hook.verify_and_parse(headers, body, token=token).source.name == word
    with pytest.raises(WebhookVerificationError):
        hook.verify_and_parse([("a", "b")], body)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("contract.sinned", "--to=http://127.0.0.1:1/"), "tells of no event"),
        (("contract.signed",), "not said where to post"),
        (("contract.signed", "--to=ftp://h/"), "not said where to post"),
        (("contract.signed", "--to=http://127.0.0.1:1/"), "was not taken: no conn"),
        (
            ("contract.signed", "--to=http://127.0.0.1:1/", "--contract=9"),
            "no contract '9'",
        ),
    ],
)
def test_what_is_wrong_is_said(run, more, said):
    """Nothing answers on that port."""
    result = run("sandbox", "trigger", *more, "--vendor=tomorro")

    assert result.exit_code in (1, 2)
    assert said in result.stderr


def test_another_machine_is_named(run):
    """It is allowed, and said; the name resolves to nothing."""
    result = run(
        *("sandbox", "trigger", "contract.signed", "--vendor=tomorro"),
        "--to=https://nowhere.invalid/",
    )

    assert "note: this leaves your machine, for nowhere.invalid" in result.stderr
    assert result.exit_code == 1
