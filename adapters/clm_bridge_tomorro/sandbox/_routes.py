"""Which path answers what: the catalogue of endpoints, in the vendor's order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import frozen

from . import _contract_types as types
from . import _contracts as contracts
from . import _counterparties as counterparties
from . import _custom_objects as objects
from . import _documents as documents
from . import _members as members
from . import _signatures as signatures
from . import _smart_field_lists as smart_fields


@frozen
class Route:
    """One endpoint; ``single`` is one object, which a switch may wrap (A-04)."""

    method: str
    path: str
    view: Callable[..., Any]
    single: bool = True


ROUTES = (
    Route("GET", "/contracts", contracts.list_contracts, single=False),
    Route("POST", "/contracts", contracts.create_contract),
    Route("GET", "/contracts/<id>", contracts.get_contract),
    Route("PATCH", "/contracts/<id>", contracts.update_contract),
    Route("POST", "/contracts/<id>/send-signature", signatures.send_signature),
    Route("GET", "/contracts/<id>/signed-files", signatures.signed_files, single=False),
    Route("POST", "/contracts/<id>/versions", documents.create_version),
    Route("POST", "/files/upload-url", documents.upload_url),
    Route("GET", "/contract-types", types.list_contract_types, single=False),
    Route("GET", "/contract-types/<id>/templates", types.list_templates, single=False),
    Route("GET", "/contract-types/<id>/creation-form", types.creation_form),
    Route("GET", "/counterparties", counterparties.list_counterparties, single=False),
    Route("POST", "/counterparties", counterparties.create_counterparty),
    Route("GET", "/counterparties/<id>", counterparties.get_counterparty),
    Route("PATCH", "/counterparties/<id>", counterparties.update_counterparty),
    Route("GET", "/smart-fields", smart_fields.list_smart_fields, single=False),
    Route("GET", "/smart-fields/<id>/options", smart_fields.list_options, single=False),
    Route("GET", "/custom-objects/<id>", objects.get_custom_object),
    Route(
        "PUT", "/custom-objects/<object_id>/contract/<id>/records", objects.put_records
    ),
    Route("GET", "/members", members.list_members, single=False),
    Route("POST", "/members", members.create_member),
    Route("GET", "/members/<id>", members.get_member),
    Route("PATCH", "/members/<id>", members.update_member),
)
