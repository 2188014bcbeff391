"""
Changing contracts that are there: each write is read back.

Vendors may take a change and silently not make it, and an answer may be lost; in
both cases the contract itself says what became of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ._adapter import Adapter
from ._desk import Desk, offered, refuse
from ._errors import (
    AmbiguousWrite,
    Incomplete,
    InvalidInput,
    Unsupported,
)
from ._flow import Op, doubt
from ._models import Contract
from ._operations import with_stated
from ._particulars import ContractChanges
from ._placing import covered, paths_of_fields
from ._problems import Problem
from ._reading_back import unapplied
from ._saying import said
from ._values import ExternalLink
from ._vocabulary import Outcome
from ._written import Written


async def update(
    desk: Desk, id: str, changes: ContractChanges, *, dry: bool = False
) -> Written[Contract]:
    """Change a contract, and compare it with what was asked."""
    adapter = desk.adapter
    offered(adapter, "contracts.update")
    fields = await desk.prepared(changes)
    refuse(list(_unclearable(adapter, changes)), adapter.title)
    if not fields and not [*said(changes)] and not changes.clear and not changes.extra:
        raise InvalidInput("nothing is to be changed", hint="say what")
    return await _read_back(
        desk,
        id,
        adapter.update_contract(id, changes, fields),
        lambda contract: unapplied(adapter, changes, fields, contract),
        dry=dry,
    )


async def _read_back(
    desk: Desk,
    id: str,
    write: Op[None],
    missing: Callable[[Contract], Sequence[str]],
    *,
    dry: bool,
) -> Written[Contract]:
    """Carry out *write*, and let the contract say what became of it."""
    lost = await doubt(write)
    if dry:
        return Written(Outcome.DRY_RUN)
    contract = await desk.read(id)
    absent = missing(contract)
    if not absent:
        outcome = Outcome.RECONCILED if lost else Outcome.CHANGED
        return Written(outcome, result=contract)
    paths = ", ".join(absent)
    if lost is not None:
        raise AmbiguousWrite(
            f"{lost.message}, and {paths} is not as it was written",
            contract_ids=[id],
            hint="call again: a change may be written twice",
        ) from lost
    raise Incomplete(
        f"{desk.adapter.title} took the change and did not make it for {paths}",
        contract_id=id,
        missing=absent,
    )


def _unclearable(adapter: Adapter, changes: ContractChanges) -> Iterator[Problem]:
    places = adapter.changes | paths_of_fields(adapter.workspace)
    for place, path in enumerate(changes.clear):
        if not covered(str(path), places):
            accepts = ", ".join(sorted(places)) or "nothing"
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
    links = await desk.adapter.contract_links(id)
    before = await desk.read(id) if links is None else None
    if _carries(before.external_links if before else links or (), own.id):
        return Written(Outcome.UNCHANGED, result=before or await desk.read(id))

    def missing(contract: Contract) -> Sequence[str]:
        carries = _carries(contract.external_links, own.id)
        return () if carries else ("external_link",)

    try:
        write = desk.adapter.link_contract(id, own)
        return await _read_back(desk, id, write, missing, dry=dry)
    except Unsupported:
        if desk.adapter.searches_links:
            raise
    if dry:
        return Written(Outcome.DRY_RUN)
    before = before or await desk.read(id)
    is_first = not desk.links.stated(before.id)
    desk.links.state(before.id, own)
    after = with_stated(before, desk.links) if is_first else await desk.read(id)
    return Written(Outcome.CHANGED, result=after)


def _carries(links: Sequence[ExternalLink], external_id: str) -> bool:
    return any(one.id == external_id for one in links)


async def unlink(desk: Desk, id: str, *, dry: bool = False) -> Written[Contract]:
    """Take the external id off a contract."""
    offered(desk.adapter, "contracts.unlink")
    before = await desk.read(id)
    if not before.external_links:
        return Written(Outcome.UNCHANGED, result=before)
    if desk.links.stated(before.id):
        if dry:
            return Written(Outcome.DRY_RUN)
        desk.links.unstate(before.id)
        return Written(Outcome.CHANGED, result=await desk.read(id))
    gone = before.external_links[0].id

    def missing(contract: Contract) -> Sequence[str]:
        carries = _carries(contract.external_links, gone)
        return ("external_link",) if carries else ()

    write = desk.adapter.unlink_contract(id)
    return await _read_back(desk, id, write, missing, dry=dry)
