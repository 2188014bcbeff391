"""The vendor's own guides, pointed at the sandbox: only the base URL is another."""

from __future__ import annotations

from base64 import b64decode

import pytest

from clm_bridge.sandbox import serve

from . import playbooks
from .sandbox_payloads import FILE


@pytest.fixture
def portal(api, monkeypatch):
    """What each snippet begins with: base URL and headers."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serve(api.sandbox.app) as url:
        yield url, {**api.credentials, "Content-Type": "application/json"}


def test_a_contract_is_created_and_synced_back(api, portal):
    """Create, send, sign, then status, metadata and the signed file."""
    made = playbooks.create_contract(*portal, "deal-122")
    playbooks.send(*portal, made["id"])
    api.post(f"/contracts/{made['id']}/mark_for_execution/", {})
    api.sandbox.sign(made["id"])
    status, pointers, file = playbooks.sync_back(*portal, made["id"])

    assert made["contract_status"] == "DRAFT"
    assert status == {"contract_status": "EXECUTED", "contract_name": "Acme MSA"}
    assert {"id", "value", "label", "field_name"} <= set(pointers[0])
    assert file.startswith(b"%PDF-")


def test_contracts_are_found_by_ones_own_id(portal):
    """By the id of the creation, and by a later one instead."""
    made = playbooks.create_contract(*portal, "deal-122")
    [found] = playbooks.find(*portal, "deal-122")
    later = {"id": "deal-123", "integration_name": "HubSpot", "record_type": "Deal"}
    told = playbooks.relink(*portal, made["id"], later)

    assert found["id"] == made["contract_id"]
    assert told == {"external_metadata": later}
    assert playbooks.find(*portal, "deal-122") == []
    assert len(playbooks.find(*portal, "deal-123")) == 1


def test_an_executed_contract_is_imported(portal):
    """It is executed, found by its own id, and its file is the one that was sent."""
    made = playbooks.import_executed(*portal, FILE)
    [found] = playbooks.find(*portal, "docusign-envelope-77891")
    _, _, file = playbooks.sync_back(*portal, made["id"])

    assert made["contract_status"] == "EXECUTED"
    assert found["contract_name"] == "Acme Executed MSA"
    assert file == b64decode(FILE)


def test_third_party_paper_is_uploaded_for_review(portal):
    """The questionnaire names the keys of its answers; the paper is in redlining."""
    asked = {one["variable"] for one in playbooks.questionnaire(*portal, 101)}
    made = playbooks.upload_for_review(*portal, FILE)
    status, _, file = playbooks.sync_back(*portal, made["id"])

    assert "department" in asked
    assert status["contract_status"] == "REDLINING"
    assert file == b64decode(FILE)


def test_third_party_paper_is_uploaded_for_signature(api, portal):
    """Both sides are waited for, and sign."""
    made = playbooks.upload_for_signature(*portal, FILE, "jordan@buyer.example")
    waiting = playbooks.recipients(*portal, made["id"])["items"]
    api.sandbox.sign(made["id"])
    status, _, file = playbooks.sync_back(*portal, made["id"])

    assert [one["status"] for one in waiting] == ["IN_PROGRESS", "IN_PROGRESS"]
    assert status["contract_status"] == "EXECUTED"
    assert file == b64decode(FILE)


def test_a_contract_is_voided(portal):
    """204, and the status says so."""
    made = playbooks.create_contract(*portal, "deal-122")

    assert playbooks.void(*portal, made["id"]) == 204
    assert playbooks.sync_back(*portal, made["id"])[0]["contract_status"] == "VOIDED"
