"""
The models around a contract, and the table of all of them.

https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api
"""

from __future__ import annotations

from collections.abc import Mapping

from ._contract import CONTRACT
from ._schema import Attribute, Kind, Many, Model, One

_KINDS: Mapping[str, Attribute] = {
    "text": Kind.TEXT,
    "int": Kind.INTEGER,
    "flag": Kind.BOOLEAN,
    "decimal": Kind.DECIMAL,
    "float": Kind.FLOAT,
    "time": Kind.TIME,
    "date": Kind.DATE,
    "any": Kind.ANY,
    "country": One("country"),
    "contact": One("contact"),
    "address": One("address"),
    "lookup": One("lookup-value"),
    "reason": One("reason-insight"),
    "payment": One("payment-term"),
    "user": One("user"),
    "groups": Many("content-group"),
    "types": Many("contract-type"),
    "people": Many("contract-party-contact"),
}


def _model(
    name: str,
    plural: str,
    attributes: str,
    *,
    keys: str = "",
    short: str = "",
    read_only: str = "id created-at updated-at created-by updated-by",
) -> Model:
    """Read a model from ``kind: name name … kind: name …``."""
    return Model(
        name,
        plural,
        _attributes(attributes),
        keys=tuple(keys.split()),
        short=tuple(short.split()),
        read_only=frozenset(read_only.split()),
    )


def _attributes(text: str) -> dict[str, Attribute]:
    kind, read = _KINDS["text"], {}
    for word in text.split():
        if word.endswith(":"):
            kind = _KINDS[word[:-1]]
        else:
            read[word] = kind
    return read


_AUDIT = "time: created-at updated-at "

SUPPLIER = _model(
    "supplier",
    "suppliers",
    f"int: id {_AUDIT} text: name display-name number status account-number duns"
    " tax-id website commodity decimal: savings-pct flag: on-hold"
    " contact: primary-contact address: primary-address payment: payment-term"
    " groups: content-groups user: created-by updated-by any: custom-fields",
    keys="id name number",
    short="id name display-name number status primary-contact primary-address",
)

APPROVAL = _model(
    "approval",
    "approvals",
    f"int: id {_AUDIT} int: position approval-chain-id text: status type"
    " time: approval-date text: note any: reasons flag: holdable"
    " int: approvable-id text: approvable-type int: approver-id text: approver-type"
    " user: approver approved-by delegate any: delegates text: parallel-group-name",
    read_only="",
)

TEMPLATE = _model(
    "contract-template",
    "contract-templates",
    f"int: id {_AUDIT} text: name description flag: active text: authoring-method"
    " int: template-generator-id text: template-generator-type hierarchy-type"
    " types: contract-types flag: supporting-document fill-with-counterparty"
    " text: source int: ccc-id groups: content-groups",
)

ATTACHMENT = _model(
    "attachment",
    "attachments",
    f"int: id {_AUDIT} text: type intent file file-file-name file-content-type"
    " file-file-size file-url text url linked-to user: created-by updated-by",
)

LEGAL_DOCUMENT = _model(
    "legal-document",
    "legal-documents",
    f"int: id {_AUDIT} int: clm-id contract-template-id external-file-upload"
    " negotiation-rounds time: ccc-file-timestamp ccc-exec-summary-timestamp"
    " int: locked-by-user-id flag: locked-by-other-party any: reviewer-user-ids"
    " text: url user: created-by updated-by",
)

COMMENT = _model(
    "comment",
    "comments",
    f"int: id {_AUDIT} text: comments user: created-by updated-by",
)

_TIERS = " ".join(f"tier-{n}-upper-bound tier-{n}-disc-pct" for n in range(1, 21))

TERM = _model(
    "contract-term",
    "contract-terms",
    f"int: id {_AUDIT} text: name contract-term-type type flag: use-pct-discounts"
    f" decimal: {_TIERS} user: created-by updated-by",
    read_only="id created-at updated-at created-by updated-by type",
)

GROUP = _model(
    "content-group",
    "content-groups",
    f"int: id {_AUDIT} text: name description",
    keys="id name",
)

_CUSTOM_FIELDS = _model(
    "custom-field",
    "custom-fields",
    "lookup: department text: cost-centre int: risk-score flag: personal-data"
    " date: review-date text: legacy-id",
    read_only="legacy-id",
)

_AROUND = (
    _model(
        "currency", "currencies", "int: id text: code int: decimals", keys="id code"
    ),
    _model("country", "countries", "int: id text: code name", keys="id code name"),
    _model(
        "department", "departments", "int: id text: name flag: active", keys="id name"
    ),
    _model("shipping-term", "shipping-terms", "int: id text: code", keys="id code"),
    _model(
        "payment-term",
        "payment-terms",
        "int: id text: code description int: days-for-net-payment"
        " days-for-discount-payment float: discount-rate flag: active"
        " groups: content-groups",
        keys="id code",
    ),
    _model(
        "contract-type",
        "contract-types",
        "int: id text: name flag: active text: description",
        keys="id name",
    ),
    _model(
        "user",
        "users",
        "int: id text: login email employee-number firstname lastname fullname"
        " salesforce-id avatar-thumb-url any: custom-fields",
        keys="id login email employee-number",
    ),
    _model(
        "contact",
        "contacts",
        f"int: id {_AUDIT} text: email name-prefix name-given name-additional"
        " name-family name-suffix name-fullname notes flag: active any: purposes",
    ),
    _model(
        "address",
        "addresses",
        f"int: id {_AUDIT} text: name location-code street1 street2 city state"
        " postal-code attention vat-number flag: active country: country any: purposes",
    ),
    _model(
        "lookup-value",
        "lookup-values",
        "int: id text: name flag: active text: external-ref-num external-ref-code"
        " int: parent-id lookup-id depth flag: is-default",
        keys="id name external-ref-code",
    ),
    _model("reason-insight", "reason-insights", "int: id text: name", keys="id name"),
    _model(
        "reason-insight-event",
        "reason-insight-events",
        f"int: id {_AUDIT} reason: reason-insight text: comment int: eventable-id"
        " text: eventable-type user-full-name",
        read_only="id created-at updated-at user-full-name",
    ),
    _model(
        "contract-party",
        "contract-parties",
        "int: id any: business-entity text: entity-name business-name"
        " any: legal-entity text: party-alias int: party-directionality"
        " any: counterparty-role contract-party-role text: contact-name contact-title"
        " email int: clma-id any: bill-to-address mail-to-address"
        " people: contract-party-contacts",
        read_only="id",
    ),
    _model(
        "contract-party-contact",
        "contract-party-contacts",
        "int: id text: fullname email phone signatory-action time: signatory-date",
        read_only="id",
    ),
)

MODELS: Mapping[str, Model] = {
    model.name: model
    for model in (
        CONTRACT,
        SUPPLIER,
        APPROVAL,
        TEMPLATE,
        ATTACHMENT,
        LEGAL_DOCUMENT,
        COMMENT,
        TERM,
        GROUP,
        _CUSTOM_FIELDS,
        *_AROUND,
    )
}
"""Name → model, for the associations that name one."""
