"""
The snippets of the portal's playbooks, as an integrator has them in a program.

https://developer.dev.spotdraft.com/docs/api-playbooks/… : the calls, their order and
their bodies are the portal's; the base URL and the ids are one's own.
"""

from __future__ import annotations

import requests

COUNTERPARTY = {
    "is_individual": False,
    "organization_type": "company",
    "organization_name": "Acme Inc.",
    "poc_details": {
        "first_name": "Avery",
        "last_name": "Stone",
        "email": "legal@acme.example",
    },
}
PAPER = {
    "creator_organization_entity_id": 78,
    "counterparty_organization_name": "Acme Corporation",
    "counterparty_is_individual": False,
    "counterparty_poc_details": COUNTERPARTY["poc_details"],
}


def create_contract(base_url, headers, external_id):
    """generate-contracts-and-sync-data-back, 1: create, with one's own id."""
    payload = {
        "contract_template_id": 1204,
        "contract_name": "Acme MSA",
        "contract_data": {
            "agreement_date": "2026-04-20",
            "customer_name": "Acme Inc.",
        },
        "counter_party_details": [COUNTERPARTY],
        "external_metadata": {
            "id": external_id,
            "integration_name": "HubSpot",
            "record_type": "Deal",
            "record_data": {"deal_stage": "contractsent"},
        },
    }
    response = requests.post(
        f"{base_url}/api/v2.1/public/contracts/",
        headers=headers,
        json=payload,
        timeout=30,
    )
    response.raise_for_status()
    return response.json()


def send(base_url, headers, composite_id):
    """generate-contracts-and-sync-data-back, 2: send it to the counterparty."""
    requests.post(
        f"{base_url}/api/v2.1/public/contracts/{composite_id}/send_to_counterparties",
        headers=headers,
        json={},
        timeout=30,
    ).raise_for_status()


def sync_back(base_url, headers, composite_id):
    """generate-contracts-and-sync-data-back, 3: status, metadata, signed file."""
    status = requests.get(
        f"{base_url}/api/v2.1/public/contracts/{composite_id}/status",
        headers=headers,
        timeout=30,
    ).json()
    key_pointers = requests.get(
        f"{base_url}/api/v2.1/public/contracts/{composite_id}/key_pointers",
        headers=headers,
        timeout=30,
    ).json()
    download = requests.post(
        f"{base_url}/api/v2.1/public/contracts/{composite_id}/download_link",
        headers=headers,
        json={"format": "pdf"},
        timeout=30,
    ).json()
    file = requests.get(download["url"], timeout=30)
    return status, key_pointers, file.content


def find(base_url, headers, external_id):
    """find-contracts-using-your-own-systems-ids, 2: look up by one's own id."""
    return requests.get(
        f"{base_url}/api/v2.1/public/contracts/by_external_metadata/{external_id}",
        headers=headers,
        timeout=30,
    ).json()


def relink(base_url, headers, composite_id, metadata):
    """find-contracts-using-your-own-systems-ids, 3: change the metadata later."""
    return requests.post(
        f"{base_url}/api/v2.1/public/contracts/{composite_id}/external_metadata",
        headers=headers,
        json={"external_metadata": metadata},
        timeout=30,
    ).json()


def import_executed(base_url, headers, pdf_file_base64):
    """bring-externally-signed-contracts-into-spotdrafts-repository, 1."""
    return requests.post(
        f"{base_url}/api/v2.1/public/contracts/executed_contracts/",
        headers=headers,
        json={
            "contract_name": "Acme Executed MSA",
            "contract_type_id": 103,
            "file_name": "executed-msa.pdf",
            "file_base64": pdf_file_base64,
            **PAPER,
            "external_metadata": {
                "id": "docusign-envelope-77891",
                "integration_name": "DocuSign",
                "record_type": "Envelope",
            },
        },
        timeout=30,
    ).json()


def questionnaire(base_url, headers, contract_type_id):
    """upload-a-third-party-contract-…, 1: ask what the intake form asks."""
    response = requests.get(
        f"{base_url}/api/v2.1/public/contract_types/{contract_type_id}"
        "/intake_form/questionnaire/",
        headers=headers,
        timeout=30,
    )
    response.raise_for_status()
    return response.json()


def upload_for_review(base_url, headers, pdf_file_base64):
    """upload-a-third-party-contract-and-request-review, 2."""
    payload = {
        "contract_name": "Acme Vendor Paper",
        "contract_type_id": 101,
        "file_name": "vendor-paper.pdf",
        "file_base64": pdf_file_base64,
        **PAPER,
        "reviewer": {"role_id": 3, "description": "Please review this paper."},
        "intake_form_data": {"department": "Legal"},
    }
    response = requests.post(
        f"{base_url}/api/v2.1/public/contracts/upload_review_contracts/",
        headers=headers,
        json=payload,
        timeout=30,
    )
    response.raise_for_status()
    return response.json()


def upload_for_signature(base_url, headers, pdf_file_base64, signatory_email):
    """upload-a-third-party-contract-and-send-it-for-signature, 2."""
    payload = {
        "contract_name": "Acme Vendor Paper",
        "contract_type_id": 101,
        "file_name": "vendor-paper.pdf",
        "file_base64": pdf_file_base64,
        **PAPER,
        "creator_signatories": [{"email": signatory_email, "title": "CFO"}],
        "intake_form_data": {"department": "Legal"},
    }
    response = requests.post(
        f"{base_url}/api/v2.1/public/contracts/upload_sign_contracts/",
        headers=headers,
        json=payload,
        timeout=30,
    )
    response.raise_for_status()
    return response.json()


def recipients(base_url, headers, composite_id):
    """send-a-contract-for-signature-directly-from-your-system, 4: who is waited for."""
    return requests.get(
        f"{base_url}/api/v2.1/public/contracts/{composite_id}/recipients/",
        headers=headers,
        timeout=30,
    ).json()


def void(base_url, headers, composite_id):
    """Cancel: the note is required, and the answer has no body."""
    response = requests.post(
        f"{base_url}/api/v2.1/public/contracts/{composite_id}/status/void",
        headers=headers,
        json={"note": "Superseded by a new request."},
        timeout=30,
    )
    response.raise_for_status()
    return response.status_code
