"""Clients that somebody else wrote, unchanged but for the base URL."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
import requests

from clm_bridge.sandbox import serve

from .sandbox_payloads import CREATION
from .sandbox_workspace import Api

NODE = """
const base = process.argv[1] + "/api/v2.1/public";
const headers = {"client-id": process.argv[2], "client-secret": process.argv[3]};
const list = await (await fetch(
  `${base}/contracts/?page=1&limit=2&filter__display_status=EXECUTED`, {headers}
)).json();
const id = list.results[0].id;
const pointers = await (
  await fetch(`${base}/contracts/${id}/key_pointers`, {headers})
).json();
const link = await (await fetch(`${base}/contracts/${id}/download_link`, {
  method: "POST",
  headers: {...headers, "content-type": "application/json"},
  body: JSON.stringify({format: "PDF"}),
})).json();
const file = Buffer.from(await (await fetch(link.url)).arrayBuffer());
console.log(JSON.stringify({
  id, pointers: pointers.length, file: file.subarray(0, 5).toString(),
}));
"""


@pytest.fixture
def served(api):
    """The sandbox behind a socket, on a free port of loopback."""
    with serve(api.sandbox.app) as url:
        yield api, url


def _run(*command):
    done = subprocess.run(command, capture_output=True, check=True, timeout=30)
    return done.stdout


def test_requests_follows_the_playbook(served):
    """Create, send, sign, read the values, store the file."""
    api, url = served
    base = f"{url}/api/v2.1/public"
    with requests.Session() as session:
        session.headers.update(api.credentials)
        session.trust_env = False
        created = session.post(f"{base}/contracts/", json=CREATION, timeout=10)
        own = created.json()["id"]
        sent = session.post(
            f"{base}/contracts/{own}/send_to_counterparties", json={}, timeout=10
        )
        session.post(f"{base}/contracts/{own}/mark_for_execution/", json={}, timeout=10)
        api.sandbox.sign(own)
        status = session.get(f"{base}/contracts/{own}/status", timeout=10).json()
        found = session.get(
            f"{base}/contracts/by_external_metadata/deal-122", timeout=10
        ).json()
        values = session.get(f"{base}/contracts/{own}/key_pointers", timeout=10).json()
        link = session.post(
            f"{base}/contracts/{own}/download_link", json={"format": "pdf"}, timeout=10
        ).json()
        file = session.get(link["url"], headers={"client-id": None}, timeout=10)

    assert created.status_code == 201
    assert sent.status_code == 200
    assert status["contract_status"] == "EXECUTED"
    assert [one["id"] for one in found] == [created.json()["contract_id"]]
    assert {"auto_renewal": True}.items() <= {
        one["field_name"]: one["value"] for one in values
    }.items()
    assert file.content.startswith(b"%PDF-")


def test_requests_walks_the_pages(served):
    """The loop that every integrator writes."""
    api, url = served
    rows, page = [], 1
    with requests.Session() as session:
        session.trust_env = False
        while True:
            answer = session.get(
                f"{url}/api/v2.1/public/contracts/",
                headers=api.credentials,
                params={"page": page, "limit": 4},
                timeout=10,
            ).json()
            rows += answer["results"]
            if answer["page"] * answer["limit"] >= answer["total_results"]:
                break
            page += 1

    assert page == 3
    assert len({row["id"] for row in rows}) == 9


def test_a_redirected_post_becomes_a_get(served):
    """As the portal warns: the slash is lost, and nothing is created."""
    api, url = served
    with requests.Session() as session:
        session.trust_env = False
        answer = session.post(
            f"{url}/api/v2.1/public/contracts",
            headers=api.credentials,
            json=CREATION,
            timeout=10,
        )

    assert answer.status_code == 200
    assert answer.request.method == "GET"
    assert len(api.names()) == 9


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl_finds_and_downloads(served, tmp_path):
    """The portal's examples are curl commands."""
    api, url = served
    base = f"{url}/api/v2.1/public"
    headers = [
        part
        for name, value in api.credentials.items()
        for part in ("--header", f"{name}: {value}")
    ]
    curl = ("curl", "--silent", "--fail", "--noproxy", "*")
    rows = json.loads(
        _run(
            *curl,
            *headers,
            "--globoff",
            f"{base}/contracts/?filter__display_status[$in]=EXECUTED&limit=5",
        )
    )
    path = f"{base}/contracts/{rows['results'][-1]['id']}/download_link"
    json_body = ("--header", "Content-Type: application/json", "--data", "{}")
    link = json.loads(_run(*curl, *headers, *json_body, path))
    target = tmp_path / "signed.pdf"
    _run(*curl, "--output", str(target), link["url"])

    assert rows["total_results"] == 2
    assert target.read_bytes().startswith(b"%PDF-")


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
def test_node_fetch_reads_a_contract(served):
    """Another language, the same calls."""
    api, url = served
    said = json.loads(
        _run(
            "node",
            "--input-type=module",
            "--eval",
            NODE,
            url,
            *api.credentials.values(),
        )
    )

    assert said == {"id": "H-1009", "pointers": 16, "file": "%PDF-"}


def test_the_limit_holds_over_a_socket():
    """A client that does not pace itself is told to."""
    api = Api(rate_limit=True)
    with serve(api.sandbox.app) as url, requests.Session() as session:
        session.trust_env = False
        path = f"{url}/api/v2.1/public/contract_types/"
        codes = [
            session.get(path, headers=api.credentials, timeout=10).status_code
            for _ in range(60)
        ]

    assert 429 in codes
