"""Which status each deal of the portfolio has here, and what belongs to it."""

from __future__ import annotations

from clm_bridge import Status
from clm_bridge.sandbox import Deal

from ._approvals import point_at_next, raise_approvals
from ._expiry import is_over
from ._schema import Record
from ._world import World


def set_stage(world: World, contract: Record, deal: Deal) -> None:
    """Give a contract its status; a hold does not show what is above it."""
    stage = deal.held_at or deal.status
    contract["status"] = _word(world, deal, stage)
    if deal.terminated_on:
        contract |= {"status": "inactive", "terminated": True}
        event = _reason(world, contract)
        contract |= {
            "reason-insight-events": [event],
            "reason-insight-code": event["reason-insight"]["name"],
            "reason-insight-comment": event["comment"],
        }
    elif stage is Status.EXECUTED and is_over(contract, world.today(), world.zone):
        contract["status"] = world.switches.expired
    elif stage in (Status.APPROVAL, Status.DECLINED):
        _seed_approvals(world, contract, deal)


def _word(world: World, deal: Deal, stage: Status) -> str:
    switches = world.switches
    return {
        Status.DRAFT: "draft",
        Status.NEGOTIATION: switches.in_negotiation,
        Status.APPROVAL: "pending_approval" if deal.index % 4 else switches.approved,
        Status.SIGNATURE: switches.pending_signature,
        Status.EXECUTED: "published" if deal.published_on else "completed",
        Status.DECLINED: switches.rejected,
        Status.CANCELLED: "inactive",
    }[stage]


def _seed_approvals(world: World, contract: Record, deal: Deal) -> None:
    """Give a contract the approvals that its status tells of."""
    word = contract["status"]
    for place, approval in enumerate(raise_approvals(world, contract, chain=2)):
        approval["created-at"] = approval["updated-at"] = contract["updated-at"]
        if word == world.switches.approved:
            approval["status"] = "approved"
        elif word == world.switches.rejected and place == 0:
            approval |= {"status": "rejected", "note": "Not on these terms"}
        elif word == "pending_approval" and place < deal.index % 2:
            approval["status"] = "approved"
    point_at_next(world, contract)


def _reason(world: World, contract: Record) -> Record:
    return {
        "id": world.next_id("reason-insight-event"),
        "created-at": contract["updated-at"],
        "updated-at": contract["updated-at"],
        "reason-insight": world.all("reason-insight")[1],
        "comment": "Ended by agreement",
        "eventable-id": contract["id"],
        "eventable-type": "Contract",
        "user-full-name": contract["contract-owner"]["fullname"],
    }
