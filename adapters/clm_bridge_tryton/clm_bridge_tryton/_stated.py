"""What Tryton cannot say, what is taken for granted about it, and the next step."""

from __future__ import annotations

from collections.abc import Mapping

from clm_bridge.adapter import Loss

_NO_STAGE = "an agreement is a draft until it runs"
LOSSES = (
    Loss("status", _NO_STAGE, "negotiation", "draft"),
    Loss("status", _NO_STAGE, "approval", "draft"),
    Loss("status", _NO_STAGE, "signature", "draft"),
    Loss("status", _NO_STAGE, "on_hold", "draft"),
    Loss("status", "what is given up is cancelled", "declined", "cancelled"),
    Loss("external_link.system", "the own id stands alone in a field"),
    Loss("external_link.record_type", "the own id stands alone in a field"),
    Loss("external_link.url", "the own id stands alone in a field"),
    Loss("key_dates.sent_at", "nothing is sent"),
    Loss("key_dates.signed_on", "nothing is signed"),
    Loss("key_dates.executed_on", "no date says when an agreement began to run"),
    Loss("key_dates.published_on", "nothing is published"),
    Loss("key_dates.terminated_on", "closing fills the last day, if it is empty"),
    Loss("term", "an agreement has a first and a last day, and no more"),
    Loss("type", "there is one kind of agreement"),
    Loss("template", "agreements are not made from templates"),
    Loss("owner", "an agreement has none; who created it is among the people"),
    Loss("people.email", "users are named, without their addresses"),
    Loss("relations", "agreements are not tied to one another"),
    Loss("documents", "attachments are not read"),
)
ASSUMPTIONS = (
    "A running agreement is executed: purchases are made under it.",
    "A closed agreement has expired, also if its last day is still to come; what "
    "differs is shown as a conflict.",
    "The name is the description, which is optional; else it is what Tryton shows.",
    "An agreement that was never changed was last changed when it was created.",
    "write_date does not move when a line is changed by itself, and not through its "
    "agreement.",
    "The amount is the sum of the lines; 0 says that quantities were left open.",
    "Instants are in UTC, in which the server runs.",
    "No limit of calls is documented; twenty a second is what we think polite.",
)

HINTS: Mapping[int | str, str] = {
    400: "the key's user may lack an access right",
    404: "check 'database', the id, and that the key's user may see the record",
    500: "look whether the database has the module purchase_blanket_agreement, and "
    "whether each of 'fields' is a field",
}
