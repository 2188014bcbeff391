"""Each thing that can be called, called once, with what it needs made ready before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from clm_bridge import (
    Bridge,
    ClmError,
    Contract,
    ContractChanges,
    Document,
    DocumentKind,
    NewCounterparty,
    Outcome,
    Status,
    Transition,
    Written,
)
from clm_bridge.adapter import CAPABILITIES

from . import records

EXAMPLE = "PR-1042"
"""The external id of the portfolio's example, a contract with nothing left out."""

ADDRESS = "https://hooks.example.com/clm"

UNCOUNTED = frozenset({"contracts.list", "events.receive"})
"""What costs as much as there are contracts, and what reads a delivery: no request."""

Act = Callable[[], object]


def acts(clm: Bridge) -> Iterator[tuple[str, list[Act]]]:
    """
    Yield each capability with attempts at it; the first that succeeds is the one.

    What an attempt needs is made ready when it is yielded, so that it does not count.
    """
    clm.links.build()
    example = _example(clm)
    field = next(iter(example.fields.values()))
    changes = ContractChanges(fields={field.id: field.value})
    clm.contracts.validate(changes)  # reads the definitions, once for all
    made = _acts(clm, example, changes)
    for name in CAPABILITIES:
        if name not in clm.capabilities or name in UNCOUNTED:
            continue
        step = name.removeprefix("contracts.")
        if step in {one.value for one in Transition}:
            yield name, list(_steps(clm, Transition(step)))
        else:
            yield name, [made[name]]


def first(attempts: list[Act], before: Callable[[], object]) -> None:
    """Make attempts until one succeeds, each after *before*."""
    refusals: list[ClmError] = []
    for attempt in attempts:
        before()
        try:
            attempt()
        except ClmError as error:
            refusals.append(error)
        else:
            return
    raise LookupError("no attempt succeeded") from next(iter(refusals[::-1]), None)


def _acts(clm: Bridge, one: Contract, changes: ContractChanges) -> Mapping[str, Act]:
    contracts, own = clm.contracts, one.id
    [document] = clm.documents.list(own)[:1]
    new = records.contract(clm, "PR-9001")
    name = records.DEAL.counterparty.name
    plain = next(iter(clm.contracts.list(status=Status.DRAFT)))
    return {
        "check": clm.check,
        "contracts.get": lambda: contracts.get(own),
        "contracts.status": lambda: contracts.status(own),
        "contracts.find_by_external_id": lambda: contracts.find_by_external_id(EXAMPLE),
        "contracts.people": lambda: contracts.people(own),
        "contracts.approvals": lambda: contracts.approvals(own),
        "contracts.relations": lambda: contracts.relations(own),
        "contracts.comments": lambda: contracts.comments(own),
        "contracts.create": lambda: contracts.create(new),
        "contracts.update": lambda: contracts.update(plain.id, changes),
        "contracts.link": lambda: contracts.link(plain.id, records.link("PR-9002")),
        "contracts.unlink": lambda: contracts.unlink(plain.id),
        "contracts.comment": lambda: contracts.comment(own, "Seen."),
        "documents.list": lambda: clm.documents.list(own),
        "documents.download": lambda: _download(clm, document),
        "documents.upload": lambda: clm.documents.upload(
            plain.id, records.PDF, kind=_kind(clm)
        ),
        "templates.list": lambda: list(clm.templates.list()),
        "counterparties.list": lambda: list(clm.counterparties.list()),
        "counterparties.find": lambda: clm.counterparties.find(name),
        "counterparties.create": lambda: clm.counterparties.create(
            NewCounterparty("Northwind Traders")
        ),
        "fields.list": lambda: list(clm.fields.list()),
        "fields.set": lambda: clm.fields.set(plain.id, changes.fields),
        **_webhooks(clm, own),
    }


def _webhooks(clm: Bridge, own: str) -> Mapping[str, Act]:
    room, registers = clm.webhooks, "webhooks.register" in clm.capabilities
    made = room.register(ADDRESS).result.id if registers else ""
    return {
        "webhooks.register": lambda: room.register(ADDRESS),
        "webhooks.unregister": lambda: room.unregister(made),
        "webhooks.list": room.list,
        "webhooks.resend": lambda: room.resend([own]),
        "webhooks.secret": room.secret,
    }


def _example(clm: Bridge) -> Contract:
    [example] = clm.contracts.find_by_external_id(EXAMPLE)
    if example.status is Status.EXECUTED:
        return example
    raise LookupError("the portfolio's example is not executed")


def _kind(clm: Bridge) -> DocumentKind:
    return min(clm.settings.adapter.uploads, key=lambda one: one.value)


def _download(clm: Bridge, document: Document) -> None:
    with TemporaryDirectory() as folder:
        clm.documents.download(document, Path(folder))


def _steps(clm: Bridge, step: Transition) -> Iterator[Act]:
    """Yield the step for each contract that it may lead from."""
    leaves = clm.settings.adapter.transitions[step].leaves
    for one in clm.contracts.list(detail="summary"):
        if one.source.status in leaves:
            yield lambda own=one.id: _moved(clm, step, own)


def _moved(clm: Bridge, step: Transition, own: str) -> None:
    move: Callable[..., Written[object]] = getattr(clm.contracts, step.value)
    if move(own, note="Agreed.").outcome is not Outcome.CHANGED:
        raise ClmError("the contract was there already")
