"""How a workspace defines its key pointers."""

from __future__ import annotations

import pytest

from clm_bridge import (
    FieldKind,
)
from clm_bridge.testing import play, reply


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


def defined(spotdraft, *descriptors):
    played = play(
        spotdraft.list_fields(None),
        reply([{"id": 1, "name": "NDA"}]),
        reply([{"id": 1, "descriptors": list(descriptors)}]),
    )
    return played.result.items


def descriptor(label, variable, type="string", **more):
    return {"display_label": label, "variable": variable, "type": type, **more}


def test_a_definition_of_two_fields_names_both(spotdraft):
    """Pieces belong together only where they share a parent."""
    found = defined(
        spotdraft, descriptor("Start", "start", "date"), descriptor("End", "end")
    )

    assert [(one.id, one.kind) for one in found] == [
        ("start", FieldKind.DATE),
        ("end", FieldKind.TEXT),
    ]


def test_the_units_of_a_duration_are_not_its_options(spotdraft):
    """They belong to a piece of it; a composite says itself whether it is required."""
    parent = {
        "parent_variable": "term",
        "parent_type": "duration",
        "parent_required": False,
        "required": True,
    }
    units = [{"label": "Months", "value": "MONTHS"}]

    [field] = defined(
        spotdraft,
        descriptor("Term > Type", "term.type", "enum", options=units, **parent),
        descriptor("Term > Value", "term.value", "int", **parent),
    )

    assert (field.kind, field.label) == (FieldKind.DURATION, "Term")
    assert (field.options, field.required) == ((), False)


def test_a_labels_own_arrow_stays(spotdraft):
    """Only the last part names the piece."""
    parent = {"parent_variable": "fee", "parent_type": "currency"}

    [field] = defined(spotdraft, descriptor("Fee > Setup > Type", "fee.type", **parent))

    assert field.label == "Fee > Setup"


def test_options_are_what_a_contract_holds(spotdraft):
    """A dropdown's value is the option's value, which may be a number."""
    options = [{"label": "Legal", "value": "LEG"}, {"label": "Three", "value": 3}]

    [field] = defined(spotdraft, descriptor("Team", "team", "enum", options=options))

    assert field.options == ("LEG", "3")


@pytest.mark.parametrize("options", [None, [], [{"label": "Legal"}]])
def test_options_may_lack_their_values(spotdraft, options):
    """Then their labels are all there is."""
    [field] = defined(spotdraft, descriptor("Team", "team", "enum", options=options))

    assert field.options == (("Legal",) if options else ())


def of_two_types(spotdraft, first, second):
    played = play(
        spotdraft.list_fields(None),
        reply([{"id": 1, "name": "NDA"}, {"id": 2, "name": "MSA"}]),
        reply([{"id": 1, "descriptors": [first]}]),
        reply([{"id": 2, "descriptors": [second]}]),
    )
    [field] = played.result.items
    return field


def test_a_field_of_two_types_has_the_options_of_both(spotdraft):
    """In the older model each contract type defines its own."""
    legal, sales = {"label": "Legal"}, {"label": "Sales"}

    field = of_two_types(
        spotdraft,
        descriptor("Team", "team", "enum", options=[legal], required=True),
        descriptor("Team", "team", "enum", options=[legal, sales], required=False),
    )

    assert field.options == ("Legal", "Sales")
    assert (field.required, field.applies_to) == (None, None)


def test_a_field_that_two_types_define_differently_has_neither_kind(spotdraft):
    """What holds for one type alone is not claimed for both."""
    field = of_two_types(
        spotdraft, descriptor("End", "end", "date"), descriptor("End", "end", "string")
    )

    assert field.kind is FieldKind.OTHER


def test_a_field_is_required_unless_told_otherwise(spotdraft):
    """The schema's default is true; a composite one is as its parent is."""
    piece = {"parent_variable": "price", "parent_type": "currency"}
    found = defined(
        spotdraft,
        descriptor("Start", "start"),
        descriptor("End", "end", required=False),
        descriptor("Price > Type", "price.type", **piece),
    )

    assert [one.required for one in found] == [True, False, None]
