"""
What the sandbox assumes about Coupa, as the docs print it.

A name in lower case is a switch, one in capitals a constant of the sandbox; the
others are rules without a name in code.
"""

from __future__ import annotations

from collections.abc import Mapping

from ._assumed_of_writes import WRITES

ASSUMPTIONS: Mapping[str, str] = {
    **WRITES,
    "approved": "A1: a contract that everybody approved has the status approved.",
    "rejected": (
        "A1, A3: a rejected contract has the status rejected; it can be changed and"
        " submitted again."
    ),
    "pending_signature": (
        "A1: a contract that waits for signatures has the status pending_signature."
    ),
    "in_negotiation": "A1: a contract in negotiation has the status in_negotiation.",
    "online_signing": (
        "A2: the last approval makes a contract approved; with online signing,"
        " pending_signature."
    ),
    "approvals": (
        "A7: submitting asks this many people; with 0 there is no chain, and the"
        " contract is approved at once."
    ),
    "complete_from": "A4: complete is allowed from approved and pending_signature.",
    "transitions": (
        "A5, A6: a PUT of status allows draft to published or inactive, completed to"
        " published, published to inactive, inactive to published; anything else is"
        " 400 with 'Status cannot be changed from X to Y'."
    ),
    "expired": (
        "A8: a daily job at 00:05 company time makes a contract expired when its end"
        " date is past, and changes updated-at."
    ),
    "EXPIRES_FROM": (
        "A8: completed contracts expire as published ones do; one that renews by"
        " itself expires after its last agreed renewal, and never without a number"
        " of renewals."
    ),
    "termination": (
        "A9: terminated can be set, needs a reason-insight-events entry, and makes the"
        " contract inactive."
    ),
    "dates_by_server": (
        "A10: published-date is set on the first publishing and execution-date on"
        " complete, when they are empty."
    ),
    "unique": (
        "A11, A12: number and name are unique for each supplier; a second one is 400"
        " with 'Number has already been taken', never an upsert."
    ),
    "create_published": (
        "A13: create_published on an id makes a new published contract whose parent"
        " is that id, and copies nothing."
    ),
    "hierarchy": (
        "A14: with hierarchy off, update_published is 400 and a plain update changes"
        " completed and published contracts."
    ),
    "EDITABLE_IN_FORCE": (
        "A14: with hierarchy on, a plain update of a completed or published contract"
        " changes status, custom fields, termination and the documented few"
        " attributes; the rest is ignored with 200."
    ),
    "version": (
        "A17: no optimistic locking and no ETag; version grows by one with each update"
        " of a completed or published contract."
    ),
    "files_touch_contract": (
        "A18: a new legal agreement changes updated-at; attachments and supplier data"
        " do not."
    ),
    "collections": (
        "A19: in a body, elements with an id change, those without are added, absent"
        " ones stay; content-groups is replaced as a whole."
    ),
    "ignored_keys": "A20: read-only and unknown attributes of a body are ignored.",
    "unknown_condition": (
        "A21: an unknown attribute or operator in a query, or an API filter, is 400"
        " and named."
    ),
    "clamp_limit": (
        "A22: a limit above 50 is 50; 0, a negative number or text is 400, for offset"
        " too, save that it may be 0."
    ),
    "page_past_the_end": "A23: a page past the end is [] in JSON and 404 in XML.",
    "order": (
        "A24: ties go by ascending id, null comes first, an unknown order_by or dir is"
        " 400."
    ),
    "fold_case": "A25: text is compared without regard to case.",
    "blank_datetimes": "A26: blank on datetimes is 400.",
    "query_any_attribute": (
        "A27: external-contract-id and custom fields are queried like any attribute."
    ),
    "null_conditions": (
        "An attribute that is null meets no condition but blank, not even not_eq or"
        " not_in."
    ),
    "not_found_body": (
        "A28: a 404 in JSON says 'No results match your search criteria.' under"
        " errors.base; or it is plain text."
    ),
    "unauthorized_body": (
        "A29: a 401 is {'error': 'invalid_token'} with WWW-Authenticate: Bearer."
    ),
    "token_errors": (
        "A30: the token endpoint answers errors by RFC 6749; a request without scope is"
        " invalid_scope, and only client credentials are granted."
    ),
    "missing_scope_status": (
        "A31: a missing scope is 403 with insufficient_scope; or 401."
    ),
    "retry_after": (
        "A32: a 429 has an empty JSON error and no Retry-After, unless switched on."
    ),
    "rate_limit": (
        "A33: 25 calls a second from a bucket of 25; 20 more wait their turn; then 429."
    ),
    "formats": (
        "A34: the answer is in what Accept prefers, and XML for no Accept or */*;"
        " other types are 406 or 415."
    ),
    "xml_bodies": (
        "An XML body is read by its documented type and nil attributes; one that"
        " declares a document type is 400."
    ),
    "raw_agreement": (
        "A35: the legal agreement comes as a ZIP of one file; or as the file itself."
    ),
    "no_agreement": "A36: a contract without a legal agreement answers 404 for it.",
    "upload_size": "A37: uploads have no limit of size.",
    "attachment_read": (
        "A38: one attachment is its bytes when it is a file, and an object when it is"
        " text or a link."
    ),
    "timezone": "A39: the company's time zone is America/Los_Angeles.",
    "plain_decimals": (
        "A40: decimals are written plainly, with one decimal at least and no trailing"
        " zeros."
    ),
    "unset": (
        "A41: unset associations are null; contracts of the portfolio have no"
        " created-by and updated-by; custom-fields is {} where none is defined."
    ),
    "key_order": "A42: attributes come in the order of the published example.",
    "types": (
        "A43: type is Contract, MasterContract (what has amendments) or"
        " AmendmentContract."
    ),
    "whose_paper": "A44: whose-paper is the word and not the number.",
    "LATER": (
        "Attributes of releases from R31 on are returned only if fields names them:"
        " the rule is documented, the release where it begins is ours."
    ),
    "new_fields_only_if_named": (
        "The documented rule about attributes that a release adds; off, full answers"
        " hold them all."
    ),
    "unknown_fields": "A45: a name in fields that is unknown is passed over.",
    "no_delete": (
        "A46: a contract cannot be deleted; like any path or verb without a route,"
        " that is 404."
    ),
    "old_tokens": "A47: an older token stays good until it expires.",
    "token_seconds": "Documented: a token lives 86399 seconds, by the sandbox clock.",
    "token_delay": (
        "A48: a new token is refused with 401 for this many seconds, by default 0."
    ),
    "html": (
        "A49: switched to login or bad_gateway, the API answers in HTML with 200 or"
        " 502."
    ),
    "return_object_none": (
        "A50: return_object=none answers a write with an empty body; a GET ignores it."
    ),
    "REQUIRED": (
        "Of three published sets the smallest is real: name, number, status, supplier;"
        " for auto_renew also the renewal's unit and value."
    ),
    "unknown_reference": (
        "A reference that matches nothing is 400; or it leaves the value unchanged."
    ),
    "approve_answers": (
        "The answer to approve and reject is the contract; or the approval itself."
    ),
    "PENDING": "An approval that waits has the status pending_approval.",
    "signature_actions": (
        "ccc_signature_created makes an approved contract pending_signature;"
        " withdraw_signatures makes it approved again."
    ),
    "action_bodies": "The body of an action such as complete is ignored.",
    "left_out": (
        "Documented and not in this sandbox, so 404: writing templates, changing an"
        " approval other than by approve, reject and hold,"
        " retrieve_executive_summary, GraphQL."
    ),
    "content_groups": "A new contract that names no content groups is for Everyone.",
    "PUBLISHED_AT": (
        "Contracts of the portfolio were published at half past five in the afternoon"
        " of their day."
    ),
    "review_date": (
        "A custom field of type date is a string like 2026-12-31, and takes the day of"
        " an instant."
    ),
    "legacy_id": (
        "The custom field that is not API editable is legacy-id, null everywhere."
    ),
    "contract_parties": (
        "contract-parties holds the further parties; the supplier is not repeated."
    ),
    "notice": (
        "The portfolio's one notice period stands in both pairs of attributes,"
        " termination-notice and length-of-notice."
    ),
    "webhooks": (
        "Call-outs come once, in order and at once; the switch lets some be lost"
        " (drop), come twice (duplicate), late (delay) or in disorder (shuffle)."
    ),
    "call_outs": (
        "A call-out, which the control API configures, posts a contract after each"
        " call or event that changes it, as the API shows it, to an address that ends"
        " with a token; it is not signed, not tried again, and tells of no deletion."
    ),
    "signed_files": (
        "Executed contracts of the portfolio have a legal agreement, others have none."
    ),
}
"""Name → one sentence; the number is that of our list of open questions."""
