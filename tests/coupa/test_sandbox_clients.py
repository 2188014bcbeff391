"""
Tests of Coupa's sandbox with clients that know nothing of it.

They follow the vendor's published examples: a token, a query, a create, an update.
https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/resources/transactional-resources/contracts-api-(contracts)/contract-api-example-calls
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import requests
from werkzeug.serving import make_server

from .tenant import MINIMAL, Tenant

SCOPE = "core.contract.read core.contract.write"


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, Any]]:
    """Serve a tenant from a thread; yield its base URL and its settings."""
    tenant = Tenant(rate_limit=True)
    server = make_server("127.0.0.1", 0, tenant.sandbox.app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}", tenant.sandbox.settings()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def session(served: tuple[str, Any]) -> Iterator[requests.Session]:
    """Log in as the documentation of the token endpoint shows."""
    base, settings = served
    with requests.Session() as session:
        answer = session.post(
            f"{base}/oauth2/token",
            data={
                "client_id": settings["client_id"],
                "client_secret": settings["client_secret"],
                "grant_type": "client_credentials",
                "scope": SCOPE,
            },
            timeout=10,
        )
        token = answer.json()["access_token"]
        session.headers["Authorization"] = f"Bearer {token}"
        session.headers["Accept"] = "application/json"
        yield session


def test_requests_walks_all_pages(
    served: tuple[str, Any], session: requests.Session
) -> None:
    """The usual loop stops on a page shorter than fifty."""
    base, _ = served
    seen: list[int] = []
    while True:
        query: dict[str, Any] = {
            "limit": 50,
            "offset": len(seen),
            "created-at[gt]": "2010-01-01",
            "created-at[lt]": "2026-11-02",
        }
        page = session.get(f"{base}/api/contracts", params=query, timeout=10).json()
        seen += [row["id"] for row in page]
        if len(page) < 50:
            break

    assert len(seen) == len(set(seen)) == 240


def test_requests_makes_publishes_and_reads_a_contract(
    served: tuple[str, Any], session: requests.Session
) -> None:
    """The published create and update examples work with another base URL only."""
    base, _ = served
    made = session.post(f"{base}/api/contracts", json=MINIMAL, timeout=10)
    url = f"{base}/api/contracts/{made.json()['id']}"
    published = session.put(url, json={"status": "published"}, timeout=10)
    signed = {"file": ("signed.pdf", b"%PDF-1.4", "application/pdf")}
    kept = session.post(f"{url}/legal_agreement", files=signed, timeout=10)
    found = session.get(
        f"{base}/api/contracts",
        params={"number": "ACME-2026-001", "fields": '["id","status"]'},
        timeout=10,
    )

    assert (made.status_code, published.status_code, kept.status_code) == (
        201,
        200,
        201,
    )
    assert found.json() == [{"id": made.json()["id"], "status": "published"}]


def test_curl_reads_a_contract(served: tuple[str, Any], tmp_path: Path) -> None:
    """The shell's client gets a token and the signed file."""
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    base, settings = served
    form = [
        f"client_id={settings['client_id']}",
        f"client_secret={settings['client_secret']}",
        "grant_type=client_credentials",
        f"scope={SCOPE}",
    ]
    asked = [part for pair in form for part in ("--data-urlencode", pair)]
    token = json.loads(_run(curl, *asked, f"{base}/oauth2/token"))["access_token"]
    head = ["-H", f"Authorization: Bearer {token}", "-H", "Accept: application/json"]
    query = f"{base}/api/contracts?number=CT-0042&fields=%5B%22id%22%5D"
    [row] = json.loads(_run(curl, "-g", *head, query))
    file = tmp_path / "agreement.zip"
    path = f"{base}/api/contracts/{row['id']}/retrieve_legal_agreement"
    _run(curl, *head, "-o", str(file), path)

    assert row == {"id": 272}
    assert file.read_bytes().startswith(b"PK")


def test_node_reads_a_contract(served: tuple[str, Any]) -> None:
    """JavaScript's fetch gets a token and one contract."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    base, settings = served
    client = (settings["client_id"], settings["client_secret"])
    told = _run(node, "-e", _SCRIPT, base, *client, SCOPE)

    assert json.loads(told) == ["CT-0042", "published"]


_SCRIPT = """
const [base, id, secret, scope] = process.argv.slice(1);
const form = new URLSearchParams({
  client_id: id, client_secret: secret, grant_type: "client_credentials", scope,
});
const answer = await fetch(`${base}/oauth2/token`, { method: "POST", body: form });
const { access_token: token } = await answer.json();
const headers = { Authorization: `Bearer ${token}`, Accept: "application/json" };
const found = await fetch(`${base}/api/contracts?number=CT-0042`, { headers });
const [contract] = await found.json();
console.log(JSON.stringify([contract.number, contract.status]));
"""


def _run(*command: str) -> str:
    if command[0].endswith("curl"):
        command = (
            command[0],
            "--silent",
            "--show-error",
            "--noproxy",
            "*",
            *command[1:],
        )
    if command[0].endswith("node"):
        command = (command[0], "--input-type=module", *command[1:])
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=30, check=True
    )
    return done.stdout
