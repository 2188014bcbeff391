"""Tryton's operations, REST API of a user application."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clm_bridge.adapter import (
    FULL,
    Adapter,
    ApiKey,
    Check,
    Contract,
    Counterparty,
    Cursor,
    FieldReading,
    Page,
    Query,
    Rate,
    Reader,
    Response,
    Secret,
    StatusReport,
    Workspace,
    each,
    post,
    rows,
)

from . import _asking, _config, _mapping, _stated, _wire
from ._asking import AGREEMENT, PARTY


class Tryton(Adapter):
    """Purchase blanket agreements, those of one database."""

    name = "tryton"
    title = "Tryton"
    Config = _config.Config
    rate = Rate(20)
    page_size = 100
    filters = frozenset({"status", "updated_since", "created_since", "counterparty"})
    row_answers = filters | {"name_contains"}
    statuses = _mapping.STATUSES
    losses = _stated.LOSSES
    assumptions = _stated.ASSUMPTIONS
    reading = _wire.READING
    hints = _stated.HINTS

    def __init__(self, config: _config.Config, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.base_url = config.root
        self.auth = ApiKey({"authorization": Secret(f"Bearer {config.key.reveal()}")})
        self.reader = Reader(workspace.zone)
        self._where = config.external_id
        self._more = config.fields
        self._fields = (*_wire.names(_wire.Row), *config.fields)

    async def check(self) -> Check:
        """Ask for the user's own preferences, which say what the user sees."""
        answer = await post("res.user/get_preferences", {}, reads=True)
        user = self.reader.read(answer.json(), _wire.Preferences)
        return Check(identity=user.name or user.email, notes=(_mapping.sight(user),))

    async def list_contracts(
        self, query: Query, cursor: Cursor | None
    ) -> Page[Contract]:
        """Walk by id, so that what changes on the way is neither lost nor repeated."""
        words = self.words(query.status)
        if query.status and not words:
            return Page(())
        domain = _asking.conditions(query, words)
        answer = await _asking.page(
            AGREEMENT, self._fields, domain, cursor, query.limit
        )
        found = each(rows(answer.json()), self._contract)
        return _page(answer, found, query.limit)

    async def get_contract(self, id: str) -> Contract:
        """Show one agreement."""
        answer = await _asking.record(AGREEMENT, self._fields, id)
        return self._contract(answer.json())

    async def contract_status(self, id: str) -> StatusReport:
        """Show an agreement's state alone."""
        answer = await _asking.record(AGREEMENT, _wire.names(_wire.Standing), id)
        word = self.reader.read(answer.json(), _wire.Standing).state
        return StatusReport(self.status(word), word, _mapping.reported_state(word))

    async def find_contracts(self, external_id: str) -> Sequence[Contract]:
        """Search the field that holds the own id."""
        domain = [[self._where, "=", external_id]]
        answer = await _asking.records(AGREEMENT, self._fields, domain)
        return each(rows(answer.json()), self._contract)

    async def list_counterparties(self, cursor: Cursor | None) -> Page[Counterparty]:
        """Walk the parties by id; those that are no longer active must be asked for."""
        answer = await _asking.page(
            PARTY,
            _wire.names(_wire.Supplier),
            [["active", "in", [True, False]]],
            cursor,
            self.page_size,
        )
        found = each(rows(answer.json()), self._counterparty)
        return _page(answer, found, self.page_size)

    def complaints(self, response: Response) -> Sequence[str]:
        """Read the words of a refusal."""
        return _mapping.complaints(response)

    def _counterparty(self, told: Any) -> Counterparty:
        party = self.reader.read(_wire.untagged(told), _wire.Supplier)
        return _mapping.counterparty(party, self.source({"party": told}))

    def _contract(self, told: Any) -> Contract:
        row = self.reader.read(_wire.untagged(told), _wire.Row)
        fields = _mapping.fields(told, self._more)
        own = FieldReading(self.workspace, fields)
        return Contract(
            id=row.id,
            name=row.description or row.rec_name,
            status=self.status(row.state),
            source=self.source({"row": told}, status=row.state),
            number=row.number,
            parties=tuple(_mapping.parties(row)),
            external_links=tuple(_mapping.external_links(row, self._where)),
            key_dates=own.key_dates(_mapping.key_dates(row)),
            term=own.term(),
            value=own.value() or _mapping.value(row),
            people=tuple(_mapping.people(row)),
            fields=fields,
            reported_state=_mapping.reported_state(row.state),
            loaded=FULL,
        )


def _page(answer: Response, found: Sequence[Any], limit: int) -> Page[Any]:
    follows = found and _asking.follows(answer.headers, found, limit)
    return Page(found, (found[-1].id,) if follows else ())
