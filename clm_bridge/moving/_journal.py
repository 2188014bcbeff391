"""
What was begun and what became of it, in a file that a kill cannot spoil.

One fact a line, on disk before the next request is sent.  A line that a kill tore is
as if it was never written: what it would have told had not happened yet, or is looked
for.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from attrs import define, evolve, frozen

from .._errors import ConfigError
from ._lock import try_to_lock

VERSION = 1
FINAL = frozenset({"created", "existed", "incomplete"})
"""Facts after which a contract is never written again."""
FACTS = FINAL | {"began", "made", "refused", "failed"}


@frozen
class Entry:
    """All that is known of one contract: the last fact, and what led to it."""

    key: str
    fact: str
    began: datetime | None = None
    """When the attempt began whose end is not known, if there is one."""
    target: str | None = None
    """The contract that it became."""
    why: Sequence[str] = ()
    lost: Sequence[str] = ()

    @property
    def is_final(self) -> bool:
        """Whether nothing is left to do."""
        return self.fact in FINAL

    @property
    def is_open(self) -> bool:
        """Whether an attempt was begun, and is neither finished nor given up."""
        return self.began is not None and not self.is_final


@define
class Journal:
    """An open journal; nobody else may have it open."""

    path: Path
    handle: int
    entries: dict[str, Entry]

    @classmethod
    def open(cls, path: str | os.PathLike[str], about: Mapping[str, Any]) -> Journal:
        """
        Open a journal, or begin one; *about* says whose it is.

        Raises `ConfigError` if another process has it, or if it is another's.
        """
        file = Path(path)
        try:
            handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as error:
            raise ConfigError(
                f"the journal {file} cannot be opened: {error.strerror}",
                hint="name a file that this program may write",
            ) from None
        try:
            if not try_to_lock(handle):
                raise ConfigError(
                    f"the journal {file} is in use by another process",
                    hint="wait until that has ended",
                )
            return cls(file, handle, _read(handle, file, about))
        except BaseException:
            os.close(handle)
            raise

    def entry(self, key: str) -> Entry | None:
        """Return what is known of a contract."""
        return self.entries.get(key)

    def open_keys(self) -> Sequence[str]:
        """Return the contracts that were begun and whose end is not known."""
        return [one.key for one in self.entries.values() if one.is_open]

    def taken(self, key: str) -> frozenset[str]:
        """Return the contracts that others became."""
        others = (one for one in self.entries.values() if one.key != key)
        return frozenset(one.target for one in others if one.target)

    def began(self, key: str, at: datetime) -> datetime:
        """Note that a contract is about to be created; return when it first was."""
        known = self.entries.get(key)
        if known is not None and known.began is not None:
            return known.began
        self._add({"fact": "began", "id": key, "at": at.isoformat()})
        return at

    def note(
        self,
        fact: str,
        key: str,
        *,
        target: str | None = None,
        why: Iterable[str] = (),
        lost: Iterable[str] = (),
    ) -> Entry:
        """Note what became of a contract, and return what is now known of it."""
        told: dict[str, Any] = {"fact": fact, "id": key}
        if target is not None:
            told["target"] = target
        for name, sentences in (("why", [*why]), ("lost", [*lost])):
            if sentences:
                told[name] = sentences
        return self._add(told)

    def _add(self, told: Mapping[str, Any]) -> Entry:
        _write(self.handle, told)
        return _apply(self.entries, told)

    def close(self) -> None:
        """Close the file, which lets others have it."""
        os.close(self.handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _write(handle: int, told: Mapping[str, Any]) -> None:
    """Put one line on the disk, and come back when it is there."""
    line = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(
        errors="surrogatepass"
    )
    os.write(handle, line + b"\n")
    os.fsync(handle)


def _read(handle: int, file: Path, about: Mapping[str, Any]) -> dict[str, Entry]:
    """Read what is there, without a torn last line; write the first if nothing is."""
    held = _whole(handle)
    end = held.rfind(b"\n") + 1
    if end < len(held):
        os.ftruncate(handle, end)
    lines = held[:end].splitlines()
    if not lines:
        _write(handle, {"journal": VERSION, **about})
        _settle(file.parent)
        return {}
    told = [_fact(line, place, file) for place, line in enumerate(lines, start=1)]
    if told[0] != {"journal": VERSION, **about}:
        raise ConfigError(
            f"the journal {file} is of something else: {_named(told[0])}",
            hint="name another file, or what it was begun with",
        )
    entries: dict[str, Entry] = {}
    for one in told[1:]:
        _apply(entries, one)
    return entries


def _whole(handle: int) -> bytes:
    parts = []
    os.lseek(handle, 0, os.SEEK_SET)
    while part := os.read(handle, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _settle(folder: Path) -> None:
    """Let the folder know of its new file before anything depends on it."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _fact(line: bytes, place: int, file: Path) -> Mapping[str, Any]:
    try:
        told = json.loads(line.decode(errors="surrogatepass"))
    except ValueError:
        told = None
    is_head = isinstance(told, dict) and place == 1 and "journal" in told
    if is_head or _is_fact(told):
        known: Mapping[str, Any] = told
        return known
    raise ConfigError(
        f"line {place} of {file} is no fact of a journal",
        hint="name a journal, or a file that is not there yet",
    )


def _is_fact(told: Any) -> bool:
    if not isinstance(told, dict) or not isinstance(told.get("id"), str):
        return False
    if told.get("fact") == "began":
        return isinstance(told.get("at"), str)
    return told.get("fact") in FACTS


def _named(head: Mapping[str, Any]) -> str:
    told = {key: own for key, own in head.items() if key != "journal"}
    return json.dumps(told, ensure_ascii=False)


def _apply(entries: dict[str, Entry], told: Mapping[str, Any]) -> Entry:
    key, fact = told["id"], told["fact"]
    known = entries.get(key, Entry(key, fact))
    if fact == "began":
        known = evolve(known, began=datetime.fromisoformat(told["at"]), why=())
    elif fact in ("refused", "failed"):
        known = evolve(known, began=None, target=None)  # nothing was written
    found = evolve(
        known,
        fact=fact,
        target=told.get("target", known.target),
        why=tuple(told.get("why", ())),
        lost=tuple(told.get("lost", known.lost)),
    )
    entries[key] = found
    return found
