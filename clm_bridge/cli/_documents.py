"""``documents``: list, download, upload."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve, frozen

from .._errors import ClmError, NotFound
from .._files import Download
from .._json import to_dict
from .._uploads import Upload
from .._values import Document
from .._vocabulary import DocumentKind
from ._failures import refuse_none_of, refuse_some_of
from ._outcome import dry_option, say_outcome, show
from ._output import Column, View, emit, format_option
from ._where import Where, where_options

if TYPE_CHECKING:
    from .._bridge import Bridge


@frozen
class Arrived:
    """A document, and the file that it is now."""

    document: Document
    file: Download


DOCUMENTS: View[Document] = View(
    [
        Column("id", lambda one: one.id),
        Column("kind", lambda one: one.kind),
        Column("name", lambda one: one.name, shrinks=True),
        Column("media_type", lambda one: one.media_type),
    ],
    to_dict,
)

FILES: View[Arrived] = View(
    [
        Column("contract", lambda one: one.document.contract_id),
        Column("path", lambda one: one.file.path),
        Column("bytes", lambda one: one.file.size),
        Column("media_type", lambda one: one.file.media_type),
        Column("sha256", lambda one: one.file.sha256, shrinks=True),
    ],
    lambda one: {
        "contract": one.document.contract_id,
        "document": one.document.id,
        "kind": one.document.kind.value,
        "path": str(one.file.path),
        "bytes": one.file.size,
        "media_type": one.file.media_type,
        "sha256": one.file.sha256,
    },
)


@frozen
class Sent:
    """A file, and the contract that it is a document of now."""

    contract_id: str
    kind: DocumentKind
    file: Upload


SENT: View[Sent] = View(
    [
        Column("contract", lambda one: one.contract_id),
        Column("kind", lambda one: one.kind),
        Column("name", lambda one: one.file.name, shrinks=True),
        Column("bytes", lambda one: len(one.file.content)),
        Column("sha256", lambda one: one.file.sha256, shrinks=True),
    ],
    lambda one: {
        "contract": one.contract_id,
        "kind": one.kind.value,
        "name": one.file.name,
        "bytes": len(one.file.content),
        "sha256": one.file.sha256,
    },
)


@click.group()
def documents() -> None:
    """List, download and upload files."""


@documents.command("list")
@click.argument("contract_id")
@format_option
@where_options
def list_documents(*, where: Where, form: str, contract_id: str) -> None:
    """List the documents of a contract that can be downloaded."""
    with where.open() as clm:
        found = clm.documents.list(contract_id)
    emit(form, DOCUMENTS, found)


@documents.command("download")
@click.argument("contract_ids", nargs=-1, required=True, metavar="CONTRACT_ID...")
@click.option(
    "--to", default=".", show_default=True, help="A folder, or a file for one."
)
@click.option("--document", help="The id of one document.")
@click.option("--all", "every", is_flag=True, help="All documents, signed or not.")
@format_option
@where_options
def download(
    *,
    where: Where,
    form: str,
    contract_ids: tuple[str, ...],
    to: str,
    document: str | None,
    every: bool,
) -> None:
    """Download signed files; each is there whole or not at all."""
    several = every or len(contract_ids) > 1
    if several and not Path(to).is_dir():
        raise click.UsageError("several files need a folder that exists: --to")
    arrived: list[Arrived] = []
    failed: dict[str, ClmError] = {}
    with where.open() as clm:
        for contract_id in contract_ids:
            try:
                for one in _chosen(clm, contract_id, document, every=every):
                    named = _distinct(one) if several else one
                    arrived.append(Arrived(one, clm.documents.download(named, to)))
            except ClmError as error:
                failed[contract_id] = error
    refuse_none_of(arrived, failed)
    emit(form, FILES, arrived)
    refuse_some_of(failed)


@documents.command("upload")
@click.argument("contract_id")
@click.argument("file", type=click.Path())
@click.option(
    "--kind",
    type=click.Choice(
        [one.value for one in DocumentKind if one is not DocumentKind.OTHER]
    ),
    default=DocumentKind.DRAFT.value,
    show_default=True,
    help="What the file is of the contract.",
)
@click.option("--name", help="Its name there; else its own.")
@dry_option
@format_option
@where_options
def upload(
    *,
    where: Where,
    form: str,
    dry: bool,
    contract_id: str,
    file: str,
    kind: str,
    name: str | None,
) -> None:
    """Add a file to a contract: a draft, its next version, or the signed one."""
    sent = Sent(contract_id, DocumentKind(kind), Upload.read(file, name=name))
    with where.open() as clm:
        written = clm.documents.upload(
            contract_id, sent.file, kind=sent.kind, dry_run=dry
        )
    say_outcome(written, f"{sent.file.name} on {contract_id}", dry=dry)
    show(form, written, None if dry else sent, SENT)


def _distinct(document: Document) -> Document:
    """Name a document so that it replaces none of another contract."""
    name = f"{document.contract_id}-{document.id}-{document.name}"
    return evolve(document, name=name)


def _chosen(
    clm: Bridge, contract_id: str, document: str | None, *, every: bool
) -> Sequence[Document]:
    """Return the documents that are meant, or raise `NotFound`."""
    known = clm.documents.list(contract_id)
    if document is not None:
        chosen = [one for one in known if one.id == document]
    else:
        chosen = [one for one in known if every or one.kind is DocumentKind.SIGNED]
    if chosen:
        return chosen
    wanted = f"document {document!r}" if document else "signed document"
    kinds = ", ".join(sorted({one.kind.value for one in known})) or "no documents"
    raise NotFound(f"contract {contract_id!r} has no {wanted}", hint=f"it has: {kinds}")
