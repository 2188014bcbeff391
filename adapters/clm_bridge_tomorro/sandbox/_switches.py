"""What Tomorro does not publish: the switches, and every assumption in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, fields_dict, frozen, validators

from clm_bridge.sandbox import Mishaps, webhook_switch

LISTS = ("cursors", "documented", "pagination", "introduction")
LINK_KEYS = ("integration", "externalLink")
NOTICES = ("text", "number")

_flag = validators.instance_of(bool)


def _one_of(words: Sequence[str], default: str) -> Any:
    return field(default=default, validator=validators.in_(words))


@frozen(kw_only=True)
class Switches:
    """The assumptions that may go either way, as the sandbox takes them by default."""

    prefixed_ids: bool = field(default=False, validator=_flag)
    link_key: str = _one_of(LINK_KEYS, "integration")
    wrapped: bool = field(default=False, validator=_flag)
    lists: str = _one_of(LISTS, "cursors")
    reuse_counterparties: bool = field(default=True, validator=_flag)
    mandatory_fields: bool = field(default=True, validator=_flag)
    patch_signs: bool = field(default=False, validator=_flag)
    storage_refuses_credentials: bool = field(default=True, validator=_flag)
    notice: str = _one_of(NOTICES, "text")
    rate_limit: bool = field(default=True, validator=_flag)
    webhooks: Mishaps = webhook_switch()
    sunset_versions: tuple[str, ...] = field(default=(), converter=tuple)


def switched(told: Mapping[str, Any]) -> Switches:
    """Return the switches that *told* asks for; an unknown name is a `ValueError`."""
    known = fields_dict(Switches)
    unknown = sorted(set(told) - set(known))
    if unknown:
        raise ValueError(
            f"no switch is called {', '.join(unknown)}; there are {', '.join(known)}"
        )
    try:
        return Switches(**told)
    except TypeError as error:
        raise ValueError(f"a switch has a value of the wrong type: {error}") from error


ASSUMPTIONS: Mapping[str, str] = {
    "prefixed_ids": "A-01: ids are plain UUIDs; the switch puts ctr_, sig_ and mem_ "
    "before those of a contract body. Both forms are taken in paths and bodies.",
    "paths": "A-02: /v2/<path> and /<path> are served alike, and a slash at the end "
    "is tolerated.",
    "link_key": "A-03: a contract body carries its external link under integration; "
    "the switch may say externalLink. POST and PATCH answers carry it too.",
    "wrapped": "A-04: a single object is bare; the switch wraps it in data.",
    "lists": "A-05: /contracts and /contract-types carry nextCursor and "
    'previousCursor beside the documented keys ("cursors"); the switch may say '
    '"documented", "pagination" or "introduction".',
    "cursor": "A-06: a cursor is the base64 of the edge item's id in JSON; a limit "
    "out of 1 to 50, an unknown cursor, or after together with before is a 400.",
    "create": "A-07: creating needs contractTypeId, templateId, and the "
    "counterparty's id or name; the id wins.",
    "reuse_counterparties": "A-08: a counterparty's name finds an active one of "
    "that name, in any case, before it makes a new one; the switch always makes one.",
    "mandatory_fields": "A-09: creating without a field that the creation form "
    "requires is a 400 that names it; the switch accepts it silently.",
    "codes": "A-10: POST answers 201, GET, PATCH and PUT answer 200.",
    "errors": "A-11: an error is {statusCode, message, error}; the message of a 400 "
    "is a list.",
    "refusals": "A-12: no key or a wrong one is a 401, somebody else's contract a "
    "404, a malformed id a 400; unknown keys of a body are ignored.",
    "versions": "A-13: an unknown tomorro-version is a 400; the answer echoes the "
    "version; 2025-01-15.init differs by its deprecation headers only.",
    "sunset_versions": "A-13: no version is sunset; the switch names those that "
    "answer 410.",
    "rate_limit": "A-14: 40 requests in any minute for a key, then a 429 with "
    "Retry-After; borrowed from a third party's figure for the old API.",
    "idempotency": "A-15: every POST makes another contract.",
    "transitions": "A-16: draft and negotiating may follow each other, anything "
    "unsigned may be canceled, canceled may negotiate again; other moves are a 400.",
    "patch_signs": "A-16: PATCH never signs; the switch accepts status signed "
    "together with signatureDate.",
    "signature_conditions": "A-18: sending for signature without a signatory or a "
    "document is a 400; of a contract past negotiation, a 409. Who signed or refused "
    "an earlier signature is asked again.",
    "declined": "A-17: when a signatory refuses, as the control API lets one of the "
    "other side, the signature is canceled, the contract negotiates again, and the "
    "document that was accepted is a draft; the contract shows no more of it.",
    "signature_date": "A-19: signatureDate of a PATCH fills the native field "
    "Signature date and leaves the status alone.",
    "filters": "A-20: /contracts filters and sorts by updatedAt as by createdAt; a "
    "date stands for its midnight UTC; gte and lte include their bound.",
    "contract_sort": "A-21: /contracts sorts by id, name, status, createdAt and "
    "updatedAt, -createdAt unless told.",
    "values": "A-22: a text is a string, a number a JSON number, a date YYYY-MM-DD, "
    "a selection its label, several a list of labels, a rich text the Slate nodes "
    "that were written, and an unset field is omitted; a value of another form is a "
    "400.",
    "smart_field_types": "A-22: types are written string, number, date, select, "
    "multiselect and richText; only the first two are seen in public.",
    "notice": 'A-22: the native Notice, which has a unit, reads "3 months" or '
    '"90 days"; the switch "number" stands for a workspace that keeps two number '
    "fields instead, Notice (days) and Notice (months).",
    "signatories": "A-23: somebody of the other side has type external, and no name "
    "until they sign; a signatory is pending, signed or refused.",
    "author": "A-24: the key's owner is the author and the first participant.",
    "patch": "A-25: signatories are replaced, fields merged, contractMembersIds "
    "added; a counterparty's name points to another one and renames none.",
    "patch_link": "A-26: PATCH never changes the external link; its type is "
    "salesforce or hubspot. No option has a mapping, so that the type which is to "
    "resolve select values changes nothing.",
    "signed_files": "A-27: there are none before signature; a URL lives 15 minutes. "
    "An uploaded PDF that was sent is the signed file, byte for byte; of any other "
    "document a PDF is made.",
    "storage_refuses_credentials": "A signed URL that is called with x-api-key or "
    "Authorization is a 400, as S3 refuses a second way to authenticate (inferred); "
    "the switch lets it pass.",
    "uploads": "A-28: POST /files/upload-url takes name and contentType, and answers "
    "url, key and expiresAt; the PUT repeats Content-Type; a key serves once. An "
    "empty file makes no version, nor does a name without an extension.",
    "document_versions": "A-29: the template's document is version 1; a version is "
    "draft, accepted or signed; a contract past negotiation takes no more (409).",
    "deleted": "A-35: a deleted contract is a 404 and in no list.",
    "webhooks": "Deliveries come once, in order and at once; the switch lets some be "
    "lost (drop), come twice (duplicate), late (delay) or in disorder (shuffle).",
    "webhook_events": "A-30, A-31, A-32: all events of contracts carry the shape of "
    "contractCreated and the REST words; signing tells contractStatusUpdated, then "
    "contractSigned; contractDeleted has the last snapshot. A reminder's data is "
    "reminder, with id, name and date, and contract.",
    "webhook_members": "A webhook that the control API makes tells of all contracts; "
    "with an owner, which is a member's id, only of those that the member is part of.",
    "webhook_retries": "A-33: a try that is not answered by a 2xx in three seconds is "
    "made again five minutes later, up to ten times (documented), with the same "
    "eventId and body and a fresh signature; then the event is lost, and the webhook "
    "stays. Redirects are not followed. The time that is signed is the machine's own.",
    "drift": "A-36: a list is no snapshot; a page starts where its cursor's item "
    "now stands.",
    "computed_terms": "The documented computation of the initial end date, the "
    "initial duration and the duration type also runs for values that the API "
    "writes; the end is the day before the term's months are full.",
    "renewal_date": "The next renewal date is computed for tacit renewal only, by "
    "the documented rule, and cannot be written.",
    "members": "A member who is made without an invitation is pending (documented), "
    "an invited one active; a second one of the same address is a 409.",
    "custom_objects": "Records that a PUT leaves out are kept; it answers with those "
    "that it wrote. A cell of another type than its column's is a 400.",
    "default_lists": "Archived counterparties are listed unless status says "
    "otherwise; a label is shown in English unless lang says otherwise.",
}
