"""The base of every adapter: one vendor as a set of operations."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NoReturn

from attrs import evolve, field, frozen

from ._auth import Scheme
from ._errors import Unsupported
from ._limits import Rate
from ._messages import Request, Response
from ._models import (
    Check,
    Contract,
    Counterparty,
    FieldDefinition,
    Source,
    StatusReport,
    Template,
)
from ._paging import Cursor, Page
from ._queries import Query
from ._report import Reading
from ._values import Document
from ._vocabulary import Status
from ._workspace import Workspace

_log = logging.getLogger("clm_bridge")

OPERATIONS: Mapping[str, str] = {
    "check": "check",
    "contracts.list": "list_contracts",
    "contracts.get": "get_contract",
    "contracts.status": "contract_status",
    "contracts.find_by_external_id": "find_contracts",
    "documents.list": "list_documents",
    "documents.download": "download_document",
    "templates.list": "list_templates",
    "counterparties.list": "list_counterparties",
    "fields.list": "list_fields",
}
"""What a user calls → the operation of an adapter that answers it."""


@frozen
class Loss:
    """
    What this vendor cannot say, as the docs publish it.

    ``attribute`` is a path into `Contract`.  With ``value`` only that value is lost,
    and comes back as ``becomes``; both are spelled as JSON spells them.
    """

    attribute: str
    why: str
    value: str | None = None
    becomes: str | None = None


def setting(
    says: str, *, secret: bool = False, default: Any = ..., choices: Sequence[str] = ()
) -> Any:
    """Declare a setting of an adapter's ``Config``; errors and docs print *says*."""
    metadata = {"says": says, "secret": secret, "choices": tuple(choices)}
    if default is ...:
        return field(metadata=metadata, repr=not secret)
    return field(default=default, metadata=metadata, repr=not secret)


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
    calls_per_contract: ClassVar[int] = 0
    """Extra calls that `complete_contract` makes; 0 if a row is all there is."""
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
    hints: ClassVar[Mapping[int, str]] = {}
    """HTTP status → the next step, where this vendor means something of its own."""
    searches_links: ClassVar[bool] = True
    """False where the vendor cannot be asked for an external id."""

    base_url: str
    auth: Scheme

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.unknown_words: Counter[str] = Counter()

    async def check(self) -> Check:
        """Ask who we are; an error says that the credentials are not accepted."""
        self._refuse("check")

    async def list_contracts(
        self, query: Query, cursor: Cursor | None
    ) -> Page[Contract]:
        """Return one page with what a single call carries."""
        self._refuse("contracts.list")

    async def complete_contract(self, contract: Contract) -> Contract:
        """Fetch the facets that a row of `list_contracts` does not carry."""
        return contract

    async def get_contract(self, id: str) -> Contract:
        """Return one contract with all facets."""
        self._refuse("contracts.get")

    async def contract_status(self, id: str) -> StatusReport:
        """Return the status alone, in as few bytes as the vendor allows."""
        self._refuse("contracts.status")

    async def find_contracts(self, external_id: str) -> Sequence[Contract]:
        """Return the contracts that carry this external id, with all facets."""
        self._refuse("contracts.find_by_external_id")

    async def list_documents(self, contract_id: str) -> Sequence[Document]:
        """Return the documents of a contract that can be downloaded."""
        self._refuse("documents.list")

    async def download_document(self, document: Document) -> Request:
        """Return the request whose answer is the file's bytes."""
        self._refuse("documents.download")

    async def list_templates(self, cursor: Cursor | None) -> Page[Template]:
        """Return one page of templates."""
        self._refuse("templates.list")

    async def list_counterparties(self, cursor: Cursor | None) -> Page[Counterparty]:
        """Return one page of the workspace's counterparties."""
        self._refuse("counterparties.list")

    async def list_fields(self, cursor: Cursor | None) -> Page[FieldDefinition]:
        """Return one page of the workspace's own field definitions."""
        self._refuse("fields.list")

    def complaints(self, response: Response) -> Sequence[str]:
        """Read the vendor's own words out of an error's body; never raise."""
        return ()

    def status(self, word: str | None) -> Status:
        """Map the vendor's word by its table; an unknown one is counted and kept."""
        known = self.statuses.get(word or "")
        if known is not None:
            return known
        if word:
            if word not in self.unknown_words:
                _log.warning("%s: unknown status word %r", self.name, word)
            self.unknown_words[word] += 1
        return Status.UNKNOWN

    def warn(self, sentence: str) -> None:
        """Log what an answer leaves out and its type has no place for."""
        _log.warning("%s: %s", self.name, sentence)

    def words(self, statuses: frozenset[Status]) -> list[str]:
        """Return the vendor's words for *statuses*, in the table's order."""
        return [word for word, known in self.statuses.items() if known in statuses]

    def source(self, raw: Mapping[str, Any], status: str | None = None) -> Source:
        """Say where a record came from; *raw* is keyed by the part of the API."""
        return Source(
            vendor=self.name,
            connection=self.workspace.connection,
            status=status,
            fetched_at=self.workspace.now(),
            raw=raw if self.workspace.keep_raw else {},
            reading=self.reading,
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
            defined.add("contracts.find_by_external_id")  # through the link index
        return frozenset(defined)

    def _refuse(self, operation: str) -> NoReturn:
        offered = ", ".join(sorted(self.capabilities()))
        raise Unsupported(
            f"{self.name} does not offer {operation}", hint=f"it offers {offered}"
        )
