"""
Bodies as people read them, and as bytes.

A body is null, or a mapping with one key: ``json`` (any value), ``text``, ``base64``,
or ``multipart`` (a list of parts, each with ``name``, perhaps ``filename`` and
``type``, and ``text`` or ``base64``).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from . import _exact

BOUNDARY = "clm-bridge-cassette"
"""What stands for the boundary, which is drawn anew for each upload."""

_PART = re.compile(
    rb'\r\nContent-Disposition: form-data; name="([^"\r\n]*)"'
    rb'(?:; filename="([^"\r\n]*)")?\r\n'
    rb"(?:Content-Type: ([^\r\n]+)\r\n)?\r\n(.*)\r\n",
    re.DOTALL,
)
_LINE = 76


def content(told: Mapping[str, Any] | None) -> bytes:
    """Return a body's bytes."""
    if told is None:
        return b""
    [(kind, value)] = told.items()
    return _BYTES[kind](value)


def body(found: bytes, content_type: str = "") -> dict[str, Any] | None:
    """Tell bytes in the form that is read best and loses nothing."""
    if not found:
        return None
    if "json" in content_type:
        with suppress(ValueError, RecursionError):
            return {"json": _exact.parsed(found.decode())}
    if content_type.startswith("multipart/form-data"):
        parts = _parts(found)
        if parts is not None:
            return {"multipart": parts}
    return _leaf(found)


def check(told: Any) -> None:
    """Raise `ValueError` for what is no body."""
    if told is None:
        return
    if not isinstance(told, dict) or len(told) != 1 or not set(told) <= set(_BYTES):
        raise ValueError(f"a body is null or has one of the keys {', '.join(_BYTES)}")
    try:
        content(told)
    except (TypeError, AttributeError, KeyError) as error:
        raise ValueError(f"a body is not as it should be: {error!r}") from None


def with_fixed_boundary(found: bytes, content_type: str) -> tuple[bytes, str]:
    """Put the one boundary in the place of the drawn one."""
    match = re.search(r'boundary="?([^";]+)"?', content_type)
    if match is None or not content_type.startswith("multipart/"):
        return found, content_type
    fixed = found.replace(match[1].encode(), BOUNDARY.encode())
    return fixed, content_type.replace(match[0], f"boundary={BOUNDARY}")


def _leaf(found: bytes) -> dict[str, Any]:
    """Tell text as text if YAML can hold it, and anything else in base64."""
    with suppress(UnicodeDecodeError):
        text = found.decode()
        if all(one.isprintable() or one in "\n" for one in text):
            return {"text": text}
    return {"base64": _wrapped(found)}


def _wrapped(found: bytes) -> str:
    text = base64.b64encode(found).decode()
    if len(text) <= _LINE:
        return text
    lines = (text[start : start + _LINE] for start in range(0, len(text), _LINE))
    return "".join(f"{line}\n" for line in lines)


def _parts(found: bytes) -> list[dict[str, Any]] | None:
    """Take a form apart; None if its bytes would not come back."""
    first, *pieces = found.split(f"--{BOUNDARY}".encode())
    last = pieces.pop() if pieces else b""
    matches = [_PART.fullmatch(piece) for piece in pieces]
    if first or last.strip() != b"--" or not all(matches):
        return None
    parts = []
    for match in filter(None, matches):
        name, filename, media_type, value = match.groups()
        stated = {"name": name, "filename": filename, "type": media_type}
        said = {key: one.decode() for key, one in stated.items() if one is not None}
        parts.append({**said, **_leaf(value)})
    return parts if _form(parts) == found else None


def _form(parts: Sequence[Mapping[str, str]]) -> bytes:
    """Put parts together as httpx does."""
    pieces = []
    for part in parts:
        named = f'name="{part["name"]}"'
        if "filename" in part:
            named += f'; filename="{part["filename"]}"'
        head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {named}\r\n"
        if "type" in part:
            head += f"Content-Type: {part['type']}\r\n"
        kind = "text" if "text" in part else "base64"
        pieces += [head.encode(), b"\r\n", _BYTES[kind](part[kind]), b"\r\n"]
    return b"".join(pieces) + f"--{BOUNDARY}--\r\n".encode()


def _from_base64(text: str) -> bytes:
    return base64.b64decode("".join(text.split()), validate=True)


_BYTES: Mapping[str, Callable[[Any], bytes]] = {
    "json": lambda value: _exact.spell(value).encode(),
    "text": lambda value: value.encode(),
    "base64": _from_base64,
    "multipart": _form,
}
