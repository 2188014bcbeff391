"""A download on its way to disk: bounded, checked, and there whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from typing import BinaryIO

from attrs import frozen

from ._archives import only_pdf
from ._errors import DownloadError, InvalidInput

_KINDS = (
    (b"%PDF", "application/pdf", ".pdf"),
    (b"PK\x03\x04", "application/zip", ".zip"),
    (b"\xd0\xcf\x11\xe0", "application/msword", ".doc"),
)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s+|<!--.*?-->|<\?xml.*?\?>)*+"
    rb"<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
"""An HTML page, also after a byte order mark, comments, or XML's first line."""


@frozen
class Download:
    """A file that arrived: where it is, what its bytes say it is, and its checksum."""

    path: Path
    size: int
    media_type: str
    sha256: str


class Arriving:
    """
    A file being written beside its target, renamed into place when it is whole.

    An archive that holds exactly one PDF becomes that PDF, because one vendor sends
    a signed agreement either way.
    """

    def __init__(self, to: str | os.PathLike[str], name: str) -> None:
        self._target, self._into_folder = _target(Path(to), name)
        try:
            self._part, self._file = self._opened()
        except OSError as error:
            raise InvalidInput(
                f"cannot write into {self._target.parent}: {error.strerror}"
            ) from None

    def _opened(self) -> tuple[Path, BinaryIO]:
        handle, path = tempfile.mkstemp(
            dir=self._target.parent, prefix=".clm-", suffix=".part"
        )
        return Path(path), os.fdopen(handle, "wb")

    def restart(self) -> None:
        """Begin again, because an earlier attempt broke off."""
        self._file.seek(0)
        self._file.truncate()

    def write(self, piece: bytes) -> None:
        """Take the next bytes."""
        with self._on_disk():
            self._file.write(piece)

    def finish(self) -> Download:
        """Check the file, put it in its place, and say what it is."""
        with self._on_disk():
            self._settle()
            media_type, suffix = self._recognised()
        target = self._target
        if self._into_folder:
            target = target.with_name(_ending(target.name, suffix))
        with self._on_disk():
            size = self._part.stat().st_size
            arrived = Download(target, size, media_type, self._sum())
            self._part.replace(target)
        _settle_folder(target.parent)
        return arrived

    def _settle(self) -> None:
        """See the bytes on the disk, so that no crash leaves an empty name."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abandon(self) -> None:
        """Remove what was written."""
        with suppress(OSError):  # a full disk refuses what was not yet flushed
            self._file.close()
        self._part.unlink(missing_ok=True)

    @contextmanager
    def _on_disk(self) -> Iterator[None]:
        """Say in our own words what the disk refuses."""
        try:
            yield
        except OSError as error:
            raise DownloadError(
                f"cannot write {self._target}: {error.strerror}"
            ) from None

    def _recognised(self) -> tuple[str, str]:
        kind = _sniff(self._head())
        if kind[0] != "application/zip":
            return kind
        archive = self._part
        self._part, self._file = self._opened()
        try:
            kept = only_pdf(archive, self._file)
            self._settle()
            if kept is not None:
                self._part, archive = archive, self._part
                return kept
            return _sniff(self._head())
        finally:
            archive.unlink(missing_ok=True)

    def _head(self) -> bytes:
        with self._part.open("rb") as file:
            return file.read(1024)

    def _sum(self) -> str:
        with self._part.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def _settle_folder(folder: Path) -> None:
    """See the new name on the disk too, where a folder can be opened for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _sniff(head: bytes) -> tuple[str, str]:
    if not head:
        raise DownloadError("the file is empty", hint="ask the vendor for the document")
    if _PAGE.match(head):
        raise DownloadError(
            "an HTML page came where a file was promised (often a login page)",
            hint="check the credentials with 'clm-bridge doctor'",
        )
    for magic, media_type, suffix in _KINDS:
        if head.startswith(magic):
            return media_type, suffix
    return "application/octet-stream", ""


def _target(to: Path, name: str) -> tuple[Path, bool]:
    """Return where to write; a folder takes a name made harmless."""
    if to.is_dir():
        return to / safe_name(name), True
    if not to.parent.is_dir():
        raise InvalidInput(
            f"there is no folder {to.parent}", hint="make it, or choose another"
        )
    return to, False


_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(\..*)?", re.IGNORECASE
)
"""Names that Windows keeps for devices, with any ending."""
_HARMFUL = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/|?*'
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Controls, what a file system refuses, marks that turn text round, surrogates."""
LONGEST_NAME = 150
"""Bytes; common file systems take 255, and the ending is still to come."""


def safe_name(name: str) -> str:
    """Return a file name without folders, control characters or reserved words."""
    last = PurePath(name.replace("\\", "/")).name
    clean = _HARMFUL.sub("_", last).strip(" .").encode()[:LONGEST_NAME]
    whole = clean.decode(errors="ignore").rstrip(" .")
    if not whole or _RESERVED.fullmatch(whole):
        return f"document-{whole}" if whole else "document"
    return whole


_ENDINGS = frozenset({".pdf", ".zip", ".doc", ".docx"})


def _ending(name: str, suffix: str) -> str:
    """Give *name* the ending that its bytes call for; other dots are part of it."""
    stem, told = os.path.splitext(name)
    if not suffix:
        return name
    return (stem if told.lower() in _ENDINGS else name) + suffix
