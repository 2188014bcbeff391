"""Steps of a contract's life: STEPS."""

from __future__ import annotations

from ..._errors import ClmError, IllegalTransition
from ..._vocabulary import Outcome, Status, Transition
from ._outcomes import demand, must, prove
from ._subject import Subject
from ._writing import writes, written


class Movings:
    """Checks of transitions."""

    @must("MUST-STEPS-1")
    def test_steps_are_declared(self, subject: Subject) -> str:
        moves, table = subject.adapter.transitions, subject.adapter.statuses
        prove(moves, "no step is offered")
        for step, move in moves.items():
            words = {*move.leaves, *move.reaches}
            demand(words <= {*table}, f"{step.value}: {sorted(words - {*table})}?")
            demand(move.leaves and move.reaches, f"{step.value} leads nowhere")
            demand(" " in move.call, f"{step.value}: {move.call} is no call")
        return ", ".join(step.value for step in moves)

    @must("MUST-STEPS-2")
    def test_a_draft_is_given_up(self, subject: Subject) -> str:
        with written(subject) as (clm, new, _):
            made = clm.contracts.create(new).result
            told = clm.contracts.cancel(made.id, note="not needed any more")
            demand(told.result.status is Status.CANCELLED, f"it is {told.result}")
            again = clm.contracts.cancel(made.id, note="again")
            demand(
                again.outcome is Outcome.UNCHANGED, f"again it {again.outcome.value}"
            )
            now = clm.contracts.get(made.id).status
            demand(now is Status.CANCELLED, f"it is {now}")
        return "cancelled"

    @must("MUST-STEPS-3")
    def test_a_step_that_does_not_lead_there(self, subject: Subject) -> str:
        with written(subject) as (clm, new, traffic):
            made = clm.contracts.create(new).result
            word = made.source.status
            steps = [
                step
                for step, move in subject.adapter.transitions.items()
                if word not in (*move.leaves, *move.reaches)
            ]
            prove(steps, "every step leads on from a draft")
            traffic.asked.clear()
            for step in steps:
                try:
                    getattr(clm.contracts, step.value)(made.id, note="no")
                except IllegalTransition:
                    continue
                except ClmError as error:
                    raise AssertionError(f"{step.value}: {error!r}") from error
                raise AssertionError(f"{step.value} leads on from {word}")
            demand(not writes(traffic), f"it sent {writes(traffic)}")
        return ", ".join(step.value for step in steps)

    @must("MUST-STEPS-4")
    def test_a_dry_step(self, subject: Subject) -> str:
        with written(subject) as (clm, new, traffic):
            made = clm.contracts.create(new).result
            traffic.asked.clear()
            told = clm.contracts.cancel(made.id, note="not needed", dry_run=True)
            demand(told.outcome is Outcome.DRY_RUN, f"it {told.outcome.value}")
            demand(told.requests, "it shows nothing")
            demand(not writes(traffic), f"it sent {writes(traffic)}")
        return str(subject.adapter.transitions[Transition.CANCEL].call)
