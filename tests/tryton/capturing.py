"""Answers of the real server, recorded for the tests that run without one."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from clm_bridge.adapter import Query, get, post

from .reading import PAYLOADS, adapter

KEPT = ("content-type", "content-range", "allow")
"""The headers that somebody reads; the others say when and by what it was sent."""


def _refused(company):
    """Closing what still has quantities asks for a confirmation, and is refused."""
    own = str(company.agreements["running"])
    return post("purchase.blanket_agreement/{id}/close", {}, id=own)


def _first(operation):
    """The first request of an operation, which goes no further."""
    request = operation.send(None)
    operation.close()
    return request


def _one(name):
    return lambda company: _first(adapter().get_contract(str(company.agreements[name])))


KINDS = {
    "running": _one("running"),
    "closed": _one("closed"),
    "cancelled": _one("cancelled"),
    "untouched": _one("untouched"),
    "page": lambda _: _first(adapter().list_contracts(Query(limit=2), None)),
    "last-page": lambda _: _first(
        adapter().list_contracts(Query(limit=2), "2000000000")
    ),
    "found": lambda _: _first(adapter().find_contracts("PR-1148")),
    "status": lambda company: _first(
        adapter().contract_status(str(company.agreements["running"]))
    ),
    "parties": lambda _: _first(adapter().list_counterparties(None)),
    "preferences": lambda _: _first(adapter().check()),
    "refused": _refused,
    "not-found": lambda _: _first(adapter().get_contract("2000000000")),
    "not-a-record": lambda _: get("purchase.blanket_agreement/abc"),
    "failed": lambda _: get("purchase.blanket_agreement", {"f": "no_such_field"}),
    "unauthorized": lambda _: get("party.party").with_headers(
        {"authorization": "Bearer wrong"}
    ),
    "beyond-the-end": lambda _: get("party.party").with_headers(
        {"range": "records=1000-1010"}
    ),
}


def captured(server, company, kind):
    """Ask the server, and return its answer with where it comes from."""
    request = KINDS[kind](company)
    answer = server.send(request)
    headers = answer.headers
    text = "text/html" in headers["content-type"]
    return {
        "server": server.installed(),
        "recorded": datetime.now(UTC).date().isoformat(),
        "asked": f"{request.method} {request.target}",
        "status": answer.status_code,
        "headers": {name: headers[name] for name in KEPT if name in headers},
        "body": answer.text if text else answer.json(),
    }


def shape(told):
    """What a new server may change: the status, the headers, keys and types."""
    return told["status"], sorted(told["headers"]), _shape(told["body"])


def _shape(value):
    if isinstance(value, dict):
        return {key: _shape(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_shape(one) for one in value[:1]]
    return type(value).__name__


def write(kind, told):
    """Keep an answer; ``CLM_BRIDGE_TRYTON=record make tryton``."""
    text = json.dumps(told, indent=2, ensure_ascii=False, sort_keys=True)
    (PAYLOADS / f"{kind}.json").write_text(f"{text}\n", encoding="utf-8")
