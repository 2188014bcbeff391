"""SpotDraft's operations, API version 2.1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from attrs import evolve

from clm_bridge.adapter import (
    FULL,
    ApiKey,
    Approval,
    Check,
    Comment,
    Contract,
    Counterparty,
    Cursor,
    Document,
    Facet,
    FieldDefinition,
    NewContract,
    NotFound,
    Page,
    Person,
    Query,
    Rate,
    Reader,
    Relation,
    Request,
    Response,
    Secret,
    StatusReport,
    Template,
    Workspace,
    each,
    get,
    post,
    rows,
    together,
)

from . import (
    _analytics,
    _around,
    _calls,
    _config,
    _fields,
    _mapping,
    _paging,
    _query,
    _records,
    _refusals,
    _stated,
    _wire,
)
from ._dating import KEY_POINTERS, Dating
from ._receiving import Receiving


class SpotDraft(Dating, Receiving):
    """SpotDraft, one workspace."""

    name = "spotdraft"
    title = "SpotDraft"
    Config = _config.Config
    rate = Rate(10)
    page_size = 100
    rows_again = _paging.OVERLAP
    calls_per_contract = 4
    tells_changes = True
    filters = frozenset({"status", "updated_since", "created_since"})
    row_answers = frozenset(
        {"status", "created_since", "counterparty", "name_contains"}
    )
    statuses = _mapping.STATUSES
    losses = _stated.LOSSES
    hints = _refusals.HINTS
    meanings = _refusals.MEANINGS
    assumptions = _stated.ASSUMPTIONS
    reading = _wire.READING

    def __init__(self, config: _config.Config, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.base_url = f"{config.origin}/api/v2.1/public/"
        headers: dict[str, str | Secret] = {
            "client-id": config.client_id,
            "client-secret": config.client_secret,
        }
        if config.user_email:
            headers["user-email"] = config.user_email
        self.auth = ApiKey(headers)
        self.reader = Reader(workspace.zone)
        self.entity = config.entity
        self.organization_type = config.organization_type
        self.members = {}
        self.dates_in_bulk = _analytics.ROWS if config.analytics else 0
        self.is_scoped = config.user_email is not None

    async def check(self) -> Check:
        """List one contract; SpotDraft has no call that says who is asking."""
        self._listed(await get("contracts/", {"page": 1, "limit": 1}))
        return Check(notes=["SpotDraft does not tell whom a credential belongs to."])

    async def list_contracts(
        self, query: Query, cursor: Cursor | None
    ) -> Page[Contract]:
        """Page by when contracts were made, or by number if that cannot be."""
        words = self.words(query.status)
        if query.status and not words:
            return Page(())
        place = _paging.place(cursor)
        found, more = await self._rows(query, words, place)
        if not place.is_continued_by(found):
            place = place.back
            found, more = await self._rows(query, words, place)
            return Page(found, (str(place.number + 1),) if more else ())
        fresh = [one for one in found if one.id not in place.seen]
        return Page(fresh, (place.after(found).cursor,) if more else ())

    async def _rows(
        self, query: Query, words: Sequence[str], place: _paging.Place
    ) -> tuple[Sequence[Contract], bool]:
        """Return the rows of one page, and whether more follow."""
        answer = await get("contracts/", _query.params(query, words, place))
        listed = self._listed(answer)
        found = each(listed.results, partial(self._contract, at=answer.sent_at))
        return found, _paging.goes_on(place, listed, query.limit)

    async def complete_contract(self, contract: Contract) -> Contract:
        """Add key pointers, metrics, recipients, and the link if the row lacks it."""
        row = await self._named(contract)
        pointers, metrics, recipients, linked = await together(
            get(KEY_POINTERS, id=row.id),
            _calls.metrics(row.id),
            get("contracts/{id}/recipients/", id=row.id),
            self._linked(row),
        )
        dated = self._with_dates(linked, rows(pointers.json()), metrics)
        return self._with_people(dated, recipients.json())

    async def get_contract(self, id: str) -> Contract:
        """Find the row by its id, and ask for the status, behind which rows may lag."""
        ids = ",".join(_mapping.candidates(id))
        params = {"page": 1, "limit": 1, "filter__contract_id[$in]": ids}
        answer, (own, told) = await together(
            get("contracts/", params), _calls.resolved(self.reader, id)
        )
        found_in = self._listed(answer).results
        listed = [self._contract(row, answer.sent_at) for row in found_in]
        same = (own, _mapping.bare_number(own))
        found = next((one for one in listed if one.id in same), None)
        return await self.complete_contract(self._current(found, own, told))

    async def contract_status(self, id: str) -> StatusReport:
        """Ask for the display status."""
        _, told = await _calls.resolved(self.reader, id)
        word = told.contract_status
        return StatusReport(self.status(word), word)

    async def find_contracts(self, external_id: str) -> Sequence[Contract]:
        """Look up by external metadata; SpotDraft answers with fifty at most."""
        wanted = await self._looked_up(external_id)
        whole = await together(*(self._still_there(one) for one in wanted))
        return [
            one for one in whole if one and not _mapping.names_another(one, external_id)
        ]

    async def find_created(
        self, new: NewContract, since: datetime
    ) -> Sequence[Contract] | None:
        """Look up by the external id, where one was given; rows tell enough."""
        if new.external_link is None:
            return None
        found = await self._looked_up(new.external_link.id)
        return await together(*(self._named(one) for one in found))

    async def _looked_up(self, external_id: str) -> Sequence[Contract]:
        path = "contracts/by_external_metadata/{external_id}"
        response = await get(path, external_id=external_id)
        read = partial(self._contract, at=response.sent_at)
        listed = each(_paging.flat(response.json()), read)
        if len(listed) >= _stated.FOUND:
            self.warn(_stated.TRUNCATED)
        return [one for one in listed if not _mapping.names_another(one, external_id)]

    async def list_people(self, contract_id: str) -> Sequence[Person]:
        """Return signatories, approvers and receivers."""
        own = await self._own(contract_id)
        answer = await get("contracts/{id}/recipients/", id=own)
        return _mapping.people(self.reader.read(answer.json(), _wire.Recipients))

    async def list_approvals(self, contract_id: str) -> Sequence[Approval]:
        """Return approvals, which no status tells of."""
        return await _around.approvals(self.reader, await self._own(contract_id))

    async def list_relations(self, contract_id: str) -> Sequence[Relation]:
        """Return related contracts, of all pages."""
        number = _mapping.bare_number(contract_id)
        return await _around.relations(self.reader, number)

    async def list_comments(self, contract_id: str) -> Sequence[Comment]:
        """Return comments, of all pages."""
        number = _mapping.bare_number(contract_id)
        return await _around.comments(self.reader, number)

    async def list_documents(self, contract_id: str) -> Sequence[Document]:
        """Return the latest copy."""
        own, told = await _calls.resolved(self.reader, contract_id)
        status = self.status(told.contract_status)
        return [_records.document(own, told.contract_name or own, status)]

    async def download_document(self, document: Document) -> Request:
        """Ask for a link, which lives for minutes and needs no credentials."""
        path = "contracts/{id}/download_link"
        answer = await post(path, {"format": "PDF"}, reads=True, id=document.id)
        link = self.reader.read(answer.json(), _wire.DownloadLink)
        return Request("GET", "download link", url=link.url, signed=False)

    async def list_templates(self, cursor: Cursor | None) -> Page[Template]:
        """List published templates, all at once."""
        answer = (await get("templates/")).json()
        return Page(
            [
                _records.template(
                    self.reader.read(row, _wire.TemplateRow),
                    self.source({"template": row}),
                )
                for row in _paging.items(answer)
            ]
        )

    async def list_counterparties(self, cursor: Cursor | None) -> Page[Counterparty]:
        """Page by number."""
        page = _paging.number(cursor)
        params = {"page": page, "limit": self.page_size}
        listed = self._listed(await get("counter_parties/", params))
        return Page(
            [self._counterparty(row) for row in listed.results],
            _paging.following(page, listed, self.page_size),
        )

    async def list_fields(self, cursor: Cursor | None) -> Page[FieldDefinition]:
        """Ask for the definitions of each contract type; name each field once."""
        found = await _fields.every(self.reader, self.source)
        return Page(list(found.values()))

    def complaints(self, response: Response) -> Sequence[str]:
        """Read the four shapes of error bodies."""
        return tuple(_refusals.complaints(response))

    def error_code(self, response: Response) -> str | None:
        """Read the code, such as SD_PUBLIC_00009."""
        return _refusals.code(response)

    async def _still_there(self, contract: Contract) -> Contract | None:
        try:
            return await self.complete_contract(contract)
        except NotFound:
            return None  # deleted since it was found

    def _current(
        self, row: Contract | None, id: str, told: _wire.StatusAnswer
    ) -> Contract:
        """Return the row with today's status; the index may not know it at all yet."""
        word = told.contract_status
        status = self.status(word)
        name = told.contract_name or (row.name if row else id)
        if row is None:
            return Contract(id, name, status, self.source({}, status=word))
        source = evolve(row.source, status=word)
        return evolve(row, id=id, name=name, status=status, source=source)

    async def _linked(self, contract: Contract) -> Contract:
        if Facet.EXTERNAL_LINKS in contract.loaded:
            return contract
        told = await _calls.metadata(contract.id)
        metadata = self.reader.read(told, _wire.Metadata) if told else None
        return evolve(
            contract,
            external_links=_mapping.external_links(metadata),
            source=self.add_raw(contract.source, {"external_metadata": told}),
        )

    def _listed(self, response: Response) -> _wire.Listed:
        return self.reader.read(response.json(), _wire.Listed)

    def _contract(self, payload: Mapping[str, Any], at: datetime | None) -> Contract:
        row = self.reader.read(payload, _wire.Row)
        loaded = {Facet.PARTIES}
        if "external_metadata" in payload:
            loaded.add(Facet.EXTERNAL_LINKS)
        return Contract(
            id=row.id,
            name=row.contract_name,
            status=self.status(row.contract_status),
            source=self.source({"row": payload}, row.contract_status, at),
            number=row.reference_id,
            parties=_mapping.parties(row),
            external_links=_mapping.external_links(row.external_metadata),
            key_dates=_mapping.key_dates(row.created, None, self.workspace.zone),
            type=_mapping.contract_type(row),
            people=_mapping.author(row),
            url=row.contract_link,
            loaded=loaded,
        )

    def _with_people(self, contract: Contract, told: Any) -> Contract:
        recipients = self.reader.read(told, _wire.Recipients)
        return evolve(
            contract,
            people=[*contract.people, *_mapping.people(recipients)],
            source=self.add_raw(contract.source, {"recipients": told}),
            loaded=FULL - ({Facet.PARTIES} - contract.loaded),
        )
