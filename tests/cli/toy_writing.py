"""What the made-up vendors can be told, and the half of their sandbox that listens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from flask import Flask, Response, request

from clm_bridge import (
    Approval,
    ApprovalStatus,
    Comment,
    ContractChanges,
    NewContract,
    NewCounterparty,
    Person,
    PersonRole,
    Problem,
    Relation,
    RelationKind,
    Transition,
    Upload,
    to_dict,
)
from clm_bridge.adapter import (
    Adapter,
    Counterparty,
    DocumentKind,
    ExternalLink,
    Field,
    Move,
    Ref,
    Request,
    Status,
    get,
    merged,
    post,
    put,
)

WRITES: list[str] = []
"""Every request that wrote, to whichever sandbox of these; a test empties it."""


def _said(told: NewContract | ContractChanges, fields: Sequence[Field]) -> Any:
    """Return the payload: what is said, in the shape in which it is read."""
    found: dict[str, Any] = {"name": told.name, "owner": None}
    if told.value is not None:
        found["value"] = to_dict(told.value)
    dates = to_dict(told)["key_dates"]
    found["key_dates"] = {name: day for name, day in dates.items() if day}
    found["fields"] = {one.id: to_dict(one) for one in fields}
    if told.counterparty is not None:
        party = {"role": "counterparty", "name": told.counterparty.name}
        found["parties"] = [party]
    return {key: one for key, one in found.items() if one not in (None, {}, [])}


class PaperWriting(Adapter):
    """Takes contracts just as the model has them."""

    writes: ClassVar[frozenset[str]] = frozenset(
        {"name", "number", "value", "counterparty", "external_link", "document"}
    ) | {"key_dates.effective_on", "key_dates.expires_on", "owner", "signatories"}
    changes: ClassVar[frozenset[str]] = frozenset(
        {"name", "value", "key_dates", "counterparty.name"}
    )
    uploads: ClassVar[frozenset[DocumentKind]] = frozenset({DocumentKind.DRAFT})
    transitions: ClassVar[Mapping[Transition, Move]] = {
        Transition.SEND_TO_COUNTERPARTY: Move(
            "POST move", ("DRAFT",), ("NEGOTIATION",)
        ),
        Transition.REQUEST_SIGNATURE: Move(
            "POST move", ("DRAFT", "NEGOTIATION"), ("SIGNATURE",), "taken"
        ),
        Transition.CANCEL: Move(
            "POST move", ("DRAFT", "SIGNATURE"), ("CANCELLED",), "required"
        ),
    }

    def check_contract(self, told: Any) -> Iterator[Problem]:
        if isinstance(told, NewContract) and told.name is None:
            yield Problem("name", "is missing", "text")

    async def create_contract(self, new: NewContract, fields: Sequence[Field]) -> str:
        payload = _said(new, fields)
        if new.external_link is not None:
            payload["external_links"] = [to_dict(new.external_link)]
        payload = merged(payload, new.extra)
        made = await post("contracts", payload, dry={"id": "<id of the new contract>"})
        return str(made.json()["id"])

    async def furnish_contract(
        self, id: str, new: NewContract, fields: Sequence[Field]
    ) -> None:
        if new.document is not None:
            await self.upload_document(id, new.document, DocumentKind.DRAFT)

    async def update_contract(
        self, id: str, changes: ContractChanges, fields: Sequence[Field]
    ) -> None:
        empty = dict.fromkeys(changes.clear)
        await put("contracts/{id}", merged(_said(changes, fields), empty), id=id)

    async def link_contract(self, id: str, link: ExternalLink) -> None:
        await put("contracts/{id}", {"external_links": [to_dict(link)]}, id=id)

    async def unlink_contract(self, id: str) -> None:
        await put("contracts/{id}", {"external_links": []}, id=id)

    async def move_contract(
        self, id: str, transition: Transition, note: str | None
    ) -> None:
        [reached] = self.transitions[transition].reaches
        await post("contracts/{id}/move", {"to": reached, "note": note}, id=id)

    async def upload_document(
        self, contract_id: str, upload: Upload, kind: DocumentKind
    ) -> None:
        sent = {"id": contract_id}
        await Request("POST", "contracts/{id}/files", ids=sent, files={"file": upload})

    async def find_counterparties(self, name: str) -> Sequence[Counterparty]:
        known = (await get("companies")).json()
        return [self._company(one) for one in known if one["name"] == name]

    async def create_counterparty(self, new: NewCounterparty) -> Counterparty:
        told = {"id": "<id>", "name": new.name}
        return self._company((await post("companies", told, dry=told)).json())

    def _company(self, told: Any) -> Counterparty:
        return Counterparty(told["id"], told["name"], self.source({}))

    async def list_people(self, contract_id: str) -> Sequence[Person]:
        return [Person(PersonRole.OWNER, "Robin", "robin@acme.example")]

    async def list_approvals(self, contract_id: str) -> Sequence[Approval]:
        robin = Person(PersonRole.APPROVER, None, "robin@acme.example")
        return [Approval("a1", ApprovalStatus.PENDING, "waiting", "Legal", robin)]

    async def list_relations(self, contract_id: str) -> Sequence[Relation]:
        return [Relation(RelationKind.PARENT, Ref("7", "Frame"), "parent")]

    async def list_comments(self, contract_id: str) -> Sequence[Comment]:
        when = datetime(2026, 1, 31, 9, tzinfo=UTC)
        return [Comment("1", "All\x1b[31m good", None, when)]

    async def add_comment(self, contract_id: str, text: str) -> None:
        await post("contracts/{id}/comments", {"text": text}, id=contract_id)


class Desk:
    """Takes what is written; some names make it fail."""

    def __init__(self, app: Flask, contracts: list[dict[str, Any]]) -> None:
        self.contracts = contracts
        self.companies = [{"id": "c1", "name": "Acme"}]
        app.before_request(_noted)
        app.add_url_rule("/contracts", "create", self._create, methods=["POST"])
        app.add_url_rule("/contracts/<id>", "change", self._change, methods=["PUT"])
        app.add_url_rule("/contracts/<id>/move", "move", self._move, methods=["POST"])
        for path in ("files", "comments"):
            rule = f"/contracts/<id>/{path}"
            app.add_url_rule(rule, path, _taken, methods=["POST"])
        app.add_url_rule("/companies", "companies", lambda: self.companies)
        app.add_url_rule("/companies", "company", self._company, methods=["POST"])

    def _create(self) -> Any:
        told: Any = request.get_json()
        blank = {"external_links": [], "parties": [], "fields": {}, "value": None}
        made = {**self.contracts[0], **blank, "status": Status.DRAFT.value, **told}
        made["id"] = str(len(self.contracts) + 1)
        self._keep(made)
        self.contracts.append(made)
        return Response("{}", 502) if made["name"] == "lost" else {"id": made["id"]}

    def _change(self, id: str) -> Any:
        [held] = [one for one in self.contracts if one["id"] == id]
        told: Any = request.get_json()
        held.update(merged(held, told))
        if "external_links" in told:
            held["external_links"] = told["external_links"]
        self._keep(held)
        return {}

    def _keep(self, contract: dict[str, Any]) -> None:
        if contract["name"] == "ignores":
            contract["value"] = None
        for party in contract["parties"]:
            for key in ("id", "contact"):
                party.setdefault(key, None)
            party.setdefault("identifiers", {})

    def _move(self, id: str) -> Any:
        [held] = [one for one in self.contracts if one["id"] == id]
        held["status"] = request.json["to"].lower()  # type: ignore[index]
        return {}

    def _company(self) -> Any:
        made: Any = {**request.get_json(), "id": f"c{len(self.companies) + 1}"}
        self.companies.append(made)
        return made


def _taken(**_: str) -> Any:
    return {}


def _noted() -> None:
    if request.method != "GET":
        WRITES.append(f"{request.method} {request.path}")
