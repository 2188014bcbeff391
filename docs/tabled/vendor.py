"""One vendor: settings, words, fields, losses, assumptions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from attrs import NOTHING, Attribute, fields

from clm_bridge._config import COMMON

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
