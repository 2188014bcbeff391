"""The key pointers that this workspace defines, the same for each contract type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from clm_bridge.sandbox import DEPARTMENTS

DATE, DURATION, CURRENCY = "date", "duration", "currency"
CHECK_BOX, NUMBER, STRING, DROPDOWN = "check-box", "number", "string", "dropdown"

UNITS = ("DAYS", "MONTHS", "YEARS")
SECTION = {"id": 1, "section_type": "USER_DEFINED", "name": "Contract metadata"}

# Kinds that arrive as several descriptors, and the name and type of each part.
PARTS = {
    CURRENCY: (("type", "string"), ("value", "float")),
    DURATION: (("type", "enum"), ("value", "int"), ("days", "int")),
}
TYPES = {
    DATE: "date",
    CHECK_BOX: "boolean",
    NUMBER: "float",
    STRING: "string",
    DROPDOWN: "enum",
}


@frozen
class KeyPointer:
    """One definition; ``data_type`` is the word that its values carry (A36)."""

    place: int
    field_name: str
    label: str
    data_type: str
    options: Sequence[str] = ()


_FIELDS: Sequence[tuple[str, str, str]] = (
    ("effective_date", "Effective Date", DATE),
    ("expiration_date", "Expiration Date", DATE),
    ("renewal_date", "Renewal Date", DATE),
    ("term_length", "Term Length", DURATION),
    ("renewal_term", "Renewal Term", DURATION),
    ("max_renewals", "Maximum Renewals", NUMBER),
    ("notice_period", "Notice Period", DURATION),
    ("auto_renewal", "Auto Renewal", CHECK_BOX),
    ("perpetual", "Perpetual", CHECK_BOX),
    ("contract_value", "Contract Value", CURRENCY),
    ("termination_date", "Termination Date", DATE),
    ("department", "Department", DROPDOWN),
    ("cost_centre", "Cost centre", STRING),
    ("risk_score", "Risk score", NUMBER),
    ("personal_data", "Personal data", CHECK_BOX),
    ("review_date", "Review date", DATE),
)
KEY_POINTERS: Mapping[str, KeyPointer] = {
    name: KeyPointer(place, name, label, kind, DEPARTMENTS if kind == DROPDOWN else ())
    for place, (name, label, kind) in enumerate(_FIELDS, start=1)
}
BY_LABEL = {one.label: one for one in KEY_POINTERS.values()}


def definition_id(type_id: int, pointer: KeyPointer) -> int:
    """Return the id of a definition, which each contract type has of its own."""
    return type_id * 100 + pointer.place


def value_id(number: int, pointer: KeyPointer) -> int:
    """Return the id of a contract's value."""
    return number * 100 + pointer.place


def descriptors(pointer: KeyPointer) -> Iterator[dict[str, Any]]:
    """Yield one descriptor, or one for each part of a composite kind."""
    parts = PARTS.get(pointer.data_type)
    if parts is None:
        options = pointer.options
        yield _descriptor(
            pointer.label, pointer.field_name, TYPES[pointer.data_type], options
        )
        return
    for part, kind in parts:
        label = f"{pointer.label} > {part.title()}"
        options = UNITS if kind == "enum" else ()
        parent = {
            "parent_variable": pointer.field_name,
            "parent_type": pointer.data_type,
            "parent_required": False,
        }
        variable = f"{pointer.field_name}.{part}"
        yield _descriptor(label, variable, kind, options) | parent


def _descriptor(
    label: str, variable: str, kind: str, options: Sequence[str]
) -> dict[str, Any]:
    return {
        "display_label": label,
        "variable": variable,
        "type": kind,
        "help_text": None,
        "parent_variable": None,
        "options": [{"label": one, "value": one} for one in options] or None,
        "required": False,
        "parent_required": None,
        "default_value": None,
        "parent_type": None,
    }
