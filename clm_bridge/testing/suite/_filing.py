"""Files: FILES."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..._errors import ClmError, DownloadError, NotFound
from ..._models import Contract
from ..._uploads import Upload
from ..._values import Document
from ..._vocabulary import DocumentKind, Status
from ._outcomes import NotProven, demand, must, prove
from ._reading import NOBODY, raised
from ._subject import Subject
from ._traffic import Answering
from ._writing import written


class Filings:
    """Checks of documents."""

    @must("MUST-FILES-1")
    def test_documents(self, subject: Subject) -> str:
        found = [
            (contract, one)
            for contract in subject.sample
            for one in subject.clm.documents.list(contract.id)
        ]
        prove(found, "no contract has a document")
        for contract, one in found:
            demand(one.id and one.name, f"{contract.id} has a document without a name")
            demand(one.contract_id == contract.id, f"it is {one.contract_id}'s")
            demand(isinstance(one.kind, DocumentKind), f"{one.kind!r} is no kind")
        return f"{len(found)} documents"

    @must("MUST-FILES-2")
    def test_a_file_arrives(self, subject: Subject) -> str:
        document = _signed(subject)
        with TemporaryDirectory() as folder:
            arrived = subject.clm.documents.download(document, folder)
            demand(arrived.path.stat().st_size > 0, "it is empty")
            demand(
                [one.name for one in Path(folder).iterdir()] == [arrived.path.name],
                "more is there than the file",
            )
            said = document.media_type
            demand(said in (None, arrived.media_type), f"it is said to be {said}")
            is_pdf = arrived.path.read_bytes().startswith(b"%PDF")
            demand(is_pdf or arrived.media_type != "application/pdf", "it is no PDF")
            return f"{arrived.path.name}, {arrived.path.stat().st_size} bytes"

    @must("MUST-FILES-3")
    def test_a_file_that_does_not_arrive(self, subject: Subject) -> str:
        document = _signed(subject)
        with TemporaryDirectory() as folder:
            no = Answering(404, b"<html>gone</html>", content_type="text/html")
            with subject.meddled(no) as clm:
                try:
                    clm.documents.download(document, folder)
                except ClmError as error:
                    left = [*Path(folder).iterdir()]
                    demand(not left, f"{left} is left")
                    told = isinstance(error, NotFound | DownloadError)
                    demand(told, f"it is {type(error).__name__}")
                    return type(error).__name__
        raise AssertionError("it is said to have arrived")

    @must("MUST-FILES-4")
    def test_nobodys_documents(self, subject: Subject) -> str:
        said = [raised(subject.clm.documents.list, own) for own in NOBODY]
        demand(None not in said, "there are some")
        demand(NotFound in said, f"it is {[one.__name__ for one in said if one]}")
        return "NotFound"

    @must("MUST-FILES-5")
    def test_an_upload(self, subject: Subject) -> str:
        kinds = sorted(subject.adapter.uploads, key=lambda one: one.value)
        prove(kinds, "no kind of document is taken")
        said = []
        with written(subject) as (clm, new, _):
            made = clm.contracts.create(new).result
            for kind in kinds:
                said += [kind.value] * _uploaded(clm, made, kind)
        prove(said, "what a new contract takes is not among what can be listed")
        return ", ".join(said)


def _uploaded(clm: Any, contract: Contract, kind: DocumentKind) -> bool:
    """Upload a file; the vendor may refuse it in the contract's status."""
    upload = Upload(f"{kind.value}.pdf", b"%PDF-1.7\n% from the suite\n%%EOF\n")
    try:
        clm.documents.upload(contract.id, upload, kind=kind)
    except ClmError:
        return False
    found = clm.documents.list(contract.id)
    if all(one.kind is not kind for one in found):
        return False  # some vendors list other kinds alone
    with TemporaryDirectory() as folder:
        bodies = [
            clm.documents.download(one, folder).path.read_bytes() for one in found
        ]
        demand(
            any(upload.content == body for body in bodies),
            f"no document has the bytes of {kind.value}",
        )
    return True


def _signed(subject: Subject) -> Document:
    executed = [one for one in subject.contracts if one.status is Status.EXECUTED]
    for contract in executed[:10]:
        for one in subject.clm.documents.list(contract.id):
            if one.kind is DocumentKind.SIGNED:
                found: Document = one
                return found
    raise NotProven("no executed contract has a signed file")
