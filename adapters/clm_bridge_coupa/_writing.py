"""What Coupa is told, and what stands around a contract: files, people, comments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from clm_bridge.adapter import (
    Adapter,
    Approval,
    Comment,
    ContractChanges,
    Counterparty,
    Document,
    DocumentKind,
    ExternalLink,
    Field,
    NewContract,
    NewCounterparty,
    NotFound,
    Particulars,
    PayloadError,
    Person,
    Problem,
    Reader,
    Relation,
    Request,
    Status,
    Transition,
    Unsupported,
    Upload,
    get,
    merged,
    post,
    rows,
    together,
)

from . import (
    _around,
    _checks,
    _mapping,
    _moves,
    _paging,
    _payloads,
    _records,
    _wire,
)
from ._suppliers import Suppliers

T = TypeVar("T", _wire.Row, _wire.Standing)

JUST_ID = {"fields": '["id"]'}
_ONE = "contracts/{id}"


class Writing(Adapter):
    """The side of the adapter that writes, and reads what else was written."""

    reader: Reader
    _where: str
    """Where the own id lives."""
    _more: Sequence[str]
    """Attributes that are read and written as fields."""
    _hierarchy: bool
    _suppliers: Suppliers

    def check_contract(self, told: Particulars) -> Iterator[Problem]:
        """Yield what Coupa needs or cannot take."""
        return _checks.problems(told, self._where)

    async def create_contract(self, new: NewContract, fields: Sequence[Field]) -> str:
        """Look the supplier up, and create."""
        supplier = await self._suppliers.meant(new.counterparty or NewCounterparty())
        zone = self.workspace.zone
        body = merged(
            _payloads.contract(new, int(supplier.id), zone),
            _payloads.own_fields(fields, self._more, zone),
        )
        if new.external_link is not None:
            body = merged(body, _payloads.link(new.external_link, self._where))
        answer = await Request(
            "POST",
            "contracts",
            params=JUST_ID,
            json=merged(body, new.extra),
            dry={"id": "<id of the new contract>"},
        )
        return self.reader.read(answer.json(), _wire.Made).id

    async def furnish_contract(
        self, id: str, new: NewContract, fields: Sequence[Field]
    ) -> None:
        """Make the document the legal agreement; a second time replaces it."""
        if new.document is not None:
            word = _payloads.STATUSES[new.status]
            await self._agreement(id, new.document, word)

    async def update_contract(
        self, id: str, changes: ContractChanges, fields: Sequence[Field]
    ) -> None:
        """Change by a plain update, or by the one for what is in force."""
        zone = self.workspace.zone
        body = _payloads.changes(changes, zone)
        if changes.counterparty is not None:
            supplier = await self._suppliers.meant(changes.counterparty)
            body["supplier"] = {"id": int(supplier.id)}
        body = merged(body, _payloads.own_fields(fields, self._more, zone))
        await self._change(id, merged(body, changes.extra))

    async def link_contract(self, id: str, link: ExternalLink) -> None:
        """Put the own id in its place."""
        await self._change(id, _payloads.link(link, self._where))

    async def unlink_contract(self, id: str) -> None:
        """Empty the place of the own id."""
        if self._where == "number":
            raise Unsupported(
                "coupa keeps the own id as the number, which no contract is without",
                hint="link it to another, or set external_id to another place",
            )
        await self._change(id, _payloads.link(None, self._where))

    async def move_contract(
        self, id: str, transition: Transition, note: str | None
    ) -> None:
        """Call the action, or update the status."""
        method, path = _moves.TRANSITIONS[transition].call.split()
        body = _moves.BODIES.get(transition)
        await Request(method, path, ids={"id": id}, params=JUST_ID, json=body, dry={})

    async def list_documents(self, contract_id: str) -> Sequence[Document]:
        """Return the legal agreement, signed or as a draft, and attached files."""

        path = "contracts/{id}/attachments"
        told, attached = await together(
            self._standing(contract_id),
            _paging.walk(self.reader, _wire.Attachment, path, {}, id=contract_id),
        )
        kind: DocumentKind | None = DocumentKind.SIGNED
        if self._status(told) is not Status.EXECUTED:
            kind = DocumentKind.DRAFT if await self._has_draft(contract_id) else None
        return list(_records.documents(contract_id, told.name, kind, attached))

    async def _has_draft(self, contract_id: str) -> bool:
        """Ask for legal documents, which instances without that module do not have."""
        try:
            answer = await get("contracts/{id}/legal_documents", id=contract_id)
        except NotFound:
            return False
        return bool(rows(answer.json()))

    async def download_document(self, document: Document) -> Request:
        """Ask for the bytes: a PDF, or a ZIP around it."""
        if document.id == _records.LEGAL_AGREEMENT:
            path = "contracts/{contract}/retrieve_legal_agreement"
            return get(path, contract=document.contract_id)
        path = "contracts/{contract}/attachments/{id}"
        return get(path, contract=document.contract_id, id=document.id)

    async def upload_document(
        self, contract_id: str, upload: Upload, kind: DocumentKind
    ) -> None:
        """Attach a file, or make it the legal agreement."""
        if kind is not DocumentKind.ATTACHMENT:
            word = await self._word(contract_id) if self._hierarchy else ""
            await self._agreement(contract_id, upload, word)
            return
        await Request(
            "POST",
            "contracts/{id}/attachments",
            ids={"id": contract_id},
            form={"attachment[type]": "file", "attachment[intent]": "Internal"},
            files={"attachment[file]": upload},
            dry={},
        )

    async def find_counterparties(self, name: str) -> Sequence[Counterparty]:
        """Query suppliers by name, of which the database may ignore the case."""
        return await self._suppliers.named(name)

    async def create_counterparty(self, new: NewCounterparty) -> Counterparty:
        """Create a supplier, as a draft."""
        return await self._suppliers.create(new)

    async def list_approvals(self, contract_id: str) -> Sequence[Approval]:
        """Query the approvals of a contract, in the order of their positions."""
        return await _around.approvals(self.reader, contract_id)

    async def list_comments(self, contract_id: str) -> Sequence[Comment]:
        """Walk the comments of a contract, the oldest first."""
        return await _around.comments(self.reader, contract_id)

    async def list_people(self, contract_id: str) -> Sequence[Person]:
        """Return the owner, and the contacts of the contract's parties."""
        contract = await self.get_contract(contract_id)
        owner = () if contract.owner is None else (contract.owner,)
        return (*owner, *contract.people)

    async def list_relations(self, contract_id: str) -> Sequence[Relation]:
        """Return what an amendment amends, and the master above."""
        return (await self.get_contract(contract_id)).relations

    async def add_comment(self, contract_id: str, text: str) -> None:
        """Comment in the name of the client's user."""
        path = "contracts/{id}/comments"
        await post(path, {"comments": text}, dry={}, id=contract_id)

    async def _change(self, id: str, body: dict[str, Any]) -> None:
        """Update; what is in force takes its own custom fields alone by a plain one."""
        path = _ONE
        if self._hierarchy and body.keys() - {"custom-fields"}:
            in_force = await self._word(id) in _moves.IN_FORCE
            path = f"{_ONE}/update_published" if in_force else _ONE
        await Request("PUT", path, ids={"id": id}, params=JUST_ID, json=body, dry={})

    async def _agreement(self, id: str, file: Upload, word: str) -> None:
        in_force = self._hierarchy and word in _moves.IN_FORCE
        name = "update_legal_agreement_published" if in_force else "legal_agreement"
        await Request(
            "PUT" if in_force else "POST",
            f"{_ONE}/{name}",
            ids={"id": id},
            params=JUST_ID,
            files={"file": file},
            dry={},
        )

    async def _word(self, id: str) -> str:
        answer = await get(_ONE, {"fields": '["status"]'}, id=id)
        return self.reader.read(answer.json(), _wire.Word).status

    async def _standing(self, id: str) -> _wire.Standing:
        params = {"fields": _wire.named(_wire.Standing)}
        answer = await get("contracts/{id}", params, id=id)
        return self._read(answer.json(), _wire.Standing)

    def _status(self, told: _wire.Row | _wire.Standing) -> Status:
        if told.status == _mapping.INACTIVE and told.published_date:
            return Status.EXECUTED
        return self.status(told.status)

    def _read(self, payload: Any, cls: type[T]) -> T:
        """Read a contract; where "" or {} stands for what is unset, as unset."""
        try:
            return self.reader.read(payload, cls)
        except PayloadError:
            if not isinstance(payload, Mapping):
                raise
        told = {key: value for key, value in payload.items() if value not in ("", {})}
        return self.reader.read(told, cls)
