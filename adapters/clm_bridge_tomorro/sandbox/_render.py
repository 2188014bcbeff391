"""
How a neutral deal looks in Tomorro.

A contract that waits for approval is still being negotiated, one that is on hold
stands where it was held, and a refused one was canceled: Tomorro has no such
statuses.  Further parties, amendments, and the days of sending and publishing
have no place there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from clm_bridge import Status
from clm_bridge.sandbox import Deal

from ._deal_values import values
from ._ids import uuid
from ._records import Contract, Member, Signatory, Signature, Version
from ._state import OPEN, State

STATUSES = {
    Status.DRAFT: "draft",
    Status.NEGOTIATION: "negotiating",
    Status.APPROVAL: "negotiating",
    Status.SIGNATURE: "signing",
    Status.EXECUTED: "signed",
    Status.DECLINED: "canceled",
    Status.CANCELLED: "canceled",
    Status.UNKNOWN: "negotiating",
}
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def contract(deal: Deal, state: State, service: Member, notice: str) -> Contract:
    """Return a deal as a contract of the workspace."""
    author = state.by_email(deal.owner.email) or service
    stage = deal.held_at if deal.status is Status.ON_HOLD else deal.status
    record = Contract(
        id=contract_id(deal.index),
        name=deal.name,
        status=STATUSES[stage or Status.UNKNOWN],
        counterparty_id=counterparty_id(deal.counterparty.index),
        type_id=type_id(deal.type),
        template_id=template_id(deal.template) if deal.template else None,
        author_id=author.id,
        created_at=deal.created_at,
        updated_at=deal.updated_at,
        values=values(deal, state.identifier(deal.created_at), notice),
        link=_link(deal),
        member_ids=[author.id, service.id],
    )
    record.signatories = list(_signatories(deal, state, record.status))
    record.versions = list(_versions(deal, record))
    record.signature = _signature(deal, record.status)
    return record


def contract_id(index: int) -> str:
    """Return the id of a deal's contract."""
    return uuid("contract", index)


def counterparty_id(index: int) -> str:
    """Return the id of a company's entry."""
    return uuid("counterparty", index)


def type_id(name: str) -> str:
    """Return the id of a contract type."""
    return uuid("contract type", name)


def template_id(name: str) -> str:
    """Return the id of a template."""
    return uuid("template", name)


def _link(deal: Deal) -> dict[str, str | None] | None:
    if deal.link is None:
        return None
    return {
        "type": deal.link.system,
        "externalId": deal.link.id,
        "externalEntity": deal.link.record_type,
        "externalUrl": deal.link.url,
    }


def _signatories(deal: Deal, state: State, status: str) -> Iterator[Signatory]:
    for place, human in enumerate(deal.signatories):
        own = uuid("signatory", deal.index, place)
        member = state.by_email(human.email)
        side, name = ("member", member.name) if member else ("external", None)
        one = Signatory(own, human.email, side, name)
        if status == "signed":
            one.sign(human.name, deal.signed_at)
        yield one


def _versions(deal: Deal, record: Contract) -> Iterator[Version]:
    """Yield the one document; what is drafted without a template has none yet."""
    if deal.template is None and record.status == "draft":
        return
    states = {"signing": "accepted", "signed": "signed"}
    yield Version(
        id=uuid("document", deal.index, 1),
        number=1,
        name=f"{deal.name}.docx" if record.status in OPEN else f"{deal.name}.pdf",
        content_type=DOCX if record.status in OPEN else PDF,
        created_at=deal.created_at,
        status=states.get(record.status, "draft"),
    )


def _signature(deal: Deal, status: str) -> Signature | None:
    states = {"signing": "sent", "signed": "signed"}
    if status not in states:
        return None
    sent: datetime = deal.sent_at or deal.updated_at
    return Signature(uuid("signature", deal.index), sent, states[status])
