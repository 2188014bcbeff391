"""Moving a contract on: a step is taken if its status leads there, and read back."""

from __future__ import annotations

from ._adapter import Adapter
from ._declared import Move
from ._desk import Desk
from ._errors import (
    AmbiguousWrite,
    ClmError,
    IllegalTransition,
    Incomplete,
    InvalidInput,
)
from ._flow import doubt
from ._models import StatusReport
from ._vocabulary import Outcome, Transition
from ._written import Written


async def move(
    desk: Desk,
    id: str,
    transition: Transition,
    *,
    note: str | None = None,
    dry: bool = False,
) -> Written[StatusReport]:
    """Carry out a transition, if the contract's status leads there."""
    adapter = desk.adapter
    step = _step(adapter, transition, note)
    before = await adapter.contract_status(id)
    if before.word not in step.leaves and before.word in adapter.statuses:
        if before.word in step.reaches:
            return Written(Outcome.UNCHANGED, result=before)
        raise _illegal(adapter, transition, before)
    lost = await doubt(adapter.move_contract(id, transition, note))
    if dry:
        return Written(Outcome.DRY_RUN)
    after = await adapter.contract_status(id)
    if lost is not None:
        return _reconciled(id, step, before, after, lost)
    if after.word not in step.reaches:
        raise Incomplete(
            f"{adapter.title} said yes to {transition.value}, and the contract is "
            f"still {after.word}",
            contract_id=id,
            missing=["status"],
        )
    return Written(Outcome.CHANGED, result=after)


def _step(adapter: Adapter, transition: Transition, note: str | None) -> Move:
    step = adapter.transitions.get(transition)
    if step is None:
        adapter.refuse(f"contracts.{transition.value}")
    if step.note == "required" and not note:
        raise InvalidInput(
            f"{adapter.title} wants a note for {transition.value}", hint="pass note=…"
        )
    return step


def _illegal(
    adapter: Adapter, transition: Transition, now: StatusReport
) -> IllegalTransition:
    allowed = [
        other for other, step in adapter.transitions.items() if now.word in step.leaves
    ]
    return IllegalTransition(
        f"a contract that is {now.word} cannot {transition.value}",
        status=now.word,
        allowed=allowed,
    )


def _reconciled(
    id: str, step: Move, before: StatusReport, after: StatusReport, lost: ClmError
) -> Written[StatusReport]:
    """Tell by the status what a step did whose answer was lost."""
    if after.word != before.word and after.word in step.reaches:
        return Written(Outcome.RECONCILED, result=after)
    raise AmbiguousWrite(
        f"{lost.message}, and the contract is {after.word}",
        contract_ids=[id],
        hint="look at the contract's status before you try again",
    ) from lost
