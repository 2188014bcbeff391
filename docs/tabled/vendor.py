"""One vendor: settings, words, fields, losses, assumptions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import NOTHING, Attribute, fields

from clm_bridge import DocumentKind, Status
from clm_bridge._config import COMMON
from clm_bridge.adapter import Adapter

from .markdown import code, table
from .vendors import adapter, sandbox


def common() -> str:
    """Return the settings that every connection has."""
    return table(
        ["Setting", "What it says"], ([code(key), says] for key, says in COMMON.items())
    )


def settings(vendor: str) -> str:
    """Return the settings of a vendor's own, and the zone where it is needed."""
    cls = adapter(vendor)
    own = [[code(one.name), _says(one), _default(one)] for one in fields(cls.Config)]
    if cls.needs_timezone:
        own.append([code("timezone"), COMMON["timezone"], "required"])
    return table(["Setting", "What it says", "Default"], own)


def _says(one: Attribute[Any]) -> str:
    choices = one.metadata.get("choices")
    told = f" One of {', '.join(code(word) for word in choices)}." if choices else ""
    return f"{_escaped(one.metadata['says'])}{told}"


def _default(one: Attribute[Any]) -> str:
    if one.default is NOTHING:
        return "required, secret" if one.metadata.get("secret") else "required"
    if one.default in (None, ()):
        return "not set"
    return code(one.default)


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;")


def statuses(vendor: str) -> str:
    """Return a vendor's status words and what each becomes."""
    return table(
        ["The vendor's word", "`Status`"],
        (
            [code(word), code(status.name)]
            for word, status in adapter(vendor).statuses.items()
        ),
    )


def mapping(vendor: str) -> str:
    """Return the vendor's fields that are read, and where each goes."""
    return table(
        ["The vendor's field", "Attribute", "Coerced"],
        (
            [code(line.path), code(line.attribute), line.note or ""]
            for line in adapter(vendor).reading.lines.values()
        ),
    )


def steps(vendor: str) -> str:
    """Return the transitions that a vendor offers, in its own words."""
    return table(
        ["Step", "Call", "From", "To", "Note", "Assumed"],
        (
            [
                code(step.value),
                code(told.call),
                ", ".join(code(word) for word in told.leaves),
                ", ".join(code(word) for word in told.reaches),
                told.note or "",
                told.assumed or "",
            ]
            for step, told in adapter(vendor).transitions.items()
        ),
    )


def writes(vendor: str) -> str:
    """Return what can be said of a contract, when it is created and later."""
    cls = adapter(vendor)
    return table(
        ["Attribute", "`create`", "`update`"],
        (
            [code(path), _taken(cls, path, cls.writes), _taken(cls, path, cls.changes)]
            for path in sorted(cls.writes | cls.changes | cls.drops)
        ),
    )


def _taken(cls: type[Adapter], path: str, places: frozenset[str]) -> str:
    if path in places:
        return "yes"
    return "accepted and lost" if path in cls.drops else ""


def beginnings(vendor: str) -> str:
    """Return the statuses in which a contract can be created, in a sentence."""
    cls = adapter(vendor)
    begins = ", ".join(code(one.name) for one in Status if one in cls.creates)
    kinds = ", ".join(code(one.name) for one in DocumentKind if one in cls.uploads)
    return (
        f"A contract can be created as {begins or 'nothing'}. "
        f"`documents.upload` takes {kinds or 'nothing'}."
    )


def losses(vendor: str) -> str:
    """Return what the vendor cannot say."""
    return table(
        ["Attribute", "What is lost", "Why"],
        (
            [code(loss.attribute), _lost(loss.value, loss.becomes), loss.why]
            for loss in adapter(vendor).losses
        ),
    )


def _lost(value: str | None, becomes: str | None) -> str:
    if value is None:
        if becomes is not None:
            return f"it comes back as {becomes}"
        return "it is not told, save what the reason says"
    if becomes is None:
        return code(value)
    return f"{code(value)} comes back as {code(becomes)}"


def assumptions(vendor: str) -> str:
    """Return what the adapter takes for granted."""
    return _listed(adapter(vendor).assumptions)


def switches(vendor: str) -> str:
    """Return what the sandbox assumes, each under the name of its switch."""
    return table(
        ["Switch or constant", "What is assumed"],
        (
            [code(name), _escaped(says)]
            for name, says in sandbox(vendor).assumptions.items()
        ),
    )


def _listed(sentences: Iterable[str]) -> str:
    return "\n".join(f"- {_escaped(one)}" for one in sentences) or "None."
