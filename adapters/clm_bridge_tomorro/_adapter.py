"""Tomorro's operations, REST API version 2025-01-29.alpha."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from attrs import evolve

from clm_bridge.adapter import (
    FULL,
    ApiKey,
    Check,
    Contract,
    Counterparty,
    Cursor,
    Document,
    FieldDefinition,
    FieldKind,
    FieldReading,
    NotFound,
    Page,
    Query,
    Rate,
    Reader,
    Request,
    Response,
    StatusReport,
    Template,
    Unsupported,
    Workspace,
    each,
    get,
    together,
)

from . import (
    _config,
    _envelopes,
    _fields,
    _lists,
    _lookups,
    _mapping,
    _refusals,
    _stated,
    _wire,
)
from ._receiving import Receiving
from ._writing import EVERYBODY


class Tomorro(Receiving):
    """Tomorro, one workspace as the key's owner sees it."""

    name = "tomorro"
    title = "Tomorro"
    Config = _config.Config
    # What a third party's connector keeps to; Tomorro publishes no limit.
    rate = Rate(40, 60)
    page_size = 50
    calls_per_contract = 1
    tells_changes = True
    filters = frozenset({"status", "updated_since", "created_since", "counterparty"})
    coarse = frozenset({"updated_since", "created_since"})
    row_answers = frozenset({"status", "name_contains"})
    statuses = _mapping.STATUSES
    losses = _stated.LOSSES
    assumptions = _stated.ASSUMPTIONS
    reading = _wire.READING
    hints = _stated.HINTS
    searches_links = False

    def __init__(self, config: _config.Config, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.base_url = f"{config.origin}/v2/"
        self.auth = ApiKey(
            {"x-api-key": config.api_key, "tomorro-version": config.version}
        )
        self.reader = Reader(workspace.zone)
        self.number_field = config.number_field
        self.link_field = config.external_id_field
        self.language = config.language
        told = (*workspace.term.values(), *workspace.value.values())
        self.members = {}
        self._lengths = frozenset(
            one.field
            for name, one in workspace.term.items()
            if name in _fields.LENGTHS and one.unit is None
        )
        self._figures = frozenset(one.field for one in told if one.equals is None)

    async def check(self) -> Check:
        """List one contract; Tomorro has no call that says who is asking."""
        answer = await get("contracts", {"limit": 1})
        found, _ = _envelopes.listed(answer.json(), "contracts")
        notes = ["Tomorro does not tell whose key it is; it sees what its owner sees."]
        if not found:
            notes.append("This key sees no contract: is its owner a participant?")
        warning = answer.headers.get("x-api-deprecation-warning")
        if warning is not None:
            notes.append(f"Tomorro warns: {warning}")
        sunset = answer.headers.get("sunset")
        if sunset is not None:
            notes.append(f"Tomorro serves this version until {sunset}.")
        return Check(notes=notes)

    async def list_contracts(
        self, query: Query, cursor: Cursor | None
    ) -> Page[Contract]:
        """Page by cursor; one that follows a counterparty's name carries its id."""
        words = self.words(query.status)
        if query.status and not words:
            return Page(())
        known, _, told = (cursor or "").rpartition(" ")
        trail = told.split(",") if told else []
        counterparty = known or await self._counterparty(query.counterparty)
        if query.counterparty and not counterparty:
            return Page(())
        params = {
            "limit": query.limit,
            "sort": "-createdAt",
            "status": _mapping.any_of(words),
            "createdAt": _mapping.since(query.created_since),
            "updatedAt": _mapping.since(query.updated_since),
            "counterpartyId": counterparty,
        }
        answer, found, more = await _lists.resumed("contracts", params, trail)
        prefix = f"{counterparty} " if counterparty else ""
        rows = each(found, partial(self._row, at=answer.sent_at))
        return Page(rows, [prefix + ",".join(more)] if more else [])

    async def complete_contract(self, contract: Contract) -> Contract:
        """Read the contract; a row has its id, name and status alone."""
        return await self.get_contract(contract.id)

    async def get_contract(self, id: str) -> Contract:
        """Read one contract."""
        answer = await self._answer(id)
        return self._contract(_envelopes.single(answer.json()), answer.sent_at)

    async def contract_status(self, id: str) -> StatusReport:
        """Read the contract; there is no smaller call."""
        told = _envelopes.single((await self._answer(id)).json())
        word = self.reader.read(told, _wire.Row).status
        return StatusReport(self.status(word), word)

    async def list_documents(self, contract_id: str) -> Sequence[Document]:
        """Return the signed files; a draft cannot be had."""
        own = _mapping.plain(contract_id)
        return [_mapping.document(one, own) for one in await self._files(own)]

    async def download_document(self, document: Document) -> Request:
        """Ask for a fresh link, which lives for minutes and needs no credentials."""
        for one in await self._files(document.contract_id):
            if one.id == document.id:
                link = one.download_url
                return Request("GET", "signed file", url=link, signed=False)
        raise NotFound("the contract no longer has this signed file", status=404)

    async def list_templates(self, cursor: Cursor | None) -> Page[Template]:
        """List the contract types, and the templates that come with each."""
        params = {"limit": self.page_size, "after": cursor}
        found, more = await _lists.page("contract-types", params, "contractTypes")
        types = [self.reader.read(one, _wire.TypeRow) for one in found]
        templates = await together(*(self._templates(one) for one in types))
        return Page([one for several in templates for one in several], more)

    async def list_counterparties(self, cursor: Cursor | None) -> Page[Counterparty]:
        """Page by cursor."""
        params = {"limit": self.page_size, "after": cursor, "status": EVERYBODY}
        found, more = await _lists.page("counterparties", params)
        return Page(each(found, self._counterparty_row), more)

    async def list_fields(self, cursor: Cursor | None) -> Page[FieldDefinition]:
        """List the smart fields of contracts, with the options of each that has any."""
        params = {
            "limit": self.page_size,
            "after": cursor,
            "object": "contract",
            "lang": self.language,
        }
        found, more = await _lists.page("smart-fields", params)
        return Page(await together(*(self._definition(one) for one in found)), more)

    def complaints(self, response: Response) -> Sequence[str]:
        """Read the message or messages."""
        return tuple(_refusals.complaints(response))

    def error_code(self, response: Response) -> str | None:
        """Read a code, if there is one."""
        return _refusals.code(response)

    async def _answer(self, id: str) -> Response:
        return await get("contracts/{id}", id=_mapping.plain(id))

    async def _files(self, contract_id: str) -> list[_wire.SignedFile]:
        path = "contracts/{id}/signed-files"
        answer = await get(path, id=_mapping.plain(contract_id))
        found, _ = _envelopes.listed(answer.json(), "signedFiles")
        return [self.reader.read(one, _wire.SignedFile) for one in found]

    async def _counterparty(self, asked: str | None) -> str | None:
        """Return the id of the counterparty that has exactly this name, or this id."""
        if not asked or _mapping.is_id(asked):
            return asked and _mapping.plain(asked)
        params = {"name": asked, "status": EVERYBODY}
        found = await _lists.every("counterparties", params)
        told = each(found, self._counterparty_row)
        ids = {one.id for one in told if one.name == asked}
        if len(ids) > 1:
            raise Unsupported(
                f"{len(ids)} counterparties are called {asked!r}",
                hint="pass the id of one; counterparties.list tells the ids",
            )
        return next(iter(ids), None)

    async def _templates(self, type: _wire.TypeRow) -> list[Template]:
        return [
            _mapping.template(
                self.reader.read(one, _wire.TemplateRow),
                type,
                self.source({"template": one}),
            )
            for one in await _lookups.templates(type)
        ]

    async def _definition(self, payload: Any) -> FieldDefinition:
        told = self.reader.read(payload, _wire.Definition)
        options: list[_wire.Option] = []
        if _fields.kind(told.type) in (FieldKind.OPTION, FieldKind.OPTIONS):
            rows = await _lists.every("smart-fields/{id}/options", {}, id=told.id)
            options = [self.reader.read(one, _wire.Option) for one in rows]
        source = self.source({"definition": payload})
        found = _fields.definition(told, options, self.language, source)
        if told.id in self._lengths and found.kind is FieldKind.TEXT:
            return evolve(found, kind=FieldKind.DURATION)  # as it is read
        return found

    def _row(self, payload: Any, at: datetime | None) -> Contract:
        row = self.reader.read(payload, _wire.Row)
        return Contract(
            id=_mapping.plain(row.id),
            name=row.name,
            status=self.status(row.status),
            source=self.source({"row": payload}, row.status, at),
        )

    def _contract(self, payload: Any, at: datetime | None) -> Contract:
        body = self.reader.read(payload, _wire.Body)
        told = _envelopes.link(payload)
        link = self.reader.read(told, _wire.Link) if told is not None else None
        fields = _fields.fields(body.fields or (), self._figures)
        by_field = FieldReading(self.workspace, fields)
        number = fields.get(self.number_field or "")
        return Contract(
            id=_mapping.plain(body.id),
            name=body.name,
            status=self.status(body.status),
            source=self.source({"contract": payload}, body.status, at),
            number=str(number.value) if number is not None else None,
            parties=_mapping.parties(body),
            external_links=_mapping.external_links(
                link, fields.get(self.link_field or "")
            ),
            key_dates=by_field.key_dates(_mapping.key_dates(body)),
            term=by_field.term(),
            value=by_field.value(),
            type=_mapping.contract_type(body),
            template=_mapping.template_of(body),
            owner=_mapping.owner(body),
            people=tuple(_mapping.people(body)),
            fields=fields,
            loaded=FULL,
        )
