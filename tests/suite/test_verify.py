"""``clm-bridge verify``: the suite on a connection, over a real socket."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import clm_bridge
from clm_bridge._hooks import load, sandbox_class
from clm_bridge.cli._app import app
from clm_bridge.cli._toml import dotted, table
from clm_bridge.testing.suite import MUSTS, AdapterSuite

from ..procurement import VENDORS


@pytest.fixture(params=VENDORS)
def config(request, clm_sandbox, tmp_path):
    """A configuration whose one connection is a vendor's sandbox on a loopback port."""
    from clm_bridge.sandbox import serve

    sandbox = clm_sandbox(request.param)
    with serve(sandbox.app) as url:
        told = {"vendor": request.param, **sandbox.settings(), "base_url": url}
        told["rate_limit"] = 0
        path = tmp_path / "clm.toml"
        path.write_text(table(dotted("connections", "acme"), told), encoding="utf-8")
        yield path


def verified(*words):
    """Run the command and read its JSON."""
    done = CliRunner().invoke(app, ["verify", "--format", "json", *words])
    return done, {one["must"]: one for one in json.loads(done.stdout)}


def test_a_connection_is_verified_and_nothing_is_written(config):
    """Over a socket, without facts: nothing fails, and what writes is not proven."""
    done, results = verified("-c", "acme", "--config", str(config))

    assert done.exit_code == 0, done.output
    assert list(results) == list(MUSTS)
    told = {one["outcome"] for own, one in results.items() if MUSTS[own].writes}
    assert told <= {"not proven", "not offered"}
    proven = [one for one in results.values() if one["outcome"] == "proven"]
    assert len(proven) >= 70
    assert "not proven" in done.stderr


def test_what_is_read_is_kept_as_cassettes(config, tmp_path):
    """Scrubbed, of the sandbox as it is, and fit to be replayed."""
    from clm_bridge.cli._recording import record
    from clm_bridge.testing.cassettes import dumps, load, sightings

    folder = tmp_path / "kept"
    with clm_bridge.connect("acme", config=config) as clm:
        told = [*record(clm, str(folder), AdapterSuite.version)]
        offered = clm.capabilities
        vendor = clm.settings.vendor

    assert "cassettes are in" in told[-1]
    kept = {path.stem for path in folder.glob("*.yaml")}
    assert {"contracts_list", "contracts_get", "contracts_status"} <= kept
    assert ("contracts_approvals" in kept) is ("contracts.approvals" in offered)
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        assert f"vendor: {vendor}" in text
        assert "provenance: sandbox" in text
        assert dumps(load(path)) == text
        assert [*sightings(text)] == []


@pytest.mark.parametrize("config", ["tomorro"], indirect=True)  # it takes a while
def test_writes_are_allowed_into_what_it_made(config):
    """With the flag, contracts are made up, and no other one changes."""
    done, results = verified("-c", "acme", "--config", str(config), "--allow-writes")

    assert [one for one in results.values() if one["outcome"] == "failed"] == []
    assert done.exit_code == 0
    told = results["MUST-WRITE-1"]
    refused = "the workspace refuses what was made up: "
    assert told["outcome"] == "proven" or told["evidence"].startswith(refused)
    assert results["MUST-WRITE-8"]["outcome"] == "proven"


def test_a_failure_is_an_exit_code(monkeypatch):
    """One broken rule, and the command fails."""
    cls = sandbox_class(load("coupa"), "coupa")
    monkeypatch.setattr(cls, "settings", _odd(cls.settings))
    done, results = verified("--sandbox", "coupa")

    assert done.exit_code == 1
    assert results["MUST-DATES-3"]["outcome"] == "failed"


def _odd(settings):
    return lambda self: {**settings(self), "timezone": "Pacific/Kiritimati"}


def test_credentials_that_are_refused_are_one_error(config):
    """Nothing is verified, and the exit code says why."""
    text = config.read_text(encoding="utf-8")
    for key in ("client_secret", "api_key"):
        text = text.replace(f'{key} = "', f'{key} = "no-')
    config.write_text(text, encoding="utf-8")

    done = CliRunner().invoke(app, ["verify", "-c", "acme", "--config", str(config)])

    assert done.exit_code == 4
    assert done.stdout == ""
