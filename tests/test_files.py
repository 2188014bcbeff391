"""A download is there whole or not at all, and inside its folder."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile

import httpx
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from clm_bridge import ClmError, DownloadError, InvalidInput, NotFound, Options
from clm_bridge import _archives as archives
from clm_bridge._files import Arriving, safe_name

from .paper import DOCUMENT, Script, answer, streamed

PDF = b"%PDF-1.7 the whole text"
LINK = {"url": "https://files.example/a"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def packed(packing=zipfile.ZIP_DEFLATED, **members):
    """An archive of these members; a name ends as its first word says."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


def fetch(connect, given, to, *, name="Deal", **options):
    """Download what *given* answers; a plain body comes in two pieces."""
    if isinstance(given, bytes):
        given = streamed(given[:5], given[5:])
    bridge = connect(Script(answer(LINK), given), options=Options(**options))
    document = evolve(DOCUMENT, name=name)
    return bridge.do(lambda clm: clm.documents.download(document, to))


def test_a_file_is_written_where_it_is_told(connect, tmp_path):
    """Its size, type and checksum are those of its bytes."""
    found = fetch(connect, PDF, tmp_path / "mine.bin")

    assert found.path == tmp_path / "mine.bin"
    assert found.path.read_bytes() == PDF
    assert (found.size, found.media_type) == (len(PDF), "application/pdf")
    assert found.sha256 == hashlib.sha256(PDF).hexdigest()


def test_a_folder_takes_the_documents_own_name(connect, tmp_path):
    """The ending is what the bytes call for."""
    assert fetch(connect, PDF, tmp_path).path == tmp_path / "Deal.pdf"


def test_nothing_but_the_file_is_left(connect, tmp_path):
    """The temporary file is gone."""
    fetch(connect, PDF, tmp_path)

    assert os.listdir(tmp_path) == ["Deal.pdf"]


def test_a_file_that_is_there_is_replaced(connect, tmp_path):
    """At once, and only by a whole one."""
    (tmp_path / "Deal.pdf").write_bytes(b"old")
    fetch(connect, PDF, tmp_path)

    assert (tmp_path / "Deal.pdf").read_bytes() == PDF


def test_a_link_in_the_folder_is_replaced_and_not_followed(connect, tmp_path):
    """Nobody can lead a download out of its folder."""
    (tmp_path / "in").mkdir()
    (tmp_path / "secret").write_bytes(b"mine")
    (tmp_path / "in" / "Deal.pdf").symlink_to(tmp_path / "secret")
    fetch(connect, PDF, tmp_path / "in")

    assert (tmp_path / "secret").read_bytes() == b"mine"
    assert (tmp_path / "in" / "Deal.pdf").read_bytes() == PDF


def test_a_second_try_starts_afresh(connect, tmp_path):
    """What an attempt that broke off had written is not kept."""
    script = Script(
        answer(LINK),
        streamed(b"%PDF half of it, and long", httpx.ReadError("reset")),
        streamed(PDF),
    )
    connect(script).do(lambda clm: clm.documents.download(DOCUMENT, tmp_path))

    assert (tmp_path / "Deal.pdf").read_bytes() == PDF


FAILURES = {
    "empty": (b"", "the file is empty"),
    "login page": (b"\n<!DOCTYPE HTML><p>canary", "an HTML page came"),
    "html": (b"<html>canary", "an HTML page came"),
    "marked": (b"\xef\xbb\xbf<!doctype html>canary", "an HTML page came"),
    "commented": (b"<!-- proxy -->\n<head>canary", "an HTML page came"),
    "xhtml": (b'<?xml version="1.0"?>\n<!DOCTYPE html>canary', "an HTML page came"),
    "too large": (b"%PDF" + b"x" * 2000, "larger than 1000 bytes"),
    "cut short": (streamed(PDF, content_length="999"), "cut short"),
    "packed": (streamed(PDF, content_encoding="br"), "packed in a way"),
    "damaged archive": (packed(a_pdf=PDF)[:-30], "the archive is damaged"),
    "page in an archive": (packed(a_pdf="<html>canary"), "an HTML page came"),
    "nothing in an archive": (packed(a_pdf=""), "the file is empty"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failed_download_leaves_nothing(connect, tmp_path, failure):
    """The folder is as it was, and the error says what came instead."""
    given, words = FAILURES[failure]

    with pytest.raises(DownloadError, match=words) as caught:
        fetch(connect, given, tmp_path, max_download=1000)
    assert os.listdir(tmp_path) == []
    assert caught.value.operation == "documents.download"
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [streamed(b"canary", status=404), streamed(httpx.ReadError("reset"))],
    ids=["refused", "broken off"],
)
def test_a_refused_download_leaves_nothing(connect, tmp_path, given):
    """An error's body is never written into the file."""
    with pytest.raises(ClmError):
        fetch(connect, given, tmp_path, max_attempts=1)
    assert os.listdir(tmp_path) == []


def test_a_document_that_is_not_there_leaves_nothing(connect, tmp_path):
    """Also where the vendor refuses before there is a link."""
    bridge = connect(Script(answer(status=404)))

    with pytest.raises(NotFound):
        bridge.do(lambda clm: clm.documents.download(DOCUMENT, tmp_path))
    assert os.listdir(tmp_path) == []


def test_a_folder_that_is_not_there_is_said_before_anything_is_sent(connect, tmp_path):
    """The user's mistake costs no request."""
    script = Script()

    with pytest.raises(InvalidInput, match="there is no folder"):
        connect(script).do(
            lambda clm: clm.documents.download(DOCUMENT, tmp_path / "no" / "a.pdf")
        )
    assert script.asked == []


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="needs /proc")
def test_a_folder_that_cannot_be_written_is_said(connect):
    """The system's own folders belong to nobody."""
    with pytest.raises(InvalidInput, match="cannot write into /proc"):
        connect(Script()).do(
            lambda clm: clm.documents.download(DOCUMENT, "/proc/a.pdf")
        )


def test_a_folder_in_the_files_place_is_said(connect, tmp_path):
    """What the disk refuses is an error of ours, and leaves nothing new."""
    (tmp_path / "Deal.pdf").mkdir()

    with pytest.raises(DownloadError, match="cannot write"):
        fetch(connect, PDF, tmp_path)
    assert os.listdir(tmp_path) == ["Deal.pdf"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_is_said(tmp_path):
    """The device that is always full stands for one that is."""
    arriving = Arriving(tmp_path / "a.pdf", "a")
    arriving._file.close()
    arriving._file = open("/dev/full", "wb", buffering=0)  # noqa: SIM115  # closed by abandon
    with pytest.raises(DownloadError, match="No space left"):
        arriving.write(b"x")
    arriving.abandon()

    assert os.listdir(tmp_path) == []


ARCHIVES = {
    "one PDF": (packed(a_pdf=PDF), "Deal.pdf", "application/pdf"),
    "one PDF in a folder": (packed(in__="", in__a_PDF=PDF), "Deal.pdf", None),
    "two PDFs": (packed(a_pdf=PDF, b_pdf=PDF), "Deal.zip", "application/zip"),
    "a PDF and a text": (packed(a_pdf=PDF, b_txt="x"), "Deal.zip", "application/zip"),
    "no PDF": (packed(a_txt="x"), "Deal.zip", "application/zip"),
    "old Word": (b"\xd0\xcf\x11\xe0 doc", "Deal.doc", "application/msword"),
    "anything": (b"plain", "Deal", "application/octet-stream"),
}


@pytest.mark.parametrize("kind", ARCHIVES)
def test_the_bytes_say_what_a_file_is(connect, tmp_path, kind):
    """An archive of one PDF is that PDF; every other stays as it came."""
    given, name, media_type = ARCHIVES[kind]
    found = fetch(connect, given, tmp_path)

    assert found.path.name == name
    assert found.media_type == (media_type or "application/pdf")
    assert found.path.read_bytes() == (PDF if "one PDF" in kind else given)


def test_a_word_document_is_not_taken_apart(connect, tmp_path):
    """It is an archive, and what it holds is one file to people."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("a.pdf", PDF)
    found = fetch(connect, made.getvalue(), tmp_path)

    assert (found.path.name, found.media_type) == ("Deal.docx", DOCX)
    assert found.path.read_bytes() == made.getvalue()


def test_a_locked_archive_is_said(connect, tmp_path):
    """One that asks for a password cannot be opened here."""
    locked = bytearray(packed(zipfile.ZIP_STORED, a_pdf=PDF))
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + flag] |= 1

    with pytest.raises(DownloadError, match="cannot be opened here"):
        fetch(connect, bytes(locked), tmp_path)


def test_a_huge_member_is_not_unpacked(connect, tmp_path, monkeypatch):
    """An archive may be small and hold much."""
    monkeypatch.setattr(archives, "LARGEST_MEMBER", 10)

    with pytest.raises(DownloadError, match="too large"):
        fetch(connect, packed(a_pdf=PDF), tmp_path)


HOSTILE = [
    "../../etc/passwd",
    "..",
    ".",
    "",
    " ",
    "/etc/passwd",
    "C:\\Windows\\evil.exe",
    "..\\..\\evil",
    "\\\\server\\share\\evil",
    "a/../../b",
    "nul",
    "CON.pdf",
    "com1.txt",
    "aux .pdf",
    "a\x00b",
    "a\r\nb",
    "\x1b[31mred",
    "invoice\u202efdp.exe",
    "\u200e\u200f",
    "a\u2028b",
    "x" * 300,
    "é" * 300,
    "東" * 300 + ".pdf",
    "\ud800",
    'a<b>:"|?*',
    ".hidden",
    "~",
    "trailing. . .",
    "%2e%2e%2fetc",
]


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_hostile_name_stays_in_the_folder(connect, tmp_path, name):
    """Whatever a vendor calls a file, it lands where the user said."""
    found = fetch(connect, PDF, tmp_path, name=name)

    assert found.path.parent == tmp_path
    assert [*tmp_path.iterdir()] == [found.path]
    assert found.path.suffix == ".pdf"
    assert found.path.name.isprintable()


@given(st.text(alphabet=st.characters()))
def test_every_name_is_made_harmless(name):
    """No separator, no control, no reserved word, and never too long."""
    found = safe_name(name)

    assert found
    assert not set(found) & set('/\\<>:"|?*\x00\n\u202e')
    assert found not in (".", "..")
    assert len(f"{found}.docx".encode()) < 255
    assert safe_name(found) == found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Deal No. 12", "Deal No. 12.pdf"),
        ("Deal v1.2", "Deal v1.2.pdf"),
        ("Deal.PDF", "Deal.pdf"),
        ("Deal.docx", "Deal.pdf"),
        ("Łódź — Vertrag", "Łódź — Vertrag.pdf"),
    ],
)
def test_a_good_name_is_kept(connect, tmp_path, name, expected):
    """Dots, spaces and letters of any script are part of a name."""
    assert fetch(connect, PDF, tmp_path, name=name).path.name == expected
