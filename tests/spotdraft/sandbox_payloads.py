"""
Bodies of the calls in the portal's playbooks.

https://developer.dev.spotdraft.com/docs/api-playbooks/generate-contracts-and-sync-data-back
and its siblings.
"""

from __future__ import annotations

from base64 import b64encode

from clm_bridge.sandbox import pdf

PARTY = {
    "is_individual": False,
    "organization_type": "company",
    "organization_name": "Initech Inc.",
    "poc_details": {
        "first_name": "Avery",
        "last_name": "Stone",
        "email": "legal@initech.example",
    },
    "organization_details": {
        "jurisdiction_iso_code": "US",
        "address": {
            "line_one": "1 Main St",
            "city": "New York",
            "state": "NY",
            "country_iso_code": "US",
            "zipcode": "10001",
        },
    },
}
CREATION = {
    "contract_template_id": 1204,
    "contract_data": {
        "agreement_date": "2026-03-28",
        "customer_name": "Initech Inc.",
        "billing_currency": {"type": "USD", "value": 12000},
        "subscription_term": {"type": "MONTHS", "value": 12, "days": 365},
        "auto_renewal": True,
        "notice_period_days": 30,
    },
    "counter_party_details": [PARTY],
    "external_metadata": {
        "id": "deal-122",
        "integration_name": "HubSpot",
        "record_type": "Deal",
        "record_data": {"deal_stage": "contractsent"},
    },
    "contract_name": "Acme MSA with Initech",
}

PDF = pdf("Acme NDA", "signed elsewhere")
FILE = b64encode(PDF).decode()
EXECUTED_UPLOAD = {
    "contract_name": "Acme NDA (signed)",
    "file_name": "acme_nda.pdf",
    "file_content": FILE,
    "contract_type_id": 103,
    "organization_entity_id": 78,
    "external_metadata": {
        "id": "po-88",
        "integration_name": "ERP",
        "record_type": "PurchaseOrder",
        "record_data": {},
    },
    "counterparty_details": [
        {
            "is_individual": False,
            "organization_type": "Private Limited",
            "organization_name": "Globex Ltd",
            "organization_details": {},
            "poc_details": {
                "first_name": "Avery",
                "last_name": "Stone",
                "email": "legal@globex.example",
            },
        }
    ],
}
REVIEW_UPLOAD = {
    "contract_name": "Their paper",
    "file_name": "theirs.pdf",
    "file_base64": FILE,
    "contract_type_id": 101,
    "counterparty_organization_name": "Globex Ltd",
    "counterparty_poc_details": {
        "first_name": "Avery",
        "last_name": "Stone",
        "email": "legal@globex.example",
    },
}
UPLOADS = {
    "executed_contracts": (EXECUTED_UPLOAD, "file_content"),
    "upload_review_contracts": (REVIEW_UPLOAD, "file_base64"),
    "upload_sign_contracts": (REVIEW_UPLOAD, "file_base64"),
}
