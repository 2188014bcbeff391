"""What only people do: no public call does it, the control API offers it (A24)."""

from __future__ import annotations

from attrs import evolve

from ._records import (
    DRAFT,
    EXECUTED,
    ON_HOLD,
    REDLINING,
    SIGN,
    UPLOAD_EDITABLE,
    Contract,
    Recipient,
)
from ._talk import say
from ._world import World

REMARK = "Please look at the limitation of liability again."
"""What the counterparty comments."""
REASON = "These terms are not acceptable to us."
"""Why a signatory of theirs refuses."""


def open_review(world: World, contract: Contract) -> None:
    """Let the counterparty open the e-mail that asks for its review."""
    if contract.sent_at is None:
        raise ValueError(f"{contract.id} was not sent to the counterparty")
    world.change(contract, opened_at=contract.opened_at or world.now())


def comment(world: World, contract: Contract) -> None:
    """Let the counterparty comment on a contract that it knows."""
    shared = contract.sent_at is not None or contract.kind == UPLOAD_EDITABLE
    if not shared or contract.status not in (REDLINING, SIGN):
        raise ValueError(
            f"{contract.id} is in {contract.status}, not with the counterparty"
        )
    say(world, contract, REMARK)


def sign(world: World, contract: Contract) -> None:
    """Let everybody who has not signed do it, which executes the contract."""
    _needs_signing(contract)
    now = world.now()
    signed = tuple(
        evolve(one, acted_at=one.acted_at or now, refused=False, reason=None)
        for one in contract.recipients
    )
    world.change(contract, status=EXECUTED, executed_at=now, recipients=signed)


def decline(world: World, contract: Contract) -> None:
    """Let a counterparty's signatory refuse; the stage stays what it is."""
    _needs_signing(contract)
    who = next((one for one in contract.recipients if _may_refuse(one)), None)
    if who is None:
        raise ValueError(f"{contract.id} waits for no signature of the counterparty")
    refused = evolve(who, acted_at=world.now(), refused=True, reason=REASON)
    world.change(
        contract,
        recipients=tuple(refused if one is who else one for one in contract.recipients),
    )


def _may_refuse(one: Recipient) -> bool:
    return not one.is_ours and one.acted_at is None


def _needs_signing(contract: Contract) -> None:
    if contract.status != SIGN:
        raise ValueError(f"{contract.id} is in {contract.status}, not out to be signed")


def hold(world: World, contract: Contract) -> None:
    """Pause a contract."""
    if contract.status not in (DRAFT, REDLINING, SIGN):
        raise ValueError(f"{contract.id} is in {contract.status} and cannot be held")
    world.change(contract, status=ON_HOLD, held_at=contract.status)


def resume(world: World, contract: Contract) -> None:
    """Go back to the stage beneath the hold."""
    if contract.held_at is None:
        raise ValueError(f"{contract.id} is not on hold")
    world.change(contract, status=contract.held_at, held_at=None)
