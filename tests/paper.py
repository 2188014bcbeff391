"""A vendor that does as little as one may, and bridges that note waits."""

from __future__ import annotations

import asyncio
from collections import deque

import httpx
import pluggy
from attrs import evolve

from clm_bridge import AsyncBridge, Bridge, ExternalLink, Settings, Status
from clm_bridge._async_rooms import AsyncListing
from clm_bridge._config import Options
from clm_bridge._hooks import GROUP, Specs
from clm_bridge._rooms import Listing
from clm_bridge._values import KeyDates, Party
from clm_bridge.adapter import (
    FULL,
    Adapter,
    ApiKey,
    Check,
    Contract,
    Counterparty,
    Document,
    DocumentKind,
    Facet,
    FieldDefinition,
    FieldKind,
    Page,
    PartyRole,
    Rate,
    Request,
    Secret,
    Template,
    Workspace,
    get,
    instant,
)

ORIGIN = "https://paper.example"
CANARY = "canary-5ecret"
DOCUMENT = Document("d1", "7", "Deal", DocumentKind.SIGNED)


def answer(payload=None, status=200, **options):
    """An answer of the vendor, as JSON."""
    return httpx.Response(status, json=payload, **options)


class Paper(Adapter):
    """Contracts as JSON rows, under the names that the model uses."""

    name = "paper"
    title = "Paper"
    rate = Rate(10)
    page_size = 3
    statuses = {"open": Status.DRAFT, "done": Status.EXECUTED}  # noqa: RUF012
    hints = {409: "sign the paper first"}  # noqa: RUF012

    def __init__(self, workspace=None, *, base_url=f"{ORIGIN}/api/", auth=None):
        super().__init__(workspace or Workspace("acme"))
        self.base_url = base_url
        self.auth = auth or ApiKey({"x-key": Secret(CANARY)})

    async def check(self):
        me = (await get("me")).json()
        return Check(identity=me["name"])

    async def list_contracts(self, query, cursor):
        words = ",".join(self.words(query.status)) or None
        asked = get("contracts", {"page": cursor, "limit": query.limit, "is": words})
        told = (await asked).json()
        rows = [self.row(row) for row in told["rows"]]
        return Page(rows, tuple(told.get("more", ())))

    async def complete_contract(self, contract):
        return await self.get_contract(contract.id)

    async def get_contract(self, id):
        row = (await get("contracts/{id}", id=id)).json()
        return evolve(self.row(row), loaded=FULL)

    async def contract_status(self, id):
        return (await self.get_contract(id)).source.status

    async def find_contracts(self, external_id):
        told = (await get("contracts", {"link": external_id})).json()
        return [self.row(row) for row in told["rows"]]

    async def list_documents(self, contract_id):
        await get("contracts/{id}", id=contract_id)
        return [DOCUMENT]

    async def download_document(self, document):
        link = (await get("documents/{id}", id=document.id)).json()
        return Request("GET", "file", url=link["url"])

    async def list_templates(self, cursor):
        await get("templates", {"page": cursor})
        return Page([Template("t1", "NDA", self.source({}))])

    async def list_counterparties(self, cursor):
        await get("counterparties", {"page": cursor})
        return Page([Counterparty("c1", "Globex", self.source({}))])

    async def list_fields(self, cursor):
        await get("fields", {"page": cursor})
        return Page([FieldDefinition("f1", "Risk", FieldKind.TEXT, self.source({}))])

    def complaints(self, response):
        return (response.json()["error"],) if response.body[:1] == b"{" else ()

    def row(self, row):
        dates = {
            key: instant(row[key]) for key in ("created_at", "updated_at") if key in row
        }
        return Contract(
            id=row["id"],
            name=row.get("name", "Deal"),
            status=self.status(row.get("status", "open")),
            source=self.source({"row": row}, row.get("status")),
            parties=[
                Party(PartyRole.COUNTERPARTY, name) for name in row.get("with", ())
            ],
            external_links=[
                ExternalLink(None, None, link) for link in row.get("links", ())
            ],
            key_dates=KeyDates(**dates),
            loaded={Facet.EXTERNAL_LINKS} if "links" in row else set(),
        )


def rows(*ids, more=(), **every):
    """A page of rows with these ids."""
    return {"rows": [{"id": one, **every} for one in ids], "more": list(more)}


class Script:
    """
    Answers with what it was given, in that order, and keeps what was asked.

    An exception is raised; a function is called with the request.
    """

    def __init__(self, *answers):
        self._answers = deque(answers)
        self.asked = []

    def __call__(self, request):
        self.asked.append(request)
        found = self._answers.popleft()
        if isinstance(found, Exception):
            raise found
        return found if isinstance(found, httpx.Response) else found(request)

    @property
    def paths(self):
        return [f"{one.method} {one.url.path}" for one in self.asked]


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that arrives in pieces; a piece that is an exception is raised."""

    def __init__(self, *pieces):
        self._pieces = pieces

    def __iter__(self):
        for piece in self._pieces:
            if isinstance(piece, BaseException):
                raise piece
            yield piece

    async def __aiter__(self):
        for piece in self:
            yield piece


def streamed(*pieces, status=200, **headers):
    """An answer off the wire: its body is not yet read, nor decoded."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: httpx.Response(status, headers=named, stream=Body(*pieces))


def furnished(adapter, *, plugins=(), rate=None, options=None):
    """Settings for *adapter*, as configuration would give them."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Specs)
    for plugin in plugins:
        manager.register(plugin)
    return Settings(
        vendor=adapter.name,
        connection=adapter.workspace.connection,
        adapter=adapter,
        manager=manager,
        rate=rate,
        options=options or Options(),
        links=None,
        sandbox=None,
        origins={},
    )


class Threads:
    """A blocking bridge in which nobody really waits."""

    name = "threads"

    def __init__(self, settings, **given):
        self.slept = []
        self.clm = _patient(Bridge, self.slept)(settings, **given)

    def do(self, work):
        """Do *work* with the bridge and return what it gave, a listing as a list."""
        found = work(self.clm)
        return list(found) if isinstance(found, Listing) else found

    def pages(self, listing):
        return [*listing.pages()]

    def several(self, count, work):
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(count) as pool:
            return [*pool.map(lambda _: work(self.clm), range(count))]

    def close(self):
        self.clm.close()


class Tasks:
    """An asyncio bridge in which nobody really waits, on an event loop of its own."""

    name = "asyncio"

    def __init__(self, settings, **given):
        self.slept = []
        self._runner = asyncio.Runner()
        self.clm = _patient(AsyncBridge, self.slept)(settings, **given)

    def do(self, work):
        """Do *work* with the bridge and return what it gave, a listing as a list."""
        return self._runner.run(self._done(work))

    async def _done(self, work):
        found = work(self.clm)
        if isinstance(found, AsyncListing):
            return [one async for one in found]
        return await found if asyncio.iscoroutine(found) else found

    def pages(self, listing):
        async def walked():
            return [page async for page in listing.pages()]

        return self._runner.run(walked())

    def several(self, count, work):
        async def all_at_once():
            return await asyncio.gather(*(work(self.clm) for _ in range(count)))

        return self._runner.run(all_at_once())

    def close(self):
        self._runner.run(self.clm.close())
        self._runner.close()


def _patient(cls, slept):
    """A kind of bridge that notes how long it would wait, and does not."""

    class Patient(cls):
        def _furnish(self, options):
            super()._furnish(options)
            self._http._sleep = note

    async def note(seconds):
        slept.append(seconds)

    return Patient
