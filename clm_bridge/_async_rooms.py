"""What a bridge offers to asyncio, in groups; each call is one operation."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from . import _operations as operations
from ._asyncio import AsyncHttp
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


class AsyncListing(Generic[T]):
    """What a ``list`` found: iterate it, take it by pages, or just the first."""

    def __init__(self, pages: Callable[[], AsyncGenerator[Page[T], None]]) -> None:
        self._pages = pages

    def pages(self) -> AsyncGenerator[Page[T], None]:
        """Yield pages; ``page.next`` is the cursor to resume from."""
        return self._pages()

    async def __aiter__(self) -> AsyncGenerator[T, None]:
        async with aclosing(self._pages()) as pages:
            async for page in pages:
                for item in page.items:
                    yield item

    async def first(self) -> T | None:
        """Return the first item, or None."""
        async with aclosing(self.__aiter__()) as items:
            return await anext(items, None)


class AsyncRoom:
    """One group of calls."""

    def __init__(self, http: AsyncHttp, links: LinkIndex) -> None:
        self._http = http
        self._adapter = http.adapter
        self._links = links

    async def _do(self, name: str, operation: Op[T]) -> T:
        return await self._http.run(self._http.call(name), operation)

    def _listed(
        self,
        name: str,
        fetch: Callable[[Cursor | None], Op[Page[T]]],
        start: Cursor | None,
        *,
        window: int = 1,
        extra: float = 0.0,
    ) -> AsyncGenerator[Page[T], None]:
        def called(cursor: Cursor | None) -> tuple[Call, Op[Page[T]]]:
            return self._http.call(name, extra=extra), fetch(cursor)

        return self._http.pages(called, start, window)


class AsyncContracts(AsyncRoom):
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
    ) -> AsyncListing[Contract]:
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

        async def pages() -> AsyncGenerator[Page[Contract], None]:
            repeats = Repeats()
            listed = self._listed(
                "contracts.list",
                listing.page,
                cursor,
                window=listing.window,
                extra=listing.pace(self._http.rate),
            )
            async with aclosing(listed):
                async for page in listed:
                    yield repeats.dropped(page)

        return AsyncListing(pages)

    async def get(self, id: str) -> Contract:
        """Return one contract with all facets, or raise `NotFound`."""
        found = operations.get_contract(self._adapter, self._links, id)
        return await self._do("contracts.get", found)

    async def status(self, id: str) -> StatusReport:
        """Return the status alone, in as few bytes as the vendor allows."""
        return await self._do("contracts.status", self._adapter.contract_status(id))

    async def find_by_external_id(self, external_id: str) -> Sequence[Contract]:
        """
        Return the contracts that carry your own id; nothing makes it unique.

        Raises `NotIndexed` where the vendor cannot search and the link index does
        not know the id.
        """
        found = operations.find_contracts(self._adapter, self._links, external_id)
        return await self._do("contracts.find_by_external_id", found)


class AsyncDocuments(AsyncRoom):
    """The files of contracts."""

    async def list(self, contract_id: str) -> Sequence[Document]:
        """Return the documents of a contract that can be downloaded."""
        return await self._do(
            "documents.list", self._adapter.list_documents(contract_id)
        )

    async def download(
        self, document: Document, to: str | os.PathLike[str]
    ) -> Download:
        """
        Write a document to a file, or into a folder under its own name.

        The file is there whole or not at all.  Raises `DownloadError`.
        """
        call = self._http.call(
            "documents.download", seconds=self._http.options.download_deadline
        )
        asked = self._adapter.download_document(document)
        return await self._http.download(call, asked, to, document.name)


class AsyncTemplates(AsyncRoom):
    """Templates that contracts are created from."""

    def list(self, *, cursor: Cursor | None = None) -> AsyncListing[Template]:
        """List templates."""
        fetch = self._adapter.list_templates
        return AsyncListing(lambda: self._listed("templates.list", fetch, cursor))


class AsyncCounterparties(AsyncRoom):
    """The workspace's address book."""

    def list(self, *, cursor: Cursor | None = None) -> AsyncListing[Counterparty]:
        """List counterparties."""
        fetch = self._adapter.list_counterparties
        return AsyncListing(lambda: self._listed("counterparties.list", fetch, cursor))


class AsyncFields(AsyncRoom):
    """The workspace's own fields."""

    def list(self, *, cursor: Cursor | None = None) -> AsyncListing[FieldDefinition]:
        """List field definitions; their ids are what the settings' tables name."""
        fetch = self._adapter.list_fields
        return AsyncListing(lambda: self._listed("fields.list", fetch, cursor))


class AsyncLinks(AsyncRoom):
    """The link index, for vendors that cannot be asked for an external id."""

    async def build(self, *, seen: Callable[[Contract], None] | None = None) -> int:
        """Read every contract into the index; return how many carry a link."""
        linked = 0
        query = build()
        listing = operations.listing(self._adapter, self._links, query, "full")
        extra = listing.pace(self._http.rate)
        begun = datetime.now(UTC)
        async for page in self._listed("links.build", listing.page, None, extra=extra):
            self._links.remember(page.items)
            for contract in page.items:
                linked += bool(contract.external_links)
                if seen is not None:
                    seen(contract)
        self._links.mark_built(begun)
        return linked


class AsyncVendor(AsyncRoom):
    """The way out: the vendor's own API, with this connection's credentials."""

    async def request(
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
        return await self._do("vendor.request", as_operation(asked))
