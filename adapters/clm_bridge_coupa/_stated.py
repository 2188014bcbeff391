"""What Coupa cannot say, and what is taken for granted about it."""

from __future__ import annotations

from collections.abc import Mapping

from clm_bridge.adapter import Loss

_NO_HOLD = "Coupa has no hold; the stage beneath it shows"

LOSSES = (
    Loss("status", _NO_HOLD, "on_hold", "draft"),
    Loss("status", _NO_HOLD, "on_hold", "negotiation"),
    Loss("status", _NO_HOLD, "on_hold", "signature"),
    Loss("external_link.system", "an id stands alone, save with source-id"),
    Loss("external_link.record_type", "the place of the own id holds an id alone"),
    Loss("external_link.url", "the place of the own id holds an id alone"),
    Loss("key_dates.sent_at", "the API does not say when a contract was sent"),
    Loss("key_dates.signed_on", "the API has one date, of execution"),
    Loss("key_dates.terminated_on", "terminated is a flag without a date"),
    Loss("term.length", "a term has a first and a last day, and no length"),
    Loss(
        "people",
        "only further contract parties have contacts who sign",
        becomes="the signers of the further parties",
    ),
    Loss("template", "a contract does not say which template it came from"),
)

WRITES = frozenset(
    {
        "name",
        "number",
        "type",
        "owner",
        "document",
        "value",
        "counterparty.id",
        "counterparty.name",
        "counterparty.identifiers",
        "external_link.id",
        "key_dates.effective_on",
        "key_dates.expires_on",
        "key_dates.executed_on",
        "key_dates.published_on",
        "term.kind",
        "term.renewal_length",
        "term.renewals_max",
        "term.notice",
    }
)
ONCE = frozenset(
    {"number", "type", "document", "external_link.id", "key_dates.published_on"}
)
"""What can be said of a new contract alone."""
DROPS = frozenset(
    {
        "counterparty.contact",
        "external_link.system",
        "external_link.record_type",
        "external_link.url",
        "term.length",
    }
)
"""A contact is the supplier's own, and a length is what its two days say as well."""

_SCOPES = (
    "tick on the client, and ask for in 'scope', what this needs: core.contract.write "
    "to write contracts, core.supplier.write, core.approval.read, core.comment.read "
    "and .write for the rest"
)
HINTS: Mapping[int | str, str] = {
    401: f"check client_id and client_secret: 'clm-bridge doctor'; else {_SCOPES}",
    403: _SCOPES,
}

ASSUMPTIONS = (
    "The status words in_negotiation, approved, rejected, pending_signature and "
    "pending_signatures are inferred from labels; Coupa publishes no list.",
    "An inactive contract was executed if it has a published date, and was given up "
    "before that if it has none.",
    "external-contract-id, source-id and custom fields can be queried like any "
    "attribute; an instance that ignores such a filter is found out and refused.",
    "'fields' takes nested names, with underscores, for each association that is read, "
    "and custom_fields with {} for all custom fields.",
    "'id[gt]' works on contracts, suppliers, templates, attachments, approvals and "
    "comments.",
    "name[contains] ignores case, as the database of an instance usually does.",
    "A termination notice counts before length-of-notice; 'no' says there is none.",
    "maximum-value is the value; max-commit is taken where it is empty.",
    "Each contract party but the supplier is a further counterparty, and "
    "contract-parties[entity-name] can be queried.",
    "The parent of an AmendmentContract, or of what has another type in Amendment…, "
    "is what it amends.",
    "The offset of the instance's answers is that of the company's zone; the check "
    "says so where 'timezone' is another.",
    "No API tells field definitions: fields.list infers names and kinds from the "
    "custom fields of the newest fifty contracts.",
    "In a custom field, text in the form of a date is a date, an object is an option "
    "with its name, and other text is text even if it is all digits.",
    "An executed contract has a legal agreement; whether the file is there shows when "
    "it is downloaded.",
    "maximum-value and max-commit are written alike, since both are described as the "
    "most that is committed.",
    "A number is unique, at least for its supplier, so that a create whose answer was "
    "lost can be asked for again.",
    "A user is named by e-mail, id or login; a lookup value by its name.",
    "A custom field that is a date takes midnight with the company's offset.",
    "Contracts that renew without a number of times need none to be sent.",
    "update_legal_agreement_published takes the multipart part that legal_agreement "
    "documents.",
    "The approvals of contracts have the approvable-type Contract, and one that waits "
    "is pending or pending_approval.",
    "A legal document in the list of them says that there is a draft of the agreement.",
    "https://<instance>/contracts/show/<id> is the page of a contract.",
)
