"""What the sandbox assumes about approvers, comments and other things written."""

from __future__ import annotations

from collections.abc import Mapping

WRITES: Mapping[str, str] = {
    "approvers": (
        "A15: add_approver takes approver with an id or login, or approver_id or login"
        " alone, and remove_approval approval_id, in the body or the query; both need"
        " a contract that is pending approval, and only what was added by hand can be"
        " removed."
    ),
    "hold": "Holding an approval keeps the reason; it goes on waiting.",
    "parallel_approvals": (
        "All approvals show in current-approval, one after another; switched on, in"
        " current-parallel-approvals at once."
    ),
    "check_out": (
        "A16: check_out sets locked-by-user-id on the contract and its legal document,"
        " check_in clears it; the body is ignored, and the lock stops nobody."
    ),
    "legal_documents": (
        "A contract has one legal document when it has an agreement, as old as that;"
        " deleting it deletes the agreement."
    ),
    "agreement_in_force": (
        "A plain legal_agreement replaces that of a published contract too, as"
        " update_legal_agreement_published does, which refuses any other."
    ),
    "comments": (
        "A18: a comment has an id, its text and audit keys, and does not change the"
        " contract's updated-at."
    ),
    "business_groups": (
        "Adding and removing business groups answers the contract; the body names a"
        " group by id or name."
    ),
    "reasons": (
        "A reason-insight event belongs to the contract that it was sent with; the"
        " last one's reason and comment are the contract's reason-insight-code and"
        " -comment."
    ),
    "closed_custom_field": (
        "A custom field that is not API editable is ignored; or it is 400."
    ),
    "date_order": "A contract whose end date is before its start date is 400.",
    "RANGES": (
        "no-of-renewals is at most 100, and may be 0, which clients send; savings-pct"
        " is from 0 to 100; else 400."
    ),
    "refused_signature": (
        "A party that refuses to sign makes the contract rejected, as an approver does."
    ),
    "deleted": (
        "What somebody deleted in Coupa is 404, and other contracts refer to it no"
        " more."
    ),
}
"""Name → one sentence; the number is that of our list of open questions."""
