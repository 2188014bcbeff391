"""What every write goes through: the checks, the fields, and the index of links."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from attrs import define

from ._adapter import Adapter
from ._errors import InvalidInput
from ._field_values import Definitions
from ._leaving_out import without
from ._links import LinkIndex
from ._models import Contract, FieldDefinition
from ._operations import carriers, get_contract
from ._paging import Cursor
from ._particulars import ContractChanges, NewContract, Particulars
from ._placing import paths_of_fields, unplaced, written
from ._problems import Problem
from ._saying import ill_typed, said, senseless, unfit
from ._values import Field


@define
class Desk:
    """
    One bridge's place to write at.

    The definitions of the workspace's own fields are read once, and again when a name
    is not among them.
    """

    adapter: Adapter
    links: LinkIndex
    largest: int
    """Bytes that a file may have."""
    longest: timedelta = timedelta(seconds=90)
    """How long one call may take, until it is told what came of it."""
    _definitions: Definitions | None = None

    def now(self) -> datetime:
        """Return the present instant."""
        return self.adapter.workspace.now()

    def faults(self, told: Particulars) -> list[Problem]:
        """Return what is wrong with *told* that no request is needed to see."""
        found = [*ill_typed(told)]
        if found:
            return found  # the rest could not be looked at
        found += senseless(told)
        is_new = isinstance(told, NewContract)
        places = self.adapter.writes if is_new else self.adapter.changes
        found += unplaced(self.adapter, told, places)
        if isinstance(told, NewContract):
            found += self._beginnings(told)
        found += self.adapter.check_contract(told)
        return [*{one.path: one for one in reversed(found)}.values()][::-1]

    def _beginnings(self, new: NewContract) -> list[Problem]:
        found = []
        if new.status not in self.adapter.creates:
            accepts = ", ".join(sorted(one.value for one in self.adapter.creates))
            why = f"{new.status.value}: no contract begins so in {self.adapter.title}"
            found.append(Problem("status", why, accepts))
        if new.document is not None:
            found += unfit(new.document, self.largest)
        return found

    def kept(self, new: NewContract) -> tuple[NewContract, Sequence[Problem]]:
        """Return *new* without what has no place here, and what that is."""
        dropped = [one for one in self.faults(new) if one.placeless]
        return without(new, [one.path for one in dropped]), dropped

    async def prepared(self, told: Particulars) -> Sequence[Field]:
        """Return the fields to write, or raise `InvalidInput` with every problem."""
        refuse(self.faults(told), self.adapter.title)
        if not self._needs_fields(told):
            return ()
        were_known = self._definitions is not None
        known = await self.definitions()
        fields, wrong = written(self.adapter.workspace, told, known)
        if wrong and were_known:
            known = await self.definitions(fresh=True)
            fields, wrong = written(self.adapter.workspace, told, known)
        refuse(wrong, self.adapter.title)
        return fields

    def _needs_fields(self, told: Particulars) -> bool:
        mapped = paths_of_fields(self.adapter.workspace)
        paths = [path for path, _ in said(told)]
        paths += told.clear if isinstance(told, ContractChanges) else ()
        return bool(told.fields) or any(path in mapped for path in paths)

    async def definitions(self, *, fresh: bool = False) -> Definitions:
        """Return the workspace's own fields."""
        if self._definitions is None or fresh:
            found: list[FieldDefinition] = []
            cursor: Cursor | None = None
            while True:
                page = await self.adapter.list_fields(cursor)
                found += page.items
                if page.next is None or page.next == cursor:
                    break
                cursor = page.next
            self._definitions = Definitions(found, self.adapter.infers_fields)
        return self._definitions

    async def validated(self, told: Particulars) -> Sequence[Problem]:
        """Return every problem, instead of raising them."""
        try:
            await self.prepared(told)
        except InvalidInput as error:
            return error.problems
        return ()

    async def read(self, id: str) -> Contract:
        """Read a contract, with the links that the index keeps for it."""
        return await get_contract(self.adapter, self.links, id)

    async def carriers(self, external_id: str) -> Sequence[Contract]:
        """Return the contracts that are known to carry an external id."""
        return await carriers(self.adapter, self.links, external_id)


def refuse(found: Sequence[Problem], title: str) -> None:
    """Raise one error that holds all problems, if there are any."""
    if found:
        told = "; ".join(str(one) for one in found)
        count = "" if len(found) == 1 else f"{len(found)} problems: "
        raise InvalidInput(
            f"{title} cannot be told this: {count}{told}",
            hint="nothing was written",
            problems=found,
        )


def offered(adapter: Adapter, name: str) -> None:
    """Raise `Unsupported` unless the adapter offers what a user calls *name*."""
    if name not in adapter.capabilities():
        adapter.refuse(name)
