"""Ids of the vendor's examples, what is said of a contract, and a bare adapter."""

from __future__ import annotations

from clm_bridge import (
    ExternalLink,
    NewContract,
    NewCounterparty,
)
from clm_bridge.adapter import Secret, Workspace
from clm_bridge.testing import reply
from clm_bridge_tomorro import Tomorro
from clm_bridge_tomorro._config import Config

CONTRACT = "0b9f8a52-3c1e-4d7a-9f55-2a6b7c8d9e10"
TYPE = "7be0a1f2-90d4-4c55-b3b6-1f2e3d4c5b6a"
TEMPLATE = "2f6c9a10-5a77-4a0b-9d3e-6b8c7d9e0f11"
ACME = "4a1d7c0e-6f1b-4f0e-8f1a-0d5a7b9c1e22"
MEMBER = "c0ffee00-1111-4222-8333-444455556666"
FIELD = "9d0f3b1c-2222-4333-8444-555566667777"
LINK = ExternalLink(
    "hubspot",
    "Deal",
    "1234567890",
    "https://app.hubspot.com/contacts/1/record/0-3/1234567890",
)
BODY = {
    "id": CONTRACT,
    "name": "MSA - Acme SAS",
    "status": "draft",
    "counterparty": {"id": ACME, "name": "Acme SAS"},
    "createdAt": "2026-01-15T10:30:00.000Z",
}


def adapter(**settings):
    return Tomorro(Config(Secret("hush"), **settings), Workspace("acme"))


def new(**told):
    """Return what the vendor needs, and more."""
    least = {
        "type": TYPE,
        "template": TEMPLATE,
        "counterparty": NewCounterparty(id=ACME),
    }
    return NewContract(**(least | told))


def counterparties(*rows):
    """Answer a list of the address book."""
    data = [dict(zip(("id", "name", "status"), row, strict=True)) for row in rows]
    paging = {"next_cursor": None, "has_next": False}
    return reply({"data": data, "pagination": paging})


def members(*emails, status="active"):
    """Answer the list of members."""
    data = [
        {
            "id": MEMBER.replace("ee00", f"ee0{place}"),
            "role": "USER",
            "status": status,
            "user": {"email": email, "firstname": "Ada", "lastname": "Martin"},
        }
        for place, email in enumerate(emails)
    ]
    paging = {"next_cursor": None, "has_next": False}
    return reply({"data": data, "pagination": paging})
