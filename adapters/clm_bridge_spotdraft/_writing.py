"""SpotDraft's operations that write: each asks first, and writes last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from clm_bridge.adapter import (
    Adapter,
    Contact,
    ContractChanges,
    Counterparty,
    DocumentKind,
    ExternalLink,
    Field,
    NewContract,
    NewCounterparty,
    NotFound,
    Particulars,
    Problem,
    Reader,
    Status,
    Transition,
    Upload,
    each,
    get,
    merged,
    patch,
    post,
)

from . import (
    _around,
    _calls,
    _checks,
    _mapping,
    _moves,
    _payloads,
    _records,
    _wire,
    _wire_around,
)
from ._mapping import bare_number

DRAFTS = "contracts/"
UPLOADS: Mapping[Status, str] = {
    Status.NEGOTIATION: "contracts/upload_review_contracts/",
    Status.SIGNATURE: "contracts/upload_sign_contracts/",
}
EXECUTED = "contracts/executed_contracts/"
MADE = {"id": "<id of the new contract>"}


class Writing(Adapter):
    """What SpotDraft lets one write."""

    writes = frozenset(
        {
            "counterparty.contact",
            "counterparty.id",
            "counterparty.name",
            "document",
            "external_link.data",
            "external_link.id",
            "external_link.record_type",
            "external_link.system",
            "name",
            "owner",
            "signatories",
            "template",
            "type",
        }
    )
    changes = frozenset({"owner"})
    drops = frozenset({"external_link.url"})
    creates = frozenset({Status.DRAFT, *UPLOADS, Status.EXECUTED})
    uploads = frozenset(
        {DocumentKind.DRAFT, DocumentKind.SIGNED, DocumentKind.ATTACHMENT}
    )
    transitions = _moves.TRANSITIONS

    reader: Reader
    entity: str | None
    organization_type: str | None
    members: dict[str, str]
    """Addresses that were asked for before a creation, and whose they are."""

    def check_contract(self, told: Particulars) -> Iterator[Problem]:
        """Say what each of the four beginnings needs."""
        return _checks.problems(told)

    async def create_contract(self, new: NewContract, fields: Sequence[Field]) -> str:
        """Ask who is who, then create from the template or the paper."""
        if new.owner and new.status not in UPLOADS:
            self.members[new.owner] = await _around.member(self.reader, new.owner)
        party = await self._party(new)
        path = UPLOADS.get(new.status)
        if new.status is Status.DRAFT:
            path, told = DRAFTS, await self._draft(new, party)
        elif path is not None:
            own = int(self.entity) if self.entity else None
            told = _payloads.paper(new, party, entity=own)
        else:
            path, told = EXECUTED, await self._executed(new, party)
        answer = await post(path, merged(told, new.extra), dry=MADE)
        return self.reader.read(answer.json(), _wire_around.Created).id

    async def _draft(
        self, new: NewContract, party: _payloads.Other | None
    ) -> dict[str, Any]:
        assert party is not None  # it was checked
        reference = None
        if self.entity:
            reference = (await _around.entity(self.reader, self.entity)).reference_id
        return _payloads.draft(
            new, party, entity=reference, kind=self.organization_type
        )

    async def _executed(
        self, new: NewContract, party: _payloads.Other | None
    ) -> dict[str, Any]:
        own = self.entity or (await _around.entity(self.reader, None)).id
        return _payloads.executed(
            new, party, entity=int(own), kind=self.organization_type
        )

    async def _party(self, new: NewContract) -> _payloads.Other | None:
        """Return the other party; by its id it is asked of the address book."""
        told = new.counterparty
        if told is None:
            return None
        if not told.id:
            return _payloads.Other(told.name or "", told.contact)
        known = await self._entry(told.id)
        if told.name not in (None, known.name):
            why = f"is not the name of counterparty {told.id}"
            raise _around.refusal("counterparty.name", why, "its name, or None")
        contact = told.contact or _first(known)
        complete = contact is not None and contact.email and contact.name
        if not complete and new.status in (Status.DRAFT, Status.EXECUTED):
            why = f"is missing, and counterparty {told.id} has none with both"
            raise _around.refusal("counterparty.contact", why, "an e-mail and a name")
        return _payloads.Other(known.name, contact, bool(known.is_individual))

    async def _entry(self, id: str) -> _wire.CounterpartyRow:
        try:
            answer = await get("counter_parties/{id}", id=id)
        except NotFound:
            why = f"{id} is no counterparty of the workspace"
            raise _around.refusal("counterparty.id", why, "an id of its list") from None
        return self.reader.read(answer.json(), _wire.CounterpartyRow)

    async def furnish_contract(
        self, id: str, new: NewContract, fields: Sequence[Field]
    ) -> None:
        """Write the key pointers, and the owner where creating takes none."""
        by_upload = new.status in UPLOADS and "@" in (new.owner or "")
        owner = None if by_upload else new.owner
        if fields or owner:
            owner = self.members.pop(owner or "", owner)  # asked for a moment ago
            await self._write(await self._own(id), owner, fields)

    async def update_contract(
        self, id: str, changes: ContractChanges, fields: Sequence[Field]
    ) -> None:
        """Write the template's data, key pointers and the owner, as far as told."""
        own = await self._own(id)
        data = changes.extra.get("contract_data")
        if data is not None:
            path = "contracts/{id}/contract_data"
            await patch(path, {"data": data}, id=own)
        await self._write(own, changes.owner, fields)

    async def _write(self, id: str, owner: str | None, fields: Sequence[Field]) -> None:
        user = await _around.member(self.reader, owner) if owner else None
        if fields:
            path = "contracts/{id}/key_pointers/bulk"
            await post(path, _payloads.key_pointers(fields), id=id)
        if user is not None:
            path = "contracts/{number}/business_user/"
            await patch(path, {"user_id": int(user)}, number=bare_number(id))

    async def _own(self, id: str) -> str:
        """Return T-n or H-n, which most calls take, for either and the number."""
        if not id.isdecimal():
            return id
        own, _ = await _calls.resolved(self.reader, id)
        return own

    async def contract_links(self, id: str) -> Sequence[ExternalLink]:
        """Ask for the external metadata alone."""
        told = await _calls.metadata(await self._own(id))
        metadata = self.reader.read(told, _wire.Metadata) if told else None
        return _mapping.external_links(metadata)

    async def link_contract(self, id: str, link: ExternalLink) -> None:
        """Replace the one external id that a contract has."""
        own = await self._own(id)
        path = "contracts/{id}/external_metadata"
        told = {"external_metadata": _payloads.metadata(link)}
        await post(path, told, id=own)

    async def move_contract(
        self, id: str, transition: Transition, note: str | None
    ) -> None:
        """Make the call of the table; its answer has no body."""
        _, _, path = self.transitions[transition].call.partition(" ")
        await post(path, _moves.body(transition, note), id=await self._own(id))

    async def upload_document(
        self, contract_id: str, upload: Upload, kind: DocumentKind
    ) -> None:
        """Add a version, a signed one that executes, or a supporting document."""
        if kind is DocumentKind.ATTACHMENT:
            own = await self._own(contract_id)
            path = "supported_documents/{id}/"
            await post(path, _payloads.attachment(upload), id=own)
            return
        signed = kind is DocumentKind.SIGNED
        fits = _checks.is_pdf if signed else _checks.is_version
        if not fits(upload):
            accepts = "a .pdf file" if signed else "a .pdf or .docx file"
            raise _around.refusal("document", f"{upload.name} is neither", accepts)
        path = "contracts/{number}/contract_version/"
        told = _payloads.version(upload, signed=signed)
        await post(path, told, number=bare_number(contract_id))

    async def find_counterparties(self, name: str) -> Sequence[Counterparty]:
        """Walk the address book: SpotDraft finds nobody in it by name."""
        listed = await _around.every(self.reader, "counter_parties/")
        found = each(listed, self._counterparty)
        return [one for one in found if one.name == name]

    def _counterparty(self, row: Mapping[str, Any]) -> Counterparty:
        told = self.reader.read(row, _wire.CounterpartyRow)
        return _records.counterparty(told, self.source({"counterparty": row}))

    async def create_counterparty(self, new: NewCounterparty) -> Counterparty:
        """Add an organisation."""
        if new.id or new.country:
            path = "counterparty.id" if new.id else "counterparty.country"
            raise _around.refusal(path, "has no place in an entry", "None")
        told = _payloads.counterparty(new, kind=self.organization_type)
        dry = {"id": "<id of the new counterparty>", "name": new.name}
        answer = await post("counter_parties/", told, dry=dry)
        return self._counterparty(answer.json())

    async def add_comment(self, contract_id: str, text: str) -> None:
        """Comment in the activity log."""
        path = "contracts/{number}/comments/"
        await post(path, {"comment": text}, number=bare_number(contract_id))


def _first(known: _wire.CounterpartyRow) -> Contact | None:
    """Return the first contact that can be written to."""
    found = (one for one in known.contacts or () if one.email)
    one = next(found, None)
    return None if one is None else Contact(one.email, one.name)
