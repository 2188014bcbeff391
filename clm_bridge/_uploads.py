"""Files on their way to a vendor."""

from __future__ import annotations

import hashlib
import mimetypes
import os
from pathlib import Path

from attrs import field, frozen

from ._errors import InvalidInput
from ._vocabulary import Sensitivity


@frozen
class Upload:
    """A file to send: its name, with an ending, and its bytes."""

    name: str = field(metadata={"sensitivity": Sensitivity.COMMERCIAL})
    content: bytes = field(repr=False)
    media_type: str = field()

    @media_type.default
    def _by_ending(self) -> str:
        guessed, _ = mimetypes.guess_type(str(self.name))
        return guessed or "application/octet-stream"

    @classmethod
    def read(cls, path: str | os.PathLike[str], *, name: str | None = None) -> Upload:
        """Read a file of this machine; it goes under its own name, or *name*."""
        file = Path(path)
        try:
            content = file.read_bytes()
        except OSError as error:
            raise InvalidInput(
                f"{file} cannot be read: {error.strerror}", hint="name a file"
            ) from None
        return cls(name or file.name, content)

    @property
    def sha256(self) -> str:
        """The checksum of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    def __str__(self) -> str:
        return f"{self.name}, {len(self.content)} bytes, sha256 {self.sha256}"
