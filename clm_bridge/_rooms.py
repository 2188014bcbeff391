"""What a bridge offers to threads, in groups; each call is one operation."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from . import _operations as operations
from ._blocking import BlockingHttp
from ._files import Download
from ._flow import Op, as_operation
from ._http import Call
from ._links import LinkIndex
from ._messages import Request, Response
from ._models import Contract, Counterparty, FieldDefinition, StatusReport, Template
from ._operations import Detail
from ._paging import Cursor, Page, Repeats
from ._queries import build
from ._values import Document
from ._vocabulary import Status

T = TypeVar("T")


class Listing(Generic[T]):
    """What a ``list`` found: iterate it, take it by pages, or just the first."""

    def __init__(self, pages: Callable[[], Iterator[Page[T]]]) -> None:
        self._pages = pages

    def pages(self) -> Iterator[Page[T]]:
        """Yield pages; ``page.next`` is the cursor to resume from."""
        return self._pages()

    def __iter__(self) -> Iterator[T]:
        for page in self._pages():
            yield from page.items

    def first(self) -> T | None:
        """Return the first item, or None."""
        return next(iter(self), None)


class Room:
    """One group of calls."""

    def __init__(self, http: BlockingHttp, links: LinkIndex) -> None:
        self._http = http
        self._adapter = http.adapter
        self._links = links

    def _do(self, name: str, operation: Op[T]) -> T:
        return self._http.result(self._http.call(name), operation)

    def _listed(
        self,
        name: str,
        fetch: Callable[[Cursor | None], Op[Page[T]]],
        start: Cursor | None,
        *,
        window: int = 1,
        extra: float = 0.0,
    ) -> Iterator[Page[T]]:
        def called(cursor: Cursor | None) -> tuple[Call, Op[Page[T]]]:
            return self._http.call(name, extra=extra), fetch(cursor)

        return self._http.pages(called, start, window)


class Contracts(Room):
    """Contracts."""

    def list(
        self,
        *,
        status: Status | str | Iterable[Status | str] | None = None,
        updated_since: datetime | None = None,
        created_since: datetime | None = None,
        counterparty: str | None = None,
        name_contains: str | None = None,
        detail: Detail = "full",
        cursor: Cursor | None = None,
    ) -> Listing[Contract]:
        """
        List contracts; ``detail="summary"`` makes one call a page.

        Raises `Unsupported`, before any call, for a filter that the vendor lacks and
        that a summary cannot answer.
        """
        query = build(
            status=status,
            updated_since=updated_since,
            created_since=created_since,
            counterparty=counterparty,
            name_contains=name_contains,
        )
        listing = operations.listing(self._adapter, self._links, query, detail)

        def pages() -> Iterator[Page[Contract]]:
            repeats = Repeats()
            for page in self._listed(
                "contracts.list",
                listing.page,
                cursor,
                window=listing.window,
                extra=listing.pace(self._http.rate),
            ):
                yield repeats.dropped(page)

        return Listing(pages)

    def get(self, id: str) -> Contract:
        """Return one contract with all facets, or raise `NotFound`."""
        found = operations.get_contract(self._adapter, self._links, id)
        return self._do("contracts.get", found)

    def status(self, id: str) -> StatusReport:
        """Return the status alone, in as few bytes as the vendor allows."""
        return self._do("contracts.status", self._adapter.contract_status(id))

    def find_by_external_id(self, external_id: str) -> Sequence[Contract]:
        """
        Return the contracts that carry your own id; nothing makes it unique.

        Raises `NotIndexed` where the vendor cannot search and the link index does
        not know the id.
        """
        found = operations.find_contracts(self._adapter, self._links, external_id)
        return self._do("contracts.find_by_external_id", found)


class Documents(Room):
    """The files of contracts."""

    def list(self, contract_id: str) -> Sequence[Document]:
        """Return the documents of a contract that can be downloaded."""
        return self._do("documents.list", self._adapter.list_documents(contract_id))

    def download(self, document: Document, to: str | os.PathLike[str]) -> Download:
        """
        Write a document to a file, or into a folder under its own name.

        The file is there whole or not at all.  Raises `DownloadError`.
        """
        call = self._http.call(
            "documents.download", seconds=self._http.options.download_deadline
        )
        asked = self._adapter.download_document(document)
        return self._http.download(call, asked, to, document.name)


class Templates(Room):
    """Templates that contracts are created from."""

    def list(self, *, cursor: Cursor | None = None) -> Listing[Template]:
        """List templates."""
        fetch = self._adapter.list_templates
        return Listing(lambda: self._listed("templates.list", fetch, cursor))


class Counterparties(Room):
    """The workspace's address book."""

    def list(self, *, cursor: Cursor | None = None) -> Listing[Counterparty]:
        """List counterparties."""
        fetch = self._adapter.list_counterparties
        return Listing(lambda: self._listed("counterparties.list", fetch, cursor))


class Fields(Room):
    """The workspace's own fields."""

    def list(self, *, cursor: Cursor | None = None) -> Listing[FieldDefinition]:
        """List field definitions; their ids are what the settings' tables name."""
        fetch = self._adapter.list_fields
        return Listing(lambda: self._listed("fields.list", fetch, cursor))


class Links(Room):
    """The link index, for vendors that cannot be asked for an external id."""

    def build(self, *, seen: Callable[[Contract], None] | None = None) -> int:
        """Read every contract into the index; return how many carry a link."""
        linked = 0
        query = build()
        listing = operations.listing(self._adapter, self._links, query, "full")
        extra = listing.pace(self._http.rate)
        begun = datetime.now(UTC)
        for page in self._listed("links.build", listing.page, None, extra=extra):
            self._links.remember(page.items)
            for contract in page.items:
                linked += bool(contract.external_links)
                if seen is not None:
                    seen(contract)
        self._links.mark_built(begun)
        return linked


class Vendor(Room):
    """The way out: the vendor's own API, with this connection's credentials."""

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str | int] | None = None,
        json: Any = None,
    ) -> Response:
        """Send a request below the vendor's base URL and return its good answer."""
        asked = Request(
            method,
            operations.literal(path),
            params=params or {},
            json=json,
            idempotent=method in ("GET", "HEAD"),
        )
        return self._do("vendor.request", as_operation(asked))
