"""``contracts``: the steps of a contract's life, each a verb."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from .._errors import ClmError
from .._json import to_dict
from .._models import StatusReport
from .._vocabulary import Outcome, Transition
from .._written import Written
from ._contracts import contracts
from ._failures import refuse_none_of, refuse_some_of
from ._outcome import (
    as_json,
    dry_option,
    emit_requests,
    say,
    say_outcome,
    there,
)
from ._output import Column, View, emit, format_option
from ._where import Where, where_options

if TYPE_CHECKING:
    from .._bridge import Bridge


class Verb(NamedTuple):
    """A step, and what help says of it."""

    step: Transition
    says: str


VERBS: Mapping[str, Verb] = {
    "submit": Verb(Transition.SUBMIT_FOR_APPROVAL, "Submit drafts for approval."),
    "send": Verb(Transition.SEND_TO_COUNTERPARTY, "Send contracts to the other party."),
    "sign": Verb(Transition.REQUEST_SIGNATURE, "Send contracts to their signatories."),
    "withdraw": Verb(Transition.WITHDRAW_SIGNATURE, "Take contracts back from them."),
    "complete": Verb(Transition.COMPLETE, "Say that all parties have signed."),
    "activate": Verb(Transition.ACTIVATE, "Let contracts take effect."),
    "cancel": Verb(Transition.CANCEL, "Give up contracts that are not executed."),
    "deactivate": Verb(Transition.DEACTIVATE, "Take contracts out of use."),
}


class Moved(NamedTuple):
    """One contract, and what became of its step."""

    id: str
    written: Written[StatusReport]


def _of(name: str) -> Any:
    return lambda one: getattr(there(one.written), name, None)


MOVED: View[Moved] = View(
    [
        Column("id", lambda one: one.id),
        Column("outcome", lambda one: one.written.outcome),
        Column("status", _of("status")),
        Column("vendor_word", _of("word")),
        Column("reported_state", _of("reported_state")),
    ],
    lambda one: {"id": one.id, **as_json(one.written, _result(one.written))},
)

_NOW: Mapping[Outcome, str] = {
    Outcome.RECONCILED: "reconciled: the answer was lost; {it}",
    Outcome.CHANGED: "changed: {it}",
    Outcome.UNCHANGED: "unchanged: {it} already",
}


def _result(written: Written[StatusReport]) -> Any:
    found = there(written)
    return to_dict(found) if found is not None else None


def command(name: str, verb: Verb) -> click.Command:
    """Return the command that carries out one step."""

    @click.command(name, help=verb.says)
    @click.argument("ids", nargs=-1, required=True, metavar="ID...")
    @click.option("--note", metavar="TEXT", help="To go with it, where one is taken.")
    @dry_option
    @format_option
    @where_options
    def move(
        *, where: Where, form: str, dry: bool, ids: tuple[str, ...], note: str | None
    ) -> None:
        with where.open() as clm:
            _warn_of_note(clm, verb.step, note)
            moved, failed = _each(clm, verb.step, ids, note, dry=dry)
        refuse_none_of(moved, failed)
        show(form, moved, dry=dry)
        refuse_some_of(failed)

    return move


def _warn_of_note(clm: Bridge, step: Transition, note: str | None) -> None:
    told = clm.settings.adapter.transitions.get(step)
    if note and told is not None and told.note is None:
        say(f"note: {clm.settings.adapter.title} takes no note here; yours is dropped")


def _each(
    clm: Bridge, step: Transition, ids: tuple[str, ...], note: str | None, *, dry: bool
) -> tuple[list[Moved], dict[str, ClmError]]:
    """Move every contract that can be, saying of each what it is now."""
    moved: list[Moved] = []
    failed: dict[str, ClmError] = {}
    carry_out = getattr(clm.contracts, step.value)
    for one in ids:
        try:
            written = carry_out(one, note=note, dry_run=dry)
        except ClmError as error:
            failed[one] = error
            continue
        moved.append(Moved(one, written))
        say_outcome(written, _standing(one, written), dry=dry, lines=_NOW)
    return moved, failed


def _standing(id: str, written: Written[StatusReport]) -> str:
    now = there(written)
    if now is None:
        return id
    word = f" ({now.word})" if now.word else ""
    return f"{id} has status {now.status.value}{word}"


def show(form: str, moved: list[Moved], *, dry: bool) -> None:
    """Print where the contracts are now, or the requests of a dry run."""
    if dry and form in ("table", "csv"):
        emit_requests(form, [one for each in moved for one in each.written.requests])
    else:
        emit(form, MOVED, moved)


for _name, _verb in VERBS.items():
    contracts.add_command(command(_name, _verb))
