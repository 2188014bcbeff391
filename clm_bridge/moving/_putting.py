"""
One contract on its way through the journal: created at most once, whatever happens.

A fact is on disk before the request that depends on it.  What was begun and never
decided is looked for first, and created only when it provably is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from attrs import field, frozen

from .._creating import OnExisting
from .._errors import (
    AlreadyExists,
    AmbiguousWrite,
    ClmError,
    Conflict,
    IllegalTransition,
    Incomplete,
    InvalidInput,
    NotFound,
    PayloadError,
    Rejected,
    Unsupported,
)
from .._particulars import NewContract
from .._problems import Problem
from .._steps import move
from .._values import ExternalLink, sealed
from .._vocabulary import Outcome, Transition
from ._house import House
from ._journal import Entry, Journal

OF_THIS_ONE = (
    AlreadyExists,
    Conflict,
    InvalidInput,
    NotFound,
    PayloadError,
    Rejected,
    Unsupported,
)
"""Errors that say something of one contract; any other ends the run."""


@frozen
class Result:
    """
    What became of one contract.

    ``outcome`` is ``created``, ``existed``, ``refused``, ``incomplete``, or ``open``
    for what nobody can say yet; ``dry_run`` where nothing was to be written.
    """

    key: str
    outcome: str
    target: str | None = None
    """The contract's id where it now is."""
    why: Sequence[str] = field(default=(), converter=sealed)
    lost: Sequence[str] = field(default=(), converter=sealed)

    @property
    def is_whole(self) -> bool:
        """Whether it is there as it was to be."""
        return self.outcome in ("created", "existed", "dry_run")


@frozen(kw_only=True)
class Order:
    """A contract to be created, and what follows its creation."""

    key: str
    new: NewContract
    then: Transition | None = None
    note: str = ""
    link: ExternalLink | None = None
    """A link for our own index, where the vendor has no place for it."""
    lost: Sequence[str] = field(default=(), converter=sealed)
    by_name: bool = False
    on_existing: OnExisting = "return"

    @property
    def has_siblings(self) -> bool:
        """Whether its link alone does not tell it from others."""
        shared = self.by_name or self.on_existing == "create"
        return shared or self.new.external_link is None


def result(entry: Entry) -> Result:
    """Return a journal's entry as a result."""
    word = entry.fact
    if word in ("began", "made", "failed"):
        word = "open"
    return Result(entry.key, word, entry.target, entry.why, entry.lost)


def refused(journal: Journal, key: str, why: Sequence[object]) -> Result:
    """Note that a contract cannot be created; an attempt that is open stays so."""
    known = journal.entry(key)
    told = [str(one) for one in why]
    if known is not None and known.is_open:
        return Result(key, "open", known.target, told)
    return result(journal.note("refused", key, why=told))


def put(
    house: House,
    journal: Journal,
    order: Order,
    refit: Callable[[Sequence[Problem]], Order | None] = lambda _: None,
    *,
    alive: datetime | None = None,
) -> Result:
    """
    Create a contract, or finish what was begun; *refit* may leave something out.

    *alive* is when it was known that an earlier attempt sends nothing any more.
    """
    known = journal.entry(order.key)
    if known is not None and known.is_final:
        return result(known)
    if known is not None and known.is_open:
        # What fails from here on must not pass for the end of the attempt.
        wrong = house.run("contracts.validate", house.desk.validated(order.new))
        if wrong:
            return Result(order.key, "open", known.target, [*map(str, wrong)])
    try:
        target, fact = _made(house, journal, order, alive)
    except Incomplete as error:
        return _incomplete(journal, order, error)
    except AmbiguousWrite as error:
        return Result(order.key, "open", None, [str(error)])
    except InvalidInput as error:
        lighter = refit(error.problems)
        if lighter is None:
            return _given_up(journal, order.key, error)
        _let_go(journal, order.key)
        return put(house, journal, lighter, refit, alive=alive)
    except OF_THIS_ONE as error:
        return _given_up(journal, order.key, error)
    except ClmError:
        _let_go(journal, order.key)
        raise
    return _followed(house, journal, order, target, fact)


def _made(
    house: House, journal: Journal, order: Order, alive: datetime | None
) -> tuple[str, str]:
    """Return the contract, and whether it was there before."""
    known = journal.entry(order.key)
    begun = known.began if known is not None else None
    creation = house.creation(
        order.new,
        begun=begun,
        alive=alive,
        taken=journal.taken(order.key) if order.has_siblings else frozenset(),
        by_name=order.by_name,
        on_existing=order.on_existing,
    )
    if known is not None and known.target is not None:
        house.run("contracts.create", creation.finish(known.target))
        return known.target, "created"
    journal.began(order.key, house.now())
    done = house.run("contracts.create", creation.run())
    existed = done.outcome is Outcome.EXISTED
    return done.result.id, "existed" if existed else "created"


def _followed(
    house: House, journal: Journal, order: Order, target: str, fact: str
) -> Result:
    """Take the step that follows, and note that nothing is left to do."""
    if order.then is not None and fact == "created":
        journal.note("made", order.key, target=target)
        step = move(house.desk, target, order.then, note=order.note)
        try:
            house.run(f"contracts.{order.then.value}", step)
        except (IllegalTransition, Incomplete, *OF_THIS_ONE) as error:
            why = [str(error)]
            return result(
                journal.note(
                    "incomplete", order.key, target=target, why=why, lost=order.lost
                )
            )
        except AmbiguousWrite as error:
            return Result(order.key, "open", target, [str(error)])
    if order.link is not None:
        house.desk.links.state(target, order.link)
    return result(journal.note(fact, order.key, target=target, lost=order.lost))


def _incomplete(journal: Journal, order: Order, error: Incomplete) -> Result:
    """Note what is there; what only broke off is finished the next time."""
    fact = "incomplete" if error.missing else "made"
    told = journal.note(
        fact,
        order.key,
        target=error.contract_id,
        why=[str(error)],
        lost=order.lost,
    )
    return Result(order.key, "incomplete", told.target, told.why, told.lost)


def _given_up(journal: Journal, key: str, error: ClmError) -> Result:
    """Note that the vendor refused, unless it is there and something else failed."""
    known = journal.entry(key)
    if known is not None and known.target is not None:
        return Result(key, "open", known.target, [str(error)])
    return result(journal.note("refused", key, why=reasons(error)))


def reasons(error: ClmError) -> list[str]:
    """Return each problem that an error holds, or the error itself."""
    if isinstance(error, InvalidInput) and error.problems:
        return [str(one) for one in error.problems]
    return [str(error)]


def _let_go(journal: Journal, key: str) -> None:
    """Note that nothing was written, so that nobody waits for it."""
    known = journal.entry(key)
    if known is not None and known.target is None:
        journal.note("failed", key)
