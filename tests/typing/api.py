"""
The public types, frozen: this file is checked and never run.

Each line is what a user may rely on.  If one no longer checks, users' code breaks.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, assert_type

import clm_bridge
from clm_bridge import (
    AsyncBridge,
    Basis,
    Bridge,
    Check,
    Computed,
    Contract,
    Counterparty,
    Document,
    DocumentKind,
    Download,
    ExternalLink,
    Facet,
    Field,
    FieldDefinition,
    FieldKind,
    KeyDates,
    LinkIndex,
    MemoryLinks,
    Money,
    Page,
    Party,
    PartyRole,
    Period,
    Person,
    Plan,
    Ref,
    Relation,
    Report,
    Secret,
    Settings,
    Source,
    SqliteLinks,
    Standing,
    Status,
    StatusReport,
    Template,
    Term,
    TermKind,
    TermState,
)
from clm_bridge.adapter import (
    Adapter,
    Op,
    Query,
    Reader,
    Request,
    Response,
    get,
    post,
    together,
)
from clm_bridge.testing import Played, play, reply

THEN = datetime(2026, 1, 31, tzinfo=UTC)
TODAY = date(2026, 1, 31)


def the_model(contract: Contract) -> None:
    assert_type(contract.id, str)
    assert_type(contract.number, str | None)
    assert_type(contract.name, str)
    assert_type(contract.status, Status)
    assert_type(contract.parties, Sequence[Party])
    assert_type(contract.counterparty, Party | None)
    assert_type(contract.external_links, Sequence[ExternalLink])
    assert_type(contract.external_link, ExternalLink | None)
    assert_type(contract.key_dates, KeyDates)
    assert_type(contract.key_dates.updated_at, datetime | None)
    assert_type(contract.key_dates.expires_on, date | None)
    assert_type(contract.term, Term | None)
    assert_type(contract.value, Money | None)
    assert_type(contract.type, Ref | None)
    assert_type(contract.template, Ref | None)
    assert_type(contract.owner, Person | None)
    assert_type(contract.people, Sequence[Person])
    assert_type(contract.relations, Sequence[Relation])
    assert_type(contract.documents, Sequence[Document])
    assert_type(contract.fields, Mapping[str, Field])
    assert_type(contract.url, str | None)
    assert_type(contract.loaded, frozenset[Facet])
    assert_type(contract.source, Source)
    assert_type(contract.source.raw, Mapping[str, Any])
    assert_type(contract.source.status, str | None)
    assert_type(contract.source.fetched_at, datetime | None)
    assert_type(contract.source.report(), Report)
    assert_type(contract.reported_state, TermState | None)
    assert_type(contract.term_state(TODAY), Standing)
    assert_type(contract.term_state(TODAY).basis, Basis)


def the_parts(party: Party, money: Money, term: Term, document: Document) -> None:
    assert_type(party.role, PartyRole)
    assert_type(party.identifiers, Mapping[str, str])
    assert_type(party.contact, Person | None)
    assert_type(money.amount, Decimal)
    assert_type(money.currency, str)
    assert_type(term.kind, TermKind)
    assert_type(term.length, Period | None)
    assert_type(term.renewals_max, int | None)
    assert_type(document.kind, DocumentKind)
    assert_type(bool(Period(years=1, months=2, days=3)), bool)


def a_contract_by_hand() -> Contract:
    return Contract(
        id="7",
        name="Deal",
        status=Status.EXECUTED,
        source=Source("paper"),
        parties=[Party(PartyRole.COUNTERPARTY, "Globex")],
        fields={"risk": Field("risk", "Risk", FieldKind.OPTION, "low")},
        loaded={Facet.PARTIES, Facet.FIELDS},
    )


def the_functions(contract: Contract, term: Term) -> None:
    dates = contract.key_dates
    assert_type(clm_bridge.shift(TODAY, Period(months=1), times=2), date)
    assert_type(clm_bridge.latest_end(dates, term), Computed)
    assert_type(clm_bridge.next_renewal(dates, None, TODAY), Computed)
    assert_type(clm_bridge.notice_deadline(dates, term, TODAY).on, date | None)
    assert_type(clm_bridge.redact(contract), Contract)
    assert_type(clm_bridge.to_dict(contract, raw=False), dict[str, Any])
    assert_type(clm_bridge.from_dict({}), Contract)
    assert_type(clm_bridge.from_dict({}, Template), Template)


def the_doors(path: Path, links: LinkIndex) -> None:
    assert_type(clm_bridge.connect(), Bridge)
    assert_type(clm_bridge.connect("acme", config=path, links=links), Bridge)
    assert_type(clm_bridge.connect(vendor="paper", key=Secret("k")), Bridge)
    assert_type(clm_bridge.connect_async("acme", config="clm.toml"), AsyncBridge)


def a_blocking_bridge(clm: Bridge, document: Document) -> None:
    with clm as same:
        assert_type(same, Bridge)
    for contract in clm.contracts.list(
        status=["executed", Status.SIGNATURE],
        updated_since=THEN,
        created_since=THEN,
        counterparty="Globex",
        name_contains="deal",
        detail="summary",
        known=[],
        cursor="2",
    ):
        assert_type(contract, Contract)
    assert_type(clm.contracts.list().pages(), Iterator[Page[Contract]])
    assert_type(clm.contracts.list().first(), Contract | None)
    assert_type(clm.contracts.get("7"), Contract)
    assert_type(clm.contracts.status("7"), StatusReport)
    assert_type(clm.contracts.find_by_external_id("po-1"), Sequence[Contract])
    assert_type(clm.documents.list("7"), Sequence[Document])
    assert_type(clm.documents.download(document, Path()), Download)
    assert_type(clm.templates.list().first(), Template | None)
    assert_type(clm.counterparties.list().first(), Counterparty | None)
    assert_type(clm.fields.list().first(), FieldDefinition | None)
    assert_type(clm.links.build(), int)
    assert_type(clm.vendor.request("GET", "me", params={"a": 1}), Response)
    assert_type(clm.check(), Check)
    assert_type(clm.plan(100, detail="full"), Plan)
    assert_type(clm.plan(100, detail="dates", known=90), Plan)
    assert_type(clm.capabilities, frozenset[str])
    assert_type(clm.settings, Settings)
    assert_type(clm.with_options(deadline=5), Bridge)
    clm.close()


async def an_asyncio_bridge(clm: AsyncBridge, document: Document) -> None:
    async with clm as same:
        assert_type(same, AsyncBridge)
    async for contract in clm.contracts.list(status=Status.EXECUTED):
        assert_type(contract, Contract)
    async for page in clm.contracts.list(detail="full").pages():
        assert_type(page, Page[Contract])
        assert_type(page.next, str | None)
    assert_type(await clm.contracts.list().first(), Contract | None)
    assert_type(await clm.contracts.get("7"), Contract)
    assert_type(await clm.contracts.status("7"), StatusReport)
    assert_type(await clm.contracts.find_by_external_id("po-1"), Sequence[Contract])
    assert_type(await clm.documents.list("7"), Sequence[Document])
    assert_type(await clm.documents.download(document, "a.pdf"), Download)
    assert_type(await clm.templates.list().first(), Template | None)
    assert_type(await clm.counterparties.list().first(), Counterparty | None)
    assert_type(await clm.fields.list().first(), FieldDefinition | None)
    assert_type(await clm.links.build(), int)
    assert_type(await clm.vendor.request("POST", "a", json={}), Response)
    assert_type(await clm.check(), Check)
    assert_type(clm.with_options(max_attempts=1), AsyncBridge)
    await clm.close()


def the_link_index() -> Sequence[LinkIndex]:
    return [MemoryLinks(), SqliteLinks(Path("links.db"), "acme")]


async def an_operation(adapter: Adapter) -> Page[Contract]:
    request: Request = get("a/{id}", {"page": 1}, id="7")
    assert_type(await request, Response)
    assert_type(await post("a", {}, reads=True), Response)
    assert_type(await together(get("a"), get("b")), list[Any])
    return await adapter.list_contracts(Query(), None)


def an_authors_tools(adapter: Adapter, reader: Reader) -> None:
    operation: Op[Page[Contract]] = an_operation(adapter)
    played = play(operation, reply({"rows": []}, 200), reply(body=b"", status=204))
    assert_type(played, Played)
    assert_type(played.asked, Sequence[Request])
    assert_type(reader.read({}, Template), Template)
    awaitable: Awaitable[Response] = get("a")
    capabilities: Callable[[], frozenset[str]] = adapter.capabilities
    _ = awaitable, capabilities
