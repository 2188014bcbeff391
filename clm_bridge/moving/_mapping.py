"""
What one vendor's names are at another's, as a small TOML file says.

    [types]
    "Master services agreement" = "41"
    "*" = "7"

A name is looked up by its id, then by its name; ``"*"`` stands for all others.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from attrs import field, fields_dict, frozen

from .._errors import ConfigError
from .._particulars import Contact
from .._vocabulary import Status

Table = Mapping[str, str]

OTHERS = "*"
SENT = frozenset({Status.SIGNATURE})
"""What nothing is moved into: it would be sent out to be signed."""


def _table() -> Any:
    return field(factory=dict, hash=False)


@frozen(kw_only=True)
class Names:
    """
    Tables from one vendor's ids and names to the other's.

    A field, owner or status that is not named keeps its own name; ``""`` leaves it
    out.  ``statuses`` are the vendor's own words or ours, and become one of ours.
    ``contacts`` name whom to write to, as ``Ada Lind <ada@acme.example>``, at a
    counterparty whose contact the vendor does not tell.
    """

    types: Table = _table()
    templates: Table = _table()
    fields: Table = _table()
    owners: Table = _table()
    contacts: Table = _table()
    statuses: Table = _table()

    def type(self, *names: str | None) -> str | None:
        """Return the type at the other vendor's, by the first name that is known."""
        return found(self.types, *names) or None

    def template(self, *names: str | None) -> str | None:
        """Return the template at the other vendor's."""
        return found(self.templates, *names) or None

    def field(self, id: str, label: str) -> str:
        """Return the name of a field at the other vendor's, or ``""``."""
        known = found(self.fields, id, label)
        return (label or id) if known is None else known

    def owner(self, email: str | None) -> str | None:
        """Return the owner's address at the other vendor's."""
        known = found(self.owners, email)
        return (email if known is None else known) or None

    def contact(self, counterparty: str) -> Contact | None:
        """Return whom to write to at a counterparty."""
        name, email = parseaddr(found(self.contacts, counterparty) or "")
        return Contact(email, name or None) if "@" in email else None

    def status(self, word: str | None, status: Status) -> Status:
        """Return the status that a contract is moved with."""
        known = found(self.statuses, word, status.value)
        return Status(known) if known else status


def found(table: Table, *names: str | None) -> str | None:
    """Return what the first of *names* that is known stands for."""
    known = (name for name in (*names, OTHERS) if name is not None and name in table)
    return next((table[name] for name in known), None)


def read_names(path: str | os.PathLike[str]) -> Names:
    """Read a mapping's file; each fault is a `ConfigError` that names it."""
    file = Path(path)
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(
            f"the mapping {file} cannot be read: {error.strerror}", hint="name a file"
        ) from None
    except ValueError as error:
        raise ConfigError(f"the mapping {file} is no TOML: {error}") from None
    known = fields_dict(Names)
    for name, table in told.items():
        if name not in known:
            raise ConfigError(
                f"{file}: [{name}] is not known",
                hint=f"the tables are {', '.join(known)}",
            )
        _check(table, name, file)
    return Names(**told)


def _check(table: Any, name: str, file: Path) -> None:
    if not isinstance(table, dict):
        raise ConfigError(f"{file}: {name} is not a table")
    for key, value in table.items():
        if not isinstance(value, str):
            raise ConfigError(
                f"{file}: {name}.{key} is not text", hint='ids are text too: "41"'
            )
        if name == "statuses":
            _check_status(key, value, file)


def _check_status(key: str, value: str, file: Path) -> None:
    offered = sorted(one.value for one in Status if one not in SENT)
    if value not in offered:
        raise ConfigError(
            f"{file}: statuses.{key} is {value!r}, and nothing is moved into that",
            hint=f"it is one of {', '.join(offered)}",
        )
