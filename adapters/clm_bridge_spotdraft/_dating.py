"""When contracts were executed and when they expire: one by one, and in bulk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from attrs import evolve

from clm_bridge.adapter import (
    Contract,
    Cursor,
    Dated,
    Facet,
    FieldReading,
    Page,
    Status,
    each,
    get,
    rows,
    together,
)

from . import _analytics, _calls, _fields, _mapping, _wire
from ._writing import Writing

KEY_POINTERS = "contracts/{id}/key_pointers"
DATED = frozenset({Facet.KEY_DATES, Facet.TERM, Facet.VALUE, Facet.FIELDS})
"""What key pointers and metrics tell."""


class Dating(Writing):
    """What key pointers, metrics and analytics tell."""

    calls_for_dates = 2
    is_scoped: bool
    """Whether the analytics are asked for what one user may see."""

    async def date_contract(self, contract: Contract) -> Contract:
        """Add key pointers and metrics alone."""
        row = await self._named(contract)
        pointers, metrics = await together(
            get(KEY_POINTERS, id=row.id), _calls.metrics(row.id)
        )
        return self._with_dates(row, rows(pointers.json()), metrics)

    async def survey_dates(self, cursor: Cursor | None) -> Page[Dated]:
        """Ask the analytics for the dates of 5,000 contracts."""
        told, more = await _analytics.page(self.reader, cursor, scoped=self.is_scoped)
        return Page(each(told, partial(_analytics.dated, self.reader)), more)

    def dated(self, contract: Contract, told: Mapping[str, Dated]) -> Contract | None:
        """Take the analytics' dates, unless they do not know of the execution yet."""
        known = told.get(_mapping.bare_number(contract.id))
        if known is None:
            return None
        dates = known.key_dates
        if contract.status is Status.EXECUTED and dates.executed_on is None:
            return None
        return evolve(
            contract,
            key_dates=evolve(dates, created_at=contract.key_dates.created_at),
            source=self.add_raw(contract.source, known.raw),
        )

    async def _named(self, contract: Contract) -> Contract:
        """Return a row by the id that all other calls take."""
        return evolve(contract, id=await self._own(contract.id))

    def _with_dates(
        self, contract: Contract, pointers: Sequence[Any], told: Any
    ) -> Contract:
        read, zone = self.reader.read, self.workspace.zone
        metrics = read(told, _wire.Metrics) if told is not None else None
        fields = _fields.fields(read(one, _wire.KeyPointer) for one in pointers)
        by_name = FieldReading(self.workspace, fields)
        stated = _mapping.key_dates(contract.key_dates.created_at, metrics, zone)
        answers = {"key_pointers": pointers, "process_metrics": told}
        return evolve(
            contract,
            key_dates=by_name.key_dates(stated),
            term=by_name.term(),
            value=by_name.value(),
            fields=fields,
            source=self.add_raw(contract.source, answers),
            loaded=contract.loaded | DATED,
        )
