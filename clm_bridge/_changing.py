"""
Changing contracts that are there: each write is read back.

Vendors may take a change and silently not make it, and an answer may be lost; in
both cases the contract itself says what became of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ._adapter import Adapter
from ._desk import Desk, offered, refuse
from ._errors import (
    AmbiguousWrite,
    ClmError,
    IllegalTransition,
    Incomplete,
    InvalidInput,
    Problem,
    Unsupported,
)
from ._models import Contract, Counterparty, StatusReport
from ._particulars import ContractChanges, NewCounterparty
from ._placing import covered
from ._reading_back import unapplied
from ._saying import nameless, said, unfit
from ._uploads import Upload
from ._values import ExternalLink
from ._vocabulary import DocumentKind, Outcome, Transition
from ._written import Written


async def update(
    desk: Desk, id: str, changes: ContractChanges, *, dry: bool = False
) -> Written[Contract]:
    """Change a contract, and compare it with what was asked."""
    offered(desk.adapter, "contracts.update")
    fields = await desk.prepared(changes)
    refuse(list(_unclearable(desk.adapter, changes)), desk.adapter.title)
    if not fields and not [*said(changes)] and not changes.clear and not changes.extra:
        raise InvalidInput("nothing is to be changed", hint="say what")
    outcome = Outcome.CHANGED
    try:
        await desk.adapter.update_contract(id, changes, fields)
    except ClmError as error:
        if not error.in_doubt:
            raise
        outcome = Outcome.RECONCILED
        lost: ClmError | None = error
    else:
        lost = None
    if dry:
        return Written(Outcome.DRY_RUN)
    contract = await desk.read(id)
    missing = unapplied(desk.adapter, changes, fields, contract)
    if missing and lost is not None:
        raise AmbiguousWrite(
            f"{lost.message}, and {', '.join(missing)} is not as it was written",
            contract_ids=[id],
            hint="call again: a change may be written twice",
        ) from lost
    if missing:
        raise Incomplete(
            f"{desk.adapter.title} took the change and did not make it for "
            f"{', '.join(missing)}",
            contract_id=id,
            missing=missing,
        )
    return Written(outcome, result=contract)


def _unclearable(adapter: Adapter, changes: ContractChanges) -> Iterator[Problem]:
    for place, path in enumerate(changes.clear):
        if not covered(str(path), adapter.changes):
            accepts = ", ".join(sorted(adapter.changes)) or "nothing"
            yield Problem(f"clear[{place}]", f"{path!r} cannot be emptied", accepts)


async def set_fields(
    desk: Desk, id: str, values: Mapping[str, Any], *, dry: bool = False
) -> Written[Contract]:
    """Write the workspace's own fields of a contract."""
    offered(desk.adapter, "fields.set")
    return await update(desk, id, ContractChanges(fields=values), dry=dry)


async def link(
    desk: Desk, id: str, own: ExternalLink, *, dry: bool = False
) -> Written[Contract]:
    """Let a contract carry an external id; the index keeps what the vendor cannot."""
    offered(desk.adapter, "contracts.link")
    if not own.id:
        raise InvalidInput("the link has no id", hint="pass ExternalLink(…, id=…)")
    before = await desk.read(id)
    if _carries(before, own):
        return Written(Outcome.DRY_RUN if dry else Outcome.UNCHANGED, result=before)
    try:
        await desk.adapter.link_contract(id, own)
    except Unsupported:
        if desk.adapter.searches_links:
            raise
        if not dry:
            desk.links.state(before.id, own)
    except ClmError as error:
        await _settle(desk, id, error, own)
        return Written(Outcome.RECONCILED, result=await desk.read(id))
    if dry:
        return Written(Outcome.DRY_RUN)
    return await _linked(desk, id, own)


async def _settle(desk: Desk, id: str, error: ClmError, own: ExternalLink) -> None:
    if not error.in_doubt:
        raise error
    if not _carries(await desk.read(id), own):
        raise AmbiguousWrite(
            f"{error.message}, and the contract does not carry {own.id!r}",
            contract_ids=[id],
            hint="call again: a link may be written twice",
        ) from error


async def _linked(desk: Desk, id: str, own: ExternalLink) -> Written[Contract]:
    contract = await desk.read(id)
    if _carries(contract, own):
        return Written(Outcome.CHANGED, result=contract)
    raise Incomplete(
        f"{desk.adapter.title} took the link and does not show it",
        contract_id=id,
        missing=["external_link"],
    )


def _carries(contract: Contract, own: ExternalLink) -> bool:
    return any(one.id == own.id for one in contract.external_links)


async def unlink(desk: Desk, id: str, *, dry: bool = False) -> Written[Contract]:
    """Take the external id off a contract."""
    offered(desk.adapter, "contracts.unlink")
    before = await desk.read(id)
    if not before.external_links:
        return Written(Outcome.DRY_RUN if dry else Outcome.UNCHANGED, result=before)
    if desk.links.stated(before.id):
        if not dry:
            desk.links.unstate(before.id)
    else:
        await desk.adapter.unlink_contract(id)
    if dry:
        return Written(Outcome.DRY_RUN)
    contract = await desk.read(id)
    if set(before.external_links) <= set(contract.external_links):
        raise Incomplete(
            f"{desk.adapter.title} took the change and still shows the link",
            contract_id=id,
            missing=["external_link"],
        )
    return Written(Outcome.CHANGED, result=contract)


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
    step = adapter.transitions.get(transition)
    if step is None:
        adapter.refuse(f"contracts.{transition.value}")
    if step.note == "required" and not note:
        raise InvalidInput(
            f"{adapter.title} wants a note for {transition.value}", hint="pass note=…"
        )
    before = await adapter.contract_status(id)
    if before.word not in step.leaves and before.word in adapter.statuses:
        if before.word in step.reaches:
            return Written(Outcome.DRY_RUN if dry else Outcome.UNCHANGED, result=before)
        raise IllegalTransition(
            f"a contract that is {before.word} cannot {transition.value}",
            status=before.word,
            allowed=[
                step
                for step, told in adapter.transitions.items()
                if before.word in told.leaves
            ],
        )
    try:
        await adapter.move_contract(id, transition, note)
    except ClmError as error:
        if not error.in_doubt:
            raise
        after = await adapter.contract_status(id)
        if after.word != before.word and after.word in step.reaches:
            return Written(Outcome.RECONCILED, result=after)
        raise AmbiguousWrite(
            f"{error.message}, and the contract is {after.word}",
            contract_ids=[id],
            hint="look at the contract's status before you try again",
        ) from error
    if dry:
        return Written(Outcome.DRY_RUN)
    after = await adapter.contract_status(id)
    if after.word not in step.reaches:
        raise Incomplete(
            f"{adapter.title} said yes to {transition.value}, and the contract is "
            f"still {after.word}",
            contract_id=id,
            missing=["status"],
        )
    return Written(Outcome.CHANGED, result=after)


async def comment(
    desk: Desk, id: str, text: str, *, dry: bool = False
) -> Written[None]:
    """Comment on a contract."""
    offered(desk.adapter, "contracts.comment")
    if not text.strip():
        raise InvalidInput("the comment is empty", hint="say something")
    try:
        await desk.adapter.add_comment(id, text)
    except ClmError as error:
        if not error.in_doubt:
            raise
        raise AmbiguousWrite(
            f"{error.message}; the comment may be there",
            contract_ids=[id],
            hint="look at contracts.comments",
        ) from error
    return Written(Outcome.DRY_RUN if dry else Outcome.CREATED)


async def create_counterparty(
    desk: Desk, new: NewCounterparty, *, dry: bool = False
) -> Written[Counterparty]:
    """Return the counterparty of that name, or add it."""
    adapter = desk.adapter
    offered(adapter, "counterparties.create")
    refuse(list(nameless(new)), adapter.title)
    name = new.name or ""
    known = await adapter.find_counterparties(name)
    if known:
        return Written(Outcome.EXISTED, result=known[0])
    try:
        made = await adapter.create_counterparty(new)
    except ClmError as error:
        if not error.in_doubt:
            raise
        known = await adapter.find_counterparties(name)
        if len(known) == 1:
            return Written(Outcome.RECONCILED, result=known[0])
        raise AmbiguousWrite(
            f"{error.message}, and {len(known)} counterparties are called {name!r}",
            hint="look at counterparties.find",
        ) from error
    return Written(Outcome.DRY_RUN if dry else Outcome.CREATED, result=made)


async def upload(
    desk: Desk, contract_id: str, file: Upload, kind: DocumentKind, *, dry: bool = False
) -> Written[None]:
    """Add a file to a contract."""
    adapter = desk.adapter
    offered(adapter, "documents.upload")
    refuse(list(unfit(file, desk.largest)), adapter.title)
    if kind not in adapter.uploads:
        kinds = ", ".join(sorted(one.value for one in adapter.uploads))
        raise Unsupported(
            f"{adapter.name} takes no document of kind {kind.value}",
            hint=f"it takes {kinds}",
        )
    try:
        await adapter.upload_document(contract_id, file, kind)
    except ClmError as error:
        if not error.in_doubt:
            raise
        raise AmbiguousWrite(
            f"{error.message}; the file may be there",
            contract_ids=[contract_id],
            hint="look at documents.list, or at the vendor's own pages",
        ) from error
    return Written(Outcome.DRY_RUN if dry else Outcome.CREATED)
