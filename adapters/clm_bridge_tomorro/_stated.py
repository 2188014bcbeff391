"""What Tomorro cannot say, and what is taken for granted about it."""

from __future__ import annotations

from collections.abc import Mapping

from clm_bridge.adapter import Loss

_NO_HOLD = "holds are not in the API; the stage beneath shows"
_ONE_PARTY = (
    "a contract has one counterparty, no contact of it, and does not name our side"
)
_NO_OWNER = "a body names an author and no owner; one that is written takes part"
_NO_YES = "smart fields have no yes and no; a select says it by its label"

LOSSES = (
    Loss("status", "approvals are not in the API", "approval", "negotiation"),
    Loss("status", "a refusal is not in the API", "declined", "cancelled"),
    Loss("status", _NO_HOLD, "on_hold", "draft"),
    Loss("status", _NO_HOLD, "on_hold", "negotiation"),
    Loss("status", _NO_HOLD, "on_hold", "signature"),
    Loss("number", "Tomorro numbers contracts itself, in a smart field"),
    Loss("parties", _ONE_PARTY),
    Loss("key_dates.sent_at", "the API does not tell when a contract was sent"),
    Loss("key_dates.published_on", "nothing is published in Tomorro"),
    Loss(
        "key_dates.expires_on",
        "Tomorro counts an end that nobody stated from the start and the duration",
        becomes="the last day of the initial duration",
    ),
    Loss(
        "key_dates.renews_on",
        "Tomorro keeps the next renewal itself, as the last day of the running term",
        becomes="the day on which the running term ends",
    ),
    Loss("template.name", "a contract carries its template's id alone"),
    Loss("owner", _NO_OWNER),
    Loss("relations", "the API does not relate contracts"),
    Loss("fields.value", _NO_YES, "true", "Yes"),
    Loss("fields.value", _NO_YES, "false", "No"),
)

# https://alpha.developer.tomorro.com/versioning
HINTS: Mapping[int | str, str] = {410: "set 'version' to one that Tomorro still serves"}

ASSUMPTIONS = (
    "Ids are UUIDs; a prefix such as ctr_, which some examples show, is left out.",
    "The external link is the object at the top of a contract that has 'externalId' "
    "and 'type'; the report knows it under 'integration' and 'externalLink'.",
    "A smart field's value is typed by its form: YYYY-MM-DD is a date, and so is an "
    "edge of a day in UTC; a number is a number, a list of texts is several options.",
    "Text that is a plain number is one in the fields that the settings use as such.",
    "A text of a number and a unit, such as '3 months' or '90 jours', is a duration: "
    "the native notice has a unit, and how it is written is not published.",
    "An unset smart field is missing, null, empty, or the word 'undefined'.",
    "Types of smart fields but 'string' and 'number' have the app's own names.",
    "Where a list says that more follows and shows no cursor, the cursor is the last "
    "row's id as JSON in base64, as the vendor's examples decode.",
    "The list filters by 'updatedAt' as it does by 'createdAt', and takes the "
    "documented 'sort=-createdAt', an order in which nothing moves.",
    "'updatedAt' moves with everything that a contract's body shows, so that what it "
    "leaves out has not changed and can be kept by 'known'.",
    "A cursor marks a record: if that one is deleted while pages are walked, the "
    "vendor refuses it with 400, and the walk goes on from the cursor before.",
    "A filter by time takes a day, which begins in UTC; full detail is then filtered "
    "to the second, and a summary by time is refused.",
    "'startAt' and 'endAt' of older bodies are days in UTC; their 'referent' is the "
    "owner.",
    "A signed file keeps its id when its link is asked for again.",
    "Errors have NestJS's body: 'message' is a text or a list of them.",
    "A smart field is emptied by null; a length of time is written in English, such "
    "as '3 months'.",
    "Signatories that are written to a contract replace those that it has.",
    "A name in a change of the counterparty may rename the one that is there, so that "
    "the id of the one with that name is sent instead.",
    "The place for a file is the one URL in the answer of files/upload-url, which "
    "takes 'name' and 'contentType'; the file's type is repeated when it is put.",
    "A file that is uploaded again becomes one more version; which there are cannot be "
    "seen.",
    "A contract whose creation was not answered is among those created since, by the "
    "clock that the vendor's answers tell, less a minute; its maker's key sees it.",
    "40 calls a minute are allowed; the figure is a third party's.",
)
