"""How key pointers are typed, and how their definitions are read."""

from __future__ import annotations

from datetime import date

import pytest

from clm_bridge import (
    FieldKind,
    Period,
)
from clm_bridge.adapter import Query
from clm_bridge.testing import play, reply

from .reading import details, listed, one_row


@pytest.mark.parametrize(
    ("data_type", "value", "kind", "typed"),
    [
        ("string", "x", FieldKind.TEXT, "x"),
        ("date", "2026-01-15", FieldKind.DATE, date(2026, 1, 15)),
        ("date", "2026-01-15T00:00:00Z", FieldKind.DATE, date(2026, 1, 15)),
        ("date", "soon", FieldKind.TEXT, "soon"),
        ("number", 3, FieldKind.NUMBER, 3),
        ("dropdown", "Legal", FieldKind.OPTION, "Legal"),
        ("multi-dropdown", ["a", "b"], FieldKind.OPTIONS, ("a", "b")),
        ("duration", {"type": "WEEK", "value": 2}, FieldKind.DURATION, Period(days=14)),
        (
            "duration",
            {"type": "YEARS", "value": 1},
            FieldKind.DURATION,
            Period(years=1),
        ),
        ("address", {"city": "Pune"}, FieldKind.OTHER, {"city": "Pune"}),
    ],
)
def test_values_are_typed_by_their_form(spotdraft, data_type, value, kind, typed):
    """The one documented data type is "string", so the value itself decides."""
    row = play(spotdraft.list_contracts(Query(), None), listed(one_row())).result.items[
        0
    ]
    pointer = {"id": 1, "field_name": "f", "label": "F"}
    told = reply([{**pointer, "data_type": data_type, "value": value}])
    _, metrics, recipients = details()

    found = play(spotdraft.complete_contract(row), told, metrics, recipients).result

    assert (found.fields["f"].kind, found.fields["f"].value) == (kind, typed)


def test_an_amount_keeps_its_cents_exactly(spotdraft):
    """1.10 is not 1.1, and never a float."""
    row = play(spotdraft.list_contracts(Query(), None), listed(one_row())).result.items[
        0
    ]
    body = (
        b'[{"id": 1, "field_name": "contract_value", "label": "V", '
        b'"value": {"type": "EUR", "value": 1234567890123.10}}]'
    )
    _, metrics, recipients = details()

    found = play(
        spotdraft.complete_contract(row), reply(body=body), metrics, recipients
    ).result

    assert str(found.value.amount) == "1234567890123.10"


def test_field_definitions_are_asked_for_each_contract_type(spotdraft):
    """A field of two types is named once, for neither alone."""
    definition = {
        "id": 1,
        "section": {"id": 1, "section_type": "USER_DEFINED", "name": "x"},
        "descriptors": [
            {"display_label": "Start", "variable": "start", "type": "date"}
        ],
    }

    played = play(
        spotdraft.list_fields(None),
        reply([{"id": 1, "name": "NDA"}, {"id": 2, "name": "MSA"}]),
        reply([definition]),
        reply([definition]),
    )

    [field] = played.result.items
    assert (field.id, field.label, field.kind) == ("start", "Start", FieldKind.DATE)
    assert field.applies_to is None


def test_a_composite_definition_is_one_field(spotdraft):
    """Currency and duration come as several pieces that share a parent."""
    pieces = [
        {
            "display_label": f"Contract Value > {part}",
            "variable": f"contract_value.{part.lower()}",
            "type": "string",
            "parent_variable": "contract_value",
            "parent_type": "currency",
        }
        for part in ("Type", "Value")
    ]

    played = play(
        spotdraft.list_fields(None),
        reply([{"id": 1, "name": "NDA"}]),
        reply([{"id": 1, "descriptors": pieces}]),
    )

    [field] = played.result.items
    assert (field.id, field.label) == ("contract_value", "Contract Value")
    assert field.kind is FieldKind.MONEY
