"""How custom fields are typed, and how their definitions are inferred."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from clm_bridge import Field, FieldKind
from clm_bridge.testing import play, reply

from .reading import adapter, payload, read, row

EMEA = payload("contract")["custom-fields"]["business-unit"]


def only(value: Any) -> Field:
    [field] = read(row(custom_fields={"own": value})).fields.values()
    return field


@pytest.mark.parametrize(
    ("value", "kind", "typed"),
    [
        ("4600001234", FieldKind.TEXT, "4600001234"),
        ("4.0", FieldKind.TEXT, "4.0"),
        ("2026-13-45", FieldKind.TEXT, "2026-13-45"),
        ("2026-01-19", FieldKind.DATE, date(2026, 1, 19)),
        ("2026-07-19T00:00:00-07:00", FieldKind.DATE, date(2026, 7, 19)),
        (
            "2026-01-19T08:30:00-08:00",
            FieldKind.INSTANT,
            datetime(2026, 1, 19, 16, 30, tzinfo=UTC),
        ),
        (7, FieldKind.NUMBER, 7),
        (2.5, FieldKind.NUMBER, Decimal("2.5")),
        (False, FieldKind.BOOLEAN, False),
        (EMEA, FieldKind.OPTION, "EMEA"),
        ({"id": 16, "login": "pd", "fullname": "Pat Doe"}, FieldKind.OPTION, "Pat Doe"),
        ([EMEA, {"id": 2, "name": "APAC"}], FieldKind.OPTIONS, ("EMEA", "APAC")),
        ([], FieldKind.OPTIONS, ()),
        ({"id": 3}, FieldKind.OTHER, {"id": 3}),
        ([1], FieldKind.OTHER, [1]),
    ],
)
def test_a_value_is_typed_by_its_form(value: Any, kind: FieldKind, typed: Any) -> None:
    """Text, dates, numbers, lookups and lists of them are told apart."""
    assert only(value) == Field("own", "Own", kind, typed)


@pytest.mark.parametrize("unset", [None, ""])
def test_an_unset_field_is_left_out(unset: str | None) -> None:
    """Coupa lists each field that is defined, unset ones as null."""
    assert read(row(custom_fields={"own": unset})).fields == {}


def test_custom_fields_may_be_null() -> None:
    """An instance that defines none sends null."""
    assert read(row(custom_fields=None)).fields == {}


def test_a_label_is_the_key_made_readable() -> None:
    """Coupa sends no labels."""
    contract = read(row(custom_fields={"cost-centre": "CC-1"}))

    assert contract.fields["cost-centre"].label == "Cost centre"


def test_attributes_that_the_settings_add() -> None:
    """A further attribute, such as an old custom field at the top, is a field."""
    told = row(contract_type_custom_field_1="north")
    settings = ("contract-type-custom-field-1", "department.name", "absent")

    fields = read(told, fields=settings).fields

    assert fields["contract-type-custom-field-1"].value == "north"
    assert fields["department"].value == "IT"
    assert "absent" not in fields


def test_an_attribute_may_be_named_with_underscores() -> None:
    """As Coupa itself takes it; the answer has hyphens, and so has the field."""
    told = row(contract_type_custom_field_1="north")

    fields = read(told, fields=("contract_type_custom_field_1",)).fields

    assert fields["contract-type-custom-field-1"].value == "north"


def test_a_custom_field_goes_before_an_attribute_of_its_name() -> None:
    """A tenant may define a custom field that is called as an attribute is."""
    told = row(custom_fields={"department": "Legal"})

    fields = read(told, fields=("department.name",)).fields

    assert fields["department"].value == "Legal"


def test_definitions_are_inferred() -> None:
    """The newest contracts list each field; the kind is what values have."""
    rows = [
        {"custom-fields": {"unit": EMEA, "note": "2026-01-19", "never": None}},
        {"custom-fields": {"unit": None, "note": "see mail", "never": None}},
        {"custom-fields": None},
    ]

    played = play(adapter().list_fields(None), reply(rows))

    found = [(one.id, one.label, one.kind) for one in played.result.items]
    assert found == [
        ("unit", "Unit", FieldKind.OPTION),
        ("note", "Note", FieldKind.TEXT),
        ("never", "Never", FieldKind.OTHER),
    ]
    [request] = played.asked
    assert request.params == {
        "order_by": "id",
        "dir": "desc",
        "limit": 50,
        "fields": '[{"custom_fields":{}}]',
    }


def test_definitions_of_added_attributes() -> None:
    """What the settings add is listed too."""
    coupa = adapter(fields=("department.name",))
    rows = [{"custom-fields": {}, "department": {"name": "IT"}}]

    played = play(coupa.list_fields(None), reply(rows))

    assert [one.id for one in played.result.items] == ["department"]
    [request] = played.asked
    assert request.params["fields"] == '[{"custom_fields":{}},{"department":["name"]}]'
