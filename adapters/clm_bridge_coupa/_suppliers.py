"""
Suppliers, who are the counterparties: found, created, and told from one another.

…/resources/reference-data-resources/suppliers-api-(suppliers)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import frozen

from clm_bridge.adapter import (
    Counterparty,
    InvalidInput,
    NewCounterparty,
    NotFound,
    Problem,
    Request,
    get,
    rows,
)

from . import _checks, _payloads, _wire

_FIELDS = _wire.named(_wire.SupplierRow)


@frozen
class Suppliers:
    """The suppliers of an instance; ``read`` makes one of a payload."""

    read: Callable[[Any], Counterparty]

    async def named(self, name: str) -> Sequence[Counterparty]:
        """Query by name, of which the database may ignore the case."""
        found = await self._found({"name": name})
        return [one for one in found if one.name == name]

    async def create(self, new: NewCounterparty) -> Counterparty:
        """Create one, which Coupa makes a draft."""
        _refuse(list(_checks.unfit_supplier(new)))
        answer = await Request(
            "POST",
            "suppliers",
            params={"fields": _FIELDS},
            json=_payloads.supplier(new),
            dry={"id": "<id of the new supplier>", "name": new.name},
        )
        return self.read(answer.json())

    async def meant(self, told: NewCounterparty) -> Counterparty:
        """Return the one supplier that is meant, or refuse before anything is sent."""
        path, found = await self._sought(told)
        if not found:
            _refuse([Problem(path, "is no supplier", "one that is in Coupa")])
        if len(found) > 1:
            ids = ", ".join(one.id for one in found)
            why = f"is {len(found)} suppliers"
            _refuse([Problem(path, why, f"one of them, by counterparty.id: {ids}")])
        [supplier] = found
        if told.name not in (None, supplier.name):
            why = f"is not that of the supplier {supplier.id}"
            _refuse([Problem("counterparty.name", why, supplier.name)])
        return supplier

    async def _sought(
        self, told: NewCounterparty
    ) -> tuple[str, Sequence[Counterparty]]:
        number = told.identifiers.get("number")
        if told.id is not None:
            return "counterparty.id", await self._with_id(told.id)
        if number:
            found = await self._found({"number": number})
            same = [one for one in found if one.identifiers.get("number") == number]
            return "counterparty.identifiers['number']", same
        return "counterparty.name", await self.named(told.name or "")

    async def _with_id(self, id: str) -> Sequence[Counterparty]:
        try:
            answer = await get("suppliers/{id}", {"fields": _FIELDS}, id=id)
        except NotFound:
            return ()
        return (self.read(answer.json()),)

    async def _found(self, asked: Mapping[str, str]) -> list[Counterparty]:
        answer = await get("suppliers", {**asked, "fields": _FIELDS})
        return [self.read(one) for one in rows(answer.json())]


def _refuse(found: Sequence[Problem]) -> None:
    """Raise one error that holds all problems, if there are any."""
    if found:
        told = "; ".join(str(one) for one in found)
        raise InvalidInput(
            f"Coupa cannot be told this: {told}",
            hint="nothing was written",
            problems=found,
        )
