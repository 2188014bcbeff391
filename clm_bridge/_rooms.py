"""What a bridge offers to threads, in groups; each call is one operation."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from . import _adding as adding
from . import _changing as changing
from . import _operations as operations
from . import _registering as registering
from ._blocking import BlockingHttp
from ._desk import Desk
from ._events import Registration
from ._files import Download
from ._flow import Op, as_operation
from ._http import TO_FIND_OUT, Call
from ._messages import Request, Response
from ._models import Contract, Counterparty, FieldDefinition, Template
from ._paging import Cursor, Page
from ._particulars import NewCounterparty
from ._queries import build
from ._secrets import Secret
from ._uploads import Upload
from ._values import Document, FieldValue
from ._vocabulary import DocumentKind, EventKind
from ._written import Written

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

    def __init__(self, http: BlockingHttp, desk: Desk) -> None:
        self._http = http
        self._adapter = http.adapter
        self._desk = desk

    def _write(
        self, name: str, write: Callable[[bool], Op[Written[T]]], *, dry_run: bool
    ) -> Written[T]:
        call = self._http.call(name, extra=TO_FIND_OUT)
        if dry_run:
            return self._http.rehearsed(call, write(True))
        return self._http.result(call, write(False))

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

    def upload(
        self,
        contract_id: str,
        file: Upload,
        *,
        kind: DocumentKind = DocumentKind.DRAFT,
        dry_run: bool = False,
    ) -> Written[None]:
        """
        Add a file to a contract: a draft or its next version, the signed one, or more.

        Raises `AmbiguousWrite` if the answer is lost; a file is not sent twice.
        """

        def write(dry: bool) -> Op[Written[None]]:
            return adding.upload(self._desk, contract_id, file, kind, dry=dry)

        return self._write("documents.upload", write, dry_run=dry_run)


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

    def find(self, name: str) -> Sequence[Counterparty]:
        """Return the counterparties with exactly this name."""
        return self._do("counterparties.find", self._adapter.find_counterparties(name))

    def create(
        self, new: NewCounterparty, *, dry_run: bool = False
    ) -> Written[Counterparty]:
        """Return the one of that name, or add it to the address book."""

        def write(dry: bool) -> Op[Written[Counterparty]]:
            return adding.create_counterparty(self._desk, new, dry=dry)

        return self._write("counterparties.create", write, dry_run=dry_run)


class Fields(Room):
    """The workspace's own fields."""

    def list(self, *, cursor: Cursor | None = None) -> Listing[FieldDefinition]:
        """List field definitions; their ids are what the settings' tables name."""
        fetch = self._adapter.list_fields
        return Listing(lambda: self._listed("fields.list", fetch, cursor))

    def set(
        self,
        contract_id: str,
        values: Mapping[str, FieldValue],
        *,
        dry_run: bool = False,
    ) -> Written[Contract]:
        """
        Write fields of a contract, by their ids or labels; ``None`` empties one.

        Raises `InvalidInput` for what the workspace's definitions do not take, and
        `Incomplete` for what the vendor took and does not show.
        """

        def write(dry: bool) -> Op[Written[Contract]]:
            return changing.set_fields(self._desk, contract_id, values, dry=dry)

        return self._write("fields.set", write, dry_run=dry_run)


class Links(Room):
    """The link index, for vendors that cannot be asked for an external id."""

    def build(self, *, seen: Callable[[Contract], None] | None = None) -> int:
        """Read every contract into the index; return how many carry a link."""
        linked = 0
        query = build()
        listing = operations.listing(self._adapter, self._desk.links, query, "full")
        extra = listing.pace(self._http.rate)
        begun = datetime.now(UTC)
        for page in self._listed("links.build", listing.page, None, extra=extra):
            self._desk.links.remember(page.items)
            for contract in page.items:
                linked += bool(contract.external_links)
                if seen is not None:
                    seen(contract)
        self._desk.links.mark_built(begun)
        return linked


class Webhooks(Room):
    """The addresses at which the vendor tells of events."""

    def register(
        self,
        url: str,
        *,
        kinds: Iterable[EventKind | str] | None = None,
        title: str = registering.TITLE,
        dry_run: bool = False,
    ) -> Written[Registration]:
        """
        Let the vendor tell *url* of events; keep the id of what this returns.

        *kinds* are ours or the vendor's own words; without any, all that mean something
        here.  Raises `AmbiguousWrite` if the answer is lost.
        """

        def write(dry: bool) -> Op[Written[Registration]]:
            return registering.register(self._desk, url, kinds, title, dry=dry)

        return self._write("webhooks.register", write, dry_run=dry_run)

    def unregister(self, id: str, *, dry_run: bool = False) -> Written[None]:
        """Let the vendor tell an address no more."""

        def write(dry: bool) -> Op[Written[None]]:
            return registering.unregister(self._desk, id, dry=dry)

        return self._write("webhooks.unregister", write, dry_run=dry_run)

    def list(self) -> Sequence[Registration]:
        """Return the addresses that are registered."""
        return self._do("webhooks.list", self._adapter.list_webhooks())

    def resend(
        self, contract_ids: Iterable[str], *, dry_run: bool = False
    ) -> Written[None]:
        """Let the vendor tell once more what it last told of each contract."""

        def write(dry: bool) -> Op[Written[None]]:
            return registering.resend(self._desk, contract_ids, dry=dry)

        return self._write("webhooks.resend", write, dry_run=dry_run)

    def secret(self) -> Secret:
        """Return the key with which the vendor signs, for ``webhook_secrets``."""
        return self._do("webhooks.secret", self._adapter.webhook_secret())


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
        )
        return self._do("vendor.request", as_operation(asked))
