"""Looking into an archive that came as a file, without trusting what it says."""

from __future__ import annotations

import io
import shutil
import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from ._bytes import FREE, RATIO
from ._errors import DownloadError

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LARGEST_MEMBER = 200_000_000
LARGEST_DIRECTORY = 1_000_000
"""Bytes of a list of members; one PDF's takes a hundred."""
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Those that unpack a little at a time; of the others, one piece can be huge."""
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, struct.error)
"""What reading a damaged one raises; names that are not text are a `ValueError`."""


class _TooLarge(Exception):
    """The archive's list of members would not fit."""


class _Frugal(io.FileIO):
    """A file of which no more is read at once than a PDF's archive needs."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Read, unless it is too much."""
        if size is not None and size > LARGEST_DIRECTORY:
            raise _TooLarge
        return super().read(size)


def only_pdf(path: Path, into: BinaryIO) -> tuple[str, str] | None:
    """
    Write the one PDF of an archive into a file, and return None.

    What holds anything else stays as it is: its media type and suffix are returned.
    """
    try:
        with _Frugal(path) as file, zipfile.ZipFile(file) as archive:
            return _taken(archive, into)
    except _TooLarge:
        return "application/zip", ".zip"
    except _DAMAGE:
        raise DownloadError("the archive is damaged", hint="try again") from None
    except (RuntimeError, NotImplementedError):
        raise DownloadError("the archive cannot be opened here") from None


def _taken(archive: zipfile.ZipFile, into: BinaryIO) -> tuple[str, str] | None:
    members = [one for one in archive.infolist() if not one.is_dir()]
    if any(one.filename == "[Content_Types].xml" for one in members):
        return DOCX, ".docx"
    if len(members) != 1 or not _is_pdf(members[0]):
        return "application/zip", ".zip"
    _check_size(members[0])
    with archive.open(members[0]) as member:
        shutil.copyfileobj(member, into)
    return None


def _check_size(member: zipfile.ZipInfo) -> None:
    """Refuse a bomb; no more is unpacked than the archive says."""
    if member.file_size > LARGEST_MEMBER:
        raise DownloadError("the file in the archive is too large")
    if member.file_size > max(FREE, member.compress_size * RATIO):
        raise DownloadError("the archive is a decompression bomb")


def _is_pdf(member: zipfile.ZipInfo) -> bool:
    named = member.filename.lower().endswith(".pdf")
    return named and member.compress_type in _PACKINGS
