"""
How a neutral deal looks in SpotDraft.

A contract that waits for approval is still in redlining, with an approval pending;
a refused one is out for signature, and the refusal stands at the recipient; one on
hold keeps its stage beneath, which no answer tells.  The link's URL and the
contract's own number have no place there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from clm_bridge import Money, Status, TermKind
from clm_bridge.sandbox import Deal, Human

from ._key_pointer_fields import BY_LABEL
from ._records import (
    DRAFT,
    EXECUTED,
    EXPRESS_TEMPLATE,
    ON_HOLD,
    REDLINING,
    SIGN,
    TEMPLATE,
    UPLOAD_EDITABLE,
    UPLOAD_EXECUTED,
    UPLOAD_SIGN,
    VOIDED,
    Approval,
    Contract,
    ContractType,
    Counterparty,
    Recipient,
)
from ._times import duration
from ._workspace import ENTITIES
from ._world import FIRST_NUMBER, World

STATUSES = {
    Status.DRAFT: DRAFT,
    Status.NEGOTIATION: REDLINING,
    Status.APPROVAL: REDLINING,
    Status.SIGNATURE: SIGN,
    Status.DECLINED: SIGN,
    Status.EXECUTED: EXECUTED,
    Status.ON_HOLD: ON_HOLD,
    Status.CANCELLED: VOIDED,
}
# What a contract without a template came from, by the stage that it is in.
UPLOADS = {
    DRAFT: EXPRESS_TEMPLATE,
    REDLINING: UPLOAD_EDITABLE,
    SIGN: UPLOAD_SIGN,
    EXECUTED: UPLOAD_EXECUTED,
    VOIDED: UPLOAD_EDITABLE,
}
BETWEEN_SIGNATURES = timedelta(minutes=10)


def number(index: int) -> int:
    """Return the integer of a deal's contract."""
    return FIRST_NUMBER - 1 + index


def contract(deal: Deal, world: World) -> Contract:
    """Return a deal as a contract of the workspace."""
    status = STATUSES[deal.status]
    beneath = STATUSES[deal.held_at] if deal.held_at else None
    kind = TEMPLATE if deal.template else UPLOADS[beneath or status]
    space = world.workspace
    return Contract(
        number=number(deal.index),
        prefix="H" if kind == UPLOAD_EXECUTED else "T",
        name=deal.name,
        status=status,
        kind=kind,
        type=_type(world, deal.type),
        entity=ENTITIES[0],
        created_by=space.user(deal.owner.email) or space.service,
        created_at=deal.created_at,
        updated_at=deal.updated_at,
        parties=_parties(deal, world),
        values=_values(deal),
        metadata=_metadata(deal),
        recipients=tuple(_recipients(deal, beneath or status, world)),
        held_at=beneath,
        sent_at=deal.sent_at,
        marked_at=_marked_at(deal, beneath or status),
        executed_at=deal.signed_at,
        approvals=tuple(_approvals(deal, world)),
    )


def _approvals(deal: Deal, world: World) -> Iterator[Approval]:
    if deal.status is Status.APPROVAL:
        yield Approval(
            id=number(deal.index) * 10 + 9,
            name="Before signature",
            type="PRE_SIGN",
            user=world.workspace.service,
            sent_at=deal.updated_at,
        )


def _type(world: World, name: str) -> ContractType:
    types = world.workspace.types.values()
    return next(one for one in types if one.name == name)


def _parties(deal: Deal, world: World) -> tuple[Counterparty, ...]:
    found = (
        world.workspace.counterparty(one.name)
        for one in (deal.counterparty, *deal.other_parties)
    )
    return tuple(one for one in found if one is not None)


def _metadata(deal: Deal) -> Mapping[str, Any] | None:
    if deal.link is None:
        return None
    return {
        "id": deal.link.id,
        "integration_name": deal.link.system,
        "record_type": deal.link.record_type,
        "record_data": dict(deal.link.data),
    }


def _values(deal: Deal) -> dict[str, Any]:
    """Return the key pointers that have a value, by field name."""
    term = deal.term
    told: dict[str, Any] = {
        "effective_date": _date(deal.effective_on),
        "expiration_date": _date(deal.expires_on),
        "term_length": duration(term.length),
        "renewal_term": duration(term.renewal_length),
        "max_renewals": term.renewals_max,
        "notice_period": duration(term.notice),
        "auto_renewal": _tick(term.kind, TermKind.AUTO_RENEW),
        "perpetual": _tick(term.kind, TermKind.PERPETUAL),
        "contract_value": _currency(deal.value),
        "termination_date": _date(deal.terminated_on),
    }
    for label, value in deal.fields.items():
        pointer = BY_LABEL[label]
        told[pointer.field_name] = (
            _date(value) if pointer.data_type == "date" else value
        )
    return {name: value for name, value in told.items() if value is not None}


def _tick(kind: TermKind, box: TermKind) -> bool | None:
    return None if kind is TermKind.UNKNOWN else kind is box


def _date(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())


def _currency(value: Money | None) -> Mapping[str, Any] | None:
    if value is None:
        return None
    return {"type": value.currency, "value": amount(value.amount)}


def amount(exact: Decimal) -> int | Decimal:
    """Return whole amounts as integers, as the vendor's samples have them."""
    return int(exact) if exact == exact.to_integral_value() else exact


def _marked_at(deal: Deal, stage: str) -> datetime | None:
    if deal.signed_at is not None:
        return max(deal.sent_at or deal.created_at, deal.signed_at - timedelta(days=1))
    return deal.updated_at if stage == SIGN else None


def _recipients(deal: Deal, stage: str, world: World) -> Iterator[Recipient]:
    theirs = {one.contact for one in (deal.counterparty, *deal.other_parties)}
    marked_at = _marked_at(deal, stage)
    for order, human in enumerate(deal.signatories, start=1):
        yield Recipient(
            id=number(deal.index) * 10 + order,
            user_id=world.person(human.email),
            name=human.name,
            email=human.email,
            order=order,
            is_ours=human not in theirs and human.email.endswith("@buyer.example"),
            created_at=deal.created_at,
            sent_at=marked_at,
            acted_at=_acted_at(deal, order),
            refused=_refused(deal, human),
        )


def _acted_at(deal: Deal, order: int) -> datetime | None:
    """Let everybody sign in turn, the last one when the contract was executed."""
    if deal.signed_at is not None:
        left = len(deal.signatories) - order
        return deal.signed_at - left * BETWEEN_SIGNATURES
    return deal.updated_at if order == 1 and deal.status is Status.DECLINED else None


def _refused(deal: Deal, human: Human) -> bool:
    return deal.status is Status.DECLINED and human is deal.signatories[0]
