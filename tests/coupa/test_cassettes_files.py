"""Files of contracts at Coupa, as its documents show them."""

from __future__ import annotations

import pytest

from clm_bridge import (
    Document,
    DocumentKind,
    DownloadError,
    NotFound,
    Outcome,
    Upload,
)
from clm_bridge.testing.cassettes import Cassettes

PDF = b"%PDF-1.7\n% ours\n%%EOF\n"
AGREEMENT = Document(
    "legal-agreement", "232", "Acme master services.pdf", DocumentKind.SIGNED
)
ANNEX = Document("81", "232", "annex.pdf", DocumentKind.ATTACHMENT, "application/pdf")


class TestFiles(Cassettes):
    """Each test is named after its cassette."""

    vendor = "coupa"
    settings = {"instance": "acme", "timezone": "America/Los_Angeles"}  # noqa: RUF012

    def test_documents_list(self, clm):
        """Of the attachments, those that are files are documents; a link is none."""
        assert clm.documents.list("232") == [AGREEMENT, ANNEX]

    def test_documents_list_draft(self, clm):
        """A legal document of what is not executed is a draft."""
        [draft] = clm.documents.list("232")

        assert (draft.id, draft.kind) == ("legal-agreement", DocumentKind.DRAFT)

    def test_documents_list_without_clm_standard(self, clm):
        """Without the module there are no legal documents, and no error."""
        assert clm.documents.list("232") == []

    def test_documents_download(self, clm, tmp_path):
        """The agreement may come as the PDF itself."""
        arrived = _download(clm, tmp_path)

        assert arrived.path.read_bytes() == PDF
        assert arrived.media_type == "application/pdf"

    def test_documents_download_zip(self, clm, tmp_path):
        """The agreement may come as a ZIP, of which the PDF is taken out."""
        arrived = _download(clm, tmp_path)

        assert arrived.path.name == "Acme master services.pdf"
        assert arrived.path.read_bytes() == PDF

    def test_documents_download_word(self, clm, tmp_path):
        """A file is what its first bytes say, whatever its name was to be."""
        arrived = _download(clm, tmp_path)

        assert arrived.media_type == "application/msword"
        assert arrived.path.suffix == ".doc"

    def test_documents_download_attachment(self, clm, tmp_path):
        """An attachment answers its bytes, and not an object."""
        arrived = _download(clm, tmp_path, place=1)

        assert arrived.path.name == "annex.pdf"
        assert arrived.path.read_bytes() == PDF

    def test_documents_download_login_page(self, clm, tmp_path):
        """A login page is no agreement, and nothing is left of it."""
        with pytest.raises(DownloadError, match="page"):
            _download(clm, tmp_path)

        assert list(tmp_path.iterdir()) == []

    def test_documents_download_none(self, clm, tmp_path):
        """Where no agreement is, the answer is 404, in the words of its document."""
        with pytest.raises(NotFound, match="No results match your search criteria"):
            _download(clm, tmp_path)

        assert list(tmp_path.iterdir()) == []

    def test_documents_upload(self, clm):
        """A draft is the part named file of a form."""
        told = clm.documents.upload("232", Upload("signed.pdf", PDF))

        assert told.outcome is Outcome.CREATED

    def test_documents_upload_published(self, clm):
        """What is completed takes its signed agreement by another action."""
        signed = Upload("signed.pdf", PDF)
        told = clm.documents.upload("232", signed, kind=DocumentKind.SIGNED)

        assert told.outcome is Outcome.CREATED

    def test_documents_upload_attachment(self, clm):
        """An attachment is a form with its type and for whom it is meant."""
        annex = Upload("annex.pdf", PDF)
        told = clm.documents.upload("232", annex, kind=DocumentKind.ATTACHMENT)

        assert told.outcome is Outcome.CREATED


def _download(clm, folder, place=0):
    """Download the document at a place of the list."""
    found = clm.documents.list("232")
    return clm.documents.download(found[place], folder)
