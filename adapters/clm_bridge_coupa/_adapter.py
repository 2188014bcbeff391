"""Coupa's operations, Core API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import evolve

from clm_bridge.adapter import (
    FULL,
    Check,
    ClientCredentials,
    Contract,
    Counterparty,
    Cursor,
    DocumentKind,
    Facet,
    FieldDefinition,
    FieldReading,
    NewContract,
    Page,
    PayloadError,
    Query,
    Rate,
    Reader,
    Response,
    Status,
    StatusReport,
    Template,
    Workspace,
    each,
    get,
    rows,
)

from . import (
    _config,
    _fields,
    _mapping,
    _moves,
    _paging,
    _payloads,
    _query,
    _records,
    _stated,
    _wire,
)
from ._receiving import Receiving
from ._suppliers import Suppliers

LOADED = FULL | {Facet.RELATIONS}


class Coupa(Receiving):
    """Coupa, one instance."""

    name = "coupa"
    title = "Coupa"
    Config = _config.Config
    rate = Rate(25, burst=20)
    page_size = 50
    calls_per_contract = 0
    filters = frozenset(
        {"status", "updated_since", "created_since", "counterparty", "name_contains"}
    )
    row_answers = filters
    statuses = _mapping.STATUSES
    losses = _stated.LOSSES
    assumptions = _stated.ASSUMPTIONS
    reading = _wire.READING
    needs_timezone = True
    hints = _stated.HINTS
    writes = _stated.WRITES
    changes = _stated.WRITES - _stated.ONCE
    drops = _stated.DROPS
    creates = frozenset(_payloads.STATUSES)
    uploads = frozenset(
        {DocumentKind.DRAFT, DocumentKind.SIGNED, DocumentKind.ATTACHMENT}
    )
    transitions = _moves.TRANSITIONS
    refuses_twins = True
    infers_fields = True

    def __init__(self, config: _config.Config, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.base_url = f"{config.origin}/api/"
        self.auth = ClientCredentials(
            token_url="/oauth2/token",  # noqa: S106 - a path
            client_id=config.client_id,
            client_secret=config.client_secret,
            scope=config.scope,
            lifetime=20 / 24,
            settle=config.token_settle,
        )
        self.reader = Reader(workspace.zone)
        self._scopes = tuple(config.scope.split())
        self._where = config.external_id
        self._hierarchy = config.hierarchy
        self._suppliers = Suppliers(self._supplier)
        self._own_id = _mapping.own_id(config.external_id)
        self._pages = f"{config.origin}/contracts/show/"
        self._more = tuple(
            _config.hyphened(name).partition(".")[0] for name in config.fields
        )
        self._more_fields = _wire.named(_wire.CustomFields, config.fields)
        self._fields = _wire.named(_wire.Row, config.fields)
        told = (*workspace.term.values(), *workspace.value.values())
        self._figures = frozenset(one.field for one in told if one.equals is None)
        self._names_fields = bool(workspace.key_dates or told)

    async def check(self) -> Check:
        """List one contract; a client's identifier is nobody's identity."""
        params = {"limit": 1, "fields": _wire.named(_wire.Stamp)}
        answer = await get("contracts", params)
        notes = ["The scopes are those asked for; Coupa does not list what it grants."]
        for told in rows(answer.json()):
            then = self.reader.read(told, _wire.Stamp).created_at
            notes += _records.zone_note(then, told, self.workspace.zone)
        return Check(scopes=self._scopes, notes=notes)

    async def list_contracts(
        self, query: Query, cursor: Cursor | None
    ) -> Page[Contract]:
        """Walk by id, so that what changes on the way is neither lost nor repeated."""
        words = self.words(query.status)
        if query.status and not words:
            return Page(())
        second, after = _query.place(cursor)
        asked = _query.filters(query, words, second=second)
        page = await self._contracts(asked, after, query.limit)
        return _query.joined(page, query, second=second)

    async def get_contract(self, id: str) -> Contract:
        """Show one contract."""
        answer = await get("contracts/{id}", {"fields": self._fields}, id=id)
        return self._contract(answer.json())

    async def contract_status(self, id: str) -> StatusReport:
        """Show a contract's status and what changes its meaning."""
        return self._report(await self._standing(id))

    async def find_contracts(self, external_id: str) -> Sequence[Contract]:
        """Query the attribute that holds the own id, and verify what comes."""
        asked = {_query.own_id(self._where): external_id}

        async def fetch(cursor: Cursor | None) -> Page[Contract]:
            page = await self._contracts(asked, cursor, self.page_size)
            found = _query.carrying(page, external_id, self._where)
            return Page(found, page.more)

        return await _paging.whole(fetch)

    async def find_created(
        self, new: NewContract, since: datetime
    ) -> Sequence[Contract]:
        """Query the number, which is unique; for want of an own id, since when."""
        own = new.external_link is not None
        asked = {
            "number": _payloads.number(new),
            "created-at[gt_or_eq]": None if own else _query.since(since),
        }

        page = await self._contracts(asked, None, self.page_size)
        return [one for one in page.items if _query.is_made_of(one, new)]

    async def list_templates(self, cursor: Cursor | None) -> Page[Template]:
        """Walk the templates by id; the inactive ones cannot be used."""
        payloads = await self._asked("contracts/templates", _wire.TemplateRow, cursor)
        found = [(self.reader.read(told, _wire.TemplateRow), told) for told in payloads]
        page = _paging.page([row for row, _ in found], cursor, self.page_size)
        return Page(
            [
                _records.template(row, self.source({"template": told}))
                for row, told in found
                if row.active is not False
            ],
            page.more,
        )

    async def list_counterparties(self, cursor: Cursor | None) -> Page[Counterparty]:
        """Walk the suppliers by id."""
        payloads = await self._asked("suppliers", _wire.SupplierRow, cursor)
        found = [self._supplier(told) for told in payloads]
        return _paging.page(found, cursor, self.page_size)

    async def list_fields(self, cursor: Cursor | None) -> Page[FieldDefinition]:
        """Infer the fields from the newest contracts, each of which lists them all."""
        params = {
            "order_by": "id",
            "dir": "desc",
            "limit": self.page_size,
            "fields": self._more_fields,
        }
        answer = await get("contracts", params)
        seen = [
            _fields.told(self._custom(payload), payload, self._more)
            for payload in rows(answer.json())
        ]
        source = self.source({})
        return Page(_fields.definitions(seen, self.workspace.zone, source))

    def complaints(self, response: Response) -> Sequence[str]:
        """Read the sentences of an error, in JSON, in XML or in plain text."""
        try:
            told = response.json()
        except PayloadError:
            return _records.plain_complaints(response.body)
        return tuple(_records.complaints(told))

    def words(self, statuses: frozenset[Status]) -> list[str]:
        """Ask for what is inactive among what is executed; the rows tell them apart."""
        found = super().words(statuses)
        if Status.EXECUTED in statuses and _mapping.INACTIVE not in found:
            found.append(_mapping.INACTIVE)
        return found

    async def _contracts(
        self, asked: Mapping[str, str | None], cursor: Cursor | None, limit: int
    ) -> Page[Contract]:
        params = {**asked, **_paging.keyset(cursor, limit), "fields": self._fields}
        answer = await get("contracts", params)
        return _paging.page(each(rows(answer.json()), self._contract), cursor, limit)

    async def _asked(self, path: str, cls: type, cursor: Cursor | None) -> list[Any]:
        params = {**_paging.keyset(cursor, self.page_size), "fields": _wire.named(cls)}
        return rows((await get(path, params)).json())

    def _supplier(self, told: Any) -> Counterparty:
        row = self.reader.read(told, _wire.SupplierRow)
        return _records.counterparty(row, self.source({"supplier": told}))

    def _custom(self, payload: Any) -> Mapping[str, Any] | None:
        return self.reader.read(payload, _wire.CustomFields).custom_fields

    def _report(self, told: _wire.Standing) -> StatusReport:
        state = _mapping.reported_state(told.status, told.terminated)
        return StatusReport(self._status(told), told.status, state)

    def _contract(self, payload: Any) -> Contract:
        row = self._read(payload, _wire.Row)
        told = _fields.told(row.custom_fields, payload, self._more)
        contract = Contract(
            id=row.id,
            name=row.name,
            status=self._status(row),
            source=self.source({"row": payload}, status=row.status),
            number=row.number,
            parties=_mapping.parties(row),
            external_links=_mapping.external_links(row, self._own_id),
            key_dates=_mapping.key_dates(row),
            term=_mapping.term(row),
            value=_mapping.value(row),
            type=_mapping.contract_type(row.contract_type),
            owner=_mapping.owner(row.contract_owner),
            people=_mapping.people(row),
            relations=_mapping.relations(row),
            fields=_fields.fields(told, self.workspace.zone, self._figures),
            url=self._pages + row.id,
            reported_state=_mapping.reported_state(row.status, row.terminated),
            loaded=LOADED,
        )
        return self._by_name(contract) if self._names_fields else contract

    def _by_name(self, contract: Contract) -> Contract:
        """Put over it what the settings read from the workspace's own fields."""
        own = FieldReading(self.workspace, contract.fields)
        return evolve(
            contract,
            key_dates=own.key_dates(contract.key_dates),
            term=_mapping.merged(contract.term, own.term()),
            value=own.value() or contract.value,
        )
