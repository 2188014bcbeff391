"""The base of every adapter: one vendor as a set of operations."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, NoReturn

from attrs import evolve

from ._auth import Scheme
from ._declared import OPERATIONS, Dated, Loss, Move
from ._errors import StatusError, Unsupported
from ._events import Event, Registration
from ._limits import Rate
from ._messages import Request, Response
from ._models import (
    Approval,
    Check,
    Comment,
    Contract,
    Counterparty,
    FieldDefinition,
    Source,
    StatusReport,
    Template,
)
from ._paging import Cursor, Page
from ._particulars import ContractChanges, NewContract, NewCounterparty, Particulars
from ._problems import Problem
from ._queries import Query
from ._report import Reading
from ._secrets import Secret
from ._signatures import PathToken, Signature
from ._uploads import Upload
from ._values import Document, ExternalLink, Field, Person, Relation
from ._vocabulary import DocumentKind, EventKind, Status, Transition
from ._workspace import Workspace

_log = logging.getLogger("clm_bridge")
_INDEXED = ("contracts.link", "contracts.unlink")


class Adapter:
    """
    One vendor.  Define the operations that the vendor can do, and no others.

    An operation awaits requests and nothing else: it does no I/O, so the same code
    serves the blocking bridge, the asyncio bridge and the tests.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    Config: ClassVar[type]
    rate: ClassVar[Rate]
    page_size: ClassVar[int] = 50
    rows_again: ClassVar[int] = 0
    """How many rows of a page come again on the next one, so that none is missed."""
    calls_per_contract: ClassVar[int] = 0
    """Extra calls that `complete_contract` makes; 0 if a row is all there is."""
    calls_for_dates: ClassVar[int | None] = None
    """Those that `date_contract` makes, where they are fewer."""
    dates_in_bulk: int = 0
    """How many contracts a call of `survey_dates` tells of; 0 if there is no such."""
    tells_changes: ClassVar[bool] = False
    """
    True where ``updated_since`` lets everything through of which anything changed.

    Then contracts that the caller knows are not read again; what of this the vendor
    does not document stands in `assumptions`.
    """
    pages_in_flight: ClassVar[int] = 8
    """How many pages to ask for at once where their cursors are known ahead."""
    filters: ClassVar[frozenset[str]] = frozenset()
    """The filters of `Query` that the vendor applies itself."""
    coarse: ClassVar[frozenset[str]] = frozenset()
    """Those of `filters` that let more through than was asked."""
    row_answers: ClassVar[frozenset[str]] = frozenset()
    """The filters that can be decided from what one call per page carries."""
    statuses: ClassVar[Mapping[str, Status]]
    losses: ClassVar[Sequence[Loss]] = ()
    assumptions: ClassVar[Sequence[str]] = ()
    """What the adapter takes for granted that the vendor does not document."""
    reading: ClassVar[Reading] = Reading()
    needs_timezone: ClassVar[bool] = False
    """True where the vendor stores days as instants."""
    hints: ClassVar[Mapping[int | str, str]] = {}
    """Status, or the vendor's code → the next step, where it has one of its own."""
    meanings: ClassVar[Mapping[int | str, type[StatusError]]] = {}
    """Status, or the vendor's code → the error, where the usual one is wrong."""
    searches_links: ClassVar[bool] = True
    """False where the vendor cannot be asked for an external id."""
    writes: ClassVar[frozenset[str]] = frozenset()
    """Paths into `NewContract` that creating and furnishing can say."""
    changes: ClassVar[frozenset[str]] = frozenset()
    """Paths into `ContractChanges` that `update_contract` can say."""
    drops: ClassVar[frozenset[str]] = frozenset()
    """Paths that may be said although nothing takes them; the docs list each."""
    creates: ClassVar[frozenset[Status]] = frozenset({Status.DRAFT})
    """The statuses in which a contract can begin."""
    uploads: ClassVar[frozenset[DocumentKind]] = frozenset()
    """The kinds of documents that `upload_document` takes."""
    transitions: ClassVar[Mapping[Transition, Move]] = {}
    refuses_twins: ClassVar[bool] = False
    """True where the vendor refuses a second contract of one number."""
    infers_fields: ClassVar[bool] = False
    """True where `list_fields` reads definitions off contracts, for want of any."""

    events: ClassVar[Mapping[str, EventKind]] = {}
    """The vendor's word for what happened → ours; others are `EventKind.OTHER`."""
    signature: ClassVar[Signature] = PathToken()
    """How the vendor shows that a delivery is its own."""
    instead: ClassVar[Mapping[str, str]] = {}
    """What a user calls → where it is done, if the vendor has no call for it."""

    base_url: str
    auth: Scheme

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.unknown_words: Counter[str] = Counter()
        self.notice: Callable[[str, str], None] | None = None

    async def check(self) -> Check:
        """Ask who we are; an error says that the credentials are not accepted."""
        self.refuse("check")

    async def list_contracts(
        self, query: Query, cursor: Cursor | None
    ) -> Page[Contract]:
        """Return one page with what a single call carries."""
        self.refuse("contracts.list")

    async def complete_contract(self, contract: Contract) -> Contract:
        """Fetch the facets that a row of `list_contracts` does not carry."""
        return contract

    async def date_contract(self, contract: Contract) -> Contract:
        """Fetch when it was executed and when it expires, in the fewest calls."""
        return await self.complete_contract(contract)

    async def survey_dates(self, cursor: Cursor | None) -> Page[Dated]:
        """Return the dates of many contracts, for adapters with `dates_in_bulk`."""
        return Page(())

    def dated(self, contract: Contract, told: Mapping[str, Dated]) -> Contract | None:
        """Return a row with the dates told of it, or None if they settle nothing."""
        return None

    async def get_contract(self, id: str) -> Contract:
        """Return one contract with all facets."""
        self.refuse("contracts.get")

    async def contract_status(self, id: str) -> StatusReport:
        """Return the status alone, in as few bytes as the vendor allows."""
        self.refuse("contracts.status")

    async def find_contracts(self, external_id: str) -> Sequence[Contract]:
        """Return the contracts that carry this external id, with all facets."""
        self.refuse("contracts.find_by_external_id")

    async def list_documents(self, contract_id: str) -> Sequence[Document]:
        """Return the documents of a contract that can be downloaded."""
        self.refuse("documents.list")

    async def download_document(self, document: Document) -> Request:
        """Return the request whose answer is the file's bytes."""
        self.refuse("documents.download")

    async def list_templates(self, cursor: Cursor | None) -> Page[Template]:
        """Return one page of templates."""
        self.refuse("templates.list")

    async def list_counterparties(self, cursor: Cursor | None) -> Page[Counterparty]:
        """Return one page of the workspace's counterparties."""
        self.refuse("counterparties.list")

    async def list_fields(self, cursor: Cursor | None) -> Page[FieldDefinition]:
        """Return one page of the workspace's own field definitions."""
        self.refuse("fields.list")

    async def list_people(self, contract_id: str) -> Sequence[Person]:
        """Return whoever has a part in a contract."""
        self.refuse("contracts.people")

    async def list_approvals(self, contract_id: str) -> Sequence[Approval]:
        """Return a contract's approvals."""
        self.refuse("contracts.approvals")

    async def list_relations(self, contract_id: str) -> Sequence[Relation]:
        """Return what other contracts are to this one."""
        self.refuse("contracts.relations")

    async def list_comments(self, contract_id: str) -> Sequence[Comment]:
        """Return a contract's comments, the oldest first."""
        self.refuse("contracts.comments")

    async def find_counterparties(self, name: str) -> Sequence[Counterparty]:
        """Return the entries of the address book with exactly this name."""
        self.refuse("counterparties.find")

    def check_contract(self, told: Particulars) -> Iterator[Problem]:
        """Yield what this vendor needs or cannot take; pure, before any request."""
        yield from ()

    async def create_contract(self, new: NewContract, fields: Sequence[Field]) -> str:
        """
        Create a contract and return its id; the write is one request, and the last.

        *fields* are the workspace's own, typed, those that the settings map included.
        """
        self.refuse("contracts.create")

    async def furnish_contract(
        self, id: str, new: NewContract, fields: Sequence[Field]
    ) -> None:
        """Write what the request that creates does not take; it may come twice."""

    async def find_created(
        self, new: NewContract, since: datetime
    ) -> Sequence[Contract] | None:
        """
        Return what a create that began at *since* may have made, its answer lost.

        ``None`` where nobody can tell.  Rows will do: id, name and links are read.
        """
        return None

    async def update_contract(
        self, id: str, changes: ContractChanges, fields: Sequence[Field]
    ) -> None:
        """Change what is said, and the fields; a field's value of None empties it."""
        self.refuse("contracts.update")

    async def contract_links(self, id: str) -> Sequence[ExternalLink] | None:
        """Return a contract's links, or None where only the whole contract tells."""
        return None

    async def link_contract(self, id: str, link: ExternalLink) -> None:
        """Let a contract carry an external id."""
        self.refuse("contracts.link")

    async def unlink_contract(self, id: str) -> None:
        """Take the external id off."""
        self.refuse("contracts.unlink")

    async def move_contract(
        self, id: str, transition: Transition, note: str | None
    ) -> None:
        """Carry out one of `transitions`."""
        self.refuse(f"contracts.{transition.value}")

    async def upload_document(
        self, contract_id: str, upload: Upload, kind: DocumentKind
    ) -> None:
        """Add a file to a contract, as one of `uploads`."""
        self.refuse("documents.upload")

    async def create_counterparty(self, new: NewCounterparty) -> Counterparty:
        """Add an entry to the address book."""
        self.refuse("counterparties.create")

    async def add_comment(self, contract_id: str, text: str) -> None:
        """Comment on a contract."""
        self.refuse("contracts.comment")

    def read_event(self, payload: Any) -> Event:
        """Return what a delivery's parsed body tells; pure, and after it is proven."""
        self.refuse("events.receive")

    async def register_webhook(
        self, url: str, words: Sequence[str], title: str
    ) -> Registration:
        """Let the vendor tell *url* of what *words* name; they are the vendor's own."""
        self.refuse("webhooks.register")

    async def unregister_webhook(self, id: str) -> None:
        """Let the vendor tell an address no more."""
        self.refuse("webhooks.unregister")

    async def list_webhooks(self) -> Sequence[Registration]:
        """Return the addresses at which the vendor tells of events."""
        self.refuse("webhooks.list")

    async def resend_events(self, contract_ids: Sequence[str]) -> None:
        """Let the vendor tell once more what it last told of each contract."""
        self.refuse("webhooks.resend")

    async def webhook_secret(self) -> Secret:
        """Return the key with which the vendor signs."""
        self.refuse("webhooks.secret")

    def contract_key(self, id: str) -> str:
        """Return what is the same for all the ids by which one contract goes."""
        return id

    def complaints(self, response: Response) -> Sequence[str]:
        """Read the vendor's own words out of an error's body; never raise."""
        return ()

    def error_code(self, response: Response) -> str | None:
        """Read the vendor's own code out of an error's body; never raise."""
        return None

    def status(self, word: str | None) -> Status:
        """Map the vendor's word by its table; an unknown one is counted and kept."""
        known = self.statuses.get(word or "")
        if known is not None:
            return known
        if word:
            self._count("status", word, "unknown status word")
        return Status.UNKNOWN

    def event_kind(self, word: str) -> EventKind:
        """Map the vendor's word by its table; an unknown one is counted and kept."""
        known = self.events.get(word)
        if known is not None:
            return known
        self._count("event", word, "unknown event")
        return EventKind.OTHER

    def _count(self, kind: str, word: str, what: str) -> None:
        if word not in self.unknown_words:
            _log.warning("%s: %s %r", self.name, what, word)
        self.unknown_words[word] += 1
        if self.notice is not None:
            self.notice(kind, word)

    def sample(self, page: Sequence[Contract]) -> None:
        """Tell which fields of a page's first contract have no place in the model."""
        if self.notice is not None and page:
            for line in page[0].source.report().unplaced:
                self.notice("field", line.path)

    def warn(self, sentence: str) -> None:
        """Log what an answer leaves out and its type has no place for."""
        _log.warning("%s: %s", self.name, sentence)

    def words(self, statuses: frozenset[Status]) -> list[str]:
        """Return the vendor's words for *statuses*, in the table's order."""
        return [word for word, known in self.statuses.items() if known in statuses]

    def source(
        self,
        raw: Mapping[str, Any],
        status: str | None = None,
        at: datetime | None = None,
    ) -> Source:
        """
        Say where a record came from; *raw* is keyed by the part of the API.

        *at* is when the vendor sent it, by its own clock.
        """
        workspace = self.workspace
        return Source(
            self.name,
            workspace.connection,
            status,
            at or workspace.now(),
            raw if workspace.keep_raw else {},
            self.reading,
        )

    def add_raw(self, source: Source, more: Mapping[str, Any]) -> Source:
        """Return *source* with further parts of raw, if raw is kept."""
        if not self.workspace.keep_raw:
            return source
        return evolve(source, raw={**source.raw, **more})

    @classmethod
    def capabilities(cls) -> frozenset[str]:
        """What a user can call: the operations that this class defines."""
        defined = {
            public
            for public, operation in OPERATIONS.items()
            if getattr(cls, operation) is not getattr(Adapter, operation)
        }
        if not cls.searches_links and "contracts.get" in defined:
            # Through the link index, which the bridge keeps itself.
            defined |= {"contracts.find_by_external_id", *_INDEXED}
        defined |= {f"contracts.{step.value}" for step in cls.transitions}
        return frozenset(defined)

    @classmethod
    def indexed(cls, name: str) -> bool:
        """Say whether the bridge offers this itself, through the link index."""
        if cls.searches_links:
            return False
        if name not in _INDEXED:
            return name == "contracts.find_by_external_id"
        operation = OPERATIONS[name]
        return getattr(cls, operation) is getattr(Adapter, operation)

    def refuse(self, operation: str) -> NoReturn:
        """Say that the vendor does not offer this, and what to do instead."""
        offered = ", ".join(sorted(self.capabilities()))
        raise Unsupported(
            f"{self.name} does not offer {operation}",
            hint=self.instead.get(operation, f"it offers {offered}"),
        )
