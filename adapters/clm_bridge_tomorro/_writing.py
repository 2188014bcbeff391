"""Tomorro's operations that write; each makes one change, after what it must ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

from clm_bridge import ClmError
from clm_bridge.adapter import (
    Adapter,
    Contract,
    ContractChanges,
    Counterparty,
    DocumentKind,
    ExternalLink,
    Field,
    Move,
    NewContract,
    NewCounterparty,
    Particulars,
    Person,
    Problem,
    Reader,
    Transition,
    Unsupported,
    Upload,
    merged,
    patch,
    post,
)

from . import (
    _envelopes,
    _lists,
    _lookups,
    _mapping,
    _moves,
    _payloads,
    _reconciling,
    _storage,
    _wire,
)

EVERYBODY = _mapping.any_of(tuple(_mapping.ACTIVE))
"""Archived counterparties too: they stay on contracts."""

MARGIN = timedelta(minutes=1)
"""What is left for the way that an answer takes, and for whole seconds."""


class Writing(Adapter):
    """The half of the adapter that writes."""

    writes = frozenset(
        {
            "name",
            "template",
            "type",
            "signatories",
            "document",
            "counterparty.id",
            "counterparty.name",
            "external_link.id",
            "external_link.system",
            "external_link.record_type",
            "external_link.url",
        }
    )
    changes = frozenset({"name", "signatories", "counterparty.id", "counterparty.name"})
    drops = frozenset({"counterparty.contact", "owner"})
    uploads = frozenset({DocumentKind.DRAFT})
    transitions: ClassVar[Mapping[Transition, Move]] = _moves.TRANSITIONS

    reader: Reader
    link_field: str | None
    language: str | None
    members: dict[str, str]
    """E-mail address, folded → id; read once, and again for one that is not there."""

    def check_contract(self, told: Particulars) -> Iterator[Problem]:
        """Yield what Tomorro needs or cannot take."""
        return _payloads.problems(told, by_field=self.link_field is not None)

    async def create_contract(self, new: NewContract, fields: Sequence[Field]) -> str:
        """Create a contract from a template, whose document comes with it."""
        assert new.counterparty is not None
        _payloads.check(fields)
        type_id = new.type or await _lookups.type_of(new.template or "", self.reader)
        counterparty = await self._counterparty_said(new.counterparty)
        members = await self._members(new)
        payload = _payloads.contract(
            new,
            fields,
            type_id=type_id,
            counterparty=counterparty or {"name": new.counterparty.name or ""},
            signatories=_payloads.signatories(new, members),
            participant=_payloads.participant(new, members),
            link_field=self.link_field,
        )
        made = {"id": "<id of the new contract>"}
        answer = await post("contracts", merged(payload, new.extra), dry=made)
        told = self.reader.read(_envelopes.single(answer.json()), _wire.Made)
        return _mapping.plain(told.id)

    async def furnish_contract(
        self, id: str, new: NewContract, fields: Sequence[Field]
    ) -> None:
        """Add the document as a version; what versions there are cannot be seen."""
        if new.document is not None:
            await self.upload_document(id, new.document, DocumentKind.DRAFT)

    async def find_created(
        self, new: NewContract, since: datetime
    ) -> Sequence[Contract] | None:
        """Read what was created since, the newest first, until it is older."""
        if new.external_link is None and new.name is None:
            return None
        then = await _reconciling.by_its_clock(since, self.workspace.now())
        return await _reconciling.created(
            new, then - MARGIN, self.get_contract, self.reader
        )

    async def update_contract(
        self, id: str, changes: ContractChanges, fields: Sequence[Field]
    ) -> None:
        """Change what is said, with one PATCH."""
        _payloads.check(fields)
        told, members = changes.counterparty, await self._members(changes)
        counterparty = await self._counterparty_said(told) if told else None
        if told and counterparty is None:
            # Whether a name here renames the known one is not documented.
            why = f"{told.name!r} is no active counterparty"
            accepts = "one of counterparties.list; counterparties.create adds it"
            raise _lookups.refused(Problem("counterparty.name", why, accepts))
        payload = _payloads.changes(
            changes,
            fields,
            counterparty=counterparty,
            signatories=_payloads.signatories(changes, members),
            participant=_payloads.participant(changes, members),
        )
        await self._patch(id, merged(payload, changes.extra))

    async def link_contract(self, id: str, link: ExternalLink) -> None:
        """Write the own id's field; the integration link is made at creation only."""
        await self._link(id, link.id)

    async def unlink_contract(self, id: str) -> None:
        """Empty the own id's field."""
        await self._link(id, None)

    async def move_contract(
        self, id: str, transition: Transition, note: str | None
    ) -> None:
        """Write the status, or accept the last document and send it to sign."""
        word = _moves.PATCHED.get(transition)
        if word is not None:
            await self._patch(id, {"status": word})
            return
        told = {"signatureNote": note} if note else {}
        path, own = "contracts/{id}/send-signature", _mapping.plain(id)
        await post(path, told, id=own, dry={"id": own, "status": "sent"})

    async def upload_document(
        self, contract_id: str, upload: Upload, kind: DocumentKind
    ) -> None:
        """Put a file into the storage, and make it the next version."""
        for problem in _payloads.unnamed(upload):
            raise _lookups.refused(problem)
        try:
            key = await _storage.put(upload, self.reader)
        except ClmError as error:
            error.in_doubt = False  # the contract has not seen the file yet
            raise
        path, told = "contracts/{id}/versions", _payloads.version(upload, key)
        await post(path, told, id=_mapping.plain(contract_id), dry={})

    async def find_counterparties(self, name: str) -> Sequence[Counterparty]:
        """Return the entries of exactly this name, the archived ones last."""
        found = await _lists.every(
            "counterparties", {"name": name, "status": EVERYBODY}
        )
        told = [self._counterparty_row(one) for one in found]
        exact = [one for one in told if one.name == name]
        return sorted(exact, key=lambda one: one.active is False)

    async def create_counterparty(self, new: NewCounterparty) -> Counterparty:
        """Add an entry, whose identifiers are smart fields of counterparties."""
        if new.country is not None:
            why, accepts = "has no place in Tomorro", "an identifier of the workspace's"
            raise _lookups.refused(Problem("counterparty.country", why, accepts))
        attributes = await _lookups.attributes(
            new.identifiers, self.language, self.reader
        )
        dry = {"id": "<id of the new counterparty>", "name": new.name}
        told = _payloads.counterparty(new, attributes)
        answer = await post("counterparties", told, dry=dry)
        return self._counterparty_row(_envelopes.single(answer.json()))

    async def list_people(self, contract_id: str) -> Sequence[Person]:
        """Return the author, the signatories and the participants."""
        return (await self.get_contract(contract_id)).people

    async def _counterparty_said(self, new: NewCounterparty) -> dict[str, str] | None:
        """Return the one that is meant, or None if it is not in the address book."""
        if new.id is not None:
            return {"id": _mapping.plain(new.id)}
        found = await self.find_counterparties(new.name or "")
        ids = [one.id for one in found if one.active is not False]
        if len(ids) > 1:
            why = f"{len(ids)} counterparties are called {new.name!r}"
            accepts = f"counterparty.id, one of {', '.join(ids)}"
            raise _lookups.refused(Problem("counterparty.name", why, accepts))
        return {"id": ids[0]} if ids else None

    async def _members(self, told: Particulars) -> Mapping[str, str]:
        """Return the ids of those of our people who are told by their address."""
        wanted = _lookups.addresses(told)
        if any(_lookups.strangers(wanted, self.members)):
            self.members = await _lookups.members(self.reader)
        if unknown := [*_lookups.strangers(wanted, self.members)]:
            raise _lookups.refused(*unknown)
        return self.members

    def _counterparty_row(self, payload: Any) -> Counterparty:
        row = self.reader.read(payload, _wire.CounterpartyRow)
        return _mapping.counterparty(row, self.source({"counterparty": payload}))

    async def _patch(self, id: str, told: Mapping[str, Any]) -> None:
        own = _mapping.plain(id)
        await patch("contracts/{id}", told, id=own, dry={"id": own})

    async def _link(self, id: str, value: str | None) -> None:
        if self.link_field is None:
            raise Unsupported(
                "Tomorro takes an integration link when a contract is created, and "
                "never changes it",
                hint='set external_id to "field:<smart field id>" to keep your own id',
            )
        await self._patch(
            id, {"fields": [{"fieldId": self.link_field, "value": value}]}
        )
