"""The user code that ``demo`` runs, and then prints from this very file."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Sequence
from pathlib import Path

import clm_bridge
from clm_bridge import Contract, DocumentKind, Download

Read = tuple[Sequence[Contract], Contract, Sequence[Download]]


def read(vendor: str, external_id: str, folder: Path, count: object) -> Read:
    """Read all contracts, find one by our own id, and download its signed file."""
    with clm_bridge.connect(vendor=vendor, sandbox=True, plugins=[count]) as clm:
        contracts = list(clm.contracts.list())
        contract = clm.contracts.find_by_external_id(external_id)[0]
        files = [
            clm.documents.download(document, to=folder)
            for document in clm.documents.list(contract.id)
            if document.kind is DocumentKind.SIGNED
        ]
    return contracts, contract, files


def spelled() -> str:
    """Return the lines of `read` that do the work, as they ran."""
    body = inspect.getsource(read).partition('"""\n')[2]
    return textwrap.dedent(body).rpartition("return ")[0].rstrip()
