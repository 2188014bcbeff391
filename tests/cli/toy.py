"""Two made-up vendors: one that can be searched, and one that says less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from attrs import evolve, frozen
from flask import Flask, Response, request

from clm_bridge import from_dict, hookimpl, to_dict
from clm_bridge.adapter import (
    FULL,
    Adapter,
    ApiKey,
    Check,
    Contract,
    Counterparty,
    Cursor,
    Document,
    DocumentKind,
    ExternalLink,
    FieldDefinition,
    FieldKind,
    KeyDates,
    Loss,
    Page,
    Party,
    PartyRole,
    Query,
    Rate,
    Ref,
    Request,
    Secret,
    Source,
    Status,
    StatusReport,
    Template,
    Workspace,
    get,
    setting,
)
from clm_bridge.adapter import (
    Response as Answer,
)
from clm_bridge.sandbox import Clock, Deal, Sandbox, pdf

from .toy_writing import Desk, PaperWriting

CANARY = "s3cr3t-canary-0451"
"""The credential that no output may show."""


@frozen
class Keys:
    """The settings of a made-up connection."""

    token: Secret = setting("The key.", secret=True)
    region: str = setting("Where it is.", default="eu", choices=("eu", "us"))
    base_url: str | None = setting("Another origin.", default=None)


class Paper(PaperWriting):
    """Sends contracts just as the model has them."""

    name = "paper"
    title = "Paper"
    Config = Keys
    rate = Rate(10)
    page_size = 100
    filters: ClassVar[frozenset[str]] = frozenset({"status", "name_contains"})
    row_answers: ClassVar[frozenset[str]] = filters | {"counterparty"}
    statuses: ClassVar[Mapping[str, Status]] = {one.name: one for one in Status}

    def __init__(self, config: Keys, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.base_url = f"{config.base_url or 'https://api.paper.example'}/"
        self.auth = ApiKey({"x-key": config.token, "x-region": config.region})

    async def check(self) -> Check:
        who = (await get("me")).json()
        return Check(identity=who["name"], scopes=["read"])

    async def list_contracts(
        self, query: Query, cursor: Cursor | None
    ) -> Page[Contract]:
        words = ",".join(self.words(query.status)) or None
        asked = {"from": int(cursor or 0), "status": words, "name": query.name_contains}
        told = (await get("contracts", asked)).json()
        more = [told["next"]] if told["next"] else []
        return Page([self._contract(one) for one in told["items"]], more)

    async def get_contract(self, id: str) -> Contract:
        return self._contract((await get("contracts/{id}", id=id)).json())

    async def contract_status(self, id: str) -> StatusReport:
        contract = await self.get_contract(id)
        return StatusReport(contract.status, contract.source.status)

    async def find_contracts(self, external_id: str) -> Sequence[Contract]:
        told = (await get("find/{id}", id=external_id)).json()
        return [self._contract(one) for one in told]

    async def list_documents(self, contract_id: str) -> Sequence[Document]:
        contract = await self.get_contract(contract_id)
        if contract.status is not Status.EXECUTED:
            return []
        return [
            Document("d1", contract_id, "signed.pdf", DocumentKind.SIGNED),
            Document("d2", contract_id, "draft.pdf", DocumentKind.DRAFT),
        ]

    async def download_document(self, document: Document) -> Request:
        return get("files/{id}", id=document.id)

    async def list_templates(self, cursor: Cursor | None) -> Page[Template]:
        return Page([Template("t1", "Standard", self.source({}))])

    async def list_counterparties(self, cursor: Cursor | None) -> Page[Counterparty]:
        return Page([Counterparty("c1", "Acme", self.source({}))])

    async def list_fields(self, cursor: Cursor | None) -> Page[FieldDefinition]:
        return Page(
            [
                FieldDefinition("start", "Start date", FieldKind.DATE, self.source({})),
                FieldDefinition("odd", "Renewal", FieldKind.NUMBER, self.source({})),
            ]
        )

    def complaints(self, response: Answer) -> Sequence[str]:
        return ["\x1b[31mno"] if response.status == 403 else []

    def _contract(self, told: Any) -> Contract:
        contract: Contract = from_dict(told)
        return evolve(
            contract, source=self.source({"row": told}, told["status"].upper())
        )


class Stone(Paper):
    """Cannot be searched, and knows no values and no holds."""

    name = "stone"
    title = "Stone"
    searches_links = False
    link_contract = Adapter.link_contract
    unlink_contract = Adapter.unlink_contract
    losses: ClassVar[Sequence[Loss]] = (
        Loss("value", "stone weighs what it weighs"),
        Loss("status", "nothing can be held", value="on_hold", becomes="negotiation"),
    )

    def _contract(self, told: Any) -> Contract:
        contract: Contract = evolve(super()._contract(told), value=None)
        if contract.status is Status.ON_HOLD:
            contract = evolve(contract, status=Status.NEGOTIATION)
        return contract


class PaperSandbox(Sandbox):
    """Keeps the portfolio; some ids make it fail."""

    vendor: ClassVar[str] = "paper"
    origin: ClassVar[str] = "https://api.paper.example"
    assumptions: ClassVar[Mapping[str, str]] = {}

    def __init__(
        self, deals: Sequence[Deal], clock: Clock, *, switches: Mapping[str, Any]
    ) -> None:
        self.contracts = [to_dict(_contract(deal)) for deal in deals]
        self.app = Flask("paper")
        self.app.before_request(_refused)
        self.app.add_url_rule("/me", view_func=_me)
        self.app.add_url_rule("/contracts", view_func=self._list)
        self.app.add_url_rule("/contracts/<id>", view_func=self._get)
        self.app.add_url_rule("/find/<external_id>", view_func=self._find)
        self.app.add_url_rule("/files/<id>", view_func=_file)
        Desk(self.app, self.contracts)

    def settings(self) -> Mapping[str, Any]:
        return {"token": CANARY}

    def reset(self) -> None:
        """Nothing is ever written."""

    def _list(self) -> Any:
        begin = int(request.args["from"])
        name = request.args.get("name", "")
        if request.headers["x-region"] == "us" and begin:
            return _no(429)
        words = request.args.get("status", "").lower().split(",")
        known = [c for c in self.contracts if words == [""] or c["status"] in words]
        if name == "nothing":
            known = []
        follows = str(begin + 100) if begin + 100 < len(known) else None
        return {"items": known[begin : begin + 100], "next": follows}

    def _get(self, id: str) -> Any:
        if id.isdigit() and int(id) > 400:
            return _no(int(id))
        found = [one for one in self.contracts if one["id"] == id]
        return found[0] if found else _no(404)

    def _find(self, external_id: str) -> Any:
        return [
            one
            for one in self.contracts
            if external_id in [link["id"] for link in one["external_links"]]
        ]


class StoneSandbox(PaperSandbox):
    """The same, under the other vendor's name."""

    vendor: ClassVar[str] = "stone"


def _contract(deal: Deal) -> Contract:
    party = Party(PartyRole.COUNTERPARTY, deal.counterparty.name)
    return Contract(
        id=str(deal.index),
        name=deal.name,
        status=deal.status,
        source=Source("paper"),
        number=deal.number,
        parties=[party],
        external_links=[deal.link] if isinstance(deal.link, ExternalLink) else [],
        key_dates=KeyDates(effective_on=deal.effective_on, expires_on=deal.expires_on),
        term=deal.term,
        value=deal.value,
        type=Ref("t", deal.type),
        loaded=FULL,
    )


def _me() -> Any:
    return {"name": "Robin"}


def _refused() -> Any:
    return None if request.headers.get("x-key") == CANARY else _no(401)


def _no(status: int) -> Response:
    return Response("{}", status, {"Retry-After": "3600"}, mimetype="application/json")


def _file(id: str) -> Response:
    return Response(pdf("Signed", id), mimetype="application/pdf")


class Point:
    """An entry point that loads what it is given, or dies of it."""

    dist = None

    def __init__(self, name: str, loads: object) -> None:
        self.name, self.loads, self.value = name, loads, f"toy_{name}"

    def load(self) -> object:
        if isinstance(self.loads, Exception):
            raise self.loads
        return self.loads


class Plugin:
    """The hooks of one made-up vendor."""

    def __init__(self, adapter: type[Adapter], sandbox: type[Sandbox] | None) -> None:
        self.adapter, self.sandbox = adapter, sandbox

    @hookimpl
    def clm_bridge_adapter(self) -> type[Adapter]:
        return self.adapter

    @hookimpl
    def clm_bridge_sandbox(self) -> type[Sandbox] | None:
        return self.sandbox


def points() -> dict[str, list[Any]]:
    """Return the entry points of both, and of one that cannot be imported."""
    return {
        "broken": [Point("broken", ImportError("no module named 'gone'"))],
        "paper": [Point("paper", Plugin(Paper, PaperSandbox))],
        "stone": [Point("stone", Plugin(Stone, StoneSandbox))],
    }
