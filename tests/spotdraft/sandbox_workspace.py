"""A small workspace of SpotDraft's sandbox, and a client that calls it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from attrs import evolve

from clm_bridge import ExternalLink, Money, Period, Status, Term, TermKind
from clm_bridge.sandbox import Clock, Company, Deal, Human
from clm_bridge_spotdraft.sandbox import SpotDraftSandbox

GLOBEX = Company(1, "Globex Ltd", "US", "R-1", Human("Avery Stone", "avery@globex.ex"))
UBER = Company(2, "Übertal & Söhne", "DE", "R-2", Human("Jörg Ü", "joerg@uebertal.ex"))
OURS = Human("Henry Ashdown", "henry@buyer.example")
OWNER = Human("Jordan Lee", "jordan@buyer.example")
NDA = "Non-disclosure agreement"
TEMPLATE = f"{NDA} (standard)"


def _at(day: int, hour: int = 15) -> datetime:
    return datetime(2026, 1, 1, hour, tzinfo=UTC) + timedelta(days=day)


PLAIN = Deal(
    index=1,
    number="CT-0001",
    name="Draft",
    status=Status.DRAFT,
    type=NDA,
    counterparty=GLOBEX,
    owner=OWNER,
    created_at=_at(1),
    updated_at=_at(1),
    term=Term(TermKind.FIXED, length=Period(months=12)),
    template=TEMPLATE,
    signatories=(GLOBEX.contact, OURS),
)
SIGNED = evolve(
    PLAIN,
    index=2,
    name="Signed",
    status=Status.EXECUTED,
    created_at=_at(2),
    updated_at=_at(20),
    sent_at=_at(3),
    signed_at=_at(9),
    effective_on=date(2026, 2, 1),
    expires_on=date(2027, 1, 31),
    terminated_on=date(2026, 9, 30),
    term=Term(
        TermKind.AUTO_RENEW,
        length=Period(months=12),
        renewal_length=Period(months=6),
        renewals_max=3,
        notice=Period(days=30),
    ),
    value=Money(Decimal("98765432109876.54"), "INR"),
    link=ExternalLink("salesforce", "Opportunity", "PR-1"),
    fields={
        "Department": "Legal",
        "Cost centre": "CC-1",
        "Risk score": 3,
        "Personal data": False,
        "Review date": date(2026, 6, 1),
    },
)
SENT = {"created_at": _at(4), "updated_at": _at(6), "sent_at": _at(5)}
NEGOTIATED = evolve(
    PLAIN, index=3, name="Negotiated", status=Status.NEGOTIATION, **SENT
)
APPROVED = evolve(PLAIN, index=4, name="Approved", status=Status.APPROVAL, **SENT)
SIGNING = evolve(
    PLAIN,
    index=5,
    name="Signing",
    status=Status.SIGNATURE,
    counterparty=UBER,
    other_parties=(GLOBEX,),
    signatories=(UBER.contact, OURS),
    link=ExternalLink("salesforce", "Opportunity", "PR-1"),
    **SENT,
)
DECLINED = evolve(PLAIN, index=6, name="Declined", status=Status.DECLINED, **SENT)
HELD = evolve(
    PLAIN,
    index=7,
    name="Held",
    status=Status.ON_HOLD,
    held_at=Status.SIGNATURE,
    **SENT,
)
VOIDED = evolve(PLAIN, index=8, name="Voided", status=Status.CANCELLED, **SENT)
UPLOADED = evolve(SIGNED, index=9, name="Uploaded", template=None, amends=2, link=None)
DEALS = (
    PLAIN,
    SIGNED,
    NEGOTIATED,
    APPROVED,
    SIGNING,
    DECLINED,
    HELD,
    VOIDED,
    UPLOADED,
)


class Api:
    """Calls the public API of a sandbox of its own, with the right credentials."""

    prefix = "/api/v2.1/public"

    def __init__(self, deals=DEALS, **switches):
        self.clock = Clock()
        told = {"rate_limit": False, **switches}
        self.sandbox = SpotDraftSandbox(deals, self.clock, switches=told)
        settings = self.sandbox.settings()
        self.credentials = {
            "client-id": settings["client_id"],
            "client-secret": settings["client_secret"],
        }
        self.client = self.sandbox.app.test_client()

    def call(self, method, path, headers=None, **more):
        """Send a request to a path below the prefix."""
        told = {**self.credentials, **(headers or {})}
        return self.client.open(
            f"{self.prefix}{path}", method=method, headers=told, **more
        )

    def get(self, path, **parameters):
        """Get a path, with query parameters as keywords."""
        return self.call("GET", path, query_string=parameters)

    def post(self, path, body=None):
        """Post JSON."""
        return self.call("POST", path, json=body)

    def names(self, **parameters):
        """Return the names in the list, in its order."""
        rows = self.get("/contracts/", **{"limit": 100} | parameters).json["results"]
        return [row["contract_name"] for row in rows]

    def status(self, id):
        """Return a contract's display status."""
        return self.get(f"/contracts/{id}/status").json["contract_status"]

    def pointers(self, id):
        """Return a contract's key pointers by field name."""
        rows = self.get(f"/contracts/{id}/key_pointers").json
        return {row["field_name"]: row for row in rows}
