"""A tenant of Coupa's sandbox, and a client that asks it for JSON."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from clm_bridge.sandbox import Clock, Deal, portfolio
from clm_bridge_coupa.sandbox import CoupaSandbox

SCOPES = (
    "core.contract.read core.contract.write core.contracts_template.read"
    " core.supplier.read core.supplier.write core.approval.read core.approval.write"
)

MINIMAL = {
    "name": "Acme master services",
    "number": "ACME-2026-001",
    "status": "draft",
    "start-date": "2026-01-01T00:00:00-08:00",
    "end-date": "2026-12-31T00:00:00-08:00",
    "supplier": {"number": "V-10021"},
    "currency": {"code": "EUR"},
    "content-groups": [{"name": "Everyone"}],
    "term-type": "fixed",
    "no-of-renewals": 0,
    "renewal-length-unit": "",
    "renewal-length-value": 0,
    "reason-insight-events": [],
}
"""The documented minimal create."""


@cache
def deals() -> tuple[Deal, ...]:
    """Return the portfolio that every test reads."""
    return portfolio()


class Tenant:
    """A fresh sandbox with a token; keyword arguments are its switches."""

    def __init__(self, *, some: tuple[Deal, ...] | None = None, **switches: Any):
        self.clock = Clock()
        switches = {"rate_limit": False} | switches
        chosen = deals() if some is None else some
        self.sandbox = CoupaSandbox(chosen, self.clock, switches=switches)
        self.client = self.sandbox.app.test_client()
        self.token = self.ask_token().json["access_token"]

    def ask_token(self, **changes: Any) -> Any:
        settings = self.sandbox.settings()
        form = {
            "client_id": settings["client_id"],
            "client_secret": settings["client_secret"],
            "grant_type": "client_credentials",
            "scope": SCOPES,
        } | changes
        form = {name: value for name, value in form.items() if value is not None}
        return self.client.post("/oauth2/token", data=form)

    def headers(self, accept: str | None = "application/json") -> dict[str, str]:
        shown = {"Authorization": f"Bearer {self.token}"}
        return shown | ({"Accept": accept} if accept else {})

    def get(self, path: str, query: Any = None, accept: Any = "application/json"):
        return self.client.get(
            f"/api/{path}", query_string=query, headers=self.headers(accept)
        )

    def send(self, verb: str, path: str, body: Any = None, **options: Any) -> Any:
        return self.client.open(
            f"/api/{path}", method=verb, json=body, headers=self.headers(), **options
        )

    def post(self, path: str, body: Any = None, **options: Any) -> Any:
        return self.send("POST", path, body, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> Any:
        return self.send("PUT", path, body, **options)

    def ids(self, query: dict[str, Any]) -> list[int]:
        """Return the ids of a page."""
        found = self.get("contracts", query | {"fields": '["id"]'})
        return [row["id"] for row in found.json]

    def make(self, **changes: Any) -> Any:
        """Create the minimal contract with *changes*; return it."""
        body = MINIMAL | {name.replace("_", "-"): v for name, v in changes.items()}
        made = self.post("contracts", body)
        assert made.status_code == 201, made.text
        return made.json

    def all(self, fields: list[Any], **query: Any) -> list[Any]:
        """Return *fields* of every contract."""
        rows: list[Any] = []
        while True:
            last = rows[-1]["id"] if rows else 0
            asked = {"id[gt]": last, "fields": json.dumps(["id", *fields])} | query
            found = self.get("contracts", asked).json
            if not found:
                return rows
            rows += found


def id_of(deal: Deal) -> int:
    """Return the id under which the tenant keeps a deal."""
    return 230 + deal.index


def the(**wanted: Any) -> Deal:
    """Return the first deal of the portfolio with these attributes."""
    return next(
        deal
        for deal in deals()
        if all(getattr(deal, name) == value for name, value in wanted.items())
    )
