"""What is said to SpotDraft in the tests of writing, after the vendor's examples."""

from __future__ import annotations

from attrs import evolve

from clm_bridge import (
    Contact,
    ExternalLink,
    NewContract,
    NewCounterparty,
    Signatory,
    Status,
    Upload,
)
from clm_bridge.adapter import Secret
from clm_bridge_spotdraft._config import Config

from .reading import adapter

GLOBEX = NewCounterparty(
    name="Globex Ltd", contact=Contact("legal@globex.example", "Avery Stone")
)
LINK = ExternalLink("HubSpot", "Deal", "deal-122", data={"deal_stage": "contractsent"})
PDF = Upload("acme_nda.pdf", b"%PDF-1.4\n")
BASE64 = "JVBERi0xLjQK"

DRAFT = NewContract(
    name="Acme MSA with Globex",
    template="1204",
    counterparty=GLOBEX,
    external_link=LINK,
)
PAPER = NewContract(
    name="Acme NDA",
    type="103",
    status=Status.NEGOTIATION,
    counterparty=GLOBEX,
    external_link=LINK,
    document=PDF,
)
SIGNING = evolve(PAPER, status=Status.SIGNATURE)
SIGNED = evolve(PAPER, status=Status.EXECUTED)

OURS = Signatory("sam@acme.example", "Sam Okafor", ours=True)
THEIRS = Signatory("avery@globex.example", "Avery Stone")

METADATA = {
    "id": "deal-122",
    "integration_name": "HubSpot",
    "record_type": "Deal",
    "record_data": {"deal_stage": "contractsent"},
}
POC = {"first_name": "Avery", "last_name": "Stone", "email": "legal@globex.example"}

# Answers of the vendor: the schema of 201, a member, the address book, our companies.
CREATED = {
    "id": "T-1234",
    "contract_id": 1234,
    "created": "2026-03-28T09:15:00Z",
    "contract_name": "Acme MSA with Globex",
    "contract_link": "https://app.spotdraft.com/contracts/v2/1234",
    "contract_status": "DRAFT",
    "created_by": "jordan@acme.example",
    "counter_party_name": "Globex Ltd",
    "contract_type_name": "MSA",
    "contract_type_id": 10,
    "created_by_workspace": 1,
    "external_metadata": METADATA,
    "reference_id": "SD-1234",
}
MEMBER = {
    "id": 17258,
    "first_name": "Jordan",
    "last_name": "Lee",
    "email": "Jordan@acme.example",
    "designation": "Legal Ops",
    "is_active": True,
    "roles": [],
}
ENTRY = {
    "id": 102,
    "name": "Globex Ltd",
    "is_individual": False,
    "contacts": [{"id": 9, "name": "Avery Stone", "email": "legal@globex.example"}],
    "status": "ACTIVE",
}
ENTITIES = [
    {"id": 78, "name": "Acme Inc.", "reference_id": "US1", "is_primary": True},
    {"id": 79, "name": "Acme GmbH", "reference_id": "DE1", "is_primary": False},
]


def paged(*rows):
    """The envelope of a list that has one page."""
    return {"page": 1, "limit": 100, "total_results": len(rows), "results": rows}


def configured(**settings):
    """An adapter with further settings."""
    return adapter(Config("id", Secret("hush"), **settings))


def written(played):
    """The requests that change something: method, path and body of each."""
    return [(one.method, one.target, one.json) for one in played.asked if not one.safe]
