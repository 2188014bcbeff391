"""
The attributes of a contract, in the order of the published example.

https://compass.coupa.com/_dita_/en-us/documentation/plat/integ/core_api_and_csv_download_formats/misc/R39/R39_Purchasing_API.json
"""

from __future__ import annotations

from collections.abc import Mapping

from ._schema import Attribute, Kind, Many, Model, One

_TEXT, _WHOLE, _FLAG = Kind.TEXT, Kind.INTEGER, Kind.BOOLEAN
_AMOUNT, _TIME, _ANY = Kind.DECIMAL, Kind.TIME, Kind.ANY

LATER: Mapping[str, Attribute] = {
    # R31
    "external-contract-id": _TEXT,
    "contract-classification": _ANY,
    "contract-clauses": _ANY,
    "contract-dispute": _ANY,
    "esign-provider-account": _ANY,
    "intellectual-property-and-data": _ANY,
    "use-online-signing": _FLAG,
    "whose-paper": _TEXT,
    # R33
    "contract-detail": _ANY,
    "contract-termination": _ANY,
    "contract-terms-and-renewal": _ANY,
    "contract-performance": _ANY,
    "contract-price-and-payment": _ANY,
    "contract-relationship-and-reporting": _ANY,
    "contract-risk": _ANY,
    "contract-clause-type-field": _ANY,
    # R35
    "diversity-categories": _ANY,
    "ra-risk-request": _ANY,
    "reason-insight-code": _TEXT,
    "reason-insight-comment": _TEXT,
    # R38
    "current-parallel-approvals": Many("approval"),
    "fill-with-counterparty": _FLAG,
    "object-lines": _ANY,
    "rate-card": _ANY,
    # on the page only
    "locked-by-other-party": _FLAG,
    "locked-by-user-id": _WHOLE,
    "reviewer-user-ids": _ANY,
}
"""
What a release added from R31 on, which an answer holds only if ``fields`` names it.

The rule is documented, the release where it begins is not.
https://compass.coupa.com/en-us/products/total-spend-management-platform/integration-playbooks-and-resources/integration-knowledge-articles/api-using-the-new-api-query-parameter-fields-alternative-to-return-object
"""

_TYPE_FIELDS = {f"contract-type-custom-field-{n}": _TEXT for n in range(1, 11)}

_ATTRIBUTES: Mapping[str, Attribute] = {
    "id": _WHOLE,
    "created-at": _TIME,
    "updated-at": _TIME,
    "name": _TEXT,
    "number": _TEXT,
    "version": _WHOLE,
    "start-date": _TIME,
    "end-date": _TIME,
    "status": _TEXT,
    "type": _TEXT,
    "description": _TEXT,
    "clma-id": _WHOLE,
    "source-id": _TEXT,
    "source-type": _TEXT,
    "quote-response-id": _WHOLE,
    "proxy-supplier-id": _WHOLE,
    "term-type": _TEXT,
    "no-of-renewals": _WHOLE,
    "renewal-length-unit": _TEXT,
    "renewal-length-value": _WHOLE,
    "auto-extend-end-date-for-renewal": _FLAG,
    "termination-notice": _TEXT,
    "termination-notice-length-unit": _TEXT,
    "termination-notice-length-value": _WHOLE,
    "length-of-notice-unit": _TEXT,
    "length-of-notice-value": _TEXT,
    "consent": _TEXT,
    "execution-date": _TIME,
    "published-date": _TIME,
    "terminated": _FLAG,
    "minimum-value": _AMOUNT,
    "maximum-value": _AMOUNT,
    "min-commit": _AMOUNT,
    "max-commit": _AMOUNT,
    "savings-pct": _AMOUNT,
    "stop-spend-based-on-max-value": _TEXT,
    "strict-invoicing-rules": _FLAG,
    "legal-agreement-url": _TEXT,
    "preferred": _FLAG,
    "used-for-buying": _FLAG,
    "supplier-invoiceable": _FLAG,
    "is-default": _FLAG,
    "supplier-account": _TEXT,
    "use-order-windows": _FLAG,
    "order-window-tz": _TEXT,
    "requisition-message": _TEXT,
    "po-message": _TEXT,
    "terms": _TEXT,
    **_TYPE_FIELDS,
    **LATER,
    "supplier": One("supplier"),
    "currency": One("currency"),
    "payment-term": One("payment-term"),
    "shipping-term": One("shipping-term"),
    "default-account": _ANY,
    "department": One("department"),
    "contract-owner": One("user"),
    "contract-type": One("contract-type"),
    "content-groups": Many("content-group"),
    "parent": One("contract"),
    "master-contract": One("contract"),
    "amended-contract-type": _TEXT,
    "schedule": _ANY,
    "contract-terms": Many("contract-term"),
    "contract-parties": Many("contract-party"),
    "reason-insight-events": Many("reason-insight-event"),
    "tags": _ANY,
    "taggings": _ANY,
    "current-approval": One("approval"),
    "submitter": One("user"),
    "created-by": One("user"),
    "updated-by": One("user"),
    "custom-fields": One("custom-field"),
}

_READ_ONLY = (
    "id created-at updated-at created-by updated-by type source quote-response-id"
    " use-online-signing contract-classification diversity-categories submitter"
    " current-approval current-parallel-approvals ra-risk-request"
    " reason-insight-code reason-insight-comment locked-by-other-party"
    " locked-by-user-id reviewer-user-ids status"
)

CONTRACT = Model(
    "contract",
    "contracts",
    _ATTRIBUTES,
    keys=("id", "number", "name"),
    short=("id", "created-at", "updated-at", "name", "number", "status", "type"),
    later=frozenset(LATER),
    read_only=frozenset(_READ_ONLY.split()),
)
"""The model; ``status`` is read only here because it moves by its own rules."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "term-type": ("fixed", "auto_renew", "perpetual"),
    "renewal-length-unit": ("days", "months", "years"),
    "termination-notice": ("yes", "no"),
    "termination-notice-length-unit": ("days", "months", "years"),
    "length-of-notice-unit": ("days", "months", "years"),
    "consent": ("notice", "consent", "not_required", "not_assignable"),
    "stop-spend-based-on-max-value": ("yes", "no"),
    "whose-paper": ("not_specified", "our_paper", "counterparty_paper"),
}
"""The words that an attribute takes; empty is always one of them."""

LENGTHS = {
    "name": 100,
    "number": 50,
    "description": 1024,
    "external-contract-id": 255,
    "source-id": 255,
    "source-type": 255,
    "supplier-account": 255,
    "amended-contract-type": 255,
    "legal-agreement-url": 255,
    "requisition-message": 255,
    "po-message": 255,
    **dict.fromkeys(_TYPE_FIELDS, 255),
}

RANGES = {"no-of-renewals": (0, 100), "savings-pct": (0, 100)}
"""The least and the most; no renewals is what a contract without any may say."""
