"""What an adapter declares as data: settings, losses, and how a contract moves on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from attrs import field, frozen

from ._values import KeyDates
from ._vocabulary import Transition

OPERATIONS: Mapping[str, str] = {
    "check": "check",
    "contracts.list": "list_contracts",
    "contracts.get": "get_contract",
    "contracts.status": "contract_status",
    "contracts.find_by_external_id": "find_contracts",
    "contracts.people": "list_people",
    "contracts.approvals": "list_approvals",
    "contracts.relations": "list_relations",
    "contracts.comments": "list_comments",
    "contracts.create": "create_contract",
    "contracts.update": "update_contract",
    "contracts.link": "link_contract",
    "contracts.unlink": "unlink_contract",
    "contracts.comment": "add_comment",
    "documents.list": "list_documents",
    "documents.download": "download_document",
    "documents.upload": "upload_document",
    "templates.list": "list_templates",
    "counterparties.list": "list_counterparties",
    "counterparties.find": "find_counterparties",
    "counterparties.create": "create_counterparty",
    "fields.list": "list_fields",
    "fields.set": "update_contract",
    "events.receive": "read_event",
    "webhooks.register": "register_webhook",
    "webhooks.unregister": "unregister_webhook",
    "webhooks.list": "list_webhooks",
    "webhooks.resend": "resend_events",
    "webhooks.secret": "webhook_secret",
}
"""
What a user calls → the operation of an adapter that answers it.

Transitions are not among them: an adapter's table of `Move` says which it offers.
"""


CAPABILITIES = (*OPERATIONS, *(f"contracts.{step.value}" for step in Transition))
"""Everything that a user may be able to call, transitions included."""


@frozen
class Loss:
    """
    What this vendor cannot say, as the docs publish it.

    ``attribute`` is a path into `Contract`.  With ``value`` only that value is lost,
    and comes back as ``becomes``; both are spelled as JSON spells them.
    """

    attribute: str
    why: str
    value: str | None = None
    becomes: str | None = None


@frozen
class Move:
    """
    How a vendor offers a `Transition`, as the docs publish it.

    ``call`` is a method and a path template.  ``leaves`` are the vendor's words for
    the statuses that it leads from, ``reaches`` those that it leads to.  ``note`` says
    what becomes of the user's: ``"required"``, ``"taken"`` or ``None`` for dropped.
    """

    call: str
    leaves: Sequence[str]
    reaches: Sequence[str]
    note: Literal["required", "taken"] | None = None
    assumed: str | None = None
    """What of this the vendor does not document."""


@frozen
class Dated:
    """What a vendor told in bulk of one contract; the id is as it tells it."""

    id: str
    key_dates: KeyDates
    raw: Mapping[str, Any] = field(factory=dict, repr=False)


def setting(
    says: str, *, secret: bool = False, default: Any = ..., choices: Sequence[str] = ()
) -> Any:
    """Declare a setting of an adapter's ``Config``; errors and docs print *says*."""
    metadata = {"says": says, "secret": secret, "choices": tuple(choices)}
    if default is ...:
        return field(metadata=metadata, repr=not secret)
    return field(default=default, metadata=metadata, repr=not secret)
