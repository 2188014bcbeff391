"""A vendor that we made up, whose adapter keeps every rule; others break one each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from attrs import frozen

from clm_bridge.adapter import (
    FULL,
    Adapter,
    Amount,
    ApiKey,
    BodySignature,
    Check,
    Contract,
    Counterparty,
    Day,
    Document,
    DocumentKind,
    Event,
    EventKind,
    EventSource,
    ExternalLink,
    Field,
    FieldDefinition,
    FieldKind,
    Id,
    InvalidInput,
    KeyDates,
    Loss,
    Money,
    Move,
    Page,
    Party,
    PartyRole,
    PayloadError,
    Rate,
    Reader,
    Request,
    Secret,
    Status,
    StatusReport,
    Template,
    Transition,
    each,
    get,
    merged,
    patch,
    post,
    reading,
    rows,
    setting,
    wire,
)


@frozen
class Config:
    """What a connection to the toy needs."""

    key: Secret = setting("Made under Profile → Keys.", secret=True)
    base_url: str = setting("Another origin.", default="https://api.toy.example")


@frozen
class Told:
    """One event."""

    key: str
    what: str
    when: datetime
    ref: Id


@frozen
class Row:
    """One agreement."""

    ref: Id = wire(to="id", how="a number is read as text")
    title: str = wire(to="name")
    state: str = wire(to="status", how="by the table of status words")
    no: str | None = wire(to="number", default=None)
    firm: str | None = wire("with", to="parties.name", default=None)
    own: str | None = wire(to="external_links.id", default=None)
    made: datetime | None = wire(to="key_dates.created_at", default=None)
    changed: datetime | None = wire(to="key_dates.updated_at", default=None)
    since: Day | None = wire("from", to="key_dates.effective_on", default=None)
    until: Day | None = wire(to="key_dates.expires_on", default=None)
    worth: Amount | None = wire(to="value.amount", default=None)
    currency: str | None = wire(to="value.currency", default=None)
    department: str | None = wire(to="fields.value", default=None)


class Toy(Adapter):
    """Keeps every rule."""

    name = "toy"
    title = "Toy"
    Config = Config
    rate = Rate(50)
    page_size = 50
    pages_in_flight = 1
    filters = frozenset({"status"})
    row_answers = frozenset({"status", "name_contains", "counterparty"})
    statuses: ClassVar = {
        "open": Status.DRAFT,
        "talking": Status.NEGOTIATION,
        "signing": Status.SIGNATURE,
        "live": Status.EXECUTED,
        "void": Status.CANCELLED,
    }
    losses = (
        Loss("status", "the toy does not know it", "approval", "negotiation"),
        Loss("status", "the toy does not know it", "declined", "cancelled"),
        Loss("status", "the toy does not know it", "on_hold", "negotiation"),
        *(
            Loss(path, "the toy has no place for it")
            for path in (
                "parties.others",
                "type",
                "template",
                "owner",
                "people",
                "relations",
                "term",
                "fields.value",
                "external_link.system",
                "external_link.record_type",
                "external_link.url",
                "key_dates.sent_at",
                "key_dates.signed_on",
                "key_dates.executed_on",
                "key_dates.published_on",
                "key_dates.terminated_on",
            )
        ),
    )
    assumptions = ("A page that is not full is the last one.",)
    reading = reading(row=Row)
    writes = frozenset({"name", "counterparty.name", "external_link.id", "value"})
    changes = frozenset({"name", "value"})
    transitions: ClassVar = {
        Transition.CANCEL: Move(
            "POST agreements/{id}/void", ["open", "talking"], ["void"]
        ),
        Transition.REQUEST_SIGNATURE: Move(
            "POST agreements/{id}/signing", ["talking"], ["signing"]
        ),
    }

    events: ClassVar = {
        "agreement-made": EventKind.CREATED,
        "agreement-live": EventKind.EXECUTED,
    }
    signature = BodySignature("x-toy", "sha256")

    def __init__(self, config, workspace):
        super().__init__(workspace)
        self.base_url = f"{config.base_url}/"
        self.auth = ApiKey({"x-key": config.key})
        self.reader = Reader(workspace.zone)

    async def check(self):
        return Check(identity=(await get("me")).json()["name"])

    async def list_contracts(self, query, cursor):
        words = self.words(query.status)
        if query.status and not words:
            return Page(())
        params = {"after": self.after(cursor), "size": query.limit}
        found = rows((await get("agreements", params | self.only(words))).json())
        return self.page([*each(found, self.contract)], cursor, query.limit)

    def only(self, words):
        return {"state": ",".join(words)} if words else {}

    def after(self, cursor):
        if cursor is not None and not cursor.isdecimal():
            raise InvalidInput(f"{cursor!r} is not a cursor of this listing")
        return cursor or "0"

    def page(self, found, cursor, limit):
        return Page(found, [found[-1].id] if len(found) == limit else [])

    async def get_contract(self, id):
        return self.contract((await get("agreements/{id}", id=id)).json())

    async def contract_status(self, id):
        found = await self.get_contract(id)
        return StatusReport(found.status, found.source.status)

    async def find_contracts(self, external_id):
        told = (await get("agreements", {"own": external_id, "size": 99})).json()
        return [*each(rows(told), self.contract)]

    async def list_documents(self, contract_id):
        found = await self.get_contract(contract_id)
        if found.status is not Status.EXECUTED:
            return []
        return [Document(found.id, found.id, f"{found.id}.pdf", DocumentKind.SIGNED)]

    async def download_document(self, document):
        return Request("GET", "agreements/{id}/file", {"id": document.id})

    async def list_templates(self, cursor):
        return Page([Template("t1", "Standard", self.source({}))])

    async def list_counterparties(self, cursor):
        names = rows((await get("firms")).json())
        return Page([Counterparty(one, one, self.source({})) for one in names])

    async def list_fields(self, cursor):
        kind = FieldKind.TEXT
        return Page([FieldDefinition("dep", "Department", kind, self.source({}))])

    async def create_contract(self, new, fields):
        body = merged(self.body(new), new.extra)
        return str((await post("agreements", body, dry={"ref": 0})).json()["ref"])

    async def find_created(self, new, since):
        if new.external_link is None:
            return None
        return await self.find_contracts(new.external_link.id)

    async def update_contract(self, id, changes, fields):
        await patch("agreements/{id}", self.body(changes), id=id)

    async def move_contract(self, id, transition, note):
        [word] = self.transitions[transition].reaches
        await post("agreements/{id}/" + word, {}, id=id)

    def body(self, told):
        link = getattr(told, "external_link", None)
        value = told.value
        body = {
            "title": told.name,
            "with": told.counterparty and told.counterparty.name,
            "own": link and link.id,
            "worth": value and str(value.amount),
            "currency": value and value.currency,
        }
        return {key: one for key, one in body.items() if one is not None}

    def read_event(self, payload):
        told = self.reader.read(payload, Told)
        source = EventSource(self.name, self.workspace.connection, told.what, payload)
        kind = self.event_kind(told.what)
        return Event(self.event_id(told), kind, told.ref, told.when, source)

    def event_id(self, told):
        return told.key

    def complaints(self, response):
        try:
            told = response.json()
        except PayloadError:
            return ()
        if isinstance(told, Mapping) and isinstance(told.get("error"), str):
            return (told["error"],)
        return ()

    def contract(self, payload):
        row = self.reader.read(payload, Row)
        return Contract(**self.parts(row, payload))

    def parts(self, row: Row, payload: Any) -> dict[str, Any]:
        return {
            "id": row.ref,
            "name": row.title,
            "status": self.status(row.state),
            "source": self.source({"row": payload}, status=row.state),
            "number": row.no,
            "parties": [Party(PartyRole.COUNTERPARTY, row.firm)] if row.firm else [],
            "external_links": [ExternalLink(None, None, row.own)] if row.own else [],
            "key_dates": self.dates(row),
            "value": self.money(row),
            "fields": self.fields(row),
            "loaded": FULL,
        }

    def dates(self, row):
        return KeyDates(
            created_at=row.made,
            updated_at=row.changed,
            effective_on=row.since,
            expires_on=row.until,
        )

    def money(self, row):
        told = row.worth is not None and row.currency
        return Money(row.worth, row.currency) if told else None

    def fields(self, row):
        value = row.department
        one = Field("dep", "Department", FieldKind.TEXT, value)
        return {"dep": one} if value else {}
