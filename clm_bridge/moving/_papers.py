"""The document that moves with a contract: the signed one, or else a draft."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from .._adapter import Adapter
from .._bridge import Bridge
from .._errors import NotFound
from .._models import Contract
from .._placing import covered
from .._uploads import Upload
from .._values import Document
from .._vocabulary import DocumentKind, Status

STAND_IN = Upload("contract.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
"""What is said to a vendor's checks in the place of a file that is not read yet."""


def lists_papers(adapter: Adapter) -> bool:
    """Say whether documents can be had from there."""
    return {"documents.list", "documents.download"} <= adapter.capabilities()


def stand_in(source: Adapter, target: Adapter) -> Upload | None:
    """Return a file if one may be moved; whether there is one is asked later."""
    takes = covered("document", target.writes)
    return STAND_IN if takes and lists_papers(source) else None


def chosen(documents: Sequence[Document], status: Status) -> Document | None:
    """Return the signed file of what is executed, and the draft of what is not."""
    executed = status is Status.EXECUTED
    wanted = DocumentKind.SIGNED if executed else DocumentKind.DRAFT
    return next((one for one in documents if one.kind is wanted), None)


def find(source: Bridge, contract: Contract) -> Document | None:
    """Ask which document would move with a contract; no file is read."""
    if not lists_papers(source.settings.adapter):
        return None
    return chosen(source.documents.list(contract.id), contract.status)


def fetch(source: Bridge, document: Document) -> Upload | None:
    """Download a document; None if the vendor has no file for it after all."""
    with tempfile.TemporaryDirectory(prefix="clm-bridge-") as folder:
        try:
            arrived = source.documents.download(document, Path(folder))
        except NotFound:
            return None
        return Upload.read(arrived.path)
