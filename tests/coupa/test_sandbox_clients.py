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
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any
from zipfile import ZipFile

import pytest
import requests
from werkzeug.serving import make_server

from .tenant import MINIMAL, Tenant

SCOPE = "core.contract.read core.contract.write core.approval.write"


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


@pytest.mark.parametrize("how", ["body", "basic"])
def test_requests_gets_a_token(served: tuple[str, Any], how: str) -> None:
    """Identifier and secret go in the body, or as HTTP Basic."""
    base, settings = served
    client = (settings["client_id"], settings["client_secret"])
    form = {"grant_type": "client_credentials", "scope": SCOPE}
    if how == "body":
        form |= {"client_id": client[0], "client_secret": client[1]}
    auth = client if how == "basic" else None
    told = requests.post(
        f"{base}/oauth2/token", data=form, auth=auth, timeout=10
    ).json()

    assert (told["token_type"], told["expires_in"]) == ("bearer", 86399)


def make(session: requests.Session, base: str, **changes: Any) -> str:
    """Create the documented minimal contract with *changes*; return its URL."""
    body = MINIMAL | changes
    answer = session.post(f"{base}/api/contracts", json=body, timeout=10)
    answer.raise_for_status()
    return f"{base}/api/contracts/{answer.json()['id']}"


def test_a_public_client_creates_a_draft(
    served: tuple[str, Any], session: requests.Session
) -> None:
    """It sends neutral renewal fields, and no content groups."""
    base, _ = served
    payload = {
        "name": "Drafted by an agent",
        "number": "AGENT-1",
        "start-date": "2026-01-01",
        "status": "draft",
        "supplier": {"id": 21},
        "no-of-renewals": 0,
        "renewal-length-unit": "",
        "renewal-length-value": 0,
        "reason-insight-events": [],
    }
    answer = session.post(f"{base}/api/contracts", json=payload, timeout=10)

    assert answer.status_code == 201
    assert [g["name"] for g in answer.json()["content-groups"]] == ["Everyone"]


def test_publishing_and_a_custom_field_in_one_put(
    served: tuple[str, Any], session: requests.Session
) -> None:
    """The id in the body is a number."""
    base, _ = served
    url = make(session, base, name="Published", number="PUB-1")
    own = {"cost-centre": "4600001234"}
    body = {"id": int(url[-5:]), "status": "published", "custom-fields": own}
    told = session.put(url, json=body, timeout=10).json()

    assert told["status"] == "published"
    assert told["custom-fields"]["cost-centre"] == "4600001234"


def test_the_usual_fields_in_one_put(
    served: tuple[str, Any], session: requests.Session
) -> None:
    """Bare dates, decimals as strings, references by code and id."""
    base, _ = served
    url = make(session, base, name="Usual", number="USUAL-1")
    body = {
        "start-date": "2026-01-01",
        "end-date": "2026-12-31",
        "payment-term": {"code": "Net 30"},
        "currency": {"code": "USD"},
        "shipping-term": {"code": "DDP"},
        "min-commit": "999.99",
        "max-commit": "5000.00",
        "savings-pct": 0.3,
        "stop-spend-based-on-max-value": "no",
        "department": {"id": 5},
    }
    told = session.put(url, json=body, timeout=10).json()

    assert told["start-date"] == "2025-12-31T16:00:00-08:00"
    assert [told[name] for name in ("min-commit", "max-commit", "savings-pct")] == [
        "999.99",
        "5000.0",
        "0.3",
    ]
    assert (told["shipping-term"]["code"], told["department"]["id"]) == ("DDP", 5)


def test_a_public_client_submits_for_approval(
    served: tuple[str, Any], session: requests.Session
) -> None:
    """It asks for two fields of the answer."""
    base, _ = served
    url = make(session, base, name="Submitted", number="SUB-1")
    answer = session.put(
        f"{url}/submit_for_approval",
        params={"fields": '["id","status"]'},
        timeout=10,
    )

    assert answer.json() == {"id": int(url[-5:]), "status": "pending_approval"}


def test_the_external_signature_sequence(
    served: tuple[str, Any], session: requests.Session
) -> None:
    """A production integration approves, signs elsewhere, completes and publishes."""
    base, _ = served
    url = make(session, base, name="Signed elsewhere", number="SIGN-1")
    session.put(f"{url}/submit_for_approval", timeout=10)
    waiting = session.get(
        f"{base}/api/contracts",
        params={"status": "pending_approval", "id[in]": url[-5:]},
        timeout=10,
    ).json()
    approval = waiting[0]["current-approval"]
    while approval:
        decide = f"{base}/api/approvals/{approval['id']}/approve"
        session.put(decide, params={"reason": "Signed"}, timeout=10)
        approval = session.get(url, timeout=10).json()["current-approval"]
    session.put(f"{url}/ccc_signature_created", timeout=10)
    completed = session.put(f"{url}/complete", timeout=10)
    form = {"attachment[type]": "file", "attachment[intent]": "Internal"}
    file = {"attachment[file]": ("signed.pdf", b"%PDF-1.7 signed", "application/pdf")}
    attached = session.post(f"{url}/attachments", data=form, files=file, timeout=10)
    published = session.put(url, json={"status": "published"}, timeout=10)
    read = session.get(f"{url}/attachments/{attached.json()['id']}", timeout=10)

    assert [answer.status_code for answer in (completed, attached, published)] == [
        200,
        201,
        200,
    ]
    assert completed.json()["status"] == "completed"
    assert published.json()["status"] == "published"
    assert read.content == b"%PDF-1.7 signed"


def test_the_external_signature_is_refused(
    served: tuple[str, Any], session: requests.Session
) -> None:
    """The approval is rejected with a reason, and its contract with it."""
    base, _ = served
    url = make(session, base, name="Refused", number="REFUSED-1")
    submitted = session.put(f"{url}/submit_for_approval", timeout=10).json()
    decide = f"{base}/api/approvals/{submitted['current-approval']['id']}/reject"
    answer = session.put(decide, params={"reason": "No"}, timeout=10)

    assert answer.json()["status"] == "rejected"


@pytest.mark.parametrize(("verb", "status"), [("POST", 201), ("PUT", 200)])
def test_a_legal_agreement_goes_up_and_comes_down(
    served: tuple[str, Any], session: requests.Session, verb: str, status: int
) -> None:
    """One multipart part; a client that takes the first PDF of a ZIP gets its bytes."""
    base, _ = served
    url = make(session, base, name=f"File {verb}", number=f"FILE-{verb}")
    content = f"%PDF-1.7 {verb}".encode()
    file = {"file": ("agreement.pdf", content, "application/pdf")}
    sent = session.request(verb, f"{url}/legal_agreement", files=file, timeout=10)
    answer = session.get(f"{url}/retrieve_legal_agreement", timeout=10)
    with ZipFile(BytesIO(answer.content)) as archive:
        pdfs = [name for name in archive.namelist() if name.endswith(".pdf")]

        assert sent.status_code == status
        assert archive.read(pdfs[0]) == content


def test_a_rate_card_line_is_added(
    served: tuple[str, Any], session: requests.Session
) -> None:
    """The official PATCH is spelled with underscores."""
    base, _ = served
    url = make(session, base, name="Rated", number="RATE-1")
    body = {
        "id": int(url[-5:]),
        "rate_card": {
            "rateable_id": int(url[-5:]),
            "rateable_type": "Contract",
            "line_object_type": "rate_card_line",
            "line_object_parent_type": "rate_card",
            "rate_card_lines": [{"rate_card_type": 2}],
        },
    }
    answer = session.patch(url, json=body, timeout=10)

    assert answer.status_code == 200


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
