"""What a real Tryton server refuses, and the package that reads it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from clm_bridge import (
    AuthenticationFailed,
    NotFound,
    Rejected,
    Unsupported,
    VendorDown,
)

from . import server as servers
from .capturing import KINDS, captured, shape, write
from .reading import recorded
from .server import ASKED, WHY_NOT

if not ASKED:
    pytest.skip(WHY_NOT, allow_module_level=True)


def test_a_field_that_is_none_fails_at_the_server(connect, company):
    """Tryton answers 500, and names it."""
    bridge = connect(fields=["no_such_field"])

    with pytest.raises(VendorDown, match=r"'no_such_field'.*; look whether"):
        bridge.do(lambda clm: clm.contracts.list())


@pytest.mark.parametrize(
    "id", ["999999", "0", "-1", "abc", "1.0", "99999999999999999999", "\uff11"]
)
@pytest.mark.parametrize("call", ["get", "status"])
def test_what_is_not_there_is_not_found(bridge, id, call):
    """A number that is nobody's, and what cannot be a number."""
    with pytest.raises(NotFound):
        bridge.do(lambda clm: getattr(clm.contracts, call)(id))


def test_a_wrong_key(connect):
    """Refused, and the key is not told."""
    bridge = connect(key="wr0ng-k3y")

    with pytest.raises(AuthenticationFailed) as caught:
        bridge.do(lambda clm: clm.check())
    assert "wr0ng" not in str(caught.value)


def test_a_wrong_database(connect):
    """A database that the server does not have."""
    with pytest.raises(NotFound, match="'database'"):
        connect(database="nodb").do(lambda clm: clm.contracts.list())


def test_a_user_without_a_company_is_told(connect, company, request):
    """He sees no agreement, which Tryton does not say."""
    [group] = company.server.find("res.group", [["name", "=", "Purchase"]])
    nowhere = {"companies": [], "company": None}
    key = company.key_of(f"eve-{id(request)}", groups=[["add", [group]]], **nowhere)
    bridge = connect(key=key)

    assert bridge.do(lambda clm: clm.contracts.list()) == []
    assert "has no company" in bridge.do(lambda clm: clm.check()).notes[0]


def test_a_user_of_all_companies_is_told(connect, company, request):
    """A user may choose to see those of all its companies."""
    told = {"companies": [["add", [company.id]]], "company_filter": "all"}
    bridge = connect(key=company.key_of(f"zoe-{id(request)}", **told))

    assert bridge.do(lambda clm: clm.check()).notes == (
        "Agreements of 1 company are seen.",
    )


def test_a_user_without_the_right_is_refused(connect, company, request):
    """In Tryton's own words, with status 400."""
    bridge = connect(key=company.key_of(f"mallory-{id(request)}"))

    with pytest.raises(Rejected, match=r"not allowed to access.*access right"):
        bridge.do(lambda clm: clm.contracts.list())


def test_what_no_agreement_has_is_refused(bridge):
    """Tryton is read, and read alone."""
    with pytest.raises(Unsupported, match=r"does not offer documents\.list"):
        bridge.do(lambda clm: clm.documents.list("1"))


def test_the_command_line_finds_the_installed_package(server, company, site, tmp_path):
    """Installed beside clm-bridge, it is a vendor like any other."""
    config = tmp_path / "clm.toml"
    config.write_text(
        f'[connections.buying]\nvendor = "tryton"\nbase_url = "{server.origin}"\n'
        f'database = "{servers.DATABASE}"\nkey = {{ env = "TRYTON_KEY" }}\n'
    )
    environ = {
        **os.environ,
        "PYTHONPATH": str(site),
        "CLM_BRIDGE_CONFIG": str(config),
        "TRYTON_KEY": server.key,
    }

    def said(*words):
        program = [sys.executable, "-m", "clm_bridge", *words]
        done = subprocess.run(program, env=environ, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert "Tryton" in said("vendors")
    assert "Northwind Ltd" in said("doctor", "-c", "buying")
    assert "Bolts 2026" in said("contracts", "list", "-c", "buying")


@pytest.mark.parametrize("kind", KINDS)
def test_the_recorded_answers_still_have_this_shape(server, company, kind):
    """What the other tests read is what this server sends."""
    now = captured(server, company, kind)
    if ASKED == "record":
        write(kind, now)

    assert shape(now) == shape(recorded(kind))
