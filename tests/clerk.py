"""A vendor that can be written to, the world behind it, and an answer that is lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import httpx

from clm_bridge.adapter import (
    ApprovalStatus,
    Comment,
    Counterparty,
    DocumentKind,
    ExternalLink,
    Field,
    FieldDefinition,
    FieldKind,
    KeyDates,
    Money,
    Move,
    NewContract,
    NewCounterparty,
    Page,
    Party,
    PartyRole,
    Problem,
    Request,
    Status,
    StatusReport,
    Transition,
    Unsupported,
    get,
    merged,
    parse,
    patch,
    post,
    put,
)

from .paper import Paper, answer

assert ApprovalStatus  # part of what an author may import

FIELDS = (
    ("f-dep", "Department", FieldKind.OPTION, ("Legal", "Procurement")),
    ("f-end", "Last day", FieldKind.DATE, ()),
    ("f-len", "Months", FieldKind.NUMBER, ()),
    ("f-val", "Worth", FieldKind.MONEY, ()),
    ("f-ren", "Renewal", FieldKind.OPTION, ("Tacit", "None")),
    ("f-x1", "Twin", FieldKind.TEXT, ()),
    ("f-x2", "Twin", FieldKind.TEXT, ()),
)
NEW_ID = "<id of the new contract>"


class Clerk(Paper):
    """Takes a name, a value and a link; everything else needs a field."""

    title = "Clerk"
    searches_links = True
    statuses = {  # noqa: RUF012
        "open": Status.DRAFT,
        "out": Status.SIGNATURE,
        "done": Status.EXECUTED,
        "void": Status.CANCELLED,
    }
    writes = frozenset({"name", "value", "counterparty", "external_link", "document"})
    changes = frozenset({"name", "value"})
    drops = frozenset({"external_link.url"})
    uploads = frozenset({DocumentKind.DRAFT})
    transitions = {  # noqa: RUF012
        Transition.REQUEST_SIGNATURE: Move("POST c/{id}/sign", ["open"], ["out"]),
        Transition.CANCEL: Move(
            "POST c/{id}/void", ["open", "out"], ["void"], note="required"
        ),
    }

    def check_contract(self, told):
        if told.name == "forbidden":
            yield Problem("name", "is forbidden", "another")

    async def create_contract(self, new, fields):
        body = {
            "name": new.name,
            "with": new.counterparty.name if new.counterparty else None,
            "link": new.external_link.id if new.external_link else None,
            "value": _amount(new.value),
        }
        told = await post("contracts", merged(body, new.extra), dry={"id": NEW_ID})
        return parse(told.body)["id"]

    async def furnish_contract(self, id, new, fields):
        if fields:
            await put("contracts/{id}/fields", _values(fields), id=id)

    async def find_created(self, new, since):
        if new.external_link is None:
            return None
        return await self.find_contracts(new.external_link.id)

    async def update_contract(self, id, changes, fields):
        body = {"name": changes.name, "value": _amount(changes.value)}
        told = {key: value for key, value in body.items() if value is not None}
        told |= dict.fromkeys(changes.clear)
        await patch("contracts/{id}", told | {"fields": _values(fields)}, id=id)

    async def link_contract(self, id, link):
        await patch("contracts/{id}", {"link": link.id}, id=id)

    async def unlink_contract(self, id):
        await patch("contracts/{id}", {"link": None}, id=id)

    async def move_contract(self, id, transition, note):
        word = "out" if transition is Transition.REQUEST_SIGNATURE else "void"
        await post("contracts/{id}/move", {"to": word, "note": note}, id=id)

    async def contract_status(self, id):
        word = (await get("contracts/{id}", id=id)).json()["status"]
        return StatusReport(self.status(word), word)

    async def upload_document(self, contract_id, upload, kind):
        await Request(
            "POST", "contracts/{id}/files", {"id": contract_id}, files={"file": upload}
        )

    async def find_counterparties(self, name):
        told = (await get("counterparties", {"name": name})).json()
        return [self._company(one) for one in told]

    async def create_counterparty(self, new):
        dry = {"id": "<id>", "name": new.name}
        told = await post("counterparties", {"name": new.name}, dry=dry)
        return self._company(told.json())

    async def list_comments(self, contract_id):
        told = (await get("contracts/{id}", id=contract_id)).json()
        return [Comment(str(n), text) for n, text in enumerate(told["comments"])]

    async def add_comment(self, contract_id, text):
        await post("contracts/{id}/comments", {"text": text}, id=contract_id)

    async def list_fields(self, cursor):
        source = self.source({})
        return Page([FieldDefinition(*told[:3], source, told[3]) for told in FIELDS[:]])

    def row(self, row):
        found = super().row(
            {
                **row,
                "links": [row["link"]] if row.get("link") else [],
                "with": [row["with"]] if row.get("with") else [],
            }
        )
        kinds = {own: (label, kind) for own, label, kind, _ in FIELDS}
        fields = {
            own: Field(own, *kinds[own], _read(kinds[own][1], value))
            for own, value in row.get("fields", {}).items()
        }
        return type(found)(
            **{
                name: getattr(found, name)
                for name in ("id", "name", "status", "source", "parties", "loaded")
            },
            external_links=found.external_links,
            value=_money(row.get("value")),
            fields=fields,
            key_dates=KeyDates(),
        )

    def _company(self, told):
        return Counterparty(told["id"], told["name"], self.source({}))


class Deaf(Clerk):
    """Cannot be asked for an external id, nor given one later."""

    searches_links = False

    async def find_contracts(self, external_id):
        raise AssertionError("nobody asks a vendor that cannot search")

    async def find_created(self, new, since):
        return await Paper.find_contracts(self, new.external_link.id)

    async def link_contract(self, id, link):
        raise Unsupported("it takes links at creation alone")


def _amount(money):
    return None if money is None else f"{money.amount} {money.currency}"


def _money(told):
    from decimal import Decimal

    if told is None:
        return None
    amount, currency = told.split()
    return Money(Decimal(amount), currency)


def _values(fields):
    return {one.id: None if one.value is None else str(one.value) for one in fields}


def _read(kind, value):
    from datetime import date

    if kind is FieldKind.DATE:
        return date.fromisoformat(value)
    if kind is FieldKind.NUMBER:
        return int(value)
    return _money(value) if kind is FieldKind.MONEY else value


PARTY = Party(PartyRole.COUNTERPARTY, "Globex")
LINK = ExternalLink("erp", "Requisition", "PR-1")
DEAL = NewContract(
    name="Hosting",
    counterparty=NewCounterparty("Globex"),
    external_link=LINK,
    value=Money(Decimal("1250.50"), "EUR"),
)


class World:
    """
    Contracts that are really kept; *fate* says what becomes of each write.

    ``ok`` answers; ``lost`` takes effect and answers nothing; ``never`` does not
    arrive; ``late`` neither takes effect nor answers; ``gateway`` and ``garbled``
    take effect and answer nonsense; ``ignored`` says yes and does nothing.
    """

    def __init__(self, fate=lambda: "ok", *, unique=False):
        self.contracts, self.companies, self.files = {}, {}, []
        self.asked = []
        self._fate, self._unique = fate, unique

    def __call__(self, request):
        request.read()
        self.asked.append(request)
        if request.method == "GET":
            return self._shown(request)
        fate = self._fate()
        if fate == "never":
            raise httpx.ConnectError("refused")
        if fate == "late":
            raise httpx.ReadTimeout("no answer")
        told = answer({"id": "ignored"}) if fate == "ignored" else self._write(request)
        if told.status_code >= 400 or fate in ("ok", "ignored"):
            return told
        if fate == "lost":
            raise httpx.ReadError("reset")
        if fate == "gateway":
            return answer({"error": "gateway"}, 504)
        return httpx.Response(200, content=b"<html>busy</html>")

    @property
    def writes(self):
        return [
            f"{one.method} {one.url.path.removeprefix('/api/')}"
            for one in self.asked
            if one.method != "GET"
        ]

    def _shown(self, request):
        path = request.url.path.removeprefix("/api/")
        if path == "counterparties":
            name = request.url.params["name"]
            return answer([c for c in self.companies.values() if c["name"] == name])
        if path == "contracts":
            link = request.url.params.get("link")
            rows = [c for c in self.contracts.values() if c["link"] == link]
            return answer({"rows": rows})
        found = self.contracts.get(path.split("/")[1])
        return answer(found) if found else answer({"error": "gone"}, 404)

    def _write(self, request):
        path = request.url.path.removeprefix("/api/").split("/")
        if path == ["counterparties"]:
            return self._kept(self.companies, json.loads(request.content))
        if path == ["contracts"]:
            told = json.loads(request.content)
            taken = {one["link"] for one in self.contracts.values()}
            if self._unique and told["link"] in taken:
                return answer({"error": "taken"}, 400)
            told |= {"status": "open", "comments": [], "fields": {}}
            return self._kept(self.contracts, told)
        contract = self.contracts[path[1]]
        below = path[2] if len(path) > 2 else None
        if below == "files":
            self.files.append(request.content)
            return answer({})
        told = json.loads(request.content)
        if below == "fields":
            self._put(contract, told)
        elif below == "move":
            contract["status"] = told["to"]
        elif below == "comments":
            contract["comments"].append(told["text"])
        else:
            self._put(contract, told.pop("fields", {}))
            contract.update(told)
        return answer(contract)

    @staticmethod
    def _put(contract, fields):
        for own, value in fields.items():
            if value is None:
                contract["fields"].pop(own, None)
            else:
                contract["fields"][own] = value

    @staticmethod
    def _kept(where, told):
        own = str(len(where) + 1)
        where[own] = {**told, "id": own}
        return answer(where[own])


class Now:
    """A clock that a test moves."""

    def __init__(self):
        self.at = datetime(2026, 11, 2, 9, tzinfo=UTC)

    def __call__(self):
        return self.at


def create(bridge, new=DEAL, **given):
    return bridge.do(lambda clm: clm.contracts.create(new, **given))


def scripted(*fates):
    """The fate of each write in turn; what comes after them goes well."""
    left = iter(fates)
    return lambda: next(left, "ok")
