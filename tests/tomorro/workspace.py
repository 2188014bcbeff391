"""A small workspace whose every contract is known, and a client that asks it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

from clm_bridge import ExternalLink, Money, Period, Status, Term, TermKind
from clm_bridge.sandbox import Clock, Company, Deal, Human
from clm_bridge_tomorro.sandbox import TomorroSandbox

ADA = Human("Ada Martin", "ceo@acme.example")
LEA = Human("Lea Brun", "legal@buyer.example")
MAX = Human("Max Roth", "max@buyer.example")
ACME = Company(1, "Acme SAS", "FR", "552 081 317", ADA)
BRULE = Company(2, "Ateliers Brûlé", "FR", "349 274 186", Human("Loïc", "l@b.example"))
OPPORTUNITY = ExternalLink(
    "salesforce",
    "Opportunity",
    "0065g00000AbCdE",
    "https://buyer.example/lightning/r/Opportunity/0065g00000AbCdE/view",
)
YEAR = Period(months=12)
FIXED = Term(TermKind.FIXED, length=YEAR)


def deal(index, status, **more):
    """Return a deal of which nothing is known but what is asked for."""
    told = {
        "number": f"CT-{index:04d}",
        "name": f"Contract {index}",
        "type": "Master services agreement",
        "template": "Master services agreement (standard)",
        "counterparty": ACME,
        "owner": LEA,
        "created_at": datetime(2026, 1, index, 10, 30, tzinfo=UTC),
        "updated_at": datetime(2026, 2, index, 14, 45, tzinfo=UTC),
        "term": Term(),
        "signatories": (ADA, MAX),
    }
    return Deal(index=index, status=status, **(told | more))


SIGNED = deal(
    1,
    Status.EXECUTED,
    link=OPPORTUNITY,
    term=FIXED,
    signed_at=datetime(2026, 2, 1, 14, 45, tzinfo=UTC),
    effective_on=date(2026, 1, 1),
    expires_on=date(2026, 12, 31),
    value=Money(Decimal("1234.50"), "EUR"),
    fields={
        "Department": "Procurement",
        "Cost centre": "CC-4711",
        "Risk score": 3,
        "Personal data": False,
        "Review date": date(2026, 6, 30),
    },
)
DRAFT = deal(2, Status.DRAFT)
NEGOTIATING = deal(3, Status.NEGOTIATION, counterparty=BRULE, owner=MAX)
SIGNING = deal(4, Status.SIGNATURE)
CANCELED = deal(5, Status.CANCELLED)
APPROVAL = deal(6, Status.APPROVAL)
DECLINED = deal(7, Status.DECLINED)
HELD = deal(8, Status.ON_HOLD, held_at=Status.SIGNATURE)
RENEWING = deal(
    9,
    Status.EXECUTED,
    term=Term(
        TermKind.AUTO_RENEW,
        length=YEAR,
        renewal_length=Period(months=3),
        renewals_max=5,
        notice=Period(months=3),
    ),
    effective_on=date(2026, 1, 1),
    expires_on=date(2026, 12, 31),
)
OPEN_ENDED = deal(
    10, Status.EXECUTED, term=Term(TermKind.PERPETUAL, notice=Period(days=90))
)
BARE = deal(11, Status.DRAFT, template=None, signatories=())
DEALS = (
    SIGNED,
    DRAFT,
    NEGOTIATING,
    SIGNING,
    CANCELED,
    APPROVAL,
    DECLINED,
    HELD,
    RENEWING,
    OPEN_ENDED,
    BARE,
)


class Api:
    """Ask a sandbox as its administrator; an unexpected status fails the test."""

    def __init__(self, deals=DEALS, **switches):
        self.clock = Clock()
        told = {"rate_limit": False, **switches}
        self.sandbox = TomorroSandbox(deals, self.clock, switches=told)
        self.client = self.sandbox.app.test_client()
        self.key = self.sandbox.settings()["api_key"]

    def ask(self, method, path, body=None, *, status=200, headers=None):
        """Return the whole answer."""
        sent = {"x-api-key": self.key, **(headers or {})}
        answer = self.client.open(path, method=method, json=body, headers=sent)
        assert answer.status_code == status, answer.text
        return answer

    def get(self, path, **more):
        """Return the JSON of a GET."""
        return self.ask("GET", path, **more).json

    def post(self, path, body=None, *, status=201):
        """Return the JSON of a POST."""
        return self.ask("POST", path, body, status=status).json

    def patch(self, path, body, *, status=200):
        """Return the JSON of a PATCH."""
        return self.ask("PATCH", path, body, status=status).json

    def path(self, deal):
        """Find a deal's contract by its name, which a list shows."""
        return f"/v2/contracts/{self.id(deal)}"

    def id(self, deal):
        """Return the id of a deal's contract."""
        found = self.get("/v2/contracts?limit=50")["contracts"]
        return next(row["id"] for row in found if row["name"] == deal.name)

    def contract(self, deal):
        """Return the body of a deal's contract."""
        return self.get(self.path(deal))

    def values(self, deal):
        """Return a contract's smart fields by name."""
        return named(self.contract(deal))

    def field(self, name):
        """Return the id of a smart field by its name."""
        found = self.get("/v2/smart-fields?limit=50")["data"]
        return next(row["id"] for row in found if row["name"] == name)


def named(contract):
    """Return the values of a body's smart fields by their names."""
    return {one["name"]: one["value"] for one in contract["fields"]}


def exact(text):
    """Parse JSON, keeping each number as it is spelled."""
    return json.loads(text, parse_float=str, parse_int=str)
