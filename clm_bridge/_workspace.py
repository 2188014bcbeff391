"""
What configuration says about a vendor's workspace, and how fields become a model.

Vendors let a workspace name its own date, term and value fields.  The settings
say which field is which; the functions here read them, the same for every vendor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Any

from attrs import define, evolve, field, fields_dict, frozen

from ._errors import ConfigError
from ._scalars import Mismatch, day
from ._values import Field, KeyDates, Money, Period, Term
from ._vocabulary import TermKind

DAYS = frozenset(name for name in fields_dict(KeyDates) if not name.endswith("_at"))
TERM_KEYS = frozenset(
    {"length", "renewal_length", "renewals_max", "notice", "auto_renews", "perpetual"}
)
VALUE_KEYS = frozenset({"amount", "currency"})
UNITS = frozenset({"years", "months", "days"})


@frozen
class Pointer:
    """
    A field by its id.

    ``unit`` types a bare number.  ``equals`` is the option's label that says yes, and
    ``otherwise`` the one that says no, which is needed for writing alone.
    """

    field: str
    unit: str | None = None
    equals: str | None = None
    otherwise: str | None = None


@frozen
class Workspace:
    """What a connection's settings say about the workspace behind it."""

    connection: str | None = None
    zone: tzinfo = UTC
    key_dates: Mapping[str, Pointer] = field(factory=dict)
    term: Mapping[str, Pointer] = field(factory=dict)
    value: Mapping[str, Pointer] = field(factory=dict)
    keep_raw: bool = True
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


def pointers(table: Any, section: str, known: frozenset[str]) -> dict[str, Pointer]:
    """Read one mapping table of the settings; each fault is a `ConfigError`."""
    if not isinstance(table, Mapping):
        raise ConfigError(f"{section} is not a table of field ids")
    for key in table:
        if key not in known:
            raise ConfigError(
                f"{section}.{key} is not known",
                hint=f"the keys of {section} are {', '.join(sorted(known))}",
            )
    return {key: _pointer(told, f"{section}.{key}") for key, told in table.items()}


def _pointer(told: Any, where: str) -> Pointer:
    if isinstance(told, str) and told:
        return Pointer(told)
    if isinstance(told, Mapping) and set(told) <= {"field", "unit", "is", "not"}:
        own, unit = told.get("field"), told.get("unit")
        if isinstance(own, str) and own and unit in {None, *UNITS}:
            return Pointer(own, unit, told.get("is"), told.get("not"))
    raise ConfigError(
        f"{where} does not name a field",
        hint='write "<field id>", or { field = "<field id>", unit = "months" }, '
        'or { field = "<field id>", is = "<option>" }',
    )


@define
class FieldReading:
    """Read a contract's own fields by a workspace's pointers."""

    workspace: Workspace
    fields: Mapping[str, Field]

    def key_dates(self, stated: KeyDates) -> KeyDates:
        """Return *stated* with each mapped date that has a value put over it."""
        found: dict[str, Any] = {
            name: value
            for name, pointer in self.workspace.key_dates.items()
            if (value := self._day(pointer)) is not None
        }
        return evolve(stated, **found) if found else stated

    def term(self) -> Term | None:
        """Return the term, or None if no mapped field has a value."""
        told = self.workspace.term
        term = Term(
            kind=self._kind(),
            length=self._period(told.get("length")),
            renewal_length=self._period(told.get("renewal_length")),
            renewals_max=self._whole(told.get("renewals_max")),
            notice=self._period(told.get("notice")),
        )
        return None if term == Term() else term

    def value(self) -> Money | None:
        """Return the amount with its currency, or None if either is missing."""
        amount = self._value(self.workspace.value.get("amount"))
        if isinstance(amount, Money):
            return amount
        currency = self._value(self.workspace.value.get("currency"))
        if isinstance(amount, bool) or not isinstance(amount, int | Decimal):
            return None
        return Money(Decimal(amount), currency) if isinstance(currency, str) else None

    def _value(self, pointer: Pointer | None) -> Any:
        if pointer is None or pointer.field not in self.fields:
            return None
        return self.fields[pointer.field].value

    def _day(self, pointer: Pointer) -> date | None:
        value = self._value(pointer)
        if isinstance(value, datetime):
            return value.astimezone(self.workspace.zone).date()
        if isinstance(value, date):
            return value
        try:
            return day(value, self.workspace.zone)
        except Mismatch:
            return None

    def _kind(self) -> TermKind:
        told = self.workspace.term
        if self._holds(told.get("perpetual")):
            return TermKind.PERPETUAL
        renews = self._holds(told.get("auto_renews"))
        if renews is None:
            return TermKind.UNKNOWN
        return TermKind.AUTO_RENEW if renews else TermKind.FIXED

    def _holds(self, pointer: Pointer | None) -> bool | None:
        value = self._value(pointer)
        if pointer is None or value is None:
            return None
        if pointer.equals is not None:
            return pointer.equals in (value if isinstance(value, tuple) else (value,))
        return value if isinstance(value, bool) else None

    def _period(self, pointer: Pointer | None) -> Period | None:
        value = self._value(pointer)
        if isinstance(value, Period):
            return value
        if pointer is None or pointer.unit is None:
            return None
        whole = _whole(value)
        return None if whole is None else Period(**{pointer.unit: whole})

    def _whole(self, pointer: Pointer | None) -> int | None:
        return _whole(self._value(pointer))


def _whole(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return int(value) if value == int(value) else None
