"""What is assumed about SpotDraft, in words; the numbers are those of our notes."""

from __future__ import annotations

from collections.abc import Mapping

ASSUMPTIONS: Mapping[str, str] = {
    "credentials": "A1, A2, A62: without credentials, with wrong ones or with a "
    "bearer token the answer is 401, for a user-email that is no active member 403; "
    "both as {detail}.",
    "not_found": "A3, A4: an unknown id, the wrong prefix and a malformed id answer "
    '404 {"detail": "Not Found"}.',
    "bare_integers": "A5: a bare integer on a composite route stands for T-n.",
    "FIRST_NUMBER": "A6: T- and H- share one sequence of integers.",
    "executed_upload_prefix": "A7: a contract made from a template or uploaded for "
    "review or signature is T-, an executed upload H-; the switch may say T.",
    "integer_list_ids": "A8: the id in a row of the list is the composite string; "
    "the switch makes it the integer.",
    "LARGEST": "A9: page and limit out of range, or no numbers, answer 400 with the "
    "field's name; the largest limit is 100.",
    "past_the_end": "A10: a page past the end is empty and has the true total.",
    "order": "A11: the newest come first; equal dates by descending integer.",
    "matching": "A12: filters are joined by AND and compare exactly; query looks "
    "for a part of the text in any case.",
    "strict_filters": "A13: an unknown filter or operator is ignored; the switch "
    "makes it a 400.",
    "display_status": "A14: an unknown display_status answers 400.",
    "date_filters": "A15: a date stands for its midnight UTC, and $lte includes no "
    "more than that instant.",
    "last_updated_on": "A16: every change of status, key pointers or external "
    "metadata moves it.",
    "index_lag": "A17: the list and its filters show changes at once; the switch is "
    "the seconds by which they lag.",
    "listed_metadata": 'A18: a row of the list has external_metadata "if set"; the '
    'switch may say "null" or "never". Creating and the lookup answer null.',
    "metadata_post": "A19, A20: POST replaces the whole object; GET answers null "
    "where there is none.",
    "lookup": "A21: no match is an empty array; ids compare as text, the newest "
    "come first, the fifty-first is cut.",
    "composite_lookup_ids": "The lookup's id is the integer, as in the schema; the "
    "switch makes it T-n or H-n, as in the older example.",
    "nested_lookup": "The lookup answers a bare array, as in the schema; the switch "
    "wraps it in a second one, as in the vendor's example.",
    "deleted": "A22: a deleted contract is a 404 and in no list.",
    "status": "A23: the list and /status say the same.",
    "control": "A24: opening, signing, refusing, holding, resuming and deleting have "
    "no public call; the control API offers them. A refusal stands at the recipient, "
    "and the contract stays in SIGN until it is unmarked, voided or signed.",
    "void": "A25, A26, A27: a voided contract cannot be voided again, one on hold "
    "can be; an empty note is a 400 on the field.",
    "WRONG_STATE": "A28, A29: what a stage forbids answers 402 with an invented "
    "code; sending takes {}, marking works from DRAFT and REDLINING.",
    "unmark": "A30: only SIGN goes back to REDLINING; signatures are lost.",
    "first_status": "A32: a new contract is DRAFT from a template, REDLINING for "
    "review, SIGN for signature, EXECUTED if it was.",
    "auto_send": "A33: auto_send_to_counterparty makes REDLINING at once.",
    "executed_upload": "A34: an executed upload was executed when it was uploaded.",
    "expiry": "A35: expiry never changes the status.",
    "approval_keys": "An approval's keys are those of the 2026 document; the switch "
    "makes them those of 2024: approver, created_by, current_status.",
    "data_type": "A36: the words are string, date, number, check-box, currency, "
    "duration and dropdown.",
    "string_data_types": "A36: each kind has its word; the switch makes all of them "
    "string, the one word that is documented.",
    "null_format_option": "A37: format_option is {}; the switch makes it null.",
    "omit_empty_key_pointers": "A39: a key pointer without a value is a row with "
    "null; the switch leaves the row out.",
    "key_pointer_instants": "A40: a date is YYYY-MM-DD; the switch makes it a full "
    "instant at midnight UTC.",
    "bulk": "A41: one unknown key pointer refuses the whole call; a value is kept "
    "as it is sent, whatever the key pointer's kind, and null empties it.",
    "LINK_LIFETIME": "A42: a download link works for fifteen minutes, without "
    "credentials and in ranges, then answers 403.",
    "docx": "A43: there is a DOCX where the latest version is one, else DOCX is a "
    "400; the format is read in any case. The PDF of a DOCX is a page about it.",
    "analytics": "The workspace has analytics; the switch makes it answer 501. An "
    "admin asks for the whole workspace; who asks in a user's scope sees all the same.",
    "analytics_objects": "columns is an array of names and rows one of arrays; the "
    "switch makes each row an object.",
    "analytics_tables": "Both documented tables have the documented columns; "
    "contract_id is the integer, dates are YYYY-MM-DD in UTC, expiry_date is the key "
    "pointer expiration_date.",
    "analytics_sql": "SQLite runs the SELECT, in its own dialect: no GoogleSQL "
    "functions and no DATE literals. An error's code is the documented one, its words "
    "are ours.",
    "rate_limit": "A44: ten requests per second (documented) fill a bucket of ten; "
    "the switch turns the limit off.",
    "retry_after": "A44: a 429 has no Retry-After; the switch sends it.",
    "redirects": "A45: a wrong slash is a 302 to the right one for every method, "
    "before credentials are looked at.",
    "MAX_UPLOAD": "A46: a file of more than 30 MB answers 413.",
    "MAX_ATTACHMENT": "A supporting document of more than 20 MB answers 413; that is "
    "the limit of the vendor's own pages.",
    "bad_file": "A47: bad base64, a name that does not end in .pdf and what does not "
    "begin like its name says answer 400 on the field; for review, for signature and "
    "as a new version a .docx is taken too.",
    "playbook_uploads": "executed_contracts takes the keys of the schema, and those "
    "of the portal's playbook where file_base64 is sent; the switch leaves the "
    "schema's alone.",
    "versions": "A31: a version can be added in DRAFT, REDLINING and SIGN; an "
    "executed one must be a PDF. What was uploaded last is what is downloaded.",
    "invited": "Where no counterparty's signatory was named, the counterparties' "
    "contacts sign; everybody is invited at once, whatever the order.",
    "reminders": "Reminding somebody who is no recipient answers 400, out of SIGN "
    "402; whoever has acted is left alone.",
    "approvals": "Approvals can be asked for in DRAFT and REDLINING and are sent at "
    "once; marking for execution skips those that are pending. No call approves.",
    "approvals_v5": "The workspace's approvals are not V5; the switch makes them so, "
    "and asking for one is refused by the documented code.",
    "listed_notes": "A contract has one note, shown as an object as in the schema; "
    "the switch makes it the array that the text speaks of.",
    "text_document_ids": "A supporting document's id is an integer, as in the "
    "schema; the switch makes it text, as in the vendor's example.",
    "contract_data": "What is told is merged, and the whole is answered; a contract "
    "that was uploaded answers 400, a voided one 402.",
    "intake": "The intake form asks for what a template asks for, and can be "
    "answered in any stage.",
    "business_user": "The creator is the business user until another is named.",
    "authorized_users": "The creator, the business user and the approvers.",
    "entities": "Supply agreements are made by the primary entity only; another "
    "answers 400 on the field.",
    "reviewer": "A reviewer who is not there is a 400; the review is not shown.",
    "unknown_keys": "A48: unknown keys of a body are ignored.",
    "HMAC_KEY": "A57: one stable key of 64 bytes.",
    "loopback_webhooks": "A subscription takes https alone, as documented, and plain "
    "http to this machine, so that deliveries can be had; the switch forbids that.",
    "webhook_retries": "A50: a delivery that is not answered by a 2xx in ten seconds "
    "is tried four times more, after 1, 2, 4 and 8 seconds; the switch is how often.",
    "webhook_failures": "A50: after more than five failed deliveries in a row (the "
    "text of 2024) a subscription gets no more; the switch is the number.",
    "webhooks": "Deliveries come once, in order and at once; the switch lets some be "
    "lost (drop), come twice (duplicate), late (delay) or in disorder (shuffle).",
    "webhook_request": "A49: a POST of compact JSON with User-Agent "
    "SpotDraft-Emulator, the signature, and then the custom headers.",
    "activities": "One call may tell several activities: marking tells "
    "CONTRACT_MARK_FOR_EXECUTION, CONTRACT_SIGNATURE_REQUESTED and a notification for "
    "each signatory; every signature CONTRACT_SIGNED; the last one CONTRACT_EXECUTED "
    "by SYSTEM. A creation tells CONTRACT_CREATED with DRAFT, as in the sample.",
    "untold": "Nothing is told of what has no documented event, nor of the address "
    "book, whose body is not documented; the control API can trigger any activity.",
    "resend": "A59: asking again for the last webhook answers 404 if one contract is "
    "not there, and sends nothing for a contract that was never told of.",
    "webhook_duplicates": "A58: the same URL or title may be subscribed twice.",
    "user_scoping": "A63: Enforce-User-Scoping is accepted and changes nothing.",
    "sort": "sort takes what the list filters by, with + or -, and puts contracts "
    "without a value last; the vendor's own client sends it.",
    "metadata_filters": "filter_metadata__ compares a currency or a duration by its "
    "number; the vendor's own client sends it.",
    "filter_values": "signatories, signatures_* and approvals_pending compare names "
    "and e-mail addresses; pending_with compares the words of the process metrics.",
    "data_to_key_pointers": "A template's variable fills the key pointer of the same "
    "name.",
    "new_counterparties": "Creating a contract adds a counterparty of a new name to "
    "the address book and reuses an old one.",
    "relations": "relation_type says what the other contract is to this one; from "
    "there this one is the PARENT, or the CHILD. A pair is related once: asking "
    "again answers with what there is.",
    "raw_status": "process_metrics says COMPLETED and VOIDED (seen), and DRAFT, "
    "REVIEW and SIGN before.",
    "definitions": "Each contract type has definitions of its own with the same "
    "field names; a dropdown is one descriptor of type enum whose values are labels.",
    "refused_values": "A wrong template, type, entity, organisation type or variable "
    "answers 400 on the field; a counterparty's name that exists too.",
    "webhook_errors": "A subscription that breaks a documented rule answers 400 with "
    "an invented code.",
    "method": "A method that a path does not have answers 405 as {detail}.",
    "numbers": "An amount keeps every digit that it was written with.",
}
