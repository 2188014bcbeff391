"""What creating and uploading contracts takes, key for key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._bodies import (
    MISSING,
    Check,
    Faults,
    Key,
    anything,
    boolean,
    identifier,
    integer,
    listing,
    mapping,
    one_of,
    record,
    some_text,
    text,
)
from ._workspace import ORGANIZATION_TYPES

FORMATS = ("DOCX", "PDF", "TEMPLATE")

METADATA = {
    "id": Key(identifier, required=True),
    "integration_name": Key(text),
    "record_type": Key(text),
    "record_data": Key(mapping),
    "object_configuration_id": Key(text),
}


def external_metadata(value: Any) -> Faults:
    """Check external metadata; a configuration needs its record type beside it."""
    faults = record(METADATA)(value)
    if faults:
        return faults
    if value.get("object_configuration_id") and not value.get("record_type"):
        return {"record_type": MISSING}
    return ()


ATTACHMENT = {
    "file_name": Key(some_text, required=True),
    "mime_type": Key(some_text, required=True),
    "content_base64": Key(text, required=True),
}
SENDING = {
    "to_emails": Key(listing(text)),
    "cc_emails": Key(listing(text)),
    "bcc_emails": Key(listing(text)),
    # The document requires it; the portal's own example leaves it out.
    "attachment_formats": Key(listing(one_of(FORMATS), at_least=1)),
    "extra_attachments": Key(listing(record(ATTACHMENT))),
    "custom_message": Key(text),
    "subject": Key(text),
}


def organization_type(value: Any) -> Faults:
    """Check a word of the workspace's own list."""
    if value in ORGANIZATION_TYPES:
        return ()
    return ("Unknown organization type",)


def _contact(*, last_name: bool) -> Check:
    return record(
        {
            "first_name": Key(some_text, required=True),
            "last_name": Key(text, required=last_name),
            "email": Key(some_text, required=True),
        }
    )


def _details(country: str, *, address: bool) -> Check:
    """Return the check of an organisation's details, with a code or a name."""
    lines = {
        "city": Key(text, required=address),
        "state": Key(text),
        country: Key(text, required=address),
        "line_one": Key(text, required=address),
    }
    return record({"jurisdiction": Key(text), "address": Key(record(lines))})


def _counterparty(contact: Check, details: Check) -> Check:
    shape = {
        "is_individual": Key(boolean, required=True),
        "organization_type": Key(organization_type),
        "organization_name": Key(some_text),
        "poc_details": Key(contact, required=True),
        "organization_details": Key(details),
        "party_role_identifier": Key(text),
    }

    def check(value: Any) -> Faults:
        faults = record(shape)(value)
        if faults or value["is_individual"] or value.get("organization_name"):
            return faults
        return {"organization_name": MISSING}

    return check


WORKFLOW = (
    "auto_send_to_counterparty",
    "api_only_contract_edits",
    "skip_cp_info_collection",
    "skip_creator_info_collection",
)
SIGNATORY = {
    "name": Key(some_text, required=True),
    "email": Key(some_text, required=True),
    "title": Key(text),
    "is_counterparty_signatory": Key(boolean, required=True),
    "counterparty_name": Key(text),
    "sign_order": Key(integer),
    "note": Key(text),
}
CREATION = {
    "contract_template_id": Key(integer, required=True),
    "contract_data": Key(mapping, required=True),
    "counter_party_details": Key(
        listing(
            _counterparty(
                _contact(last_name=False),
                _details("country_iso_code", address=True),
            ),
            at_least=1,
        ),
        required=True,
    ),
    "external_metadata": Key(external_metadata),
    "entity_reference_id": Key(text),
    "workflow_config": Key(record(dict.fromkeys(WORKFLOW, Key(boolean)))),
    "send_to_counterparty_config": Key(record(SENDING)),
    "contract_name": Key(text),
    "signatories": Key(listing(record(SIGNATORY))),
    "is_embedded_contract": Key(boolean),
}
_UPLOAD: Mapping[str, Key] = {
    "contract_name": Key(some_text, required=True),
    "contract_type_id": Key(integer, required=True),
    "file_name": Key(some_text, required=True),
    "external_metadata": Key(external_metadata),
}
EXECUTED_UPLOAD = {
    **_UPLOAD,
    "file_content": Key(text, required=True),
    "organization_entity_id": Key(integer, required=True),
    "counterparty_details": Key(
        listing(
            _counterparty(_contact(last_name=True), _details("country", address=True))
        )
    ),
}
# The portal's playbook sends to executed_contracts what the other uploads take.
_PERSON = {"first_name": Key(text), "last_name": Key(text), "email": Key(text)}
_PAPER = {
    **_UPLOAD,
    "file_base64": Key(text, required=True),
    "creator_organization_entity_id": Key(integer),
    "counterparty_organization_name": Key(some_text),
    "counterparty_is_individual": Key(boolean),
    "counterparty_poc_details": Key(record(_PERSON)),
}
PLAYBOOK_UPLOAD = {
    **_PAPER,
    "creator_organization_entity_id": Key(integer, required=True),
}
_OURS = {
    "email": Key(some_text, required=True),
    "title": Key(text),
    "note": Key(text),
}
_REVIEWER = {
    "org_user_email": Key(text),
    "role_id": Key(integer),
    "description": Key(text),
}


def _reviewer(value: Any) -> Faults:
    """Check who reviews, which is a member or a role."""
    faults = record(_REVIEWER)(value)
    if faults or value.get("org_user_email") or value.get("role_id") is not None:
        return faults
    return {"org_user_email": MISSING}


REVIEW_UPLOAD = {
    **_PAPER,
    "counterparty_workspace_id": Key(anything),
    "business_user_email": Key(text),
    "creator_signatories": Key(listing(record(_OURS))),
    "intake_form_data": Key(mapping),
    "reviewer": Key(_reviewer),
}
SIGN_UPLOAD = {
    **{name: key for name, key in REVIEW_UPLOAD.items() if name != "reviewer"},
    "counterparty_organization_name": Key(some_text, required=True),
}
