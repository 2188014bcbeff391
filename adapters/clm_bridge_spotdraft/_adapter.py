"""SpotDraft's operations, API version 2.1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve

from clm_bridge.adapter import (
    FULL,
    Adapter,
    ApiKey,
    Check,
    Contract,
    Counterparty,
    Cursor,
    Document,
    Facet,
    FieldDefinition,
    FieldReading,
    NotFound,
    Page,
    PayloadError,
    Query,
    Rate,
    Reader,
    Request,
    Response,
    Secret,
    StatusReport,
    Template,
    Workspace,
    get,
    post,
    rows,
    together,
)

from . import _config, _mapping, _paging, _stated, _wire


class SpotDraft(Adapter):
    """SpotDraft, one workspace."""

    name = "spotdraft"
    title = "SpotDraft"
    Config = _config.Config
    rate = Rate(10)
    page_size = 100
    calls_per_contract = 4
    filters = frozenset({"status", "updated_since", "created_since"})
    row_answers = frozenset(
        {"status", "created_since", "counterparty", "name_contains"}
    )
    statuses = _mapping.STATUSES
    losses = _stated.LOSSES
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

    async def check(self) -> Check:
        """List one contract; SpotDraft has no call that says who is asking."""
        await get("contracts/", {"page": 1, "limit": 1})
        return Check(notes=["SpotDraft does not tell whom a credential belongs to."])

    async def list_contracts(
        self, query: Query, cursor: Cursor | None
    ) -> Page[Contract]:
        """Page by number; the total tells all that follow."""
        words = self.words(query.status)
        if query.status and not words:
            return Page(())
        page = _paging.number(cursor)
        params = {
            "page": page,
            "limit": query.limit,
            "sort": "+filter__created_at",
            "filter__display_status[$in]": ",".join(words) or None,
            "filter__last_updated_on[$gte]": _instant(query.updated_since),
            "filter__created_at[$gte]": _instant(query.created_since),
        }
        listed = self._listed(await get("contracts/", params))
        return Page(
            [self._contract(row) for row in listed.results],
            _paging.following(page, listed.total_results, query.limit),
        )

    async def complete_contract(self, contract: Contract) -> Contract:
        """Add key pointers, metrics, recipients, and the link if the row lacks it."""
        own = await self._composite(contract.id)
        pointers, metrics, recipients, linked = await together(
            get("contracts/{id}/key_pointers", id=own),
            self._metrics(own),
            get("contracts/{id}/recipients/", id=own),
            self._linked(contract, own),
        )
        answers = {
            "key_pointers": rows(pointers.json()),
            "process_metrics": metrics,
            "recipients": recipients.json(),
        }
        return self._completed(evolve(linked, id=own), answers)

    async def get_contract(self, id: str) -> Contract:
        """Find the row by its id, since there is no call for one contract."""
        own = await self._composite(id)
        params = {"page": 1, "limit": 1, "filter__contract_id[$eq]": own}
        listed = self._listed(await get("contracts/", params))
        found = [self._contract(row) for row in listed.results]
        if found and found[0].id in (own, _mapping.bare_number(own)):
            return await self.complete_contract(evolve(found[0], id=own))
        return await self._unlisted(own)

    async def contract_status(self, id: str) -> StatusReport:
        """Ask for the display status."""
        answer = await self._status(await self._composite(id))
        word = answer.contract_status
        return StatusReport(self.status(word), word)

    async def find_contracts(self, external_id: str) -> Sequence[Contract]:
        """Look up by external metadata; SpotDraft answers with fifty at most."""
        path = "contracts/by_external_metadata/{external_id}"
        response = await get(path, external_id=external_id)
        found = [self._contract(row) for row in _flat(rows(response.json()))]
        linked = [
            contract
            for contract in found
            if not contract.external_link or contract.external_link.id == external_id
        ]
        return await together(*(self.complete_contract(one) for one in linked))

    async def list_documents(self, contract_id: str) -> Sequence[Document]:
        """Return the latest copy."""
        own = await self._composite(contract_id)
        answer = await self._status(own)
        status = self.status(answer.contract_status)
        return [_mapping.document(own, answer.contract_name or own, status)]

    async def download_document(self, document: Document) -> Request:
        """Ask for a link, which lives for minutes and needs no credentials."""
        path = "contracts/{id}/download_link"
        answer = await post(path, {"format": "PDF"}, idempotent=True, id=document.id)
        link = self.reader.read(answer.json(), _wire.DownloadLink)
        return Request("GET", "download link", url=link.url, signed=False)

    async def list_templates(self, cursor: Cursor | None) -> Page[Template]:
        """List published templates, all at once."""
        answer = (await get("templates/")).json()
        return Page(
            [
                _mapping.template(
                    self.reader.read(row, _wire.TemplateRow),
                    self.source({"template": row}),
                )
                for row in _items(answer)
            ]
        )

    async def list_counterparties(self, cursor: Cursor | None) -> Page[Counterparty]:
        """Page by number."""
        page = _paging.number(cursor)
        params = {"page": page, "limit": self.page_size}
        listed = self._listed(await get("counter_parties/", params))
        return Page(
            [
                _mapping.counterparty(
                    self.reader.read(row, _wire.CounterpartyRow),
                    self.source({"counterparty": row}),
                )
                for row in listed.results
            ],
            _paging.following(page, listed.total_results, self.page_size),
        )

    async def list_fields(self, cursor: Cursor | None) -> Page[FieldDefinition]:
        """Ask for the definitions of each contract type; name each field once."""
        answer = await get("contract_types/")
        types = [
            self.reader.read(row, _wire.ContractType) for row in rows(answer.json())
        ]
        answers = await together(
            *(get("key_pointers/", {"contract_type_id": one.id}) for one in types)
        )
        found: dict[str, FieldDefinition] = {}
        for one, response in zip(types, answers, strict=True):
            for definition in self._definitions(one, rows(response.json())):
                known = found.setdefault(definition.id, definition)
                if known is not definition:
                    found[definition.id] = evolve(known, applies_to=None)
        return Page(list(found.values()))

    def complaints(self, response: Response) -> Sequence[str]:
        """Read the four shapes of error bodies."""
        try:
            told = response.json()
        except PayloadError:
            return ()
        return tuple(_mapping.complaints(told))

    async def _composite(self, id: str) -> str:
        """Return T-n or H-n; for a bare number ask which of them exists."""
        if not id.isdecimal():
            return id
        try:
            await self._status(f"T-{id}")
        except NotFound:
            await self._status(f"H-{id}")
            return f"H-{id}"
        return f"T-{id}"

    async def _status(self, id: str) -> _wire.StatusAnswer:
        answer = await get("contracts/{id}/status", id=id)
        return self.reader.read(answer.json(), _wire.StatusAnswer)

    async def _unlisted(self, id: str) -> Contract:
        """Read a contract that the search index behind the list does not know yet."""
        answer = await self._status(id)
        word = answer.contract_status
        known = Contract(
            id=id,
            name=answer.contract_name or id,
            status=self.status(word),
            source=self.source({}, status=word),
        )
        whole = await self.complete_contract(known)
        return evolve(whole, loaded=whole.loaded - {Facet.PARTIES})

    async def _metrics(self, id: str) -> Any:
        try:
            answer = await get(
                "contracts/{number}/process_metrics/", number=_mapping.bare_number(id)
            )
        except NotFound:
            return None  # documented for contracts without a process
        return answer.json()

    async def _linked(self, contract: Contract, id: str) -> Contract:
        if Facet.EXTERNAL_LINKS in contract.loaded:
            return contract
        answer = (await get("contracts/{id}/external_metadata", id=id)).json()
        told = answer.get("external_metadata") if isinstance(answer, Mapping) else None
        metadata = self.reader.read(told, _wire.Metadata) if told else None
        return evolve(
            contract,
            external_links=_mapping.external_links(metadata),
            source=self.add_raw(contract.source, {"external_metadata": told}),
        )

    def _listed(self, response: Response) -> _wire.Listed:
        return self.reader.read(response.json(), _wire.Listed)

    def _contract(self, payload: Mapping[str, Any]) -> Contract:
        row = self.reader.read(payload, _wire.Row)
        loaded = {Facet.PARTIES}
        if "external_metadata" in payload:
            loaded.add(Facet.EXTERNAL_LINKS)
        return Contract(
            id=row.id,
            name=row.contract_name,
            status=self.status(row.contract_status),
            source=self.source({"row": payload}, status=row.contract_status),
            number=row.reference_id,
            parties=_mapping.parties(row),
            external_links=_mapping.external_links(row.external_metadata),
            key_dates=_mapping.key_dates(row.created, None, self.workspace.zone),
            type=_mapping.contract_type(row),
            people=_mapping.author(row),
            url=row.contract_link,
            loaded=loaded,
        )

    def _completed(self, contract: Contract, answers: Mapping[str, Any]) -> Contract:
        read = self.reader.read
        told, zone = answers["process_metrics"], self.workspace.zone
        metrics = read(told, _wire.Metrics) if told is not None else None
        recipients = read(answers["recipients"], _wire.Recipients)
        pointers = [read(one, _wire.KeyPointer) for one in answers["key_pointers"]]
        fields = _mapping.fields(pointers)
        by_name = FieldReading(self.workspace, fields)
        stated = _mapping.key_dates(contract.key_dates.created_at, metrics, zone)
        return evolve(
            contract,
            key_dates=by_name.key_dates(stated),
            term=by_name.term(),
            value=by_name.value(),
            fields=fields,
            people=[*contract.people, *_mapping.people(recipients)],
            source=self.add_raw(contract.source, answers),
            loaded=FULL,
        )

    def _definitions(
        self, type: _wire.ContractType, payloads: Sequence[Any]
    ) -> Iterator[FieldDefinition]:
        for payload in payloads:
            one = self.reader.read(payload, _wire.Definition)
            source = self.source({"definition": payload})
            definition = _mapping.definition(one, type, source)
            if definition is not None:
                yield definition


def _instant(when: Any) -> str | None:
    return when.isoformat().replace("+00:00", "Z") if when is not None else None


def _items(answer: Any) -> list[Any]:
    return rows(answer.get("items") if isinstance(answer, Mapping) else answer)


def _flat(found: list[Any]) -> list[Any]:
    """Undo the array in the array that the vendor's example shows."""
    if found and all(isinstance(one, list) for one in found):
        return [row for inner in found for row in inner]
    return found
