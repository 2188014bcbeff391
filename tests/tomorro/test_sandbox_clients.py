"""Somebody else's clients, on a real port: nothing but the base URL differs."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
import requests

from clm_bridge.sandbox import serve
from clm_bridge_tomorro.sandbox._custom_objects import TABLE

from .workspace import Api

NODE = """
const [base, key] = process.argv.slice(1);
const headers = { "x-api-key": key, "Content-Type": "application/json" };
const ask = async (path, init = {}) => {
  const answer = await fetch(`${base}/v2${path}`, { headers, ...init });
  if (!answer.ok) throw new Error(`${answer.status} ${path}`);
  return answer.json();
};
const { contractTypes: [type] } = await ask("/contract-types?limit=1&isPublished=true");
const { fields } = await ask(`/contract-types/${type.id}/creation-form`);
const created = await ask("/contracts", {
  method: "POST",
  body: JSON.stringify({
    contractTypeId: type.id,
    templateId: type.templates[0].id,
    counterparty: { name: "Node Ltd" },
    fields: fields.map(({ smartFieldId }) => ({ fieldId: smartFieldId, value: "Yes" })),
  }),
});
const { counterparty, status } = await ask(`/contracts/${created.id}`);
console.log(JSON.stringify({ counterparty: counterparty.name, status }));
"""


def _has_fetch():
    """Say whether there is a Node that is new enough."""
    if shutil.which("node") is None:
        return False
    asked = ["node", "-p", "typeof fetch"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.stdout.strip() == "function"


@pytest.fixture
def api():
    """The small workspace with its limit on, as it is served to anybody."""
    return Api(rate_limit=True)


@pytest.fixture
def url(api):
    with serve(api.sandbox.app) as url:
        yield url


def _session(api):
    session = requests.Session()
    session.headers.update(
        {"x-api-key": api.key, "tomorro-version": "2025-01-29.alpha"}
    )
    return session


def test_requests_makes_a_contract_and_reads_it(api, url):
    """Type, template, form, create, patch, read: the flow of the use-case page."""
    with _session(api) as session:
        base = f"{url}/v2"
        types = session.get(f"{base}/contract-types", params={"isPublished": "true"})
        kind = types.json()["contractTypes"][-1]
        [template, *_] = session.get(
            f"{base}/contract-types/{kind['id']}/templates"
        ).json()
        created = session.post(
            f"{base}/contracts",
            json={
                "contractTypeId": kind["id"],
                "templateId": template["id"],
                "counterparty": {"name": "Zoë & Söhne"},
                "integration": {
                    "type": "salesforce",
                    "externalId": "006X",
                    "externalEntity": "Opportunity",
                    "externalUrl": "https://buyer.example/006X",
                },
            },
        )
        path = f"{base}/contracts/{created.json()['id']}"
        session.patch(path, json={"status": "negotiating"}).raise_for_status()
        read = session.get(path).json()

    assert created.status_code == 201
    assert read["status"] == "negotiating"
    assert read["counterparty"]["name"] == "Zoë & Söhne"
    assert read["integration"]["externalId"] == "006X"


def test_requests_walks_the_lists(api, url):
    """The documented loops: links of counterparties, cursors of contracts."""
    found = {"contracts": 0, "counterparties": 0}
    with _session(api) as session:
        following = "/counterparties?limit=1"
        while following:
            answer = session.get(f"{url}/v2{following}").json()
            found["counterparties"] += len(answer["data"])
            following = answer["links"]["next"]
        params = {"limit": 4}
        while True:
            answer = session.get(f"{url}/v2/contracts", params=params).json()
            found["contracts"] += len(answer["contracts"])
            if not answer["hasNext"]:
                break
            params["after"] = answer["nextCursor"]

    assert found == {"contracts": 11, "counterparties": 2}


def test_requests_uploads_signs_and_downloads(api, url):
    """An upload, a version, a signature, and the file that was signed."""
    with _session(api) as session:
        base = f"{url}/v2"
        [row] = session.get(f"{base}/contracts?status=draft&limit=1&sort=-name").json()[
            "contracts"
        ]
        path = f"{base}/contracts/{row['id']}"
        told = {"name": "msa.pdf", "contentType": "application/pdf"}
        place = session.post(f"{base}/files/upload-url", json=told).json()
        put = requests.put(
            place["url"],
            data=b"%PDF-1.7 agreed",
            headers={"Content-Type": "application/pdf"},
            timeout=5,
        )
        session.post(f"{path}/versions", json={**told, "key": place["key"]})
        sent = session.post(f"{path}/send-signature", json={}).json()
        api.sandbox.sign(row["id"])
        [file] = session.get(f"{path}/signed-files").json()
        signed = requests.get(file["downloadUrl"], timeout=5)

    assert put.status_code == 200
    assert sent["status"] == "sent"
    assert signed.content == b"%PDF-1.7 agreed"


SALESFORCE = {
    "type": "salesforce",
    "externalId": "0065g00000AbCdE",
    "externalEntity": "Opportunity",
    "externalUrl": "https://buyer.example/lightning/r/Opportunity/0065g00000AbCdE/view",
}
HUBSPOT = {
    "type": "hubspot",
    "externalId": "1234567890",
    "externalEntity": "Deal",
    "externalUrl": "https://app.hubspot.com/contacts/1/record/0-3/1234567890",
}


@pytest.mark.parametrize("link", [SALESFORCE, HUBSPOT])
def test_requests_follows_the_guide_of_a_crm(api, url, link):
    """Form, smart fields and options, create with a link, update, sign, fetch."""
    with _session(api) as session:
        base = f"{url}/v2"

        def ask(method, path, **told):
            answer = session.request(method, f"{base}{path}", **told)
            answer.raise_for_status()
            return answer.json()

        fields = ask("GET", "/smart-fields?object=contract&lang=gb&limit=50")["data"]
        by_name = {one["name"]: one["id"] for one in fields}
        department = by_name["Department"]
        [option] = ask("GET", f"/smart-fields/{department}/options?term=procure")[
            "data"
        ]
        label = option["translations"][0]["value"]
        types = ask("GET", "/contract-types")["contractTypes"]
        kind = next(one for one in types if one["name"] == "Data processing agreement")
        template = kind["templates"][0]["id"]
        form = ask(
            "GET",
            f"/contract-types/{kind['id']}/creation-form",
            params={"templateId": template},
        )
        [member] = ask("GET", "/members?role=ADMIN")["data"]
        created = ask(
            "POST",
            "/contracts",
            json={
                "contractTypeId": kind["id"],
                "templateId": template,
                "counterparty": {"name": "Acme SAS"},
                "name": "DPA - Acme SAS",
                "signatories": {
                    "internalSignatoryMemberIds": [member["id"]],
                    "externalSignatoryEmailList": ["ceo@acme.example"],
                },
                "fields": [
                    {"fieldId": department, "value": label},
                    *(
                        {"fieldId": one["smartFieldId"], "value": "Yes"}
                        for one in form["fields"]
                    ),
                ],
                "contractMembersIds": [{"memberId": member["id"]}],
                "integration": link,
            },
        )
        path = f"/contracts/{created['id']}"
        ask(
            "PATCH",
            path,
            json={
                "status": "negotiating",
                "contractMembersIds": [member["id"]],
                "fields": [{"fieldId": by_name["Start date"], "value": "2026-12-01"}],
                "integration": {"type": link["type"]},
            },
        )
        signature = ask("POST", f"{path}/send-signature", json={"signatureNote": "Hi"})
        api.sandbox.sign(created["id"])
        read = ask("GET", path)
        [file] = ask("GET", f"{path}/signed-files")

    held = {one["name"]: one["value"] for one in read["fields"]}
    assert read["integration"] == link
    assert (read["status"], signature["status"]) == ("signed", "sent")
    assert held["Department"] == "Procurement"
    assert (held["Start date"], held["Signature date"]) == ("2026-12-01", "2026-11-02")
    assert file["filename"].endswith(".pdf")


def test_requests_reconciles_before_it_repeats(api, url):
    """The way to learn whether a create whose answer was lost took place."""
    with _session(api) as session:
        base = f"{url}/v2"
        company = session.post(f"{base}/counterparties", json={"name": "Lost Ltd"})
        own = company.json()["id"]
        query = {"counterpartyId": own, "createdAt": "gte:2026-11-02", "limit": 50}
        before = session.get(f"{base}/contracts", params=query).json()["contracts"]
        kind = session.get(f"{base}/contract-types").json()["contractTypes"][-1]
        session.post(
            f"{base}/contracts",
            json={
                "contractTypeId": kind["id"],
                "templateId": kind["templates"][0]["id"],
                "counterparty": {"id": own},
                "integration": SALESFORCE,
            },
        ).raise_for_status()
        [row] = session.get(f"{base}/contracts", params=query).json()["contracts"]
        read = session.get(f"{base}/contracts/{row['id']}").json()

    assert before == []
    assert read["integration"] == SALESFORCE


def test_requests_writes_a_dynamic_table(api, url):
    """The columns of the custom object, then its records on a contract."""
    with _session(api) as session:
        base, table = f"{url}/v2", f"custom-objects/{TABLE}"
        columns = session.get(f"{base}/{table}").json()["smart_fields"]
        [row] = session.get(f"{base}/contracts?status=draft&limit=1").json()[
            "contracts"
        ]
        cells = [{"smartFieldId": columns[0]["id"], "value": "Chairs"}]
        record = {"id": None, "fromCatalogRecordId": None, "fields": cells}
        answer = session.put(
            f"{base}/{table}/contract/{row['id']}/records", json={"records": [record]}
        )

    assert answer.status_code == 200
    assert answer.json()["records"][0]["fields"] == cells


def test_requests_is_told_what_is_wrong(api, url):
    """A list of sentences, each with the path into the body."""
    with _session(api) as session:
        answer = session.post(f"{url}/v2/contracts", json={"name": 7})

    assert answer.status_code == 400
    assert answer.json() == {
        "statusCode": 400,
        "message": [
            "contractTypeId should not be empty",
            "templateId should not be empty",
            "counterparty must be one that exists, or have a name",
            "name must be a non-empty string",
        ],
        "error": "Bad Request",
    }


def test_requests_is_told_to_wait(api, url):
    """A 429 with Retry-After, once the minute's calls are spent."""
    with _session(api) as session:
        answers = [session.get(f"{url}/v2/members?limit=1") for _ in range(41)]

    assert {answer.status_code for answer in answers[:40]} == {200}
    assert answers[40].status_code == 429
    assert int(answers[40].headers["Retry-After"]) > 0


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl_reads_and_writes(api, url):
    """The command of the quickstart."""

    def curl(*words):
        done = subprocess.run(
            ["curl", "-sS", "--fail", "-H", f"x-api-key: {api.key}", *words],
            capture_output=True,
            check=True,
            timeout=20,
        )
        return done.stdout

    listed = json.loads(curl(f"{url}/v2/contracts?status=signed&sort=name"))
    own = listed["contracts"][0]["id"]
    patched = json.loads(
        curl(
            *("-X", "PATCH", "-H", "Content-Type: application/json"),
            *("-d", '{"name": "Renamed"}', f"{url}/v2/contracts/{own}"),
        )
    )
    [file] = json.loads(curl(f"{url}/v2/contracts/{own}/signed-files"))
    signed = subprocess.run(
        ["curl", "-sS", "--fail", file["downloadUrl"]],
        capture_output=True,
        check=True,
        timeout=20,
    )

    assert patched["name"] == "Renamed"
    assert signed.stdout.startswith(b"%PDF-")


@pytest.mark.skipif(not _has_fetch(), reason="no Node with fetch is installed")
def test_node_creates_with_fetch(api, url):
    """A script for any Node that has fetch."""
    done = subprocess.run(
        ["node", "--input-type=module", "-e", NODE, url, api.key],
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )

    assert done.stderr == ""
    assert json.loads(done.stdout) == {"counterparty": "Node Ltd", "status": "draft"}
