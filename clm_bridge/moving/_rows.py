"""
Contracts to be created, read from a table or from lines of JSON.

Both become path → value, such as ``counterparty.contact.email``; text is read by
what the path takes, and what is not text is taken as it is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from attrs import field, fields_dict, frozen

from .._errors import InvalidInput
from .._field_values import Definitions, from_text, money, period
from .._particulars import Contact, NewContract, NewCounterparty, Signatory
from .._problems import Problem
from .._saying import WHOLES
from .._uploads import Upload
from .._values import ExternalLink, KeyDates, Money, Period, Term, sealed
from .._vocabulary import Status, TermKind
from . import _lines as lines
from ._lines import Paths

PARTS: Mapping[str, type] = {
    "counterparty": NewCounterparty,
    "counterparty.contact": Contact,
    "external_link": ExternalLink,
    "key_dates": KeyDates,
    "term": Term,
}
FROM_FIELD = re.compile(r"fields\.(.+)|fields\[(.+)\]")


@frozen
class Row:
    """One line of the input: the contract that it tells, or what is wrong with it."""

    place: int
    """Its line, from 1; a table's head is not counted."""
    key: str
    """What tells it from all others, also after the file was sorted anew."""
    new: NewContract | None = field(default=None, repr=False)
    problems: Sequence[Problem] = field(default=(), converter=sealed)


def read(path: str | os.PathLike[str], definitions: Definitions) -> list[Row]:
    """Read a file of rows: CSV, or JSON by line if it is named ``.ndjson``."""
    file = Path(path)
    told = [*lines.read(file)]
    keys = lines.keys(told)
    return [
        _row(place, key, one, definitions, file.parent)
        for place, (key, one) in enumerate(zip(keys, told, strict=True), start=1)
    ]


def _row(
    place: int, key: str, told: Paths | Problem, definitions: Definitions, home: Path
) -> Row:
    if isinstance(told, Problem):
        return Row(place, key, problems=[told])
    reading = _Reading(definitions, home)
    return Row(place, key, reading.contract(told), reading.problems)


class _Reading:
    """Reads one row; what cannot be read is noted, and the rest is read."""

    def __init__(self, definitions: Definitions, home: Path) -> None:
        self.problems: list[Problem] = []
        self._definitions = definitions
        self._home = home

    def contract(self, told: Paths) -> NewContract | None:
        """Return the contract that a row tells, if all of it can be read."""
        whole: dict[str, Any] = {}
        for path, value in told.items():
            self._put(whole, path, value)
        if self.problems:
            return None
        new: NewContract = _built(NewContract, whole)
        return new

    def _put(self, whole: dict[str, Any], path: str, value: Any) -> None:
        if named := FROM_FIELD.fullmatch(path):
            name = named[1] or named[2]
            own = self._field(name, value, path)
            self._below(whole, "fields", path)[name] = own
        elif not _is_known(path):
            self.problems.append(Problem(path, "is not a part of a contract", _hint()))
        else:
            *above, last = path.split(".", 2)
            for step in above:
                whole = self._below(whole, step, path)
            whole[last] = self._value(path, value)

    def _below(self, whole: dict[str, Any], step: str, path: str) -> dict[str, Any]:
        """Return what is told so far below *step*, if that is not told as a whole."""
        found = whole.setdefault(step, {})
        if isinstance(found, dict):
            return found
        why = f"is told beside {step}, which is told as a whole"
        self.problems.append(Problem(path, why, "one of the two"))
        return {}

    def _field(self, name: str, value: Any, path: str) -> Any:
        found = self._definitions.find(name)
        if not isinstance(value, str) or len(found) != 1:
            # What is wrong with the name is told later.
            return self._tried(path, value, _record)
        return self._tried(path, value, lambda text: from_text(found[0].kind, text))

    def _value(self, path: str, value: Any) -> Any:
        if path == "signatories":
            return self._tried(path, value, _signatories)
        if not isinstance(value, str):
            return self._tried(path, value, _record)
        if path == "document":
            return self._tried(path, value, lambda name: Upload.read(self._home / name))
        read = _READS.get(WHOLES.get(path, str))
        return self._tried(path, value, read) if read else value

    def _tried(self, path: str, value: Any, read: Callable[[Any], Any]) -> Any:
        try:
            return read(value)
        except InvalidInput as error:
            self.problems.append(Problem(path, error.message))
        except (ValueError, ArithmeticError, TypeError) as error:
            self.problems.append(Problem(path, f"cannot be read: {error}"))
        return None


_READS: Mapping[type, Callable[[str], Any]] = {
    Money: money,
    Period: period,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    int: int,
    Status: lambda text: Status(text.lower()),
    TermKind: lambda text: TermKind(text.lower()),
}


_UNITS = {"years", "months", "days"}


def _signatories(told: Any) -> list[Signatory]:
    """Read ``ada@x.example; ours: sam@y.example``, or a list of objects."""
    if not isinstance(told, str):
        return [Signatory(**one) for one in told]
    found = []
    for one in filter(None, (part.strip() for part in told.split(";"))):
        side, _, address = one.rpartition(":")
        if side.strip() not in ("", "ours"):
            raise ValueError(f"{side!r} is not ours")
        found.append(Signatory(address.strip(), ours=bool(side.strip())))
    return found


def _record(value: Any) -> Any:
    """Read what JSON spells as an object: an amount of money, or a length of time."""
    if isinstance(value, Mapping) and set(value) == {"amount", "currency"}:
        return Money(Decimal(str(value["amount"])), str(value["currency"]))
    if (
        isinstance(value, Mapping)
        and value
        and set(value) <= {"years", "months", "days"}
    ):
        return Period(**value)
    return tuple(value) if isinstance(value, list) else value


def _steps(path: str) -> list[str]:
    return (
        path.split(".", 2) if path.startswith("counterparty.") else path.split(".", 1)
    )


def _is_known(path: str) -> bool:
    above, _, name = path.rpartition(".")
    if above in lines.OPEN or path in lines.OPEN:
        return True
    cls = PARTS.get(above) if above else NewContract
    return cls is not None and name in fields_dict(cls) and path not in PARTS


def _hint() -> str:
    return "such as name, counterparty.name, key_dates.expires_on, fields.Department"


def _built(cls: type, told: Mapping[str, Any], prefix: str = "") -> Any:
    """Build a record and those below it; what it must have and lacks is None."""
    parts = {
        name: _built(PARTS[f"{prefix}{name}"], value, f"{prefix}{name}.")
        if f"{prefix}{name}" in PARTS
        else value
        for name, value in told.items()
    }
    if cls is ExternalLink:
        parts = {"system": None, "record_type": None, "id": "", **parts}
    return cls(**parts)
